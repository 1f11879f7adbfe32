//! The points of both sides: one gauge a side, with its reasons once everything is answered.

use ratatui::layout::Rect;
use ratatui::widgets::Widget;

use super::rows::Rows;
use super::{PaneWriter, THRESHOLD};
use crate::advice::{Assessment, Outcome, Reason, Rule};
use crate::text::layout::{columns, first_that_fits, fit};
use crate::tui::state::State;
use crate::tui::widget::bars::Gauge;
use crate::words;

/// How points become the verdict, in wordings from long to short.
fn heading(assessment: Option<&Assessment>) -> [&'static str; 2] {
    let Some(assessment) = assessment else {
        return ["A side counts at 3 points"; 2];
    };
    match assessment.rule {
        Rule::R6 => ["Both sides reach 3 points: Hybrid", "Both sides reach 3: Hybrid"],
        Rule::R4 if assessment.needs.pro >= crate::advice::MARK => {
            ["Only Pro reaches 3 points: Pro", "Only Pro reaches 3: Pro"]
        }
        Rule::R4 => ["Neither side reaches 3 points: Pro", "Neither reaches 3: Pro"],
        Rule::R5 => ["Only the API reaches 3 points: API", "Only API reaches 3: API"],
        Rule::R7 => ["Both reach 3, but no job for the API: Pro", "No job for the API: Pro"],
        Rule::R3 => ["You do not want API keys: Pro", "No API keys wanted: Pro"],
        Rule::R1 => ["No key of your own: Hybrid by an app", "No own key: Hybrid by app"],
        Rule::R2 => ["No key of your own: API by an app", "No own key: API by an app"],
    }
}

/// The reasons of one side that the pane counts, the largest first, those against it last.
fn reasons<'a>(state: &State<'_>, assessment: &'a Assessment, is_pro: bool) -> Vec<&'a Reason> {
    let counts_month = state.outlook.points.is_some_and(|points| points.counts_month);
    let mut reasons: Vec<&Reason> = assessment
        .reasons
        .iter()
        .filter(|reason| reason.item.is_pro() == is_pro)
        .filter(|reason| counts_month || !reason.item.is_of_month())
        .collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
    reasons
}

/// How many lines the reasons of both sides take.
pub(super) fn lines(state: &State<'_>, assessment: &Assessment) -> u16 {
    let count = [true, false].map(|is_pro| reasons(state, assessment, is_pro).len());
    u16::try_from(count.iter().sum::<usize>()).unwrap_or(0)
}

impl PaneWriter<'_, '_> {
    /// Both gauges below their heading, each with its reasons if every question is answered.
    pub(super) fn points(&mut self, plan: Rows) {
        let state = self.state;
        let assessment = state.outlook.assessment.as_ref();
        let room = self.width().saturating_sub(1);
        let title = first_that_fits(heading(assessment).map(str::to_owned), room);
        self.rule(&title);
        let sides = [true, false]
            .map(|is_pro| assessment.map(|case| reasons(state, case, is_pro)).unwrap_or_default());
        let [pro, api] = shares(usize::from(plan.reasons), sides.each_ref().map(Vec::len));
        for ((side, lines), reasons) in
            [(Outcome::Pro, pro), (Outcome::Api, api)].into_iter().zip(&sides)
        {
            self.gauge(side);
            if let Some(case) = assessment {
                self.reasons(case, reasons, lines);
            }
        }
        if plan.points_caption {
            let shade = state.app.look.glyphs.shade;
            let adds = match assessment {
                Some(_) => format!("{shade} what your month can add"),
                None if self.is_wide() => format!("{shade} what open answers can still add"),
                None => format!("{shade} what open answers can add"),
            };
            self.plain(&adds);
        }
    }

    fn gauge(&mut self, side: Outcome) {
        let Some(points) = self.state.outlook.points else {
            return;
        };
        let of = |needs: crate::advice::Needs| match side {
            Outcome::Pro => needs.pro,
            _ => needs.api,
        };
        let (given, highest) = (of(points.given), of(points.highest));
        let row = self.row;
        self.plain(&columns(side.name(), &given.to_string(), self.width()));
        let room = self.inside.width.saturating_sub(4 + 3);
        let area = Rect::new(self.inside.x.saturating_add(4), row, room, 1);
        let look = self.state.app.look;
        Gauge { given, highest, mark: THRESHOLD, side, look }
            .render(area.intersection(self.inside), self.buf);
    }

    /// The reasons of one side on at most `lines` lines. What has no room is summed up.
    fn reasons(&mut self, case: &Assessment, reasons: &[&Reason], lines: usize) {
        let shown = if reasons.len() > lines { lines.saturating_sub(1) } else { reasons.len() };
        let (lead, room) = if self.is_wide() {
            ("  ", self.width().saturating_sub(5))
        } else {
            (" ", self.width().saturating_sub(4))
        };
        for reason in reasons.iter().take(shown) {
            let wordings = [words::reason_short(reason, case), words::reason_tag(reason, case)];
            let text = first_that_fits(wordings, room);
            self.plain(&format!("{lead}{:+} {text}", reason.points));
        }
        let rest = reasons.get(shown..).unwrap_or_default();
        if !rest.is_empty() && lines > 0 {
            let sum: i16 = rest.iter().map(|reason| i16::from(reason.points)).sum();
            let text = format!("{lead}{sum:+} {} more, w", counted(rest.len()));
            let text = fit(&text, self.width()).into_owned();
            self.plain(&text);
        }
    }
}

/// A small number as a word.
fn counted(count: usize) -> String {
    const WORDS: [&str; 8] = ["one", "two", "three", "four", "five", "six", "seven", "eight"];
    let word = count.checked_sub(1).and_then(|index| WORDS.get(index));
    word.map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// How many lines each side gets of `lines`: what it needs, or a share by what it needs.
fn shares(lines: usize, needed: [usize; 2]) -> [usize; 2] {
    let [pro, api] = needed;
    if pro + api <= lines {
        return needed;
    }
    let half = lines / 2;
    if pro <= half {
        [pro, lines - pro]
    } else if api <= half {
        [lines - api, api]
    } else {
        [lines - half, half]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_side_loses_lines_that_the_other_does_not_need() {
        assert_eq!(shares(8, [5, 3]), [5, 3]);
        assert_eq!(shares(6, [5, 3]), [3, 3]);
        assert_eq!(shares(6, [2, 6]), [2, 4]);
        assert_eq!(shares(0, [2, 6]), [0, 0]);
    }
}

//! The live pane, on every screen: verdict, map, needs, remaining paths and the cost per month.
//!
//! Every line has a fixed row, so that values change in place. Section 4b of the design gives the
//! order. Where rows are short the map goes first, then the other models, then the counts. Verdict,
//! needs, Pro, hybrid, the model in use and the price date always stay.

mod costs;
pub(super) mod rows;
pub(super) mod strip;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::state::State;
use super::widget::bars::Gauge;
use super::widget::label;
use super::widget::map::{Dot, Map, MapSize, Point};
use crate::advice::{Assessment, Certainty, Needs, Outcome, Strength};
use crate::catalog::CatalogId;
use crate::number::{brief_usd, grouped, short_usd, usd};
use crate::text::layout::{columns, first_that_fits, fit};
use crate::wizard::session::{Month, Preview};
use crate::words;

use rows::{PaneSize, Rows};

/// Draws the pane into `area`, whose left column is the divider.
pub(super) fn draw(state: &State<'_>, area: Rect, size: PaneSize, buf: &mut Buffer) {
    let inside = Rect::new(
        area.x.saturating_add(2),
        area.y.saturating_add(1),
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    );
    let look = state.app.look;
    label(look, (area.x.saturating_add(2), area.y), area.right(), live_title(state), buf);
    let bottom = area.bottom().saturating_sub(1);
    let end = area.right().saturating_add(2);
    label(look, (area.x.saturating_add(2), bottom), end, &prices_line(state), buf);
    let mut pen = PaneWriter { state, area, inside, row: inside.y, buf };
    let plan = Rows::new(inside.height, size, model_count(state));
    pen.verdict();
    pen.second_line();
    if size == PaneSize::Wide {
        pen.third_line();
    }
    pen.rule("Where you land");
    match plan.map {
        Some(map) => pen.map(map),
        None => pen.gauges(),
    }
    if plan.map == Some(MapSize::Large) {
        pen.gauges();
    } else if plan.map.is_some() {
        pen.needs();
    }
    if plan.counts {
        pen.counts();
    }
    pen.rule(month_title(state));
    pen.month(plan);
}

/// The price list in use and its date, with a reminder to verify the prices.
fn prices_line(state: &State<'_>) -> String {
    let catalog = state.session.world.catalog;
    match catalog.id {
        // Together with `Verify` this is wider than the narrow pane: see `live_title`.
        CatalogId::File => format!("Your list of {}", catalog.as_of),
        _ => format!("Prices {}. Verify.", catalog.as_of),
    }
}

fn live_title(state: &State<'_>) -> &'static str {
    match state.session.world.catalog.id {
        CatalogId::File => "Live. Verify prices.",
        _ => "Live",
    }
}

fn model_count(state: &State<'_>) -> u16 {
    let count = state.outlook.month.as_ref().map_or(1, |month| month.models.len());
    u16::try_from(count).unwrap_or(u16::MAX / 2)
}

fn month_title(state: &State<'_>) -> &'static str {
    let titled = || state.chooser().and_then(|layer| layer.screen.month_title());
    match (state.preview(), state.session.choices().month) {
        (Preview::Choices(choices, _), _) => match titled() {
            Some(title) => title,
            None if choices.usage.measured.is_some() => "Your logs, estimate",
            None => "Example month, estimate",
        },
        (Preview::Month(..), _) => "What if, estimate",
        (_, Month::Sample) => "Sample month, estimate",
        (_, Month::Own) => "Your month, estimate",
    }
}

/// The verdict while more than one outcome is possible.
const OPEN: &str = "STILL OPEN";

/// The verdict and the words to its right.
fn verdict_words(state: &State<'_>) -> (String, String) {
    let outlook = &state.outlook;
    let ways = || match outlook.counts.total() {
        1 => "1 way left".to_owned(),
        ways => format!("{} ways left", grouped(u64::from(ways))),
    };
    if let Some(assessment) = &outlook.assessment {
        // "fairly clear" leaves room for the name alone.
        let headline = match assessment.strength {
            Strength::Likely => assessment.outcome.name().to_uppercase(),
            Strength::Clear | Strength::Close => words::headline(assessment.outcome).to_owned(),
        };
        return (headline, assessment.strength.name().to_owned());
    }
    match outlook.certainty {
        _ if outlook.needs.is_none() => ("NO ANSWERS YET".to_owned(), String::new()),
        Certainty::Open => (OPEN.to_owned(), ways()),
        Certainty::AtThisVolume(outcome) | Certainty::AtAnyVolume(outcome) => {
            (format!("DECIDED: {}", outcome.name().to_uppercase()), ways())
        }
    }
}

/// The preview that the pane shows instead of the chosen answers.
enum Looked {
    /// A preview described by these words.
    At(String),
    /// The focused option; `label` is its short form.
    AtOption { label: String, is_chosen: bool },
}

/// Returns `None` if there is no preview.
fn looked_at(state: &State<'_>) -> Option<Looked> {
    match state.preview() {
        Preview::Nothing => None,
        Preview::Month(_, what) | Preview::Choices(_, what) => Some(Looked::At(what)),
        Preview::Answer(question, rank) => {
            let given = state.session.answers().effective(question);
            let is_settled = matches!(
                state.outlook.settled,
                Certainty::AtAnyVolume(_) | Certainty::AtThisVolume(_)
            );
            Some(if is_settled && given.is_none() {
                Looked::At("whatever you pick here".to_owned())
            } else {
                let label = state.session.wording.question(question).short_label(rank).to_owned();
                Looked::AtOption { label, is_chosen: given == Some(rank) }
            })
        }
    }
}

struct PaneWriter<'a, 'w> {
    state: &'a State<'w>,
    area: Rect,
    inside: Rect,
    row: u16,
    buf: &'a mut Buffer,
}

impl PaneWriter<'_, '_> {
    fn width(&self) -> usize {
        usize::from(self.inside.width)
    }

    fn is_wide(&self) -> bool {
        self.inside.width > 30
    }

    fn line(&mut self, text: &str, style: Style) {
        if self.row < self.inside.bottom() {
            let text = self.state.app.look.text(text);
            self.buf.set_stringn(self.inside.x, self.row, &text, self.width(), style);
        }
        self.row = self.row.saturating_add(1);
    }

    fn plain(&mut self, text: &str) {
        self.line(text, self.state.app.look.theme.text);
    }

    /// A rule across the pane with a title in it.
    fn rule(&mut self, title: &str) {
        let look = self.state.app.look;
        if self.row < self.inside.bottom() {
            let right = self.area.right().saturating_sub(1);
            for x in self.area.x..=right {
                let glyph = match x {
                    x if x == self.area.x => look.glyphs.tee_right,
                    x if x == right => look.glyphs.tee_left,
                    _ => look.glyphs.horizontal,
                };
                self.buf.set_string(x, self.row, glyph, look.theme.border);
            }
            let at = (self.area.x.saturating_add(2), self.row);
            label(look, at, right.saturating_add(2), title, self.buf);
        }
        self.row = self.row.saturating_add(1);
    }

    fn verdict(&mut self) {
        let (left, right) = verdict_words(self.state);
        let style = self.state.app.look.theme.verdict;
        // The reverse bar is one column wider than its words on each side.
        let text = format!(" {} ", columns(&left, &right, self.width()));
        if self.row < self.inside.bottom() {
            let x = self.inside.x.saturating_sub(1);
            self.buf.set_stringn(x, self.row, &text, self.width() + 2, style);
        }
        self.row = self.row.saturating_add(1);
    }

    fn second_line(&mut self) {
        let state = self.state;
        let outlook = &state.outlook;
        let text = match (looked_at(state), &outlook.assessment) {
            (Some(Looked::At(what)), _) => what,
            (Some(Looked::AtOption { label, is_chosen: true }), Some(_)) => {
                format!("with \"{label}\"")
            }
            (Some(Looked::AtOption { label, .. }), _) => format!("if you pick \"{label}\""),
            (None, Some(assessment)) => self.cost_line(assessment),
            (None, None) if outlook.needs.is_none() && self.is_wide() => {
                "Each dot is a way this can still end.".to_owned()
            }
            (None, None) if outlook.needs.is_none() => "each dot: a possible end".to_owned(),
            (None, None) => "as answered so far".to_owned(),
        };
        let text = fit(&text, self.width()).into_owned();
        self.plain(&text);
    }

    fn cost_line(&self, assessment: &Assessment) -> String {
        let cost = assessment.costs.of(assessment.outcome);
        let (now, brief) = (usd(cost), brief_usd(cost));
        let wordings = match self.state.before.map(|before| before.cost) {
            Some(old) if old != cost => {
                let (was, brief_was) = (usd(old), brief_usd(old));
                vec![
                    format!("{now} / month (was {was})"),
                    format!("{now} est. (was {was})"),
                    format!("{brief} est. (was {brief_was})"),
                    format!("{brief} (was {brief_was})"),
                    format!("{brief} / month, est."),
                ]
            }
            _ => vec![
                format!("{now} / month, estimate"),
                format!("{now} / month, est."),
                format!("{brief} / month, est."),
            ],
        };
        first_that_fits(wordings, self.width())
    }

    fn third_line(&mut self) {
        let outlook = &self.state.outlook;
        let text = match &outlook.assessment {
            Some(case) => match case.outcome {
                Outcome::Pro => "Pro alone, the flat price".to_owned(),
                Outcome::Api => format!("API alone ({})", case.model_name),
                Outcome::Hybrid => {
                    let part = case.costs.hybrid - case.costs.pro;
                    let (pro, model) = (case.costs.pro, &case.model_name);
                    let wordings = [
                        format!("Pro {} + API {} ({model})", usd(pro), usd(part)),
                        format!("Pro {} + API {} ({model})", short_usd(pro), brief_usd(part)),
                        format!("Pro {} + API {}", short_usd(pro), brief_usd(part)),
                    ];
                    first_that_fits(wordings, self.width())
                }
            },
            None if outlook.needs.is_none() => "Answer, and watch them go out.".to_owned(),
            None if self.state.app.look.glyphs.has_braille => {
                "◇ your points so far   ⡇ possible ends".to_owned()
            }
            None => {
                let glyphs = self.state.app.look.glyphs;
                format!("{} your points so far   {} possible ends", glyphs.before, glyphs.fog)
            }
        };
        let text = fit(&text, self.width()).into_owned();
        self.plain(&text);
    }

    fn map(&mut self, size: MapSize) {
        let outlook = &self.state.outlook;
        let point = |needs: Needs| Point { api: needs.api, pro: needs.pro };
        let complete = outlook.assessment.is_some();
        let dots: Vec<Dot> = if complete {
            Vec::new()
        } else {
            let dot = |landing: &crate::advice::Landing| Dot {
                api: landing.needs.api,
                pro: landing.needs.pro,
                outcome: landing.outcome,
                weight: landing.ways,
            };
            outlook.landings.iter().map(dot).collect()
        };
        let corners = outlook.corners.map(Outcome::name);
        let now = outlook.needs.map(point);
        let map = Map {
            dots: &dots,
            now,
            now_final: complete,
            before: self
                .state
                .before
                .map(|before| point(before.needs))
                .filter(|before| Some(*before) != now),
            corners,
            size,
            look: self.state.app.look,
        };
        let height = size.height();
        let width = self.inside.width.min(size.width());
        // The wide pane centres the small map.
        let margin = (self.inside.width - width) / 2;
        let area = Rect::new(self.inside.x.saturating_add(margin), self.row, width, height);
        map.render(area.intersection(self.inside), self.buf);
        self.row = self.row.saturating_add(height);
    }

    fn needs(&mut self) {
        let text = match self.state.outlook.needs {
            None => "need Pro ↑      need API →".to_owned(),
            Some(needs) => both_needs(needs, self.width()),
        };
        self.plain(&text);
    }

    /// Both needs as bars, with the threshold marked.
    fn gauges(&mut self) {
        let needs = self.state.outlook.needs;
        for (name, points, side) in [
            ("need Pro ↑", needs.map(|needs| needs.pro), Outcome::Pro),
            ("need API →", needs.map(|needs| needs.api), Outcome::Api),
        ] {
            let row = self.row;
            let Some(points) = points else {
                self.plain(name);
                continue;
            };
            let verdict = if points >= crate::advice::MARK { "counts" } else { "not yet" };
            // In a narrow pane the gauge fits between the side's name and its total.
            let (name, gauge) = match name.strip_prefix("need ") {
                Some(side) if !self.is_wide() => (side, 9),
                _ => (name, 15),
            };
            self.plain(&columns(&format!("{name} {points:>2}"), verdict, self.width()));
            let room = self.inside.width.saturating_sub(gauge + 8);
            let area = Rect::new(self.inside.x.saturating_add(gauge), row, room, 1);
            let look = self.state.app.look;
            Gauge { points: i16::from(points), mark: 3, side, look }
                .render(area.intersection(self.inside), self.buf);
        }
    }

    fn counts(&mut self) {
        let outlook = &self.state.outlook;
        let text = if outlook.assessment.is_some() || outlook.needs.is_none() {
            if self.is_wide() {
                "A need counts past the line (3 points).".to_owned()
            } else {
                "A need counts past the line".to_owned()
            }
        } else {
            let counts = outlook.counts;
            let outcomes = [("Pro", counts.pro), ("Hybrid", counts.hybrid), ("API", counts.api)];
            let parts = outcomes.map(|(name, ways)| match ways {
                0 => format!("{name} out"),
                ways => format!("{name} {}", grouped(u64::from(ways))),
            });
            let total = grouped(u64::from(counts.total()));
            let sentence = self.is_wide().then(|| format!("Of {total} ways: {}", parts.join(", ")));
            let bare = parts.join(" ").replace(',', "");
            let wordings = sentence.into_iter().chain([parts.join("  "), parts.join(" "), bare]);
            first_that_fits(wordings, self.width())
        };
        self.plain(&text);
    }
}

/// Both needs in one line of `width` columns, the second in its usual column if there is room.
fn both_needs(Needs { pro, api }: Needs, width: usize) -> String {
    const COLUMN: usize = 15;
    let pro = format!("need Pro ↑ {pro}");
    let api = format!("need API → {api}");
    let (left, right) = (pro.chars().count(), api.chars().count());
    let room = width.saturating_sub(left + right);
    format!("{pro}{}{api}", " ".repeat(COLUMN.saturating_sub(left).min(room).max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_needs_are_whole_whatever_they_are() {
        /// The width of the pane inside its border, at 80 columns.
        const WIDTH: usize = 27;
        for pro in -5..=15 {
            for api in 0..=19 {
                let line = both_needs(Needs { pro, api }, WIDTH);
                assert!(line.chars().count() <= WIDTH, "{line}");
                assert!(line.starts_with(&format!("need Pro ↑ {pro} ")), "{line}");
                assert!(line.ends_with(&format!(" need API → {api}")), "{line}");
            }
        }
        assert_eq!(both_needs(Needs { pro: 10, api: 6 }, WIDTH), "need Pro ↑ 10  need API → 6");
        assert_eq!(both_needs(Needs { pro: -2, api: 13 }, WIDTH), "need Pro ↑ -2 need API → 13");
    }
}

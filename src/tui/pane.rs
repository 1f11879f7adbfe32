//! The live pane: verdict, map, needs, ways left and what the month costs, on every screen.
//!
//! Every line has a fixed row, so that what changes changes in place. Section 4b of the design
//! gives the order; where rows are short the map goes first, then the other models, then the
//! counts. Verdict, needs, Pro, hybrid, the model in use and the price date always stay.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::look::Side;
use super::state::State;
use super::view::label;
use super::widget::bars::{Bar, Bars, Gauge};
use super::widget::map::{Dot, Map, MapSize, Point};
use crate::advice::{Assessment, Certainty, Needs, Outcome, PricedMonth};
use crate::number::{tokens_short, tokens_three, usd};
use crate::session::{Month, Preview};
use crate::text::layout::{columns, fit};
use crate::tui::screen::Behave;
use crate::words;

/// The two widths of the pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneSize {
    /// 30 columns with its right border.
    Narrow,
    /// 44 columns with its right border.
    Wide,
}

impl Outcome {
    /// The side its shapes are coloured by.
    pub(super) const fn side(self) -> Side {
        match self {
            Self::Pro => Side::Pro,
            Self::Hybrid => Side::Hybrid,
            Self::Api => Side::Api,
        }
    }
}

/// Draws the pane into `area`, whose left column is the divider.
pub(super) fn draw(state: &State<'_>, area: Rect, size: PaneSize, buf: &mut Buffer) {
    let inside = Rect::new(
        area.x.saturating_add(2),
        area.y.saturating_add(1),
        area.width.saturating_sub(4),
        area.height.saturating_sub(2),
    );
    label(
        state,
        area.x.saturating_add(2),
        area.y,
        area.right(),
        "Live",
        buf,
    );
    let prices = format!("Prices {}. Verify.", state.session.world.catalog.as_of);
    let bottom = area.bottom().saturating_sub(1);
    label(
        state,
        area.x.saturating_add(2),
        bottom,
        area.right().saturating_add(2),
        &prices,
        buf,
    );
    let mut pen = Pen {
        state,
        area,
        inside,
        row: inside.y,
        buf,
    };
    let plan = Rows::new(inside.height, size, model_count(state));
    pen.verdict();
    pen.second_line();
    if plan.wide {
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
    pen.month(&plan);
}

/// The strip of a narrow terminal: a rule, three lines, a rule with the price date.
pub(super) fn strip(state: &State<'_>, area: Rect, buf: &mut Buffer) {
    let horizontal = state.desk.look.glyphs.horizontal;
    let bottom = area.bottom().saturating_sub(1);
    for x in area.left()..area.right() {
        for y in [area.top(), bottom] {
            buf.set_string(x, y, horizontal, state.desk.look.theme.border);
        }
    }
    let (verdict, note) = verdict_words(state);
    let title = format!(
        "Live: {verdict}{}{note}",
        if note.is_empty() { "" } else { ", " }
    );
    label(state, 1, area.top(), area.right(), &title, buf);
    let prices = format!("Prices {}. Verify.", state.session.world.catalog.as_of);
    label(state, 1, bottom, area.right(), &prices, buf);
    let inside = Rect::new(
        area.x.saturating_add(1),
        area.y.saturating_add(1),
        area.width.saturating_sub(2),
        area.height.saturating_sub(2),
    );
    let mut pen = Pen {
        state,
        area,
        inside,
        row: inside.y,
        buf,
    };
    pen.counts();
    let needs = state.outlook.needs.map_or_else(
        || "need Pro ↑    need API →   (from 3)".to_owned(),
        |needs| {
            format!(
                "need Pro ↑ {}  need API → {}  (from 3)",
                needs.pro, needs.api
            )
        },
    );
    pen.line(&needs, pen.state.desk.look.theme.text);
    let bill = match &state.outlook.month {
        Ok(month) => {
            let recommended = state
                .outlook
                .assessment
                .as_ref()
                .filter(|a| a.outcome == Outcome::Hybrid);
            let hybrid = recommended.map(|a| format!("  Both {}", usd(a.costs.hybrid)));
            format!(
                "Pro {}  API {}{}  a month, estimate",
                usd(month.pro),
                usd(month.api),
                hybrid.unwrap_or_default()
            )
        }
        Err(error) => error.to_string(),
    };
    pen.line(&bill, pen.state.desk.look.theme.text);
}

/// What fits into the rows there are.
#[derive(Debug, Clone, Copy)]
struct Rows {
    wide: bool,
    map: Option<MapSize>,
    counts: bool,
    /// Whether every model has its row, or only the one in use.
    all_models: bool,
    bars: bool,
    range: bool,
}

impl Rows {
    fn new(rows: u16, size: PaneSize, models: u16) -> Self {
        let wide = size == PaneSize::Wide;
        // Two lines, two rules, needs, Pro, hybrid, volume; the wide pane has one line more.
        let fixed = 8 + u16::from(wide);
        let large = 14 + 1;
        let left = |taken: u16| rows.saturating_sub(fixed + taken);
        let full = models + 1;
        let (map, counts, all_models) = if wide && left(large + full) >= 2 {
            (Some(MapSize::Large), true, true)
        } else if rows >= fixed + 8 + full {
            (Some(MapSize::Small), true, true)
        } else if rows >= fixed + 1 + full {
            (None, true, true)
        } else {
            (None, rows > fixed + 2, false)
        };
        let taken = match map {
            Some(MapSize::Large) => large,
            Some(MapSize::Small) => 8,
            None => 1,
        } + if all_models { full } else { 1 };
        let spare = left(taken);
        Self {
            wide,
            map,
            counts,
            all_models,
            bars: wide && spare >= 2,
            range: wide && spare >= 6,
        }
    }
}

fn model_count(state: &State<'_>) -> u16 {
    let count = state
        .outlook
        .month
        .as_ref()
        .map_or(1, |month| month.models.len());
    u16::try_from(count).unwrap_or(u16::MAX / 2)
}

fn month_title(state: &State<'_>) -> &'static str {
    match (preview(state), state.session.choices().month) {
        (Preview::Choices(..), _) => "Example month, estimate",
        (Preview::Month(..), _) => "What if, estimate",
        (_, Month::Sample) => "Sample month, estimate",
        (_, Month::Own) => "Your month, estimate",
    }
}

fn preview(state: &State<'_>) -> Preview {
    state.top().map_or(Preview::Nothing, |layer| {
        layer.screen.preview(&state.session)
    })
}

/// The verdict and what stands at its right.
fn verdict_words(state: &State<'_>) -> (String, String) {
    let outlook = &state.outlook;
    let ways = || match outlook.counts.total() {
        1 => "1 way left".to_owned(),
        ways => format!("{} ways left", crate::number::grouped(u64::from(ways))),
    };
    if let Some(assessment) = &outlook.assessment {
        let headline = words::headline(assessment.outcome).to_owned();
        return (headline, assessment.strength.name().to_owned());
    }
    match outlook.certainty {
        _ if outlook.needs.is_none() => ("NO ANSWERS YET".to_owned(), String::new()),
        Certainty::Open => ("STILL OPEN".to_owned(), ways()),
        Certainty::AtThisVolume(outcome) | Certainty::AtAnyVolume(outcome) => (
            format!("DECIDED: {}", outcome.name().to_uppercase()),
            ways(),
        ),
    }
}

/// Writes the pane line by line.
struct Pen<'a, 'w> {
    state: &'a State<'w>,
    area: Rect,
    inside: Rect,
    row: u16,
    buf: &'a mut Buffer,
}

impl Pen<'_, '_> {
    fn width(&self) -> usize {
        usize::from(self.inside.width)
    }

    fn is_wide(&self) -> bool {
        self.inside.width > 30
    }

    fn line(&mut self, text: &str, style: Style) {
        if self.row < self.inside.bottom() {
            let text = self.state.desk.look.text(text);
            self.buf
                .set_stringn(self.inside.x, self.row, &text, self.width(), style);
        }
        self.row = self.row.saturating_add(1);
    }

    fn plain(&mut self, text: &str) {
        self.line(text, self.state.desk.look.theme.text);
    }

    /// A rule across the pane with a title in it.
    fn rule(&mut self, title: &str) {
        let look = self.state.desk.look;
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
            label(
                self.state,
                self.area.x.saturating_add(2),
                self.row,
                right.saturating_add(2),
                title,
                self.buf,
            );
        }
        self.row = self.row.saturating_add(1);
    }

    fn verdict(&mut self) {
        let (left, right) = verdict_words(self.state);
        let style = self.state.desk.look.theme.verdict;
        // The reverse bar is a column wider than its words on either side.
        let text = format!(" {} ", columns(&left, &right, self.width()));
        if self.row < self.inside.bottom() {
            let x = self.inside.x.saturating_sub(1);
            self.buf
                .set_stringn(x, self.row, &text, self.width() + 2, style);
        }
        self.row = self.row.saturating_add(1);
    }

    fn second_line(&mut self) {
        let state = self.state;
        let outlook = &state.outlook;
        let text = match (preview(state), &outlook.assessment) {
            (Preview::Month(_, what) | Preview::Choices(_, what), _) => what,
            (Preview::Answer(question, rank), _) => {
                let text = state.session.wording.question(question);
                let chosen = state.session.answers().effective(question) == Some(rank);
                match outlook.certainty {
                    Certainty::Open => format!("if you pick \"{}\"", text.short_label(rank)),
                    _ if chosen || outlook.assessment.is_some() => {
                        format!("with \"{}\"", text.short_label(rank))
                    }
                    _ => "whatever you pick here".to_owned(),
                }
            }
            (Preview::Nothing, Some(assessment)) => self.cost_line(assessment),
            (Preview::Nothing, None) if outlook.needs.is_none() && self.is_wide() => {
                "Each dot is a way this can still end.".to_owned()
            }
            (Preview::Nothing, None) if outlook.needs.is_none() => {
                "each dot: a possible end".to_owned()
            }
            (Preview::Nothing, None) => "as answered so far".to_owned(),
        };
        let text = fit(&text, self.width()).into_owned();
        self.plain(&text);
    }

    fn cost_line(&self, assessment: &Assessment) -> String {
        let cost = assessment.costs.of(assessment.outcome);
        match self.state.before.map(|before| before.cost) {
            Some(old) if old != cost => format!("{} / month (was {})", usd(cost), usd(old)),
            _ => format!("{} / month, estimate", usd(cost)),
        }
    }

    fn third_line(&mut self) {
        let outlook = &self.state.outlook;
        let text = match &outlook.assessment {
            Some(case) => match case.outcome {
                Outcome::Pro => "Pro alone, the flat price".to_owned(),
                Outcome::Api => format!("API alone ({})", case.model_name),
                Outcome::Hybrid => format!(
                    "Pro {} + API {} ({})",
                    usd(case.costs.pro),
                    usd(case.costs.hybrid - case.costs.pro),
                    case.model_name
                ),
            },
            None if outlook.needs.is_none() => "Answer, and watch them go out.".to_owned(),
            None if self.state.desk.look.glyphs.has_braille => {
                "◇ your points so far   ⡇ possible ends".to_owned()
            }
            None => {
                let glyphs = self.state.desk.look.glyphs;
                format!(
                    "{} your points so far   {} possible ends",
                    glyphs.before, glyphs.fog
                )
            }
        };
        let text = fit(&text, self.width()).into_owned();
        self.plain(&text);
    }

    fn map(&mut self, size: MapSize) {
        let outlook = &self.state.outlook;
        let point = |needs: Needs| Point {
            api: needs.api,
            pro: needs.pro,
        };
        let complete = outlook.assessment.is_some();
        let dots: Vec<Dot> = if complete {
            Vec::new()
        } else {
            let dot = |landing: &crate::advice::Landing| Dot {
                api: landing.needs.api,
                pro: landing.needs.pro,
                outcome: landing.outcome.side(),
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
            look: self.state.desk.look,
        };
        let height = size.height();
        let area = Rect::new(
            self.inside.x,
            self.row,
            self.inside.width.min(size.width()),
            height,
        );
        map.render(area.intersection(self.inside), self.buf);
        self.row = self.row.saturating_add(height);
    }

    fn needs(&mut self) {
        let text = match self.state.outlook.needs {
            None => "need Pro ↑      need API →".to_owned(),
            Some(Needs { pro, api }) => {
                format!("{:<13}  need API → {api}", format!("need Pro ↑ {pro}"))
            }
        };
        self.plain(&text);
    }

    /// Both needs with a bar, the line that counts in it.
    fn gauges(&mut self) {
        let needs = self.state.outlook.needs;
        for (name, points, side) in [
            ("need Pro ↑", needs.map(|needs| needs.pro), Side::Pro),
            ("need API →", needs.map(|needs| needs.api), Side::Api),
        ] {
            let row = self.row;
            let Some(points) = points else {
                self.plain(name);
                continue;
            };
            let verdict = if points >= crate::advice::MARK {
                "counts"
            } else {
                "not yet"
            };
            let text = format!("{name} {points:>2}");
            let text = if self.is_wide() {
                columns(&text, verdict, self.width())
            } else {
                text
            };
            self.plain(&text);
            let room = self
                .inside
                .width
                .saturating_sub(if self.is_wide() { 23 } else { 15 });
            let area = Rect::new(self.inside.x.saturating_add(15), row, room, 1);
            let look = self.state.desk.look;
            Gauge {
                points: i16::from(points),
                mark: 3,
                side,
                look,
            }
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
            let part = |name: &str, ways: u16| match ways {
                0 => format!("{name} out"),
                ways => format!("{name} {ways}"),
            };
            let parts = [
                part("Pro", counts.pro),
                part("Hybrid", counts.hybrid),
                part("API", counts.api),
            ];
            if self.is_wide() {
                format!("Of {} ways: {}", counts.total(), parts.join(", "))
            } else {
                let spaced = parts.join("  ");
                if spaced.chars().count() > self.width() {
                    parts.join(" ")
                } else {
                    spaced
                }
            }
        };
        self.plain(&text);
    }

    fn month(&mut self, plan: &Rows) {
        let month = match &self.state.outlook.month {
            Ok(month) => month.clone(),
            Err(error) => {
                let text = error.to_string();
                for line in crate::text::layout::wrap(&text, self.width()) {
                    self.plain(&line);
                }
                return;
            }
        };
        let rows = self.cost_rows(&month, plan.all_models);
        if plan.bars {
            self.bars(&month, &rows);
        }
        for row in &rows {
            let text = row.text(self.width(), self.state.desk.look.glyphs.you);
            self.plain_over_bars(&text, plan.bars);
        }
        let (volume, own) = self.volume();
        if plan.wide {
            let sample = match own {
                Month::Own => "; * for the API",
                Month::Sample if self.state.outlook.needs.is_none() => ": the moderate",
                Month::Sample => ": a sample until",
            };
            self.plain(&format!("  {volume}{sample}"));
            if own == Month::Sample {
                let rest = if self.state.outlook.needs.is_none() {
                    "  user of the article"
                } else {
                    "  you give your own"
                };
                self.plain(rest);
                self.plain("  * the model the API part would use");
            }
        } else {
            self.plain(&volume);
        }
        if plan.range {
            self.range(own);
        }
    }

    fn volume(&self) -> (String, Month) {
        let preview = preview(self.state);
        let (usage, own) = match &preview {
            Preview::Month(usage, _) => (usage.as_ref(), Month::Own),
            Preview::Choices(choices, _) => (&choices.usage, Month::Own),
            _ => (
                self.state.session.usage(),
                self.state.session.choices().month,
            ),
        };
        let short = |tokens: u64| {
            let exact = tokens_short(tokens);
            if exact.len() > 5 {
                tokens_three(tokens)
            } else {
                exact
            }
        };
        let volume = usage.volume;
        (
            format!(
                "{} sent, {} written",
                short(volume.input),
                short(volume.output)
            ),
            own,
        )
    }

    /// Pro, hybrid and each model, or only the one in use, in fixed order.
    fn cost_rows(&self, month: &PricedMonth<'_>, all_models: bool) -> Vec<CostRow> {
        let assessment = self.state.outlook.assessment.as_ref();
        let recommended = assessment.map(|case| case.outcome);
        let hybrid = assessment.map(|case| case.costs.hybrid);
        let mut rows = vec![
            CostRow {
                mark: Mark::recommended(recommended == Some(Outcome::Pro)),
                name: "Pro, flat".to_owned(),
                amount: Some(month.pro),
                from: false,
                side: Side::Pro,
            },
            CostRow {
                mark: Mark::recommended(recommended == Some(Outcome::Hybrid)),
                name: "Hybrid".to_owned(),
                amount: Some(hybrid.unwrap_or(month.pro)),
                from: hybrid.is_none(),
                side: Side::Hybrid,
            },
        ];
        for priced in &month.models {
            let chosen = priced.model.id == month.model.id;
            if !chosen && !all_models {
                continue;
            }
            let mark = match (chosen, recommended) {
                (true, Some(Outcome::Api)) => Mark::Recommended,
                (true, _) => Mark::InUse,
                (false, _) => Mark::None,
            };
            rows.push(CostRow {
                mark,
                name: format!("API {}", priced.model.short_name()),
                amount: priced.api.ok(),
                from: false,
                side: Side::Api,
            });
        }
        rows
    }

    /// The bars of the wide pane, Pro's price as a line through all of them.
    fn bars(&mut self, month: &PricedMonth<'_>, rows: &[CostRow]) {
        const MARK: u16 = 4;
        const CELLS: u16 = 13;
        let scale = format!("0   {}", self.state.desk.look.glyphs.marker);
        let text = format!(
            "{:17}{scale}{} {}",
            "",
            short_usd(month.pro),
            short_usd(month.pro * Decimal::from(3))
        );
        self.plain(&text);
        let cells = |amount: Decimal| {
            let per_pro = amount
                .checked_div(month.pro)
                .and_then(|ratio| ratio.to_f64());
            bars_scale(per_pro.unwrap_or_default(), MARK)
        };
        let bars: Vec<Bar> = rows
            .iter()
            .map(|row| {
                let amount = row.amount.unwrap_or_default();
                match row.side {
                    Side::Hybrid => Bar {
                        solid: cells(month.pro),
                        hatched: cells(amount - month.pro),
                        side: Side::Hybrid,
                    },
                    side => Bar {
                        solid: cells(amount),
                        hatched: 0.0,
                        side,
                    },
                }
            })
            .collect();
        let height = u16::try_from(bars.len()).unwrap_or_default();
        let area = Rect::new(self.inside.x.saturating_add(17), self.row, CELLS, height);
        Bars {
            rows: &bars,
            mark: Some(MARK),
            look: self.state.desk.look,
        }
        .render(area.intersection(self.inside), self.buf);
    }

    /// A line of a cost row; where bars stand between name and amount they are left alone.
    fn plain_over_bars(&mut self, text: &str, bars: bool) {
        if !bars {
            self.plain(text);
            return;
        }
        if self.row < self.inside.bottom() {
            let shown = self.state.desk.look.text(text).into_owned();
            let style = self.state.desk.look.theme.text;
            let name: String = shown.chars().take(17).collect();
            let amount = shown.chars().skip(30).collect::<String>();
            self.buf
                .set_stringn(self.inside.x, self.row, &name, 17, style);
            self.buf.set_stringn(
                self.inside.x.saturating_add(30),
                self.row,
                &amount,
                11,
                style,
            );
        }
        self.row = self.row.saturating_add(1);
    }

    /// The range of the bill, the chance, and where prices are to be checked.
    fn range(&mut self, own: Month) {
        let case = self
            .state
            .outlook
            .assessment
            .clone()
            .filter(|_| own == Month::Own);
        if let Some(case) = case {
            let factor = crate::number::exact(case.usage.confidence.factor());
            self.rule(&format!("If your volume is off (÷/× {factor})"));
            let range = |low, high| format!("{} to {} / month", usd(low), usd(high));
            self.plain(&format!(
                "  API alone   {}",
                range(case.costs.api_p10, case.costs.api_p90)
            ));
            self.plain(&format!(
                "  Hybrid      {}",
                range(case.costs.hybrid_p10, case.costs.hybrid_p90)
            ));
            let chance = words::chance(case.chance_under_pro);
            self.plain(&format!(
                "  API alone under {}: {chance}",
                short_usd(case.costs.pro)
            ));
            match case
                .models
                .iter()
                .find(|model| model.id == case.model_id)
                .and_then(|m| m.break_even)
            {
                Some(times) => {
                    // Decimals are cut, not rounded, by a precision.
                    let times = times.round_dp(2);
                    self.plain(&format!("  API alone = Pro at × {times:.2} of this"));
                }
                None => self.plain("  API alone costs nothing at zero volume"),
            }
        } else {
            self.row = self.row.saturating_add(1);
        }
        self.plain("  Verify prices at claude.com/pricing");
    }
}

/// What marks a row of costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Recommended,
    InUse,
}

impl Mark {
    const fn recommended(is: bool) -> Self {
        if is { Self::Recommended } else { Self::None }
    }
}

/// One row of costs.
struct CostRow {
    mark: Mark,
    name: String,
    amount: Option<Decimal>,
    from: bool,
    side: Side,
}

impl CostRow {
    fn text(&self, width: usize, you: &str) -> String {
        let mark = match self.mark {
            Mark::None => " ",
            Mark::Recommended => you,
            Mark::InUse => "*",
        };
        let amount = self.amount.map_or_else(|| "unpriced".to_owned(), usd);
        let amount = if self.from {
            format!("from {amount}")
        } else {
            amount
        };
        columns(&format!("{mark} {}", self.name), &amount, width)
    }
}

/// Dollars without needless cents: `$20`, `$16.67`.
pub(super) fn short_usd(amount: Decimal) -> String {
    usd(amount).trim_end_matches(".00").to_owned()
}

#[expect(clippy::float_arithmetic, reason = "lengths of bars, never money")]
fn bars_scale(per_pro: f64, mark: u16) -> f64 {
    per_pro * f64::from(mark)
}

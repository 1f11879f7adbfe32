//! The live pane, on every screen: where the decision stands, what decides it, and what the month
//! costs every way.
//!
//! Row 1 says the state, row 2 why. The costs are the lowest block, at the same rows on every
//! question, so that values change in place; on a wide pane the map and the range of the bill join.

mod costs;
mod points;
pub(super) mod rows;
pub(super) mod strip;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;

use super::state::State;
use super::widget::bars::{Bar, Bars};
use super::widget::label;
use super::widget::map::{Land, Map, MapScale, Point};
use crate::advice::{Certainty, Counts, MARK, Outcome};
use crate::catalog::CatalogId;
use crate::number::grouped;
use crate::question::{Developer, Origin, QuestionId, Rank};
use crate::text::layout::{columns, first_that_fits, fit, wrap};
use crate::wizard::session::{Month, Points, Preview};
use crate::words;

use rows::{Above, PaneSize, Rows};

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
    let above = pen.above();
    let captions = pen.captions();
    let wished = u16::try_from(captions.len()).unwrap_or(2);
    let has_range = pen.has_range();
    let plan = Rows::new(inside.height, size, pen.model_count(), above, wished, has_range);
    pen.state_rows();
    match above {
        Above::Ways => pen.three_ways(),
        Above::Open => {
            if plan.possible > 0 {
                pen.possible(plan.possible_caption);
            }
            pen.points(plan);
            if let Some(scale) = plan.map {
                pen.map(scale);
            }
        }
        Above::Points(_) => pen.points(plan),
    }
    let below = rows_below(&plan, above);
    pen.row = pen.row.max(inside.bottom().saturating_sub(below));
    pen.costs(&plan, &captions);
    if plan.range {
        pen.range();
    }
    if let (Above::Points(_), Some(scale)) = (above, plan.map) {
        pen.map(scale);
    }
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

/// Whose month the costs are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The sample, until the month is given.
    Sample,
    /// The sample, chosen as the month.
    ChosenSample,
    Own,
    /// Only looked at.
    Looked,
}

fn whose_month(state: &State<'_>) -> Whose {
    match (state.preview(), state.session.choices().month) {
        (Preview::Month(..) | Preview::Choices(..), _) => Whose::Looked,
        (_, Month::Sample) => Whose::Sample,
        (_, Month::Own) if state.session.usage().volume_origin == Origin::Assumed => {
            Whose::ChosenSample
        }
        (_, Month::Own) => Whose::Own,
    }
}

fn month_title(state: &State<'_>) -> &'static str {
    let titled = || state.chooser().and_then(|layer| layer.screen.month_title());
    match (state.preview(), whose_month(state)) {
        (Preview::Choices(choices, _), _) => match titled() {
            Some(title) => title,
            None if choices.usage.measured.is_some() => "Your logs as API, estimate",
            None => "Example month, estimate",
        },
        (_, Whose::Looked) => "What if, estimate",
        (_, Whose::Sample | Whose::ChosenSample) => "Sample month, estimate",
        (_, Whose::Own) => "Your month, estimate",
    }
}

/// The verdict while nothing is answered.
const NOTHING: &str = "NOTHING DECIDED YET";
/// The verdict while more than one outcome is possible.
const OPEN: &str = "STILL OPEN";

/// Row 1: the state, in wordings from long to short, each with the words to its right.
fn state_words(state: &State<'_>) -> Vec<(String, String)> {
    let outlook = &state.outlook;
    let alone = |text: String| vec![(text, String::new())];
    if let Some(assessment) = &outlook.assessment {
        let name = assessment.outcome.name().to_uppercase();
        if outlook.points.is_some_and(|points| !points.counts_month) {
            return alone(format!("{name} so far"));
        }
        let strength = match assessment.cap {
            Some(_) if assessment.usage.volume_origin == Origin::Assumed => "a sample".to_owned(),
            _ => assessment.strength.name().to_owned(),
        };
        let headline = words::headline(assessment.outcome).to_owned();
        return vec![(headline, strength.clone()), (name, strength)];
    }
    match outlook.certainty {
        _ if outlook.points.is_none() => alone(NOTHING.to_owned()),
        Certainty::Open => alone(format!("{OPEN}: {}", still_possible(outlook.counts))),
        Certainty::AtThisVolume(outcome) | Certainty::AtAnyVolume(outcome) => {
            alone(format!("DECIDED: {}", outcome.name().to_uppercase()))
        }
    }
}

/// The outcomes that are left: `Pro or Hybrid`.
fn still_possible(counts: Counts) -> &'static str {
    match (counts.pro > 0, counts.hybrid > 0, counts.api > 0) {
        (true, true, false) => "Pro or Hybrid",
        (true, false, true) => "Pro or API",
        (false, true, true) => "Hybrid or API",
        _ => "all three",
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

/// Row 2: why row 1 says so.
fn reason(state: &State<'_>) -> String {
    let outlook = &state.outlook;
    match (looked_at(state), &outlook.assessment) {
        (Some(Looked::At(what)), _) => what,
        (Some(Looked::AtOption { label, is_chosen: true }), Some(_)) => {
            format!("with \"{label}\"")
        }
        (Some(Looked::AtOption { label, .. }), _) => format!("if you pick \"{label}\""),
        (None, Some(_)) if outlook.points.is_some_and(|points| !points.counts_month) => {
            "with a sample month".to_owned()
        }
        (None, Some(assessment)) => words::strength_reason(assessment).to_owned(),
        (None, None) if outlook.points.is_none() => "all three are open".to_owned(),
        (None, None) => match outlook.certainty {
            Certainty::Open => "as answered so far".to_owned(),
            Certainty::AtThisVolume(_) => "unless your month changes".to_owned(),
            Certainty::AtAnyVolume(_) => "whatever you answer next".to_owned(),
        },
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

    /// What stands above the costs.
    fn above(&self) -> Above {
        match &self.state.outlook.assessment {
            Some(assessment) => Above::Points(points::lines(self.state, assessment)),
            None if self.state.outlook.points.is_none() => Above::Ways,
            None => Above::Open,
        }
    }

    fn model_count(&self) -> u16 {
        let month = self.state.outlook.month.as_ref();
        u16::try_from(month.map_or(1, |month| month.models.len())).unwrap_or(u16::MAX / 2)
    }

    fn state_rows(&mut self) {
        let style = self.state.app.look.theme.verdict;
        // The reverse bar is one column wider than its words on each side.
        let wordings = state_words(self.state);
        let width = self.width();
        let fits = |(left, right): &&(String, String)| {
            let gap = usize::from(!right.is_empty());
            left.chars().count() + gap + right.chars().count() <= width
        };
        let chosen = wordings.iter().find(fits).or_else(|| wordings.last());
        if let (Some((left, right)), true) = (chosen, self.row < self.inside.bottom()) {
            let text = format!(" {} ", columns(left, right, width));
            let text = self.state.app.look.text(&text);
            let x = self.inside.x.saturating_sub(1);
            self.buf.set_stringn(x, self.row, &text, width + 2, style);
        }
        self.row = self.row.saturating_add(1);
        let text = fit(&reason(self.state), width).into_owned();
        self.plain(&text);
    }

    /// What the three ways are, before anything is answered.
    fn three_ways(&mut self) {
        self.rule("The three ways");
        for (name, about) in [
            ("Pro", "one flat price for the Claude app and Claude Code; limits"),
            ("API", "pay for what you use, with a key in an app or in code"),
            ("Hybrid", "Pro for chat, the API for automated work"),
        ] {
            for (index, line) in wrap(about, self.width().saturating_sub(8)).iter().enumerate() {
                let name = if index == 0 { name } else { "" };
                self.plain(&format!("{name:<8}{line}"));
            }
        }
    }

    /// How many ways through the open questions end in each outcome.
    fn possible(&mut self, has_caption: bool) {
        let counts = self.state.outlook.counts;
        let look = self.state.app.look;
        let total = grouped(u64::from(counts.total()));
        let caption = match counts.total() {
            1 => "of 1 way, not chances".to_owned(),
            _ => format!("of {total} ways, not chances"),
        };
        let title = if self.is_wide() {
            format!("Still possible, {caption}")
        } else {
            "Still possible".to_owned()
        };
        let room = self.width().saturating_sub(1);
        let title = first_that_fits([title, "Still possible".to_owned()], room);
        self.rule(&title);
        let most = if self.is_wide() { self.inside.width.saturating_sub(12) } else { 15 };
        let after = u16::try_from(total.len() + 1).unwrap_or(8);
        let room = most.min(self.inside.width.saturating_sub(8 + after));
        let outcomes = [
            (Outcome::Pro, counts.pro),
            (Outcome::Hybrid, counts.hybrid),
            (Outcome::Api, counts.api),
        ];
        for (outcome, ways) in outcomes {
            let shown = if ways == 0 { "out".to_owned() } else { grouped(u64::from(ways)) };
            let row = self.row;
            self.plain(&columns(outcome.name(), &shown, self.width()));
            let eighths = u32::from(ways) * u32::from(room) * 8;
            let solid = (eighths * 2 / u32::from(counts.total().max(1))).div_ceil(2);
            let solid = u16::try_from(solid).unwrap_or(u16::MAX).max(u16::from(ways > 0));
            let bar = Bar { solid, hatched: 0, side: outcome };
            let area = Rect::new(self.inside.x.saturating_add(8), row, room, 1);
            Bars { rows: &[bar], line: None, look }
                .render(area.intersection(self.inside), self.buf);
        }
        if has_caption {
            self.plain(&caption);
        }
    }

    fn map(&mut self, scale: MapScale) {
        let outlook = &self.state.outlook;
        let open = outlook.assessment.is_none();
        let title = match (&outlook.assessment, self.without_keys()) {
            (Some(case), true) => format!("No keys: {}", case.outcome.name()),
            _ => "Where you land: up Pro, right API".to_owned(),
        };
        self.rule(&title);
        let lands: Vec<Land> = outlook.landings.iter().map(Land::from).collect();
        let [pro, both, _, api] = outlook.corners;
        let map = Map {
            lands: &lands,
            you: outlook.points.map(Point::from),
            decided: outlook.assessment.as_ref().map(|case| case.outcome),
            rooms: [pro, both, api],
            walk: &[],
            scale,
            look: self.state.app.look,
        };
        let width = self.inside.width.min(scale.width());
        // A narrow map stands in the middle of a wider pane.
        let margin = (self.inside.width - width) / 2;
        let area = Rect::new(self.inside.x.saturating_add(margin), self.row, width, scale.height());
        map.render(area.intersection(self.inside), self.buf);
        self.row = self.row.saturating_add(scale.height());
        if open {
            let glyphs = self.state.app.look.glyphs;
            let marks = format!("{} you  {} can end here", glyphs.before, glyphs.hatch);
            let keys = self.state.session.answers().effective(QuestionId::Developer);
            let wordings = match keys {
                None => vec![format!("{marks}; without a key: Pro"), marks],
                Some(_) => vec![marks],
            };
            let text = first_that_fits(wordings, self.width());
            self.plain(&text);
        }
    }

    /// True if the person wants no keys, so that points do not decide.
    fn without_keys(&self) -> bool {
        let given = self.state.session.answers().effective(QuestionId::Developer);
        given == Some(Developer::No as Rank)
    }
}

/// Rows from the title of the costs to the end of the pane.
fn rows_below(plan: &Rows, above: Above) -> u16 {
    let costs = 3 + plan.models + plan.captions;
    let range = if plan.range { 5 } else { 0 };
    let map = match (above, plan.map) {
        (Above::Points(_), Some(scale)) => 1 + scale.height(),
        _ => 0,
    };
    costs + range + map
}

impl From<&crate::advice::Landing> for Land {
    fn from(landing: &crate::advice::Landing) -> Self {
        let at = Point { api: landing.needs.api, pro: landing.needs.pro };
        Self { at, outcome: landing.outcome }
    }
}

impl From<Points> for Point {
    fn from(points: Points) -> Self {
        Self { api: points.given.api, pro: points.given.pro }
    }
}

/// The threshold, as the gauges draw it.
const THRESHOLD: u16 = MARK.unsigned_abs() as u16;

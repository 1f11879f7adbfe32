//! The models side by side, the bill as the month grows, and a what-if month.
//!
//! Every figure shown comes from an assessment, derived before the screen is drawn. The chart's lines
//! connect two of them.

mod axis;
mod covers;
#[cfg(test)]
pub(in crate::tui) mod fixture;
mod model;
mod picture;
mod table;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use ratatui::text::{Line, Span};
use rust_decimal::Decimal;

use super::{ScreenBehavior, moved};
use crate::advice::Assessment;
use crate::catalog::Model;
use crate::number::{tokens_three, usd};
use crate::text::layout::{fit, wrap};
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::usage::Usage;
use crate::wizard::session::{Preview, Session};
use axis::Axis;
use model::CompareModel;
use picture::Picture;
use table::Table;

/// Minimum rows of the chart. Below this it is unreadable.
const LOWEST_CHART: u16 = 8;
/// Maximum rows of the chart. More adds no detail.
const TALLEST_CHART: u16 = 26;

#[derive(Debug, Default)]
pub struct Compare {
    /// The id of the focused model.
    model: String,
    /// The what-if month as a multiple of the person's own. `None` for their own month.
    what_if: Option<Decimal>,
    /// True if the person hid the chart or, where only one fits, chose the chart over the table.
    toggled: bool,
    /// What is shown. `None` before the first frame, and for a month without a price.
    seen: Option<CompareModel>,
}

impl Compare {
    /// Starts on the model in use.
    pub fn new(session: &Session<'_>) -> Self {
        Self {
            model: own_model(session).map_or_else(String::new, |model| model.id.clone()),
            ..Self::default()
        }
    }

    /// The listed models and the index of the focused one.
    fn listed<'w>(&self, session: &Session<'w>) -> (Vec<&'w Model>, usize) {
        let Some(own) = own_model(session) else {
            return (Vec::new(), 0);
        };
        let world = session.world;
        let models = session.usage().models(world.catalog, world.today).unwrap_or_default();
        let place = |id: &str| models.iter().position(|model| model.id == id);
        let focus = place(&self.model).or_else(|| place(&own.id));
        (models, focus.unwrap_or_default())
    }

    /// The focused model. `None` if it is the one in use.
    fn other_model<'w>(&self, session: &Session<'w>) -> Option<&'w Model> {
        let (models, focus) = self.listed(session);
        let own = own_model(session)?;
        models.get(focus).copied().filter(|model| model.id != own.id)
    }

    /// The month to show: the person's own, with the focused model and the what-if volume.
    fn month(&self, session: &Session<'_>) -> Usage {
        let mut usage = with_model(session.usage(), self.other_model(session));
        if let Some(multiple) = self.what_if {
            usage.volume = Axis::of(session.usage().volume).volume(multiple);
        }
        usage
    }

    /// True if the month shown is not the person's own.
    fn looks_elsewhere(&self, session: &Session<'_>) -> bool {
        self.what_if.is_some() || self.other_model(session).is_some()
    }

    /// The change that Enter would make: `× 1.50 on Opus 5.5`.
    fn what(&self, session: &Session<'_>) -> String {
        let axis = Axis::of(session.usage().volume);
        let volume = self.what_if.map(|multiple| axis.name(multiple));
        let model = self.other_model(session).map(Model::short_name);
        match (volume, model) {
            (Some(volume), Some(model)) => format!("{volume} on {model}"),
            (Some(volume), None) => volume,
            (None, Some(model)) => model.to_owned(),
            (None, None) => "this month".to_owned(),
        }
    }

    /// What is shown for these choices.
    fn seen(&self, session: &Session<'_>, shown: Option<&Assessment>) -> Option<CompareModel> {
        let focused = with_model(session.usage(), self.other_model(session));
        let (models, focus) = self.listed(session);
        let model = models.get(focus).copied();
        let before = self.seen.as_ref();
        CompareModel::new(session, (&focused, model), self.what_if, shown, before)
    }

    /// Moves the what-if month along the axis.
    fn step(&mut self, action: Action) {
        let Some(seen) = &self.seen else {
            return;
        };
        let axis = seen.axis;
        let now = self.what_if.unwrap_or_else(|| axis.today());
        let next = axis.stepped(now, action, axis.most(seen.break_even()));
        self.what_if = (next != axis.today()).then_some(next);
    }

    /// Makes the month shown the person's own.
    fn take(&mut self, ctx: &mut EventCtx<'_, '_>) {
        if !self.looks_elsewhere(ctx.session) {
            ctx.say = Some("Yours already. ↑↓ model, ←→ what if.".to_owned());
            return;
        }
        let month = self.month(ctx.session);
        let volume = month.volume;
        let what = format!("Compare {}", self.what(ctx.session));
        ctx.set_usage(month, what, None);
        if ctx.say.is_none() {
            self.what_if = None;
            let model = own_model(ctx.session).map_or("", Model::short_name);
            ctx.say = Some(format!(
                "Yours: {} + {}, {model}. u undoes.",
                tokens_three(volume.input),
                tokens_three(volume.output),
            ));
        }
    }

    /// The month that the figures are for: `one month`, `a month × 1.50`.
    fn heading(&self, axis: Axis) -> String {
        match self.what_if {
            None => "one month, estimate".to_owned(),
            Some(multiple) if axis.starts_at_zero() => {
                format!("{} a month, estimate", axis.name(multiple))
            }
            Some(multiple) => format!("a month {}, estimate", axis.name(multiple)),
        }
    }
}

/// The model in use.
fn own_model<'w>(session: &Session<'w>) -> Option<&'w Model> {
    let world = session.world;
    session.usage().model(world.catalog, world.today).ok()
}

/// The month on another model, or unchanged without one.
fn with_model(usage: &Usage, model: Option<&Model>) -> Usage {
    Usage {
        model: model.map_or_else(|| usage.model.clone(), |model| Some(model.id.clone())),
        ..usage.clone()
    }
}

/// What fits in the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// The table above a chart of this many rows.
    Both(u16),
    Table,
    /// Only the chart, of this many rows.
    Chart(u16),
}

impl Plan {
    /// `others` is the rows of everything but the chart, `spare` the rows to leave empty.
    fn new(toggled: bool, window: u16, others: u16, spare: u16) -> Self {
        let left = window.saturating_sub(others);
        if left >= LOWEST_CHART {
            let rows = left.saturating_sub(spare);
            return if toggled {
                Self::Table
            } else {
                Self::Both(rows.clamp(LOWEST_CHART, TALLEST_CHART))
            };
        }
        if toggled {
            // Two rows: the model above the chart, the advice below it.
            Self::Chart(window.saturating_sub(2).min(TALLEST_CHART))
        } else {
            Self::Table
        }
    }
}

/// What fits on a page, and what is drawn on it.
struct CompareView<'a> {
    compare: &'a Compare,
    cx: &'a Cx<'a, 'a>,
    seen: &'a CompareModel,
    models: Vec<&'a Model>,
    focus: usize,
    remarks: Vec<String>,
    roomy: bool,
    /// True if the table of what each way covers fits.
    wide: bool,
}

impl<'a> CompareView<'a> {
    fn new(compare: &'a Compare, cx: &'a Cx<'a, 'a>, page: &Page) -> Option<Self> {
        let (own, seen) = (cx.session.assessment()?, compare.seen.as_ref()?);
        let (models, focus) = compare.listed(cx.session);
        let (roomy, mut remarks) = (page.is_roomy(), seen.remarks.clone());
        let wide = roomy && page.width() >= 70;
        if !wide {
            remarks.push(covers::pro_leaves_out(seen.here.as_ref().unwrap_or(own)));
        }
        Some(Self { compare, cx, seen, models, focus, remarks, roomy, wide })
    }

    fn name(&self) -> &str {
        self.models.get(self.focus).map_or("", |model| model.short_name())
    }

    fn plan(&self, page: &Page) -> Plan {
        let room = usize::from(page.width().saturating_sub(3));
        let remark_rows: usize = self.remarks.iter().map(|r| wrap(r, room).len()).sum();
        // The table's head, a gap, the advice, the what-if line.
        let others = self.models.len() + remark_rows + 4;
        // Gaps, the chart's title, the legend; then what each way covers.
        let roomy = if self.roomy { 4 } else { 0 };
        let gap = usize::from(self.roomy && remark_rows > 0);
        let covers = if self.wide { 5 } else { 0 };
        let others = u16::try_from(others + roomy + gap + covers).unwrap_or(u16::MAX);
        let spare = if self.roomy { 3 } else { 0 };
        let under = u16::try_from(remark_rows).unwrap_or(u16::MAX);
        match Plan::new(self.compare.toggled, page.window(), others, spare) {
            Plan::Chart(rows) => Plan::Chart(rows.saturating_sub(under).max(3)),
            plan => plan,
        }
    }

    fn draw(&self, page: &mut Page) {
        let plan = self.plan(page);
        if self.roomy {
            page.gap();
        }
        if matches!(plan, Plan::Chart(_)) {
            let from = page.row();
            let mut head = format!("> {}", self.name());
            if let Some(multiple) = self.compare.what_if {
                let _ = write!(head, ", {}", self.seen.axis.name(multiple));
            }
            page.line(Line::from(vec![
                Span::raw("  "),
                Span::styled(head, page.look().theme.focus),
            ]));
            page.mark_focusable(from, true);
        } else {
            self.draw_models(page);
            if page.window() > 8 {
                page.gap();
            }
        }
        if let Plan::Both(rows) | Plan::Chart(rows) = plan {
            self.draw_chart(rows, page);
        }
        if !matches!(plan, Plan::Chart(_)) {
            self.draw_what_if(page);
        }
        if self.roomy && !self.remarks.is_empty() {
            page.gap();
        }
        for line in &self.remarks {
            page.paragraph(line, 2, page.look().theme.text);
        }
        if self.wide
            && let Some(case) = &self.cx.outlook.assessment
        {
            page.gap();
            covers::draw(case, page);
        }
    }

    fn draw_models(&self, page: &mut Page) {
        let look = page.look();
        let table = Table {
            seen: self.seen,
            models: &self.models,
            head: self.compare.heading(self.seen.axis),
            room: page.width().saturating_sub(1),
            with_rates: self.roomy,
        };
        let (head, rows) = table.lines();
        page.text(&head, look.theme.title);
        for (index, row) in rows.iter().enumerate() {
            let from = page.row();
            let (mark, style) =
                if index == self.focus { (">", look.theme.focus) } else { (" ", look.theme.text) };
            page.line(Line::from(vec![
                Span::raw("  "),
                Span::styled(format!("{mark} {row}"), style),
            ]));
            page.mark_focusable(from, index == self.focus);
            if index == self.focus {
                page.cursor_at(2, from);
            }
            page.mark_clickable(from, index);
        }
    }

    fn draw_chart(&self, rows: u16, page: &mut Page) {
        let text = page.look().theme.text;
        if self.roomy {
            let line = format!("  The bill as your month grows, {}", self.name());
            page.text(&line, page.look().theme.title);
        }
        let shown = self.cx.outlook.assessment.as_ref();
        match Picture::new(self.seen, shown, self.compare.what_if) {
            Some(picture) => {
                picture.draw(page, rows, self.roomy);
                if self.roomy {
                    page.gap();
                    self.draw_legend(page);
                }
            }
            None => page.paragraph(
                "No price for this month on this model, so there is no bill to draw.",
                2,
                text,
            ),
        }
    }

    fn draw_legend(&self, page: &mut Page) {
        let glyphs = page.look().glyphs;
        let mut line = if self.compare.what_if.is_some() {
            format!("  {} you   {} what if", glyphs.you, glyphs.what_if)
        } else {
            format!("  {} you, on the recommended line", glyphs.you)
        };
        let same = match self.seen.break_even() {
            Some(multiple) if multiple <= self.seen.most => {
                let mark = glyphs.crossing;
                format!("     {mark} API alone and Pro cost the same")
            }
            Some(multiple) => {
                let at = table::multiple(multiple, self.seen.axis);
                format!("     API alone = Pro only at {at}")
            }
            None => String::new(),
        };
        let room = usize::from(page.width().saturating_sub(1));
        if line.chars().count() + same.chars().count() > room {
            line = format!("  {} you", glyphs.you);
        }
        line.push_str(&same);
        page.text(&line, page.look().theme.text);
    }

    /// `What if  × 1.50   4.50M sent   1.35M written`, and its cost if there is room.
    fn draw_what_if(&self, page: &mut Page) {
        let volume = self.compare.month(self.cx.session).volume;
        let gap = match page.width() {
            0..48 => 2,
            72.. if self.roomy => 5,
            _ => 3,
        };
        let blank = " ".repeat(gap);
        let lead = if gap == 5 { "    " } else { "  " };
        let multiple = if self.seen.axis.starts_at_zero() {
            String::new()
        } else {
            let now = self.compare.what_if.unwrap_or(Decimal::ONE);
            format!("{}{blank}", self.seen.axis.name(now))
        };
        let (sent, written) = (tokens_three(volume.input), tokens_three(volume.output));
        let mut line = if gap == 2 {
            format!("  What if{lead}{multiple}{sent} + {written}")
        } else {
            format!("  What if{lead}{multiple}{sent} sent{blank}{written} written")
        };
        if let (5, Some(case)) = (gap, &self.cx.outlook.assessment) {
            let cost = usd(case.costs.of(case.outcome));
            let _ = write!(line, "{blank}{}   {cost}", case.outcome.name());
        }
        let line = fit(&line, usize::from(page.width()));
        page.text(&line, page.look().theme.text);
    }
}

impl ScreenBehavior for Compare {
    fn context(&self) -> Context {
        Context::Compare
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        let axis = Axis::of(cx.session.usage().volume);
        format!("Compare: {}", self.heading(axis))
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        match CompareView::new(self, cx, page) {
            Some(view) => view.draw(page),
            None => page.paragraph("This month has no price.", 2, page.look().theme.text),
        }
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        match action {
            Action::Left | Action::Right | Action::Less | Action::More => {
                self.step(action);
            }
            Action::Enter | Action::Choose => self.take(ctx),
            Action::Table => self.toggled = !self.toggled,
            Action::Back if self.what_if.is_some() => {
                self.what_if = None;
                ctx.say = Some("What-if dropped: your month again.".to_owned());
            }
            Action::Back => ctx.go = Some(Go::Back),
            action => {
                let (models, focus) = self.listed(ctx.session);
                if let Some(model) = models.get(moved(focus, action, models.len())) {
                    self.model.clone_from(&model.id);
                }
            }
        }
    }

    fn click(&mut self, index: usize, ctx: &mut EventCtx<'_, '_>) {
        if let Some(model) = self.listed(ctx.session).0.get(index) {
            self.model.clone_from(&model.id);
        }
    }

    fn preview(&self, session: &Session<'_>) -> Preview {
        if self.looks_elsewhere(session) {
            let what = format!("if {}", self.what(session));
            Preview::Month(Box::new(self.month(session)), what)
        } else {
            Preview::Nothing
        }
    }

    fn derive(&mut self, cx: &Cx<'_, '_>) {
        self.seen = self.seen(cx.session, cx.outlook.assessment.as_ref());
    }

    fn refresh(&mut self, session: &Session<'_>) {
        *self = Self { toggled: self.toggled, ..Self::new(session) };
    }

    fn needs_result(&self) -> bool {
        true
    }
}

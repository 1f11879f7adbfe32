//! The parts of the recommendation, in reading order: the answer, the money, why not the cheaper
//! way, what would change it, the next step. The reasons stand in the live pane; without one, here.

use ratatui::layout::Rect;
use rust_decimal::Decimal;

use crate::advice::{Assessment, Flip, Outcome, Reason};
use crate::number::{short_usd, usd};
use crate::question::Origin;
use crate::text::layout::{pad_left, pad_right};
use crate::tui::app::Cx;
use crate::tui::page::Page;
use crate::tui::widget::bigtext::{BigText, HEIGHT, big_width};
use crate::wizard::quoted_paths;
use crate::words;

/// Maximum number of listed answers that would change the result.
const MOST_FLIPS: usize = 5;
/// Maximum number of next steps on the screen.
const MOST_STEPS: usize = 5;

/// Draws the parts that fit a small window.
pub(super) fn compact(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let is_full = !case.other_ways.is_empty();
    page.gap();
    headline(case, page);
    advice(case, page);
    if !is_full {
        page.gap();
    }
    costs(case, page);
    if !is_full {
        page.gap();
    }
    if let Some(sentence) = words::why_not_cheaper_brief(case) {
        page.paragraph(&sentence, 2, look.theme.text);
    }
    if !cx.app.has_pane() {
        reasons(case, page);
    }
    page.text("  Only these would change it", look.theme.title);
    flips_brief(case, cx, page);
    own_logs(case, page);
    warnings(case, page);
    saved(cx, page);
}

/// Draws the parts that fit a large window.
pub(super) fn roomy(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    page.gap();
    headline(case, page);
    page.gap();
    advice(case, page);
    page.gap();
    costs(case, page);
    page.gap();
    if let Some(sentence) = words::why_not_cheaper(case) {
        page.text("  Why not the cheaper one", look.theme.title);
        page.paragraph(&sentence, 4, look.theme.text);
        page.gap();
    }
    page.text("  Only these would change it", look.theme.title);
    flips(case, cx, page);
    page.gap();
    page.text("  Do this next", look.theme.title);
    let steps = words::next_steps_brief(case);
    for (step, number) in steps.iter().take(MOST_STEPS).zip(1..) {
        page.item(&format!("{number}  "), step, 4, look.theme.text);
    }
    if !case.warnings.is_empty() {
        page.gap();
        warnings(case, page);
    }
    if is_saved(cx) {
        page.gap();
        saved(cx, page);
    }
}

/// Draws the outcome in big letters, with the month, the year and the likely range beside it or, on
/// a narrow page, below.
fn headline(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let word = case.outcome.name().to_uppercase();
    let letters = BigText { text: &word, style: look.side(case.outcome), look };
    let beside = beside(case, page.is_roomy());
    let room = page.width().saturating_sub(3);
    let is_big = letters.is_big(Rect::new(0, 0, room, HEIGHT));
    let rows = if is_big { HEIGHT } else { 1 };
    let from = page.row();
    page.widget(2, room, rows, &letters);
    let column = big_width(&word).unwrap_or_default().saturating_add(2 + 3);
    let longest = beside.iter().map(|line| line.chars().count()).max();
    let fits = usize::from(column).saturating_add(longest.unwrap_or_default())
        <= usize::from(page.width());
    if is_big && fits {
        for (line, row) in beside.iter().zip(from..) {
            let style = if row == from { look.theme.title } else { look.theme.text };
            page.put(column, row, line, style);
        }
    } else {
        page.paragraph(&beside.join(", "), 2, look.theme.text);
    }
}

/// Three lines: what it costs, what that is made of or comes to in a year, and the likely range.
fn beside(case: &Assessment, roomy: bool) -> [String; 3] {
    let costs = &case.costs;
    let (month, year) = (usd(costs.of(case.outcome)), usd(costs.year(case.outcome)));
    let (low, high) = costs.range_of(case.outcome);
    let model = &case.model_name;
    let made_of = match case.outcome {
        Outcome::Pro => "one flat price, before tax".to_owned(),
        Outcome::Api => format!("all of it on {model}, an estimate"),
        Outcome::Hybrid => {
            let (pro, part) = (usd(costs.pro), usd(words::api_part(costs)));
            format!("Pro {pro} + API {part} on {model}")
        }
    };
    let likely = match case.outcome {
        Outcome::Pro if roomy => "the same in every month".to_owned(),
        Outcome::Pro => "one flat price".to_owned(),
        _ if low == high => "an estimate".to_owned(),
        _ if roomy => format!("likely between {} and {} a month", usd(low), usd(high)),
        _ => format!("likely {} to {}", whole_usd(low), whole_usd(high)),
    };
    if roomy {
        [format!("{month} a month, {year} a year"), made_of, likely]
    } else {
        [format!("{month} a month"), format!("{year} a year"), likely]
    }
}

/// Whole dollars, or cents below ten.
fn whole_usd(amount: Decimal) -> String {
    if amount < Decimal::TEN { usd(amount) } else { short_usd(amount.round()) }
}

/// Draws the advice, its limits, and its basis if that is not the person's own answers.
fn advice(case: &Assessment, page: &mut Page) {
    let look = page.look();
    page.paragraph(&words::recommendation(case), 2, look.theme.title);
    if let Some(sentence) = words::cheaper_plan(case) {
        page.paragraph(&sentence, 2, look.theme.text);
    }
    for unmet in &case.unmet {
        page.item("! ", unmet.sentence(), 2, look.theme.warning);
    }
    if page.is_roomy() {
        own_logs(case, page);
    }
    if let Some(notice) = words::rests_on(case) {
        page.item("! ", notice, 2, look.theme.warning);
    }
}

/// Draws that the month is measured, and the cost of the person's own mix of models.
fn own_logs(case: &Assessment, page: &mut Page) {
    let look = page.look();
    if let Some(measured) = case.usage.measured_month() {
        page.paragraph(&format!("{}.", words::scaled(measured)), 2, look.theme.text);
        if let Some(mix) = words::mix(measured) {
            page.paragraph(&mix, 2, look.theme.text);
        }
    }
}

/// A row of the table of costs.
struct Row {
    mark: &'static str,
    name: String,
    month: Decimal,
    year: Decimal,
    covers: String,
    is_recommended: bool,
}

/// Draws the three ways with costs and coverage, then the ways that are not in the article.
fn costs(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let roomy = page.is_roomy();
    let three = words::WAYS.map(|(outcome, name)| {
        let cover = words::covers(case, outcome);
        let is_recommended = outcome == case.outcome;
        Row {
            mark: if is_recommended { look.glyphs.you } else { " " },
            name: name.to_owned(),
            month: case.costs.of(outcome),
            year: case.costs.year(outcome),
            // The comparison with the API stands in a sentence of its own.
            covers: match (roomy, outcome) {
                (true, Outcome::Hybrid) => cover.does,
                (true, _) => cover.line,
                (false, _) => cover.short,
            },
            is_recommended,
        }
    });
    let others: Vec<Row> = case
        .other_ways
        .iter()
        .map(|way| Row {
            mark: " ",
            name: words::other_way_short(way),
            month: way.monthly,
            year: way.monthly * Decimal::from(12),
            covers: words::other_way_covers_short(way).to_owned(),
            is_recommended: false,
        })
        .collect();
    let all = || three.iter().chain(&others);
    let width = |text: fn(&Row) -> String| all().map(|row| text(row).chars().count()).max();
    let names = width(|row| row.name.clone()).unwrap_or_default();
    let months = width(|row| usd(row.month)).unwrap_or_default().max(7);
    let years = width(|row| usd(row.year)).unwrap_or_default().max(6);
    let lead = |name: &str, month: &str, year: &str| {
        let (name, month) = (pad_right(name, names + 2), pad_left(month, months));
        if roomy {
            format!("  {name} {month}  {}   ", pad_left(year, years))
        } else {
            format!("  {name} {month}  ")
        }
    };
    let head = lead("Estimates", "a month", "a year");
    page.text(&format!("{head}covers"), look.theme.title);
    let draw = |row: &Row, page: &mut Page| {
        let style = if row.is_recommended { look.theme.title } else { look.theme.text };
        let name = format!("{} {}", row.mark, row.name);
        let lead = lead(&name, &usd(row.month), &usd(row.year));
        page.item(&lead, &row.covers, 0, style);
    };
    for row in &three {
        draw(row, page);
    }
    if others.is_empty() {
        return;
    }
    page.text(&format!("  {}", words::NOT_IN_THE_ARTICLE), look.theme.title);
    for row in &others {
        draw(row, page);
    }
}

/// Draws the reasons of both sides with their totals, where no pane shows them.
fn reasons(case: &Assessment, page: &mut Page) {
    let look = page.look();
    if let Some(gate) = words::gate(case) {
        page.paragraph(&format!("{gate}: this comes first."), 2, look.theme.text);
    }
    for (is_pro, name, total) in [(true, "Pro", case.needs.pro), (false, "the API", case.needs.api)]
    {
        page.text(&format!("  Points for {name}: {total}"), look.theme.title);
        let mut reasons: Vec<&Reason> =
            case.reasons.iter().filter(|reason| reason.item.is_pro() == is_pro).collect();
        reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
        for reason in &reasons {
            let mark = format!("{:+} ", reason.points);
            page.item(&mark, &words::reason_short(reason, case), 4, look.theme.text);
        }
        if reasons.is_empty() {
            page.text("    none", look.theme.text);
        }
    }
    page.text(&format!("  Strength: {}", case.strength.name()), look.theme.text);
    page.paragraph(words::strength_sentence(case), 4, look.theme.text);
}

/// Changes and the outcomes they lead to: the first few answers, then volume, model and price.
fn causes(case: &Assessment, cx: &Cx<'_, '_>) -> Vec<(String, Outcome)> {
    let catalog = cx.session.world.catalog;
    let worded = |flip: &Flip| words::flip_cause(flip, case, cx.session.wording, catalog);
    let is_answer = |flip: &&Flip| matches!(flip, Flip::Answer { .. });
    let answers = case.flips.iter().filter(is_answer).take(MOST_FLIPS);
    let others =
        case.flips.iter().filter(|flip| !matches!(flip, Flip::Answer { .. } | Flip::Share { .. }));
    answers
        .chain(others)
        .map(|flip| match flip {
            Flip::Volume { outcome, .. } => (format!("Volume {}", worded(flip)), *outcome),
            Flip::Model { outcome, .. } => (format!("Model {}", worded(flip)), *outcome),
            Flip::Answer { outcome, .. }
            | Flip::AnnualPrice { outcome }
            | Flip::Share { outcome, .. } => (worded(flip), *outcome),
        })
        .collect()
}

/// How many answers beyond the listed ones would change the result, counted, if any.
fn more_flips(case: &Assessment) -> Option<String> {
    let answers = case.flips.iter().filter(|flip| matches!(flip, Flip::Answer { .. })).count();
    match answers.saturating_sub(MOST_FLIPS) {
        0 => None,
        1 => Some("+1 more answer: w".to_owned()),
        more => Some(format!("+{more} more answers: w")),
    }
}

/// Draws what would change the result, two on a line if they fit.
fn flips_brief(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let arrow = look.glyphs.right;
    let mut cells: Vec<String> = causes(case, cx)
        .into_iter()
        .map(|(cause, outcome)| format!("{cause} {arrow} {}", outcome.name()))
        .collect();
    cells.extend(more_flips(case));
    if cells.is_empty() {
        page.text("    No single change does.", look.theme.text);
    }
    let width = usize::from(page.width());
    let longest = |start: usize| {
        let lengths = cells.iter().skip(start).step_by(2);
        lengths.map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let (left, right) = (longest(0), longest(1));
    let lead = [4, 3, 2].into_iter().find(|lead| lead + left + 2 + right < width);
    let indent = " ".repeat(lead.unwrap_or(4));
    let pad = (left + 4).min(width.saturating_sub(right + indent.len() + 1));
    for pair in cells.chunks(if lead.is_some() { 2 } else { 1 }) {
        match pair {
            [one, other] => {
                let line = format!("{indent}{}{other}", pad_right(one, pad));
                page.text(&line, look.theme.text);
            }
            [one] => page.item(&indent, one, 0, look.theme.text),
            _ => {}
        }
    }
}

/// Draws what would change the result, one per line, and what would not.
fn flips(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let causes = causes(case, cx);
    if causes.is_empty() {
        page.text("    No single change does.", look.theme.text);
    }
    let widest = causes.iter().map(|(cause, _)| cause.chars().count()).max();
    let pad = widest.unwrap_or_default().max(28) + 2;
    for (cause, outcome) in &causes {
        let line = format!("    {}{} {}", pad_right(cause, pad), look.glyphs.right, outcome.name());
        page.text(&line, look.theme.text);
    }
    if let Some(more) = more_flips(case) {
        page.text(&format!("    {more}"), look.theme.text);
    }
    if let Some(nothing) = words::flips_summary(case, cx.session.world.catalog) {
        page.paragraph(&nothing, 4, look.theme.text);
    }
}

fn warnings(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let is_sample = case.usage.volume_origin == Origin::Assumed;
    // That the month is a sample stands below the advice already.
    for warning in case.warnings.iter().filter(|warning| !(is_sample && warning.id == "W12")) {
        page.item("! ", &warning.text, 2, look.theme.warning);
    }
}

fn is_saved(cx: &Cx<'_, '_>) -> bool {
    cx.app.wizard.is_saved(cx.session.choices())
}

/// Draws the path of the report if it matches the current state.
fn saved(cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    if let Some(saved) = cx.app.wizard.saved.as_ref().filter(|_| is_saved(cx)) {
        let text = format!("Saved: {}", quoted_paths(&saved.paths));
        page.paragraph(&text, 2, look.theme.text);
    }
}

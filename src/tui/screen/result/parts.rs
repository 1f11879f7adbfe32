//! The parts of the recommendation, in reading order.

use ratatui::layout::Rect;

use crate::advice::{Assessment, Flip, Outcome, Reason};
use crate::number::usd;
use crate::text::layout::{pad_left, pad_right, wrap};
use crate::tui::app::Cx;
use crate::tui::page::Page;
use crate::tui::widget::bigtext::{BigText, HEIGHT, big_width};
use crate::wizard::quoted_paths;
use crate::wizard::session::Month;
use crate::words;

/// Maximum number of listed answers that would change the result.
const MOST_FLIPS: usize = 5;
/// Maximum number of reasons in a small window.
const MOST_REASONS: usize = 4;

/// Draws the parts that fit a small window.
pub(super) fn compact(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    page.gap();
    headline(case, cx, page);
    advice(case, page);
    ways(case, page);
    page.gap();
    page.text(&format!("  Why ({})", words::ENOUGH), look.theme.title);
    reasons(case, page);
    page.text("  What would change it", look.theme.title);
    flips_brief(case, cx, page);
    page.text(&format!("  {}", words::strength_brief(case)), look.theme.text);
    own_logs(case, page);
    warnings(case, page);
    saved(cx, page);
}

/// Draws the parts that fit a large window.
pub(super) fn roomy(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    page.gap();
    headline(case, cx, page);
    page.gap();
    advice(case, page);
    page.gap();
    ways(case, page);
    page.gap();
    both_sides(case, page);
    page.gap();
    page.text("  What would change it", look.theme.title);
    flips(case, cx, page);
    page.gap();
    page.text("  Do this next", look.theme.title);
    next(case, page);
    if let Some(note) = case.notes.first() {
        page.gap();
        page.text("  Not in the article", look.theme.title);
        page.paragraph(&words::note_brief(note), 4, look.theme.text);
        let more = match case.notes.len() {
            1 => format!("{}, see next steps", note.date),
            count => format!("{}, and {} more: see next steps", note.date, count - 1),
        };
        page.text(&format!("    ({more})"), look.theme.text);
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

/// Draws the outcome in big letters, with cost, split and strength beside it or, on a narrow page,
/// below.
fn headline(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let word = match case.outcome {
        Outcome::Pro => "PRO",
        Outcome::Api => "API",
        Outcome::Hybrid => "HYBRID",
    };
    let letters = BigText { text: word, style: look.side(case.outcome), look };
    let beside = beside(case, cx, page.is_roomy());
    let room = page.width().saturating_sub(3);
    let is_big = letters.is_big(Rect::new(0, 0, room, HEIGHT));
    let rows = if is_big { HEIGHT } else { 1 };
    let from = page.row();
    page.widget(2, room, rows, &letters);
    let gap = if page.is_roomy() { 3 } else { 2 };
    let column = big_width(word).unwrap_or_default().saturating_add(2).saturating_add(gap);
    let longest = beside.iter().map(|line| line.chars().count()).max();
    let fits = usize::from(column).saturating_add(longest.unwrap_or_default())
        <= usize::from(page.width());
    if is_big && fits {
        for (line, row) in beside.iter().zip(from..) {
            page.put(column, row, line, look.theme.text);
        }
    } else {
        page.paragraph(&beside.join(", "), 2, look.theme.text);
    }
}

/// Three lines: the cost, its parts, and that it is an estimate.
fn beside(case: &Assessment, cx: &Cx<'_, '_>, roomy: bool) -> [String; 3] {
    let costs = &case.costs;
    let cost = usd(costs.of(case.outcome));
    let model = &case.model_name;
    let first = match (case.outcome, roomy) {
        (Outcome::Pro, _) => format!("{cost} / month"),
        (_, true) => format!("about {cost} / month, estimate"),
        (_, false) => format!("about {cost} / month"),
    };
    let made_of = match (case.outcome, roomy) {
        (Outcome::Pro, _) => "one flat price".to_owned(),
        (Outcome::Api, true) => format!("all of it on {model}"),
        (Outcome::Api, false) => format!("on {model}"),
        (Outcome::Hybrid, true) => {
            format!("Pro {} + API {} on {model}", usd(costs.pro), usd(words::api_part(costs)))
        }
        (Outcome::Hybrid, false) => {
            format!("Pro {} + API {}", usd(costs.pro), usd(words::api_part(costs)))
        }
    };
    let sample = cx.session.choices().month == Month::Sample;
    let third = match (roomy, sample, case.outcome) {
        (true, ..) => words::strength_brief(case).to_owned(),
        (false, ..) if case.usage.measured_month().is_some() => "from your own logs".to_owned(),
        (false, true, _) => "for a sample month".to_owned(),
        (false, false, Outcome::Pro) => "before tax".to_owned(),
        (false, false, _) => "an estimate".to_owned(),
    };
    [first, made_of, third]
}

/// Draws the advice, its limits, and its basis if that is not the person's own answers.
fn advice(case: &Assessment, page: &mut Page) {
    let look = page.look();
    page.paragraph(&words::recommendation(case), 2, look.theme.title);
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

/// Draws the three ways with costs and coverage. The recommended one is marked.
fn ways(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let ways = words::WAYS;
    let costs = ways.map(|(outcome, _)| usd(case.costs.of(outcome)));
    let covers = ways.map(|(outcome, _)| {
        let cover = words::covers(case, outcome);
        if page.is_roomy() { cover.line } else { cover.short }
    });
    let width = |texts: &[String]| texts.iter().map(|text| text.chars().count()).max();
    let cost_width = width(&costs).unwrap_or_default().max(7);
    let fixed = 2 + 9 + cost_width + width(&covers).unwrap_or_default();
    let room = usize::from(page.width());
    // Try narrower gaps before wrapping.
    let (lead, gap) = [("  ", "   "), ("  ", "  ")]
        .into_iter()
        .find(|(lead, gap)| page.is_roomy() || fixed + lead.len() + 2 * gap.len() < room)
        .unwrap_or((" ", " "));
    let month = pad_left("/ month", cost_width);
    page.text(
        &format!("{lead}  {}{gap}{month}{gap}covers (estimates)", pad_right("", 9)),
        look.theme.title,
    );
    for (((outcome, name), cost), cover) in ways.into_iter().zip(costs).zip(covers) {
        let here = outcome == case.outcome;
        let (mark, style) =
            if here { (look.glyphs.you, look.theme.title) } else { (" ", look.theme.text) };
        let mark =
            format!("{lead}{mark} {}{gap}{}{gap}", pad_right(name, 9), pad_left(&cost, cost_width));
        page.item(&mark, &cover, 0, style);
    }
}

/// The points of a reason as signs: `+++`.
fn signs(reason: &Reason) -> String {
    let sign = if reason.points > 0 { "+" } else { "-" };
    sign.repeat(usize::from(reason.points.unsigned_abs()))
}

/// Draws the largest reasons of both sides together.
fn reasons(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let gate = words::gate(case);
    let most = MOST_REASONS - usize::from(gate.is_some());
    if let Some(gate) = gate {
        page.item("    ", &format!("{gate}: this comes first"), 0, look.theme.text);
    }
    let ranked = words::reasons_ranked(case, most);
    let widest = ranked
        .iter()
        .map(|reason| usize::from(reason.points.unsigned_abs()))
        .max()
        .unwrap_or_default();
    let shorts: Vec<String> =
        ranked.iter().map(|reason| words::reason_short(reason, case)).collect();
    let longest = shorts.iter().map(|text| text.chars().count()).max();
    let needed = 4 + 4 + widest + 2 + longest.unwrap_or_default();
    let (lead, gap) = if needed < usize::from(page.width()) { ("    ", "  ") } else { ("  ", " ") };
    for (reason, short) in ranked.iter().zip(&shorts) {
        let side = if reason.item.is_pro() { "Pro" } else { "API" };
        let mark = format!("{lead}{side} {}{gap}", pad_right(&signs(reason), widest));
        page.item(&mark, short, 0, look.theme.text);
    }
    if case.reasons.is_empty() {
        page.text("    nothing speaks for either side", look.theme.text);
    }
}

/// One side of the tally: points and reason, the largest first.
fn tally(case: &Assessment, is_pro: bool) -> Vec<(String, String)> {
    let mut reasons: Vec<&Reason> =
        case.reasons.iter().filter(|reason| reason.item.is_pro() == is_pro).collect();
    reasons.sort_by_key(|reason| std::cmp::Reverse(reason.points));
    let widest = reasons
        .iter()
        .map(|reason| usize::from(reason.points.unsigned_abs()))
        .max()
        .unwrap_or_default();
    let entry = |reason: &Reason| {
        let mark = format!("{} ", pad_right(&signs(reason), widest));
        (mark, words::reason_short(reason, case))
    };
    reasons.into_iter().map(entry).collect()
}

/// Draws every reason, Pro's on the left and the API's on the right.
fn both_sides(case: &Assessment, page: &mut Page) {
    let look = page.look();
    if let Some(gate) = words::gate(case) {
        page.paragraph(&format!("{gate}: this comes first."), 2, look.theme.text);
        page.gap();
    }
    let sides = [tally(case, true), tally(case, false)];
    let [left, right] = [&sides[0], &sides[1]].map(|side| {
        let lengths = side.iter().map(|(mark, text)| mark.chars().count() + text.chars().count());
        lengths.max().unwrap_or_default().max(24)
    });
    let width = usize::from(page.width());
    // Indented from the heading if there is room.
    let indent = if 4 + left + 4 + right < width { 2 } else { 0 };
    let most = width.saturating_sub(right + indent + 1).max(width / 2);
    let half = (2 + indent + left + 2).clamp(width / 2, most);
    let from = page.row();
    let total = [case.needs.pro, case.needs.api];
    let mut ends = [from + 1; 2];
    let columns = [
        ("Why Pro", 2, half.saturating_sub(2 + indent + 2)),
        ("Why the API", half, width.saturating_sub(half + indent + 1)),
    ];
    for (((side, total), (name, column, room)), end) in
        sides.into_iter().zip(total).zip(columns).zip(&mut ends)
    {
        let heading = format!("{name}  {total}");
        let at = u16::try_from(column).unwrap_or_default();
        page.put(at, from, &heading, look.theme.title);
        let at = u16::try_from(column + indent).unwrap_or_default();
        let mut lines = Vec::new();
        for (mark, text) in side {
            let hang = mark.chars().count();
            for (index, line) in wrap(&text, room.saturating_sub(hang)).iter().enumerate() {
                let lead = if index == 0 { &mark } else { &" ".repeat(hang) };
                lines.push(format!("{lead}{line}"));
            }
        }
        if lines.is_empty() {
            lines.push("nothing".to_owned());
        }
        for (line, row) in lines.iter().zip(from + 1..) {
            page.put(at, row, line, look.theme.text);
            *end = row + 1;
        }
    }
    let [left_end, right_end] = ends;
    while page.row() < left_end.max(right_end) {
        page.gap();
    }
    let enough = format!("({})", words::ENOUGH);
    if right_end < left_end && half + enough.len() < width {
        let at = u16::try_from(half).unwrap_or_default();
        page.put(at, left_end - 1, &enough, look.theme.text);
    } else {
        page.text(&format!("  {enough}"), look.theme.text);
    }
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

/// Draws what would change the result, two on a line if they fit.
fn flips_brief(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let arrow = look.glyphs.right;
    let mut cells: Vec<String> = causes(case, cx)
        .into_iter()
        .map(|(cause, outcome)| format!("{cause} {arrow} {}", outcome.name()))
        .collect();
    if let Some(name) = words::flips_nothing(case, cx.session.world.catalog).first() {
        let name = if *name == "model" { "Model" } else { name };
        cells.push(format!("{name}: nothing"));
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
    let widest = causes.iter().map(|(cause, _)| cause.chars().count()).max();
    let pad = widest.unwrap_or_default().max(28) + 2;
    for (cause, outcome) in &causes {
        let line = format!("    {}{} {}", pad_right(cause, pad), look.glyphs.right, outcome.name());
        page.text(&line, look.theme.text);
    }
    if let Some(nothing) = words::flips_summary(case, cx.session.world.catalog) {
        page.paragraph(&nothing, 4, look.theme.text);
    }
}

/// Draws the next steps in short sentences, as many per line as fit.
fn next(case: &Assessment, page: &mut Page) {
    let look = page.look();
    let room = usize::from(page.width().saturating_sub(5));
    let mut line = String::new();
    for (step, number) in words::next_steps_brief(case).iter().zip(1..) {
        let step = format!("{number}  {step}");
        let together = line.chars().count() + 2 + step.chars().count();
        if !line.is_empty() && together > room {
            page.text(&format!("    {line}"), look.theme.text);
            line.clear();
        }
        if !line.is_empty() {
            line.push_str("  ");
        }
        line.push_str(&step);
    }
    page.text(&format!("    {line}"), look.theme.text);
}

fn warnings(case: &Assessment, page: &mut Page) {
    let look = page.look();
    for warning in &case.warnings {
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

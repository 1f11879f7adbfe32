//! The text of `planwise fit`, 80 columns wide.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Shown;
use crate::cli::catalog;
use crate::fit::simulate::Simulated;
use crate::fit::{Fit, PlanDigest, PlanFit, day_of, monday_of};
use crate::format::zone_name;
use crate::number::{grouped, usd};
use crate::text::clean;
use crate::text::layout::{fit as cut, pad_left, pad_right, wrap};
use crate::words::VERIFY;
use crate::words::fit as words;

/// The width of the text, which fits every terminal.
const WIDTH: usize = 80;
/// Weeks that are named as the worst.
const WORST: usize = 3;
/// Projects whose work filled windows that are named.
const MOST_PROJECTS: usize = 5;
/// Hits that are listed one by one.
const MOST_HITS: usize = 5;
/// Weeks that the calendar can show.
const MOST_WEEKS: usize = 70;

/// The replay as text.
pub(super) fn fit(fit: &Fit, shown: &Shown<'_>) -> String {
    let mut out = wrapped(&heading(fit, shown));
    if fit.coverage.requests == 0 {
        out.push(String::new());
        out.extend(wrap(&nothing(), WIDTH));
        out.extend(items(&words::fit_doubts(fit)));
        out.push(String::new());
        out.push("A month like yours can be made up and replayed instead:".to_owned());
        out.push("  planwise fit --answers claude-choice.json".to_owned());
        out.push("  planwise fit --simulate --session marathon --input 20M --output 3M".to_owned());
        return out.join("\n");
    }
    out.push(String::new());
    out.extend(items(&words::answer(fit)));
    out.push(String::new());
    let digests: Vec<PlanDigest> = fit.plans.iter().map(PlanDigest::of).collect();
    out.extend(plans(fit, &digests));
    out.push(String::new());
    out.extend(ends(&digests));
    if let Some(plan) = fit.reference() {
        let hits = &plan.outcomes.likely.hits;
        out.extend(worst_weeks(fit, plan, shown));
        out.extend(calendar(fit, plan, shown));
        if !hits.is_empty() {
            out.extend(who(plan, shown));
        }
    }
    out.push(String::new());
    out.push("What a window holds".to_owned());
    out.extend(wrap(words::FIT_UNKNOWN, WIDTH));
    out.extend(capacities(fit));
    out.push(String::new());
    out.push("What this takes for granted".to_owned());
    out.extend(items(&words::fit_assumptions(fit)));
    let doubts = words::fit_doubts(fit);
    if !doubts.is_empty() {
        out.push(String::new());
        out.push("How far to trust this".to_owned());
        out.extend(items(&doubts));
    }
    out.push(String::new());
    out.extend(wrap(VERIFY, WIDTH));
    out.join("\n")
}

fn nothing() -> String {
    "There is nothing to replay: no response with a price was found in the days asked for, so \
     nothing can be said about any plan. Name a file or folder, or look at what 'planwise usage' finds."
        .to_owned()
}

fn wrapped(lines: &[String]) -> Vec<String> {
    lines.iter().flat_map(|line| wrap(line, WIDTH)).collect()
}

/// Sentences behind dashes, further lines under their first letters.
fn items(sentences: &[String]) -> Vec<String> {
    let item = |sentence: &String| {
        let lines = wrap(sentence, WIDTH - 2);
        let signs = std::iter::once("- ").chain(std::iter::repeat("  "));
        lines.iter().zip(signs).map(|(line, sign)| format!("{sign}{line}")).collect::<Vec<_>>()
    };
    sentences.iter().flat_map(item).collect()
}

fn heading(fit: &Fit, shown: &Shown<'_>) -> Vec<String> {
    let coverage = &fit.coverage;
    let zone = clean(&zone_name(shown.zone)).into_owned();
    let (Some(first), Some(last)) = (coverage.first, coverage.last) else {
        return vec![format!("Would the plan have carried it? No history ({zone})")];
    };
    let dates = if first == last { first.to_string() } else { format!("{first} to {last}") };
    vec![
        format!(
            "Would the plan have carried it? {dates}, {} ({zone})",
            words::counted(u64::from(coverage.days), "day")
        ),
        format!(
            "{}: {} on the API, {} without cache reads",
            words::counted(coverage.requests, "request"),
            usd(coverage.api),
            usd(coverage.fresh)
        ),
        format!("Prices: {}, US dollars before tax", catalog::label(shown.catalog)),
    ]
}

/// How wide each column must be.
fn widths<const N: usize>(rows: &[[String; N]]) -> [usize; N] {
    let columns = |text: &String| unicode_width::UnicodeWidthStr::width(text.as_str());
    let mut widths = [0; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    widths
}

/// Cells in columns: the first to the left, the others to the right, the last to the left again.
fn table<const N: usize>(rows: &[[String; N]]) -> Vec<String> {
    let mut widths = widths(rows);
    let rest: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(WIDTH.saturating_sub(rest).max(8));
    }
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(widths).enumerate().map(|(at, (cell, width))| {
            if at == 0 || at + 1 == N {
                pad_right(&cut(cell, width), width)
            } else {
                pad_left(cell, width)
            }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// Heads above rows, with an empty last column that ends the line. Names of plans are shortened
/// where there is no room for them.
fn headed<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> Vec<String> {
    let mut all = vec![head.map(str::to_owned)];
    all.extend(rows.iter().cloned());
    if !fits(&all) {
        shorten(&mut all);
    }
    table(&all)
}

/// Whether a table of these rows is no wider than the text.
fn fits<const N: usize>(rows: &[[String; N]]) -> bool {
    widths(rows).iter().sum::<usize>() + 2 * N.saturating_sub(1) <= WIDTH
}

fn shorten<const N: usize>(rows: &mut [[String; N]]) {
    for name in rows.iter_mut().filter_map(|row| row.first_mut()) {
        *name = words::short_name(name);
    }
}

/// Whether there is room for these columns side by side, at least with short names.
fn has_room<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> bool {
    let mut all = vec![head.map(str::to_owned)];
    all.extend(rows.iter().cloned());
    shorten(&mut all);
    fits(&all)
}

/// Every plan at the likely capacity.
fn plans(fit: &Fit, digests: &[PlanDigest]) -> Vec<String> {
    let head = ["Plan", "Fee", "5h+wk", "Blocked", "Longest", "Overflow", "Paying", "Carries"];
    let mut out = vec![format!(
        "At the likely capacity: windows hit, time blocked in {}, dollars a month",
        words::counted(u64::from(fit.coverage.days), "day")
    )];
    let rows = words::plan_rows(digests);
    if has_room(head, &rows) {
        out.extend(headed(head, &rows));
    } else {
        let [plan, fee, hits, blocked, longest, overflow, paying, carries] = head;
        let (waits, pays): (Vec<[String; 6]>, Vec<[String; 4]>) = rows
            .into_iter()
            .map(|[plan, fee, hits, blocked, longest, overflow, paying, carries]| {
                let pays = [plan.clone(), overflow, paying, String::new()];
                ([plan, fee, hits, blocked, longest, carries], pays)
            })
            .unzip();
        out.extend(headed([plan, fee, hits, blocked, longest, carries], &waits));
        out.push(String::new());
        out.extend(headed([plan, overflow, paying, ""], &pays));
    }
    out.extend(wrap(words::VERDICTS, WIDTH));
    out.extend(
        words::legend(digests, fit.unnamed_hits()).iter().flat_map(|line| wrap(line, WIDTH)),
    );
    if fit.plans.iter().any(|plan| plan.is_now) {
        out.push("* the plan you have".to_owned());
    }
    let rows: Vec<[String; 5]> = words::interruption_rows(digests)
        .into_iter()
        .map(|[plan, blocked, cost, with_fee]| [plan, blocked, cost, with_fee, String::new()])
        .collect();
    if let Some(value) = fit.hour_value.filter(|_| !rows.is_empty()) {
        out.push(String::new());
        out.push(words::interruption_heading(value));
        out.extend(headed(["Plan", "Blocked", "They cost", "With the fee", ""], &rows));
        let note = words::interruption_note(fit.unnamed_hits());
        out.extend(note.iter().flat_map(|line| wrap(line, WIDTH)));
    }
    out
}

/// The same at the ends of the range.
fn ends(digests: &[PlanDigest]) -> Vec<String> {
    let head = ["Plan", "Blocked, low", "likely", "high", "Paying, low", "likely", "high", ""];
    let close = |[plan, a, b, c, d, e, f]: [String; 7]| [plan, a, b, c, d, e, f, String::new()];
    let rows: Vec<[String; 8]> = words::end_rows(digests).into_iter().map(close).collect();
    let mut out = vec!["If a window holds less or more than that".to_owned()];
    if has_room(head, &rows) {
        out.extend(headed(head, &rows));
        return out;
    }
    let [plan, blocked, likely, high, paying, ..] = head;
    let (waits, pays): (Vec<[String; 5]>, Vec<[String; 5]>) = rows
        .into_iter()
        .map(|[plan, a, b, c, d, e, f, end]| {
            ([plan.clone(), a, b, c, end.clone()], [plan, d, e, f, end])
        })
        .unzip();
    out.extend(headed([plan, blocked, likely, high, ""], &waits));
    out.push(String::new());
    out.extend(headed([plan, paying, likely, high, ""], &pays));
    out
}

/// The weeks in which most did not fit.
fn worst_weeks(fit: &Fit, plan: &PlanFit, shown: &Shown<'_>) -> Vec<String> {
    let mut weeks: Vec<_> =
        plan.outcomes.likely.weeks.iter().filter(|week| week.refused.requests > 0).collect();
    weeks.sort_by_key(|week| {
        (std::cmp::Reverse((week.refused.usd, week.refused.requests)), week.start)
    });
    if weeks.is_empty() {
        return Vec::new();
    }
    let measure = |amount| words::measure(fit, amount);
    let head = ["Week from", "Asked", "A week holds", "5h hits", "Refused", "On the API", ""];
    let mut rows = vec![head.map(str::to_owned)];
    for week in weeks.into_iter().take(WORST) {
        rows.push([
            day_of(week.start, shown.zone).to_string(),
            measure(week.asked),
            week.holds.map_or_else(|| "not known".to_owned(), measure),
            grouped(week.five_hour_hits),
            grouped(week.refused.requests),
            usd(week.refused.usd),
            String::new(),
        ]);
    }
    let mut out =
        vec![String::new(), format!("The worst weeks on {}, at the likely capacity", plan.name)];
    out.extend(table(&rows));
    out
}

/// Seven rows of weekdays, a column for each week.
fn calendar(fit: &Fit, plan: &PlanFit, shown: &Shown<'_>) -> Vec<String> {
    use words::DayMark;
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let (Some(first), Some(last)) = (fit.coverage.first, fit.coverage.last) else {
        return Vec::new();
    };
    let marks: BTreeMap<Date, DayMark> =
        words::calendar(plan, shown.zone).into_iter().map(|day| (day.day, day.mark)).collect();
    // A limit can be hit on a day after the last request.
    let last = marks.keys().last().map_or(last, |day| last.max(*day));
    let mut mondays = vec![monday_of(first)];
    while let Some(next) = mondays.last().and_then(|monday| monday.checked_add(7.days()).ok()) {
        if next > last {
            break;
        }
        mondays.push(next);
    }
    let left_out = mondays.len().saturating_sub(MOST_WEEKS);
    let mondays = mondays.split_off(left_out);
    let step = if mondays.len() * 2 <= MOST_WEEKS { 2 } else { 1 };
    let mut head = String::new();
    let mut last_month = 0;
    for (column, monday) in mondays.iter().enumerate() {
        // The month whose first day is in this week, else the first column's own.
        let month = monday.checked_add(6.days()).unwrap_or(*monday);
        let place = column * step;
        if month.month() != last_month && head.len() <= place {
            head.push_str(&" ".repeat(place - head.len()));
            head.push_str(&month.strftime("%b ").to_string());
            last_month = month.month();
        }
    }
    let always = [DayMark::Idle, DayMark::Carried];
    let meanings: Vec<String> = DayMark::ALL
        .into_iter()
        .filter(|mark| always.contains(mark) || marks.values().any(|seen| seen == mark))
        .map(|mark| format!("{} {}", mark.sign(), mark.meaning()))
        .collect();
    let mut out = vec![String::new()];
    out.extend(wrap(&format!("{}: {}", plan.name, meanings.join(", ")), WIDTH));
    out.push(format!("     {}", head.trim_end()));
    for (day, weekday) in NAMES.iter().enumerate() {
        let mut line = format!("{weekday}  ");
        for monday in &mondays {
            let date = i64::try_from(day).ok().and_then(|day| monday.checked_add(day.days()).ok());
            let mark = match date {
                Some(date) if date < first || date > last => ' ',
                Some(date) => marks.get(&date).copied().unwrap_or(DayMark::Idle).sign(),
                None => ' ',
            };
            line.push(mark);
            line.push_str(if step == 2 { " " } else { "" });
        }
        out.push(format!(" {}", line.trim_end()));
    }
    if left_out > 0 {
        out.push(format!("(the last {MOST_WEEKS} weeks of {})", MOST_WEEKS + left_out));
    }
    out
}

/// Whose work filled the windows, and the hits that refused most.
fn who(plan: &PlanFit, shown: &Shown<'_>) -> Vec<String> {
    let hits = &plan.outcomes.likely.hits;
    let mut projects: BTreeMap<&str, u64> = BTreeMap::new();
    for hit in hits {
        *projects.entry(&hit.filled_by).or_default() += 1;
    }
    let mut projects: Vec<_> = projects.into_iter().collect();
    projects.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let label = |name: &str| {
        if name.is_empty() { "(unknown)".to_owned() } else { cut(&clean(name), 40).into_owned() }
    };
    let mut parts: Vec<String> = projects
        .iter()
        .take(MOST_PROJECTS)
        .map(|(name, count)| format!("{} {}", label(name), grouped(*count)))
        .collect();
    if let Some(more) = projects.len().checked_sub(MOST_PROJECTS).filter(|more| *more > 0) {
        parts.push(format!("{more} more {}", if more == 1 { "project" } else { "projects" }));
    }
    let mut out = vec![String::new()];
    out.extend(wrap(
        &format!("Work that filled most of the windows hit: {}", parts.join(", ")),
        WIDTH,
    ));
    let mut largest: Vec<_> = hits.iter().collect();
    largest.sort_by_key(|hit| (std::cmp::Reverse(hit.refused), hit.at));
    let mut rows =
        vec![["Hit", "Which", "Until", "Refused", "While working on"].map(str::to_owned)];
    let time =
        |at: jiff::Timestamp, form| at.to_zoned(shown.zone.clone()).strftime(form).to_string();
    for hit in largest.into_iter().take(MOST_HITS) {
        rows.push([
            time(hit.at, "%Y-%m-%d %H:%M"),
            words::window(hit.window).to_owned(),
            time(hit.resets_at, "%a %H:%M"),
            grouped(hit.refused),
            cut(&label(&hit.project), 22).into_owned(),
        ]);
    }
    out.extend(table(&rows));
    if let Some(more) = hits.len().checked_sub(MOST_HITS).filter(|more| *more > 0) {
        out.push(format!("and {more} more; '--format json' has all of them"));
    }
    out
}

/// What each plan's windows are taken to hold.
fn capacities(fit: &Fit) -> Vec<String> {
    let (rows, origins) = words::capacities(fit);
    let mut out = headed(["Plan", "", "Now holds"], &rows);
    for (number, origin) in origins.iter().enumerate() {
        out.extend(wrap(&format!("[{}] {origin}", number + 1), WIDTH));
    }
    out
}

/// The made-up months as text.
pub(super) fn simulated(simulated: &Simulated, shown: &Shown<'_>) -> String {
    let mut out = vec![format!(
        "Simulated: {} made-up months like yours, replayed against each plan",
        simulated.months
    )];
    out.push(format!("Prices: {}, US dollars before tax", catalog::label(shown.catalog)));
    out.push(String::new());
    if simulated.habit.is_nothing() {
        out.extend(wrap(
            "A month without tokens asks nothing of any plan, so there is nothing to replay. Say how \
             many you send and get with '--input' and '--output', such as --input 20M --output 3M, \
             or give a file of answers with a month in it.",
            WIDTH,
        ));
        return out.join("\n");
    }
    if let Some(pro) = simulated.plans.iter().find(|plan| plan.id == "pro") {
        let text = format!("{} would stop you {}.", pro.name, words::stopped(simulated, pro));
        out.extend(wrap(&text, WIDTH));
        if let Some(why) = words::stopped_range(pro) {
            out.extend(wrap(why, WIDTH));
        }
        out.push(String::new());
    }
    let head = ["Plan", "A month", "Stopped, low", "likely", "high", "Hits", "Blocked", ""];
    let mut rows = vec![head.map(str::to_owned)];
    for plan in &simulated.plans {
        rows.push([
            plan.name.clone(),
            plan.fee.map_or_else(|| "-".to_owned(), usd),
            plan.months.low.to_string(),
            plan.months.likely.to_string(),
            plan.months.high.to_string(),
            grouped(plan.hits.likely),
            words::hours(plan.hours.likely),
            String::new(),
        ]);
    }
    out.extend(table(&rows));
    out.extend(wrap(
        "Stopped: months out of the hundred in which a window was used up, at the low, likely and \
         high capacity. Hits and blocked hours: in the middle one of the months, likely capacity.",
        WIDTH,
    ));
    out.push(String::new());
    out.push("What this takes for granted".to_owned());
    out.extend(wrap(words::FIT_UNKNOWN, WIDTH));
    out.extend(items(&words::simulated_assumptions(simulated)));
    out.push(String::new());
    out.extend(wrap(VERIFY, WIDTH));
    out.join("\n")
}

//! Which plan would have covered the usage: a replay of logs, or of simulated months.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::catalog::Catalog;
use crate::doc::text::print;
use crate::doc::{Block, Cell, Fit as Room, Table};
use crate::fit::simulate::Simulated;
use crate::fit::{Fit, PlanDigest, PlanFit, day_of, monday_of};
use crate::number::{grouped, usd};
use crate::text::clean;
use crate::text::layout::fit as cut;
use crate::words::fit as words;
use crate::words::{VERIFY, price_list, zone_name};

/// The number of worst weeks listed.
const WORST: usize = 3;
/// The number of projects listed among those whose work filled windows.
const MOST_PROJECTS: usize = 5;
/// The number of hits listed individually.
const MOST_HITS: usize = 5;
/// The number of weeks that the calendar can show.
const MOST_WEEKS: usize = 70;

/// The replay for a terminal.
pub(crate) fn text(fit: &Fit, catalog: &Catalog, zone: &TimeZone) -> String {
    let mut out: Vec<Block> =
        heading(fit, catalog, zone).into_iter().map(Block::paragraph).collect();
    let digests: Vec<PlanDigest> = fit.plans.iter().map(PlanDigest::of).collect();
    let reasons = fit.reasons();
    let said = words::sentences(&reasons, &digests, fit.unnamed_hits());
    out.push(Block::Gap);
    if fit.coverage.requests == 0 {
        out.extend([
            Block::paragraph(NOTHING),
            Block::list("- ", said.doubts),
            Block::Gap,
            Block::paragraph("You can replay a simulated month like yours instead:"),
            Block::list("  ", EXAMPLES),
        ]);
        return print(&out);
    }
    out.extend([Block::list("- ", said.answer), Block::Gap]);
    if fit.plans.is_empty() {
        out.extend([Block::list("- ", said.doubts), Block::Gap, Block::paragraph(VERIFY)]);
        return print(&out);
    }
    out.extend(plans(fit, &digests));
    out.extend([Block::heading("At other capacities"), ends(&digests)]);
    if let Some(plan) = fit.reference() {
        out.extend(worst_weeks(fit, plan, zone));
        out.extend(calendar(fit, plan, zone));
        out.extend(who(plan, zone));
    }
    out.extend([
        Block::heading("Estimated capacity of each plan"),
        Block::paragraph(words::FIT_UNKNOWN),
    ]);
    let (rows, origins) = words::capacities(&reasons, &digests);
    out.push(named("Estimated capacity", ["Plan", ">", "Capacity now"], rows, Room::default()));
    out.extend(
        (1..).zip(origins).map(|(number, origin)| Block::paragraph(format!("[{number}] {origin}"))),
    );
    out.push(Block::heading(words::TAKEN_FOR_GRANTED));
    out.push(Block::list("- ", said.assumptions));
    if !said.doubts.is_empty() {
        out.extend([Block::heading(words::HOW_FAR_TO_TRUST), Block::list("- ", said.doubts)]);
    }
    out.extend([Block::Gap, Block::paragraph(VERIFY)]);
    print(&out)
}

const NOTHING: &str = "Nothing to replay: these days hold no response with a price. Name a file or folder, or see \
    what 'planwise usage' finds.";

const EXAMPLES: [&str; 2] = [
    "planwise fit --answers claude-choice.json",
    "planwise fit --simulate --session marathon --input 20M --output 3M",
];

fn prices(catalog: &Catalog) -> String {
    format!("Prices: {}, US dollars before tax", price_list(catalog.id, catalog.as_of))
}

fn heading(fit: &Fit, catalog: &Catalog, zone: &TimeZone) -> Vec<String> {
    let coverage = &fit.coverage;
    let zone = zone_name(zone);
    let zone = clean(&zone);
    let (Some(first), Some(last)) = (coverage.first, coverage.last) else {
        return vec![format!("Would this plan have covered your usage? No history ({zone})")];
    };
    let dates = if first == last { first.to_string() } else { format!("{first} to {last}") };
    let requests = match coverage.left_out {
        None => words::counted(coverage.requests, "request"),
        Some(left_out) => format!(
            "{} of {}, on {} of {} with use",
            grouped(coverage.requests),
            words::counted(left_out.of_responses, "response"),
            left_out.replayed_days,
            words::counted(left_out.of_days, "day"),
        ),
    };
    vec![
        format!(
            "Would this plan have covered your usage? {dates}, {} ({zone})",
            words::counted(u64::from(coverage.days), "day")
        ),
        format!(
            "{requests}: {} on the API, {} without cache reads",
            usd(coverage.api),
            usd(coverage.fresh)
        ),
        prices(catalog),
    ]
}

/// A table of plans. Names are shortened if they do not fit.
fn named<const N: usize>(
    caption: &'static str,
    head: [&'static str; N],
    rows: Vec<[String; N]>,
    room: Room,
) -> Block {
    let room = Room { shorten: Some(words::short_name), ..room };
    Block::Table(Table::new(caption, head, rows).with(room))
}

/// The layout of tables that keep a gap free on the right.
fn with_margin(split: &'static [&'static [usize]]) -> Room {
    Room { margin: 2, split, ..Room::default() }
}

/// Every plan at the likely capacity.
fn plans(fit: &Fit, digests: &[PlanDigest]) -> Vec<Block> {
    let head =
        ["Plan", ">Fee", ">5h+wk", ">Blocked", ">Longest", ">Over limit", ">Paying", "Covers"];
    let mut out = vec![
        Block::paragraph(format!(
            "At the likely capacity: limits reached, time blocked in {}, dollars a month",
            words::counted(u64::from(fit.coverage.days), "day")
        )),
        named(
            words::AT_LIKELY,
            head,
            words::plan_rows(digests),
            Room { split: &[&[0, 1, 2, 3, 4, 7], &[0, 5, 6]], ..Room::default() },
        ),
        Block::paragraph(words::VERDICTS),
    ];
    out.extend(words::legend(digests, fit.unnamed_hits()).into_iter().map(Block::paragraph));
    if fit.plans.iter().any(|plan| plan.is_now) {
        out.push(Block::paragraph("* your plan"));
    }
    let rows = words::interruption_rows(digests);
    if let Some(value) = fit.hour_value.filter(|_| !rows.is_empty()) {
        out.push(Block::heading(words::interruption_heading(value)));
        let head = ["Plan", ">Blocked", ">Cost", ">With the fee"];
        out.push(named("Cost of the blocked hours a month", head, rows, with_margin(&[])));
        out.extend(words::interruption_note(fit.unnamed_hits()).map(Block::paragraph));
    }
    out
}

/// Every plan at the ends of the range.
fn ends(digests: &[PlanDigest]) -> Block {
    let head = ["Plan", ">Blocked, low", ">likely", ">high", ">Paying, low", ">likely", ">high"];
    let room = with_margin(&[&[0, 1, 2, 3], &[0, 4, 5, 6]]);
    named("At each capacity", head, words::end_rows(digests), room)
}

/// The weeks with the most refused work.
fn worst_weeks(fit: &Fit, plan: &PlanFit, zone: &TimeZone) -> Vec<Block> {
    let mut weeks: Vec<_> =
        plan.outcomes.likely.weeks.iter().filter(|week| week.refused.requests > 0).collect();
    weeks.sort_by_key(|week| {
        (std::cmp::Reverse((week.refused.usd, week.refused.requests)), week.start)
    });
    if weeks.is_empty() {
        return Vec::new();
    }
    let measure = |amount| words::measure(fit.yardstick, amount);
    let head = ["Week from", ">Used", ">Capacity", ">5h hits", ">Refused", ">On the API"];
    let rows = weeks.into_iter().take(WORST).map(|week| {
        [
            day_of(week.start, zone).to_string().into(),
            measure(week.asked).into(),
            week.holds.map_or_else(|| "not known".into(), |holds| measure(holds).into()),
            Cell::Count(week.five_hour_hits),
            Cell::Count(week.refused.requests),
            Cell::Money(week.refused.usd),
        ]
    });
    vec![
        Block::heading(format!("The worst weeks on {}, at the likely capacity", plan.name)),
        Block::Table(Table::new("The worst weeks", head, rows)),
    ]
}

/// A calendar: seven rows of weekdays, one column per week.
fn calendar(fit: &Fit, plan: &PlanFit, zone: &TimeZone) -> Vec<Block> {
    use words::DayMark;
    const NAMES: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let (Some(first), Some(last)) = (fit.coverage.first, fit.coverage.last) else {
        return Vec::new();
    };
    let marks: BTreeMap<Date, DayMark> =
        words::calendar(plan, zone).into_iter().map(|day| (day.day, day.mark)).collect();
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
        // The month that starts in this week, otherwise the month of the first column.
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
    let mut out = vec![format!("     {head}")];
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
        out.push(format!(" {line}"));
    }
    if left_out > 0 {
        out.push(format!("(the last {MOST_WEEKS} weeks of {})", MOST_WEEKS + left_out));
    }
    let legend = format!("{}: {}", plan.name, meanings.join(", "));
    vec![Block::Gap, Block::paragraph(legend), Block::Lines(out)]
}

/// The projects that filled the windows, and the hits that refused most.
fn who(plan: &PlanFit, zone: &TimeZone) -> Vec<Block> {
    let hits = &plan.outcomes.likely.hits;
    if hits.is_empty() {
        return Vec::new();
    }
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
    let filled = format!("Work that used up the most windows: {}", parts.join(", "));
    let mut largest: Vec<_> = hits.iter().collect();
    largest.sort_by_key(|hit| (std::cmp::Reverse(hit.refused), hit.at));
    let time = |at: jiff::Timestamp, form| at.to_zoned(zone.clone()).strftime(form).to_string();
    let rows = largest.into_iter().take(MOST_HITS).map(|hit| {
        [
            time(hit.at, "%Y-%m-%d %H:%M").into(),
            words::window(hit.window).into(),
            time(hit.resets_at, "%a %H:%M").into(),
            Cell::Count(hit.refused),
            cut(&label(&hit.project), 22).into_owned().into(),
        ]
    });
    let head = ["Hit", ">Which", ">Until", ">Refused", "While working on"];
    let table = Table::new("The hits that refused most", head, rows);
    let mut out = vec![Block::Gap, Block::paragraph(filled), Block::Table(table)];
    if let Some(more) = hits.len().checked_sub(MOST_HITS).filter(|more| *more > 0) {
        out.push(Block::paragraph(format!("and {more} more; '--format json' has all of them")));
    }
    out
}

/// The simulated months for a terminal.
pub(crate) fn simulated(simulated: &Simulated, catalog: &Catalog) -> String {
    let mut out = vec![
        Block::paragraph(format!(
            "Simulated: {} months like yours, replayed on each plan",
            simulated.months
        )),
        Block::paragraph(prices(catalog)),
        Block::Gap,
    ];
    if simulated.habit.is_nothing() {
        out.push(Block::paragraph(
            "A month without tokens leaves nothing to replay. Set the tokens of a month with \
             '--input' and '--output', such as --input 20M --output 3M, or give a file of \
             answers that has a month.",
        ));
        return print(&out);
    }
    if let Some(pro) = simulated.plans.iter().find(|plan| plan.id == "pro") {
        let stopped = words::stopped(simulated, pro);
        out.push(Block::paragraph(format!("{} would stop you {stopped}.", pro.name)));
        out.extend(words::stopped_range(pro).map(Block::paragraph));
        out.push(Block::Gap);
    }
    let head = ["Plan", ">A month", ">Stopped, low", ">likely", ">high", ">Hits", ">Blocked"];
    let rows = simulated.plans.iter().map(|plan| {
        [
            plan.name.clone().into(),
            plan.fee.map_or(Cell::NOTHING, Cell::Money),
            plan.months.low.to_string().into(),
            plan.months.likely.to_string().into(),
            plan.months.high.to_string().into(),
            Cell::Count(plan.hits.likely),
            words::hours(plan.hours.likely).into(),
        ]
    });
    out.extend([
        Block::Table(
            Table::new("How often each plan stops you", head, rows).with(with_margin(&[])),
        ),
        Block::paragraph(
            "Stopped: months of a hundred in which a limit stopped you, at the low, likely and \
             high capacity. Hits and blocked hours: the median month at the likely capacity.",
        ),
        Block::heading(words::TAKEN_FOR_GRANTED),
        Block::paragraph(words::FIT_UNKNOWN),
        Block::list("- ", words::simulated_assumptions(simulated)),
        Block::Gap,
        Block::paragraph(VERIFY),
    ]);
    print(&out)
}

//! Actual usage by model, and by day, project or session.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use crate::doc::text::print;
use crate::doc::{Block, Cell, Table};
use crate::history::summary::{By, Query, Summary, Totals};
use crate::history::{
    LimitHit, Login, MONTHLY_SPEND, OVERAGE, Period, Plan, PlanSeen, Skip, Source,
};
use crate::number::{grouped, tokens_short, usd};
use crate::text::{clean, quoted};
use crate::words::{minutes, price_list, zone_name};

/// The width of a full bar.
const BAR: usize = 18;

/// The last line of the text.
const VERIFY: &str = "Verify current prices at platform.claude.com. What you pay is on your bill, \
                      not here.";

/// The summary for a terminal.
pub(crate) fn text(summary: &Summary, query: &Query<'_>) -> String {
    let mut out: Vec<Block> = heading(summary, query).into_iter().map(Block::paragraph).collect();
    if summary.coverage.responses > 0 {
        out.extend([Block::Gap, Block::Table(models(summary, query))]);
        out.extend([Block::Gap, Block::Table(rows(summary, query.by))]);
    }
    if summary.totals.bills > 0 {
        out.extend([Block::Gap, Block::Table(billed_models(summary, query))]);
        out.extend([Block::Gap, Block::Table(billed_rows(summary, query.by))]);
    }
    out.push(Block::Gap);
    out.extend(facts(summary).into_iter().map(Block::paragraph));
    out.extend(hits(summary, query));
    out.extend(evidence(summary, query));
    if !summary.doubts.is_empty() {
        out.push(Block::heading(crate::words::fit::HOW_FAR_TO_TRUST));
        out.push(Block::list("- ", summary.doubts.clone()));
    }
    out.extend([Block::Gap, Block::paragraph(VERIFY)]);
    print(&out)
}

fn heading(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let coverage = &summary.coverage;
    let zone = clean(&zone_name(&query.zone)).into_owned();
    let is_other = |source: &Source| *source != Source::ClaudeCode;
    let is_mixed = summary.counted.iter().any(is_other) || summary.sources.keys().any(is_other);
    let is_any = coverage.responses > 0 || !summary.sources.is_empty();
    let whose = if is_any && !is_mixed { "Your usage in Claude Code" } else { "Your usage" };
    let span = match summary.period {
        Some(Period { first, last, .. }) => {
            let to = if first == last { String::new() } else { format!(" to {last}") };
            let used = match coverage.days_with_use {
                used if used == coverage.days => String::new(),
                used => format!(", {} with use", grouped(used)),
            };
            format!("{whose}, {first}{to}, {}{used} ({zone})", plural(coverage.days, "day"))
        }
        None => format!("{whose}: no responses found ({zone})"),
    };
    let mut lines = vec![span];
    if is_mixed {
        let name = |(source, files): (&Source, &u64)| {
            format!("{} ({})", source.name(), plural(*files, "file"))
        };
        let names: Vec<String> = summary.sources.iter().map(name).collect();
        lines.push(format!("Sources: {}", names.join(", ")));
    }
    let bills = match summary.totals.bills {
        0 => String::new(),
        bills => format!(" and {}", plural(bills, "billed amount")),
    };
    lines.push(format!(
        "{}{bills} in {} ({}); {} dropped",
        plural(coverage.responses, "response"),
        plural(coverage.files, "file"),
        size(coverage.bytes),
        plural(coverage.duplicates, "repeated record"),
    ));
    if summary.totals.bills > 0 {
        lines.push(
            "Billed: dollars as the cost report says them, no part of those on the API".to_owned(),
        );
    }
    if coverage.responses > 0 || summary.totals.bills == 0 {
        lines.push(format!(
            "Dollars: what it would have cost on the API, by {}, before tax",
            price_list(query.catalog.id, query.catalog.as_of)
        ));
    }
    lines
}

fn plural(count: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

fn size(bytes: u64) -> String {
    const KIB: u64 = 1024;
    match (bytes / KIB, bytes / KIB / KIB) {
        (0, _) => format!("{bytes} B"),
        (kib, 0) => format!("{kib} KiB"),
        (_, mib) => format!("{} MiB", grouped(mib)),
    }
}

/// The cost for display. Marks unpriced usage, estimates and bounds.
fn cost(totals: &Totals) -> String {
    let Some(amount) = totals.usd else {
        return "unpriced".to_owned();
    };
    let high = totals.usd_high().map(usd).filter(|high| *high != usd(amount));
    let high = high.map_or_else(String::new, |high| format!("-{high}"));
    let more = if totals.unpriced_responses > 0 { "+" } else { "" };
    format!("{}{}{high}{more}", about(totals), usd(amount))
}

/// The prefix of figures that include estimates.
const fn about(totals: &Totals) -> &'static str {
    if totals.estimates > 0 { "~" } else { "" }
}

/// A token count for display.
fn tokens(totals: &Totals, count: u128) -> String {
    let about = if count > 0 { about(totals) } else { "" };
    format!("{about}{}", tokens_short(u64::try_from(count).unwrap_or(u64::MAX)))
}

/// The totals by model name. Joins different spellings of one model.
fn joined(summary: &Summary, query: &Query<'_>) -> Vec<(String, Totals)> {
    let mut joined: Vec<(String, Totals)> = Vec::new();
    for (id, model) in &summary.models {
        let known = model.catalog_id.as_deref().and_then(|id| query.catalog.model(id));
        let name = known.map_or_else(|| clean(id).into_owned(), |m| m.short_name().to_owned());
        match joined.iter_mut().find(|(other, _)| *other == name) {
            Some((_, totals)) => totals.merge(&model.totals),
            None => joined.push((name, model.totals.clone())),
        }
    }
    joined
}

/// One row per model, and the total.
fn models(summary: &Summary, query: &Query<'_>) -> Table {
    let mut joined = joined(summary, query);
    joined.retain(|(_, totals)| totals.responses > 0);
    joined.sort_by(|(a, x), (b, y)| y.usd.cmp(&x.usd).then_with(|| a.cmp(b)));
    joined.push(("Together".to_owned(), summary.totals.clone()));
    let head = ["Model", ">Input", ">Written 5m", ">Written 1h", ">Read", ">Output", ">On the API"];
    let rows = joined.into_iter().map(|(name, totals)| {
        [
            name,
            tokens(&totals, totals.input),
            tokens(&totals, totals.cache_write_5m),
            tokens(&totals, totals.cache_write_1h),
            tokens(&totals, totals.cache_read),
            tokens(&totals, totals.output),
            cost(&totals),
        ]
    });
    Table::new("What each model used", head, rows)
}

/// The amounts billed for each model, for the rest, and in total.
fn billed_models(summary: &Summary, query: &Query<'_>) -> Table {
    let mut joined = joined(summary, query);
    joined.retain(|(_, totals)| totals.bills > 0);
    joined.sort_by(|(a, x), (b, y)| y.billed_usd.cmp(&x.billed_usd).then_with(|| a.cmp(b)));
    let of_models: Decimal = joined.iter().filter_map(|(_, totals)| totals.billed_usd).sum();
    let all = summary.totals.billed_usd.unwrap_or_default();
    let named: u64 = joined.iter().map(|(_, totals)| totals.bills).sum();
    let rest = ("Other than models".to_owned(), all.saturating_sub(of_models));
    let rows = joined
        .into_iter()
        .map(|(name, totals)| (name, totals.billed_usd.unwrap_or_default()))
        .chain((named < summary.totals.bills).then_some(rest))
        .chain([("Together".to_owned(), all)])
        .map(|(name, billed)| [Cell::from(name), Cell::Money(billed)]);
    Table::new("What was billed for each model", ["Model", ">Billed"], rows)
}

/// The amount billed in each row, with a bar.
fn billed_rows(summary: &Summary, by: By) -> Table {
    let billed = |totals: &Totals| totals.billed_usd.unwrap_or_default();
    let rows = || summary.rows.iter().filter(|(_, totals)| totals.bills > 0);
    let most = rows().map(|(_, totals)| billed(totals)).max().unwrap_or_default();
    let shown = rows().map(|(key, totals)| {
        [clean(key).into_owned().into(), Cell::Money(billed(totals)), bar(billed(totals), most)]
    });
    Table::new("What was billed", [row_head(by), ">Billed", ""], shown)
}

const fn row_head(by: By) -> &'static str {
    match by {
        By::Day => "Day",
        By::Week => "Week",
        By::Month => "Month",
        By::Model => "Model",
        By::Project => "Project",
        By::Session => "Session",
    }
}

/// A row per day, week, month, model, project or session, with a bar for its cost. Without any
/// price, the bar shows output.
fn rows(summary: &Summary, by: By) -> Table {
    let is_priced = summary.totals.usd.is_some();
    let measure = |totals: &Totals| {
        if is_priced {
            totals.usd.unwrap_or_default()
        } else {
            Decimal::from_u128(totals.output).unwrap_or(Decimal::MAX)
        }
    };
    let most = summary.rows.iter().map(|(_, totals)| measure(totals)).max().unwrap_or_default();
    let head = [row_head(by), ">Responses", ">Output", ">On the API", ""];
    let rows = summary.rows.iter().filter(|(_, totals)| totals.responses > 0);
    let shown = rows.map(|(key, totals)| {
        [
            clean(key).into_owned().into(),
            Cell::Count(totals.responses),
            tokens(totals, totals.output).into(),
            cost(totals).into(),
            bar(measure(totals), most),
        ]
    });
    Table::new("What was used", head, shown)
}

/// A bar in proportion to the largest value. Any value above 0 has at least one character.
fn bar(value: Decimal, most: Decimal) -> Cell {
    let share = value.checked_div(most).unwrap_or_default();
    let columns = (share * Decimal::from(BAR)).round().to_usize().unwrap_or_default();
    let least = usize::from(!value.is_zero());
    "#".repeat(columns.clamp(least, BAR)).into()
}

/// Sessions, limits, what ran alone, and what does not count.
fn facts(summary: &Summary) -> Vec<String> {
    let mut facts = Vec::new();
    let sessions = &summary.sessions;
    if let Some(median) = sessions.median_minutes {
        facts.push(format!(
            "Sessions, without a pause of more than an hour: {}, median {}, {} of three \
             hours or more",
            grouped(sessions.count),
            minutes(median),
            grouped(sessions.marathons)
        ));
    }
    if let Some(share) = summary.unattended_pct {
        facts.push(format!("Unattended: {share}% of the output, by sub-agents or programs"));
    } else if summary.counted.contains(&Source::ClaudeCode) {
        facts.push("Unattended: not known, the logs do not say who asked".to_owned());
    }
    if let Some(usd) = summary.ccusage_usd {
        facts.push(format!("Cost by ccusage's own count: {}", crate::number::usd(usd)));
    }
    if summary.totals.web_searches > 0 {
        let count = u64::try_from(summary.totals.web_searches).unwrap_or(u64::MAX);
        facts.push(format!("Web searches: {}", grouped(count)));
    }
    let skipped = &summary.coverage.skipped;
    if !skipped.is_empty() {
        let part = |(why, count): (&Skip, &u64)| format!("{}: {}", why.reason(), grouped(*count));
        let parts: Vec<String> = skipped.iter().map(part).collect();
        facts.push(format!("Not counted, {}", parts.join("; ")));
    }
    facts
}

/// A time to the minute in the person's time zone.
fn minute(time: jiff::Timestamp, query: &Query<'_>) -> String {
    time.to_zoned(query.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Lines, each cut if too long: the text after the time may come from a file.
fn lines(lines: impl IntoIterator<Item = String>) -> Block {
    Block::Table(Table::new("", [""], lines.into_iter().map(|line| [line])))
}

/// The number of limit hits and their times.
fn hits(summary: &Summary, query: &Query<'_>) -> Vec<Block> {
    let line = |hit: &LimitHit| {
        let window = match hit.window.as_deref() {
            None => "unknown limit".into(),
            Some(OVERAGE) => "usage credits used up".into(),
            Some(MONTHLY_SPEND) => "monthly spend limit".into(),
            Some(window) => clean(window),
        };
        let until = |time| format!(", until {}", minute(time, query));
        let reset = hit.resets_at.map_or_else(String::new, until);
        format!("  {}  {window}{reset}", minute(hit.at, query))
    };
    let count = format!("Limit hits: {}", summary.limit_hits.len());
    let mut blocks = vec![Block::paragraph(count), lines(summary.limit_hits.iter().map(line))];
    if !summary.spending_caps.is_empty() {
        let caps = summary.spending_caps.len();
        blocks
            .push(Block::paragraph(format!("Spending caps reached, not limits of a plan: {caps}")));
        blocks.push(lines(summary.spending_caps.iter().map(line)));
    }
    blocks
}

/// Evidence about the plan.
fn evidence(summary: &Summary, query: &Query<'_>) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        summary.plans.iter().map(|seen| Block::paragraph(plan(seen))).collect();
    let mut peaks = summary.peaks.iter().filter(|peak| peak.week.is_none()).peekable();
    if peaks.peek().is_some() {
        blocks.push(Block::paragraph("Highest known use of plan windows"));
        blocks.push(lines(peaks.map(|peak| {
            let age = match query.now.duration_since(peak.at).as_hours() / 24 {
                ..=0 => String::new(),
                1 => ", 1 day ago".to_owned(),
                days => format!(", {days} days ago"),
            };
            let (at, window) = (minute(peak.at, query), clean(&peak.window));
            format!("  {at}  {window} {}%{age}", peak.percent.normalize())
        })));
    }
    blocks
}

/// A plan in one sentence.
fn plan(seen: &PlanSeen) -> String {
    let plan = match (&seen.plan, seen.login) {
        (Some(plan), _) => plan_name(plan),
        (None, Login::Claude) => "signed in with a Claude account, plan unknown".to_owned(),
        (None, Login::Other) => {
            "none, Claude Code is not signed in with a Claude account".to_owned()
        }
    };
    let beyond = match seen.has_extra_usage {
        Some(true) => ", usage beyond it is paid for",
        Some(false) => ", no usage beyond it",
        None => "",
    };
    format!("Plan: {plan}{beyond}")
}

fn plan_name(plan: &Plan) -> String {
    match plan {
        Plan::Free => "Free".to_owned(),
        Plan::Pro => "Pro".to_owned(),
        Plan::Max5 => "Max 5x".to_owned(),
        Plan::Max20 => "Max 20x".to_owned(),
        Plan::Max => "Max".to_owned(),
        Plan::Ultra => "Ultra".to_owned(),
        Plan::Team => "Team".to_owned(),
        Plan::Enterprise => "Enterprise".to_owned(),
        Plan::Other(word) => quoted(word),
    }
}

#[cfg(test)]
mod tests;

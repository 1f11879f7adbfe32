//! The text of `planwise usage`, 80 columns wide.

use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use crate::cli::catalog;
use crate::format::zone_name;
use crate::history::summary::{By, Query, Summary, Totals};
use crate::history::{LimitHit, Login, Plan, PlanSeen, Skip, Source};
use crate::number::{grouped, tokens_short, usd};
use crate::text::layout::{fit, pad_left, pad_right, wrap};
use crate::text::{clean, quoted};

/// The width of the text, which fits every terminal.
const WIDTH: usize = 80;
/// The columns of a full bar.
const BAR: usize = 18;

/// The last line, always.
const VERIFY: &str = "Verify current prices at platform.claude.com. What you pay is on your bill, \
                      not here.";

/// The summary as text.
pub(super) fn text(summary: &Summary, query: &Query<'_>) -> String {
    let mut out: Vec<String> =
        heading(summary, query).iter().flat_map(|line| wrap(line, WIDTH)).collect();
    if summary.coverage.responses > 0 {
        out.push(String::new());
        out.extend(models(summary, query));
        out.push(String::new());
        out.extend(rows(summary, query.by));
    }
    if summary.totals.bills > 0 {
        out.push(String::new());
        out.extend(billed_models(summary, query));
        out.push(String::new());
        out.extend(billed_rows(summary, query.by));
    }
    out.push(String::new());
    out.extend(facts(summary).iter().flat_map(|line| wrap(line, WIDTH)));
    out.extend(hits(summary, query));
    out.extend(evidence(summary, query));
    if !summary.doubts.is_empty() {
        out.push(String::new());
        out.push("How far to trust this".to_owned());
        out.extend(summary.doubts.iter().flat_map(|doubt| item(doubt)));
    }
    out.push(String::new());
    out.extend(wrap(VERIFY, WIDTH));
    out.join("\n")
}

/// A sentence behind a dash, further lines under its first letter.
fn item(sentence: &str) -> Vec<String> {
    let lines = wrap(sentence, WIDTH - 2);
    let signs = std::iter::once("- ").chain(std::iter::repeat("  "));
    lines.iter().zip(signs).map(|(line, sign)| format!("{sign}{line}")).collect()
}

fn heading(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let coverage = &summary.coverage;
    let zone = clean(&zone_name(&query.zone)).into_owned();
    let is_other = |source: &Source| *source != Source::ClaudeCode;
    let is_mixed = summary.counted.iter().any(is_other) || summary.sources.keys().any(is_other);
    let is_any = coverage.responses > 0 || !summary.sources.is_empty();
    let whose = if is_any && !is_mixed { "Your usage in Claude Code" } else { "Your usage" };
    let span = match (coverage.from, coverage.to) {
        (Some(from), Some(to)) => {
            let (first, last) = summary.days.unwrap_or_else(|| {
                let day = |time: jiff::Timestamp| time.to_zoned(query.zone.clone()).date();
                (day(from), day(to))
            });
            let plural = if coverage.days == 1 { "" } else { "s" };
            let to = if first == last { String::new() } else { format!(" to {last}") };
            format!("{whose}, {first}{to}, {} day{plural} ({zone})", coverage.days)
        }
        _ => format!("{whose}: no responses found ({zone})"),
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
            catalog::label(query.catalog)
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

/// Dollars for a person; what has no price is said, and what is an estimate or between two bounds.
fn cost(totals: &Totals) -> String {
    let Some(amount) = totals.usd else {
        return "unpriced".to_owned();
    };
    let high = totals.usd_high().map_or_else(String::new, |high| format!("-{}", usd(high)));
    let more = if totals.unpriced_responses > 0 { "+" } else { "" };
    format!("{}{}{high}{more}", about(totals), usd(amount))
}

/// The sign in front of figures that hold estimates.
const fn about(totals: &Totals) -> &'static str {
    if totals.estimates > 0 { "~" } else { "" }
}

/// Tokens for a person.
fn tokens(totals: &Totals, count: u128) -> String {
    let about = if count > 0 { about(totals) } else { "" };
    format!("{about}{}", tokens_short(u64::try_from(count).unwrap_or(u64::MAX)))
}

/// The totals of each model by its name, two spellings of one model joined.
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

/// One line a model, and the sum.
fn models(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let mut joined = joined(summary, query);
    joined.retain(|(_, totals)| totals.responses > 0);
    joined.sort_by(|(a, x), (b, y)| y.usd.cmp(&x.usd).then_with(|| a.cmp(b)));
    joined.push(("Together".to_owned(), summary.totals.clone()));
    let mut cells = vec![
        ["Model", "Input", "Written 5m", "Written 1h", "Read", "Output", "On the API"]
            .map(str::to_owned),
    ];
    cells.extend(joined.into_iter().map(|(name, totals)| {
        [
            name,
            tokens(&totals, totals.input),
            tokens(&totals, totals.cache_write_5m),
            tokens(&totals, totals.cache_write_1h),
            tokens(&totals, totals.cache_read),
            tokens(&totals, totals.output),
            cost(&totals),
        ]
    }));
    table(&cells)
}

/// What was billed for each model, for the rest, and together.
fn billed_models(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let mut joined = joined(summary, query);
    joined.retain(|(_, totals)| totals.bills > 0);
    joined.sort_by(|(a, x), (b, y)| y.billed_usd.cmp(&x.billed_usd).then_with(|| a.cmp(b)));
    let of_models: Decimal = joined.iter().filter_map(|(_, totals)| totals.billed_usd).sum();
    let all = summary.totals.billed_usd.unwrap_or_default();
    let named: u64 = joined.iter().map(|(_, totals)| totals.bills).sum();
    let mut cells = vec![["Model", "Billed"].map(str::to_owned)];
    let billed = |totals: &Totals| usd(totals.billed_usd.unwrap_or_default());
    cells.extend(joined.into_iter().map(|(name, totals)| [name, billed(&totals)]));
    if named < summary.totals.bills {
        cells.push(["Other than models".to_owned(), usd(all.saturating_sub(of_models))]);
    }
    cells.push(["Together".to_owned(), usd(all)]);
    table(&cells)
}

/// What was billed in each row, with a bar.
fn billed_rows(summary: &Summary, by: By) -> Vec<String> {
    let billed = |totals: &Totals| totals.billed_usd.unwrap_or_default();
    let rows = || summary.rows.iter().filter(|(_, totals)| totals.bills > 0);
    let most = rows().map(|(_, totals)| billed(totals)).max().unwrap_or_default();
    let mut cells = vec![[row_head(by), "Billed", ""].map(str::to_owned)];
    cells.extend(rows().map(|(key, totals)| {
        [clean(key).into_owned(), usd(billed(totals)), bar(billed(totals), most)]
    }));
    table(&cells)
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

/// A row for each day, week, month, model, project or session, with a bar of its dollars; of its
/// output where nothing has a price.
fn rows(summary: &Summary, by: By) -> Vec<String> {
    let is_priced = summary.totals.usd.is_some();
    let measure = |totals: &Totals| {
        if is_priced {
            totals.usd.unwrap_or_default()
        } else {
            Decimal::from_u128(totals.output).unwrap_or(Decimal::MAX)
        }
    };
    let most = summary.rows.iter().map(|(_, totals)| measure(totals)).max().unwrap_or_default();
    let mut cells =
        vec![[row_head(by), "Responses", "Output", "On the API", ""].map(str::to_owned)];
    let rows = summary.rows.iter().filter(|(_, totals)| totals.responses > 0);
    cells.extend(rows.map(|(key, totals)| {
        [
            clean(key).into_owned(),
            grouped(totals.responses),
            tokens(totals, totals.output),
            cost(totals),
            bar(measure(totals), most),
        ]
    }));
    table(&cells)
}

/// A bar of as many signs as the value is of the largest one; something is never nothing.
fn bar(value: Decimal, most: Decimal) -> String {
    let share = value.checked_div(most).unwrap_or_default();
    let columns = (share * Decimal::from(BAR)).round().to_usize().unwrap_or_default();
    let least = usize::from(!value.is_zero());
    "#".repeat(columns.clamp(least, BAR))
}

/// Cells in columns: the first to the left, figures to the right. The first gives way where the
/// line would be too wide.
fn table<const N: usize>(cells: &[[String; N]]) -> Vec<String> {
    let columns = |text: &String| unicode_width::UnicodeWidthStr::width(text.as_str());
    let mut widths = [0; N];
    for row in cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = columns(cell).max(*width);
        }
    }
    let rest: usize = widths.iter().skip(1).map(|width| width + 2).sum();
    if let Some(first) = widths.first_mut() {
        *first = (*first).min(WIDTH.saturating_sub(rest).max(8));
    }
    let is_bar =
        |at: usize| cells.first().and_then(|row| row.get(at)).is_some_and(String::is_empty);
    cells
        .iter()
        .map(|row| {
            let mut line = String::new();
            for (at, (cell, width)) in row.iter().zip(widths).enumerate() {
                if at > 0 {
                    line.push_str("  ");
                }
                let padded = if at == 0 || is_bar(at) {
                    pad_right(&fit(cell, width), width)
                } else {
                    pad_left(cell, width)
                };
                line.push_str(&padded);
            }
            line.trim_end().to_owned()
        })
        .collect()
}

/// Sessions, limits, what ran alone, and what does not count.
fn facts(summary: &Summary) -> Vec<String> {
    let mut facts = Vec::new();
    let sessions = &summary.sessions;
    if let Some(median) = sessions.median_minutes {
        facts.push(format!(
            "Sessions: {}, median {median} minutes, {} of three hours or more",
            grouped(sessions.count),
            grouped(sessions.marathons)
        ));
    }
    if let Some(share) = summary.unattended_pct {
        facts.push(format!("Unattended: {share} % of the output, by sub-agents or programs"));
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

/// How often limits were hit, and when.
fn hits(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let at = |time: jiff::Timestamp| {
        time.to_zoned(query.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    };
    let line = |hit: &LimitHit| {
        let window = clean(hit.window.as_deref().unwrap_or("unknown limit")).into_owned();
        let reset = hit.resets_at.map_or_else(String::new, |time| format!(", until {}", at(time)));
        fit(&format!("  {}  {window}{reset}", at(hit.at)), WIDTH).into_owned()
    };
    let heading = format!("Limit hits: {}", summary.limit_hits.len());
    std::iter::once(heading).chain(summary.limit_hits.iter().map(line)).collect()
}

/// What tells about the plan.
fn evidence(summary: &Summary, query: &Query<'_>) -> Vec<String> {
    let mut lines: Vec<String> =
        summary.plans.iter().flat_map(|seen| wrap(&plan(seen), WIDTH)).collect();
    let peaks: Vec<String> = summary
        .peaks
        .iter()
        .filter(|peak| peak.week.is_none())
        .map(|peak| {
            let at = peak.at.to_zoned(query.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string();
            let age = query.now.duration_since(peak.at).as_hours() / 24;
            let age = match age {
                ..=0 => String::new(),
                1 => ", 1 day ago".to_owned(),
                days => format!(", {days} days ago"),
            };
            let line =
                format!("  {at}  {} {} %{age}", clean(&peak.window), peak.percent.normalize());
            fit(&line, WIDTH).into_owned()
        })
        .collect();
    if !peaks.is_empty() {
        lines.push("Highest known use of plan windows".to_owned());
        lines.extend(peaks);
    }
    lines
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

//! A replayed report: what changed and why, and the usage logged since.

use rust_decimal::Decimal;

use crate::advice::{Outcome, RULES_VERSION, Strength};
use crate::doc::text::print;
use crate::doc::{Block, Cell, Fit, Table};
use crate::number::{exact, grouped, usd, usd_rate};
use crate::question::Origin;
use crate::replay::actual::{ActualUsage, ENOUGH_DAYS, Month, Of, Position};
use crate::replay::{Cause, Change, Replay, Share, Way};
use crate::report::Remark;
use crate::text::node::serde_name;
use crate::words::{VERIFY, headline, price_list, rule_sentence};

/// The heading of the changes.
pub(crate) const CHANGED: &str = "What changed, and why";
/// Shown if nothing changed.
pub(crate) const NOTHING_CHANGED: &str =
    "Nothing: the same prices, the same rules, the same result.";

/// Label and text of every change that no other figure shows.
pub(crate) fn changes(replay: &Replay<'_>) -> Vec<(&'static str, String)> {
    replay.changes.iter().filter_map(|change| tell(change, replay)).collect()
}

/// The replay for a terminal, with actual usage if it was read.
pub fn text(replay: &Replay<'_>, actual: Option<&ActualUsage>) -> String {
    let mut out = vec![
        Block::paragraph(format!("Replay of the report of {}", replay.saved.day)),
        Block::paragraph(verdict(replay)),
        Block::paragraph(sentence(replay)),
        Block::paragraph(prices(replay)),
        Block::heading(costs_heading(replay)),
        Block::Table(costs(replay).with(figures(14))),
        Block::heading(CHANGED),
    ];
    let told = changes(replay);
    if told.is_empty() {
        out.push(Block::list("  ", [NOTHING_CHANGED]));
    }
    let lead = |what| format!("  {what:<9} ");
    out.push(Block::Terms(
        told.into_iter().map(|(what, text)| (lead(what).into(), text.into())).collect(),
    ));
    if let Some(actual) = actual {
        used(replay, actual, &mut out);
    }
    out.extend([Block::Gap, Block::paragraph(VERIFY)]);
    print(&out)
}

/// The layout of tables with a name column of at least this width and figures that are never cut.
fn figures(name: usize) -> Fit {
    Fit { gap: 3, name, name_floor: 0, ..Fit::default() }
}

/// `API $15.00 -> $12.00, hybrid $24.20 -> $23.36; still Hybrid.`
pub(crate) fn sentence(replay: &Replay<'_>) -> String {
    let costs: Vec<String> = replay
        .changes
        .iter()
        .filter_map(|change| match change {
            Change::Cost { way, from, to, .. } => {
                Some(format!("{} {} -> {}", way.name(), dollars(*from), usd(*to)))
            }
            _ => None,
        })
        .collect();
    let costs =
        if costs.is_empty() { "Every cost is the same".to_owned() } else { costs.join(", ") };
    let (then, now) = (replay.saved.result.outcome, replay.now.outcome);
    if then == now {
        format!("{costs}; still {}.", now.name())
    } else {
        format!("{costs}; {} -> {}.", then.name(), now.name())
    }
}

fn dollars(amount: Option<Decimal>) -> String {
    amount.map_or_else(|| "unpriced".to_owned(), usd)
}

/// `Still: HYBRID: use both (clear)`, or the new and the old verdict.
pub(crate) fn verdict(replay: &Replay<'_>) -> String {
    format!(
        "{}: {} ({}){}",
        if replay.turned() { "Now" } else { "Still" },
        headline(replay.now.outcome),
        replay.now.strength.name(),
        if replay.turned() {
            let then = &replay.saved.result;
            format!("; it was {} ({})", headline(then.outcome), then.strength.name())
        } else {
            String::new()
        }
    )
}

/// The price lists of the report and of today.
pub(crate) fn prices(replay: &Replay<'_>) -> String {
    let (then, now) = replay.lists();
    let list = |(id, day)| price_list(id, day);
    if then == now {
        format!("Prices: {}, then and now.", list(then))
    } else {
        format!("Prices: then {}; now {}.", list(then), list(now))
    }
}

/// The heading of [`costs`].
pub(crate) fn costs_heading(replay: &Replay<'_>) -> String {
    format!("A month on {}, estimates (* recommended now)", replay.now.model_name)
}

/// The cost of each way to pay, then and now.
pub(crate) fn costs(replay: &Replay<'_>) -> Table {
    let (then, now) = (&replay.saved.result.costs_usd, &replay.now.costs);
    let rows = [(Way::Pro, "Pro alone"), (Way::Api, "API alone"), (Way::Hybrid, "Hybrid")];
    let rows = rows.map(|(way, name)| {
        let outcome = way.outcome();
        let (from, to) = (then.of(outcome), now.of(outcome));
        let mark = if outcome == replay.now.outcome { "*" } else { " " };
        let change = match from {
            Some(from) if from == to => Cell::NOTHING,
            Some(from) => Cell::Change(to - from),
            None => "".into(),
        };
        let name = format!("{mark} {name}");
        [name.into(), Cell::priced(from, Cell::Money), Cell::Money(to), change]
    });
    Table::new("A month then and now", ["", ">then", ">now", ">change"], rows)
}

/// Label and text of one change.
fn tell(change: &Change, replay: &Replay<'_>) -> Option<(&'static str, String)> {
    Some(match change {
        Change::Outcome { .. } => return None,
        Change::Cost { way, cause, .. } => match cause {
            // The rows below show it.
            Cause::Prices | Cause::Parts => return None,
            cause => ("Cost", format!("{} costs something else: {}", way.name(), cause.words())),
        },
        Change::Price { name, class, from, to, is_chosen, .. } => {
            let beside = if *is_chosen { "" } else { " (only compared)" };
            ("Price", format!("{name}, {}: {} -> {}{beside}", class.name(), rate(*from), rate(*to)))
        }
        Change::Listed { model } => ("Model", format!("{model} is new in the comparison")),
        Change::Unlisted { model } => ("Model", format!("{model} is no longer in the comparison")),
        Change::Status { model, from, to } => {
            ("Model", format!("{model}: {} -> {}", serde_name(from), serde_name(to)))
        }
        Change::Rules { from } => {
            ("Rules", format!("version {from} -> {RULES_VERSION} of the method"))
        }
        Change::Rule { from, to } => {
            ("Rule", format!("{} -> {}. {}", serde_name(from), serde_name(to), rule_sentence(*to)))
        }
        Change::Points { item, from, to } => (
            "Points",
            format!("{} {from:+} -> {to:+}{}", serde_name(item), reason(replay, *to, *item)),
        ),
        Change::Share { share: Share::Outside, from, to } => {
            ("Share", format!("outside the app {from}% -> {to}%"))
        }
        Change::Share { share: Share::Overflow, from, to } => {
            ("Share", format!("of the chat, {from}% -> {to}% goes to the API"))
        }
        Change::Capacity { is_input, from, to } => (
            "Capacity",
            format!(
                "estimated capacity of Pro, {}: {} -> {} tokens a month",
                if *is_input { "input" } else { "output" },
                grouped(*from),
                grouped(*to)
            ),
        ),
        Change::Strength { from, to } => {
            ("Strength", format!("{} -> {}. {}", from.name(), to.name(), certainty(replay, *from)))
        }
        Change::Appeared(Remark { id, text }) => ("New", format!("{id}: {text}")),
        Change::Gone(Remark { id, text }) => ("Gone", format!("{id}: {text}")),
    })
}

/// The reason behind today's points.
fn reason(replay: &Replay<'_>, points: i8, item: crate::advice::Item) -> String {
    let reason = replay.now.reasons.iter().find(|reason| reason.item == item && points != 0);
    reason.map_or_else(
        || " (no longer counts)".to_owned(),
        |reason| format!(": {}", crate::words::reason_short(reason, &replay.now)),
    )
}

fn certainty(replay: &Replay<'_>, from: Strength) -> String {
    let now = replay.now.strength;
    let was_capped = from == Strength::Likely
        && now == Strength::Clear
        && QUESTIONS.iter().all(|question| replay.now.answers.origin(*question) != Origin::Assumed);
    if was_capped {
        format!(
            "{} A report does not keep whether its volume was assumed, which allows no more than likely.",
            now.sentence()
        )
    } else {
        now.sentence().to_owned()
    }
}

const QUESTIONS: [crate::question::QuestionId; 8] = crate::question::QuestionId::ALL;

fn rate(price: Option<Decimal>) -> String {
    price.map_or_else(|| "no price".to_owned(), |price| format!("{} / M", usd_rate(price)))
}

fn used(replay: &Replay<'_>, actual: &ActualUsage, out: &mut Vec<Block>) {
    out.push(Block::heading(format!("How it turned out: used since {}", actual.since)));
    let lead = if actual.month.is_some() { "  " } else { "" };
    out.push(Block::list(lead, [covered(actual)]));
    if let Some(month) = &actual.month {
        out.extend([
            Block::list("  ! ", cautions(actual)),
            Block::Gap,
            Block::Table(really_used(replay, month).with(figures(18))),
            Block::list("  ", explained(replay, actual)),
            Block::Gap,
            Block::list("  ", standing(replay, actual)),
        ]);
    }
    out.push(Block::list("  ? ", actual.doubts.clone()));
}

/// Shown if there was no usage.
const NO_USE: &str = "No usage was found since then, so there is nothing to compare.";

/// How much of the time since the report is covered, and by which sources; or that there was no
/// usage.
pub(crate) fn covered(actual: &ActualUsage) -> String {
    if actual.month.is_none() {
        return NO_USE.to_owned();
    }
    let days = if actual.days == 1 { "1 day".to_owned() } else { format!("{} days", actual.days) };
    let responses = if actual.responses == 1 { "response" } else { "responses" };
    format!(
        "{days} covered, {} {responses}; scaled to an average month. Only these logs count, not chat in the Claude app.",
        grouped(actual.responses)
    )
}

/// Reasons to treat the figures with care.
pub(crate) fn cautions(actual: &ActualUsage) -> Vec<String> {
    let mut cautions = Vec::new();
    if actual.is_short() {
        cautions.push(format!(
            "Under {ENOUGH_DAYS} days are too short to stand for a month: read the figures, judge later."
        ));
    }
    match actual.unpriced {
        0 => {}
        1 => cautions.push("1 response has no price and is in no dollars.".to_owned()),
        unpriced => cautions
            .push(format!("{} responses have no price and are in no dollars.", grouped(unpriced))),
    }
    cautions
}

fn really_used(replay: &Replay<'_>, month: &Month) -> Table {
    let rows = month.figures(replay).map(|figure| {
        let name = match figure.of {
            Of::Input => "  Tokens sent",
            Of::Output => "  Tokens written",
            Of::Api => "  On the API",
        };
        let words = |value: Option<Decimal>| match value {
            Some(value) => figure.of.words(value),
            None => "unpriced".to_owned(),
        };
        [
            name.into(),
            Cell::from(words(figure.estimate)),
            words(figure.really).into(),
            figure.position.map_or("", Position::words).into(),
        ]
    });
    Table::new("Estimated and used", ["  a month", ">estimate", ">really", ">"], rows)
}

/// Explains the figures, one sentence each.
pub(crate) fn explained(replay: &Replay<'_>, actual: &ActualUsage) -> Vec<String> {
    let mut sentences = Vec::new();
    let Some(month) = &actual.month else { return sentences };
    if let Some((low, high)) = replay.saved.result.costs_usd.api_range() {
        sentences.push(format!(
            "The range holds eight cases in ten: volume divided and multiplied by {}, {} to {} on the API.",
            exact(replay.now.usage.confidence.factor()),
            usd(low),
            usd(high)
        ));
    }
    sentences.push(
        "Dollars are what the same tokens would have cost on the API, on the models used; on a plan with a flat price they are no money that was spent.".to_owned(),
    );
    let mix = month.assessment.as_ref().map(|month| month.usage.mix);
    if let Ok(mix) = mix
        && !(mix.cache_read.is_zero()
            && mix.cache_write_5m.is_zero()
            && mix.cache_write_1h.is_zero())
    {
        sentences.push(format!(
            "Of what was sent, {}% was read from the cache and {}% written to it.",
            mix.cache_read,
            exact(mix.cache_write_5m.value() + mix.cache_write_1h.value())
        ));
    }
    sentences
}

/// Whether the recommendation is the same for the actual month. `None` without usage.
pub(crate) fn standing(replay: &Replay<'_>, actual: &ActualUsage) -> Option<String> {
    let now = &replay.now;
    let measured = match &actual.month.as_ref()?.assessment {
        Ok(measured) => measured,
        Err(why) => return Some(format!("The used month cannot be assessed: {why}.")),
    };
    let cost = |outcome: Outcome| usd(measured.costs.of(outcome));
    let lead = if actual.is_short() { "If it went on like this: " } else { "" };
    Some(if measured.outcome == now.outcome {
        format!(
            "{lead}{} still stands with the used month ({}): {} a month; API alone on {} {}.",
            measured.outcome.name(),
            measured.strength.name(),
            cost(measured.outcome),
            measured.model_name,
            usd(measured.costs.api)
        )
    } else {
        format!(
            "{lead}{} no longer stands: with the used month it is {} ({}), {} a month instead of {} for {}.",
            now.outcome.name(),
            measured.outcome.name(),
            measured.strength.name(),
            cost(measured.outcome),
            cost(now.outcome),
            now.outcome.name()
        )
    })
}

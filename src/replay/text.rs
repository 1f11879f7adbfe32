//! The replay in words.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::actual::{ENOUGH_DAYS, Held, Month, Position};
use super::{Cause, Change, Replay, Share, Way};
use crate::advice::{Outcome, RULES_VERSION, Strength};
use crate::catalog::CatalogId;
use crate::number::{exact, grouped, usd, usd_rate, usd_signed};
use crate::question::Origin;
use crate::report::Remark;
use crate::text::sheet::Sheet;
use crate::words::{VERIFY, headline, rule_sentence};

pub(super) fn render(replay: &Replay<'_>, actual: Option<&Held>) -> String {
    let mut sheet = Sheet::default();
    head(replay, &mut sheet);
    costs(replay, &mut sheet);
    sheet.heading("What changed, and why");
    let told: Vec<(&str, String)> =
        replay.changes.iter().filter_map(|change| tell(change, replay)).collect();
    if told.is_empty() {
        sheet.hanging("  ", "Nothing: the same prices, the same rules, the same result.");
    }
    for (what, text) in told {
        sheet.hanging(&format!("  {what:<9} "), &text);
    }
    if let Some(held) = actual {
        used(replay, held, &mut sheet);
    }
    sheet.blank();
    sheet.text(VERIFY);
    sheet.finish()
}

/// `API $15.00 -> $12.00, hybrid $24.20 -> $23.36; still Hybrid.`
pub(super) fn sentence(replay: &Replay<'_>) -> String {
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

fn head(replay: &Replay<'_>, sheet: &mut Sheet) {
    let (then, now) = replay.lists();
    sheet.text(&format!("Replay of the report of {}", replay.saved.day));
    sheet.text(&format!(
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
    ));
    sheet.text(&sentence(replay));
    sheet.text(&if then == now {
        format!("Prices: {}, then and now.", list(then))
    } else {
        format!("Prices: then {}; now {}.", list(then), list(now))
    });
}

fn list((id, day): (CatalogId, Date)) -> String {
    let whose = match id {
        CatalogId::Builtin => "the built-in list",
        CatalogId::Article => "the article's list",
        CatalogId::File => "your list",
    };
    format!("{whose} of {day}")
}

fn costs(replay: &Replay<'_>, sheet: &mut Sheet) {
    let then = &replay.saved.result.costs;
    let now = &replay.now.costs;
    let mut rows = vec![["", "then", "now", "change"].map(str::to_owned)];
    for (way, name) in [(Way::Pro, "Pro alone"), (Way::Api, "API alone"), (Way::Hybrid, "Hybrid")] {
        let outcome = way.outcome();
        let (from, to) = (then.of(outcome), now.of(outcome));
        let mark = if outcome == replay.now.outcome { "*" } else { " " };
        let change = match from {
            Some(from) if from == to => "-".to_owned(),
            Some(from) => usd_signed(to - from),
            None => String::new(),
        };
        rows.push([format!("{mark} {name}"), dollars(from), usd(to), change]);
    }
    sheet.heading(&format!("A month on {}, estimates (* recommended now)", replay.now.model_name));
    sheet.figures(14, &rows);
}

/// One change: what it is about, and the rest.
fn tell(change: &Change, replay: &Replay<'_>) -> Option<(&'static str, String)> {
    Some(match change {
        Change::Outcome { .. } => return None,
        Change::Cost { way, cause, .. } => match cause {
            // The rows below say it.
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
            ("Model", format!("{model}: {} -> {}", from.as_str(), to.as_str()))
        }
        Change::Rules { from } => {
            ("Rules", format!("version {from} -> {RULES_VERSION} of the method"))
        }
        Change::Rule { from, to } => {
            ("Rule", format!("{} -> {}. {}", from.as_str(), to.as_str(), rule_sentence(*to)))
        }
        Change::Points { item, from, to } => (
            "Points",
            format!("{} {from:+} -> {to:+}{}", item.as_str(), reason(replay, *to, *item)),
        ),
        Change::Share { share: Share::Outside, from, to } => {
            ("Share", format!("outside the app {from} % -> {to} %"))
        }
        Change::Share { share: Share::Overflow, from, to } => {
            ("Share", format!("of the chat, {from} % -> {to} % goes to the API"))
        }
        Change::Capacity { is_input, from, to } => (
            "Capacity",
            format!(
                "what Pro is thought to carry, {}: {} -> {} tokens a month",
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

/// What the points of now stand for.
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

fn used(replay: &Replay<'_>, held: &Held, sheet: &mut Sheet) {
    sheet.heading(&format!("How it turned out: used since {}", held.since));
    let Some(month) = &held.month else {
        sheet.text("  No usage was found since then, so there is nothing to hold it against.");
        doubts(held, sheet);
        return;
    };
    let days = if held.days == 1 { "1 day".to_owned() } else { format!("{} days", held.days) };
    sheet.hanging(
        "  ",
        &format!(
            "{days} covered, {} responses; scaled to a month of 365/12 days. Only what these logs hold is counted, not chat in the Claude app.",
            grouped(held.responses)
        ),
    );
    if held.is_short() {
        sheet.hanging(
            "  ! ",
            &format!(
                "Under {ENOUGH_DAYS} days are too short to stand for a month: read the figures, judge later."
            ),
        );
    }
    if held.unpriced > 0 {
        sheet.hanging(
            "  ! ",
            &format!("{} responses have no price and are in no dollars.", grouped(held.unpriced)),
        );
    }
    figures(replay, month, sheet);
    sheet.hanging("  ", &standing(replay, held, month));
    doubts(held, sheet);
}

fn figures(replay: &Replay<'_>, month: &Month, sheet: &mut Sheet) {
    let saved = &replay.saved.result.costs;
    let place = |position: Position| match position {
        Position::Below => "below the range",
        Position::Inside => "inside the range",
        Position::Above => "above the range",
    };
    let mut rows = vec![["  a month", "estimate", "really", ""].map(str::to_owned)];
    rows.push([
        "  Tokens sent".to_owned(),
        grouped(month.estimate.input),
        grouped(month.volume.input),
        place(month.input).to_owned(),
    ]);
    rows.push([
        "  Tokens written".to_owned(),
        grouped(month.estimate.output),
        grouped(month.volume.output),
        place(month.output).to_owned(),
    ]);
    rows.push([
        "  On the API".to_owned(),
        dollars(saved.api),
        month.usd.map_or_else(|| "unpriced".to_owned(), usd),
        month.cost.map_or_else(String::new, |position| place(position).to_owned()),
    ]);
    sheet.blank();
    sheet.figures(18, &rows);
    let mix = month.assessment.as_ref().map(|month| month.usage.mix);
    if let Some((low, high)) = saved.api_range {
        sheet.hanging(
            "  ",
            &format!(
                "The range holds eight cases in ten: volume divided and multiplied by {}, {} to {} on the API.",
                exact(replay.now.usage.confidence.factor()),
                usd(low),
                usd(high)
            ),
        );
    }
    sheet.hanging(
        "  ",
        "Dollars are what the same tokens would have cost on the API, on the models used; on a plan with a flat price they are no money that was spent.",
    );
    if let Ok(mix) = mix
        && !(mix.cache_read.is_zero()
            && mix.cache_write_5m.is_zero()
            && mix.cache_write_1h.is_zero())
    {
        sheet.hanging(
            "  ",
            &format!(
                "Of what was sent, {} % was read from the cache and {} % written to it.",
                mix.cache_read,
                exact(mix.cache_write_5m.value() + mix.cache_write_1h.value())
            ),
        );
    }
    sheet.blank();
}

/// Whether the recommendation holds with the measured month.
fn standing(replay: &Replay<'_>, held: &Held, month: &Month) -> String {
    let now = &replay.now;
    let measured = match &month.assessment {
        Ok(measured) => measured,
        Err(why) => return format!("The used month cannot be assessed: {why}."),
    };
    let cost = |outcome: Outcome| usd(measured.costs.of(outcome));
    let lead = if held.is_short() { "If it went on like this: " } else { "" };
    if measured.outcome == now.outcome {
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
    }
}

fn doubts(held: &Held, sheet: &mut Sheet) {
    for doubt in &held.doubts {
        sheet.hanging("  ? ", doubt);
    }
}

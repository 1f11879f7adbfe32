//! What each plan allowed on which day: turns dated facts and the plan list into rules.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;

use super::trace::Class;
use super::{Range, Rules, Window, Yardstick};
use crate::catalog::{Catalog, FableTerms, Overflow, Plan};
use crate::facts::{Fact, Facts};

/// Facts about limits that changed how fast a window filled at some hours. Nobody has published by
/// how much, or for which hours, so the replay leaves them out and reports that.
pub(super) const UNREPLAYED: [&str; 2] = ["peak-hours-2026-03", "off-peak-doubling-2026-03"];
/// The start of weekly limits.
const WEEKLY_LIMIT: &str = "pro-weekly-limit";
/// The start of separate counting for Fable models.
const FABLE: &str = "fable-half-of-week";
/// The plan that lost its five-hour limit.
const NO_FIVE_HOURS: &str = "ultra-no-five-hour-limit";

/// The rules of one span of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Era {
    /// A day within it, whose rules apply.
    pub day: Date,
}

/// The days on which any rule changes, ascending; empty if today's rules apply throughout.
pub(super) fn changes(facts: &Facts, rules: Rules) -> Vec<Date> {
    if matches!(rules, Rules::Today) {
        return Vec::new();
    }
    let matters = |fact: &&Fact| {
        is_factor(fact) || [WEEKLY_LIMIT, FABLE, NO_FIVE_HOURS].contains(&fact.id.as_str())
    };
    let mut days: Vec<Date> = facts
        .facts
        .iter()
        .filter(matters)
        .flat_map(|fact| [fact.from, fact.to])
        .flatten()
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The rules of each span between the changes, including the one before the first change.
pub(super) fn eras(changes: &[Date], today: Date, rules: Rules) -> Vec<Era> {
    match (rules, changes.first()) {
        (Rules::Dated, Some(first)) => {
            let before = first.yesterday().unwrap_or(Date::MIN);
            std::iter::once(before).chain(changes.iter().copied()).map(|day| Era { day }).collect()
        }
        _ => vec![Era { day: today }],
    }
}

const FACTOR_UNITS: [&str; 3] = ["times_5h", "times_week", "times_5h_and_week"];

fn is_factor(fact: &Fact) -> bool {
    fact.unit.as_deref().is_some_and(|unit| FACTOR_UNITS.contains(&unit))
}

/// True if a fact applies on a day.
pub(super) fn holds(fact: &Fact, day: Date) -> bool {
    fact.from.is_none_or(|from| from <= day) && fact.to.is_none_or(|to| day < to)
}

/// How much the changes since the estimates were made have multiplied a window on a day.
pub(super) fn factor(facts: &Facts, plan: &str, window: Window, day: Date) -> Decimal {
    let unit = match window {
        Window::FiveHour => "times_5h",
        Window::Week | Window::FableWeek => "times_week",
    };
    let applies = |fact: &&Fact| {
        let known = fact.unit.as_deref();
        (known == Some(unit) || known == Some("times_5h_and_week"))
            && holds(fact, day)
            && fact.plans.iter().any(|name| name == plan)
    };
    let factors = facts.facts.iter().filter(applies).filter_map(|fact| decimal(&fact.value));
    factors.fold(Decimal::ONE, |product, factor| product.checked_mul(factor).unwrap_or(product))
}

/// The limits a plan has on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    pub five: bool,
    pub week: bool,
    /// True if Fable models may use only half of a week.
    pub fable: bool,
    /// Request classes included in the plan, one bit each.
    pub included: u8,
}

pub(super) fn limits(facts: &Facts, plan: &Plan, day: Date) -> Limits {
    let since = |id: &str| facts.get(id).is_none_or(|fact| holds(fact, day));
    let is_freed = facts
        .get(NO_FIVE_HOURS)
        .is_some_and(|fact| fact.plan.as_deref() == Some(&plan.id) && holds(fact, day));
    let has_fable = match plan.fable {
        Some(FableTerms::None) => false,
        Some(FableTerms::UsageCredits | FableTerms::ApiRates) => !since(FABLE),
        Some(FableTerms::HalfOfWeeklyLimit) | None => true,
    };
    let is_included = |class: &Class| {
        // Fast mode costs credits on every plan.
        !class.is_fast()
            && (!class.is_fable() || has_fable)
            && (!class.is_claude_code() || plan.claude_code != Some(false))
    };
    Limits {
        five: !is_freed,
        week: since(WEEKLY_LIMIT),
        fable: plan.fable == Some(FableTerms::HalfOfWeeklyLimit) && since(FABLE),
        included: Class::all().filter(is_included).map(Class::bit).sum(),
    }
}

/// Plans with windows, in the list's order.
pub(super) fn replayable(catalog: &Catalog) -> impl Iterator<Item = &Plan> {
    catalog.plans.iter().filter(|plan| plan.overflow != Overflow::AllUsageAtApiRates)
}

/// A plan id as spelled in the ids of facts.
fn spelled(plan: &str) -> String {
    plan.replace('_', "-")
}

/// A single figure or a range of figures.
pub(super) fn range(value: &Value) -> Option<Range<Decimal>> {
    if let Some(one) = decimal(value) {
        return Some(Range { low: one, likely: one, high: one });
    }
    let part = |name| value.get(name).and_then(decimal);
    let range = Range { low: part("low")?, likely: part("likely")?, high: part("high")? };
    (Decimal::ZERO < range.low && range.low <= range.likely && range.likely <= range.high)
        .then_some(range)
}

fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::String(text) => Decimal::from_str_exact(text).ok(),
        Value::Number(number) => number.as_u64().map(Decimal::from),
        _ => None,
    }
}

/// The published ratio of a plan's window to Pro's; `None` if there is none.
pub(super) fn ratio_to_pro(facts: &Facts, plan: &str, window: Window) -> Option<Range<Decimal>> {
    let session = || range(&facts.get(&format!("session-ratio-{}", spelled(plan)))?.value);
    match window {
        Window::FiveHour => session(),
        Window::Week | Window::FableWeek => {
            if plan == "pro" {
                return session();
            }
            let weekly = facts.get(&format!("weekly-ratio-{}", spelled(plan)));
            match weekly {
                Some(fact) => range(&fact.value),
                // Team seats are compared with Pro by session only; assume the same ratio for the
                // week.
                None if plan.starts_with("team_") => session(),
                None => None,
            }
        }
    }
}

/// The ratio of a window of `to` to the same window of `from`. Claims about the two are compared
/// source by source; the range runs from the smallest quotient to the largest.
pub(super) fn ratio(facts: &Facts, from: &str, to: &str, window: Window) -> Option<Range<Decimal>> {
    if from == to {
        return Some(Range { low: Decimal::ONE, likely: Decimal::ONE, high: Decimal::ONE });
    }
    let (from, to) = (ratio_to_pro(facts, from, window)?, ratio_to_pro(facts, to, window)?);
    let likely = to.likely.checked_div(from.likely)?;
    let mut quotients = [to.low.checked_div(from.low)?, likely, to.high.checked_div(from.high)?];
    quotients.sort_unstable();
    Some(Range { low: quotients[0], likely, high: quotients[2] })
}

/// The dated estimate of a window's capacity, before later changes.
pub(super) struct Estimate<'f> {
    pub range: Range<Decimal>,
    pub fact: &'f Fact,
    /// True if it was made for Pro and multiplied by the published ratio.
    pub is_scaled: bool,
}

/// The estimate in the list of facts. For yardsticks other than the default there is one only for
/// Pro, scaled by the published ratios. Returns `None` if there is no estimate.
pub(super) fn estimate<'f>(
    facts: &'f Facts,
    plan: &str,
    window: Window,
    yardstick: Yardstick,
) -> Option<Estimate<'f>> {
    let name = match window {
        Window::FiveHour => "capacity-5h",
        Window::Week | Window::FableWeek => "capacity-week",
    };
    let ending = match yardstick {
        Yardstick::ApiValue => "",
        Yardstick::ApiValueWithReads => "-with-reads",
        Yardstick::Tokens => "-tokens",
    };
    let own = facts.get(&format!("{name}-{}{ending}", spelled(plan)));
    if let Some(fact) = own {
        return Some(Estimate { range: range(&fact.value)?, fact, is_scaled: false });
    }
    let fact = facts.get(&format!("{name}-pro{ending}"))?;
    let ratio = ratio(facts, "pro", plan, window)?;
    Some(Estimate { range: range(&fact.value)?.times(ratio)?, fact, is_scaled: true })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn changes_of_limits_multiply_on_the_days_they_held() {
        let facts = Facts::builtin().unwrap();
        let five = |plan, day| factor(facts, plan, Window::FiveHour, day);
        let week = |plan, day| factor(facts, plan, Window::Week, day);
        assert_eq!(five("pro", date(2026, 5, 5)), dec("1"));
        assert_eq!(five("pro", date(2026, 5, 6)), dec("2"));
        assert_eq!(five("pro", date(2026, 9, 22)), dec("2.4"));
        assert_eq!(five("free", date(2026, 9, 22)), dec("1"), "only paid plans were raised");
        assert_eq!(week("max", date(2026, 9, 13)), dec("1.5"));
        assert_eq!(week("max", date(2026, 9, 14)), dec("1.25"));
        assert_eq!(week("pro", date(2025, 12, 31)), dec("2"));
        assert_eq!(five("pro", date(2025, 12, 31)), dec("2"));
        assert_eq!(week("team_premium", date(2025, 12, 31)), dec("1"));
        assert_eq!(week("pro", date(2026, 1, 1)), dec("1"));
    }

    #[test]
    fn ultra_lost_its_five_hour_limit_and_pro_its_fable_on_a_day() {
        let facts = Facts::builtin().unwrap();
        let catalog = Catalog::builtin().unwrap();
        let at = |plan, day| limits(facts, catalog.plan(plan).unwrap(), day);
        assert!(at("ultra", date(2026, 10, 30)).five);
        assert!(!at("ultra", date(2026, 10, 31)).five);
        assert!(at("max", date(2026, 10, 31)).five);
        let fable = Class::new(false, true, true).bit();
        assert_ne!(at("pro", date(2026, 7, 19)).included & fable, 0);
        assert_eq!(at("pro", date(2026, 7, 20)).included & fable, 0);
        assert!(at("max", date(2026, 7, 20)).fable);
        assert!(!at("max", date(2025, 8, 27)).week);
        let code = Class::new(false, false, true).bit();
        assert_eq!(at("free", date(2026, 11, 1)).included & code, 0);
        let chat = Class::new(false, false, false).bit();
        assert_ne!(at("free", date(2026, 11, 1)).included & chat, 0);
    }

    #[test]
    fn ratios_between_two_plans_keep_the_range_of_the_claims() {
        let facts = Facts::builtin().unwrap();
        let up = ratio(facts, "pro", "max", Window::Week).unwrap();
        assert_eq!((up.low, up.likely, up.high), (dec("3.5"), dec("5"), dec("8.33")));
        let down = ratio(facts, "max", "pro", Window::FiveHour).unwrap();
        assert_eq!((down.low, down.high), (dec("0.2"), dec("0.2")));
        let down = ratio(facts, "max", "pro", Window::Week).unwrap();
        assert!(down.low < dec("0.121") && down.likely == dec("0.2") && down.high > dec("0.285"));
        assert_eq!(ratio(facts, "pro", "free", Window::Week), None);
    }

    #[test]
    fn every_plan_with_windows_has_an_estimate_for_each_yardstick() {
        let facts = Facts::builtin().unwrap();
        let catalog = Catalog::builtin().unwrap();
        for plan in replayable(catalog) {
            for yardstick in Yardstick::ALL {
                let five = estimate(facts, &plan.id, Window::FiveHour, yardstick).is_some();
                let week = estimate(facts, &plan.id, Window::Week, yardstick).is_some();
                assert!(five, "{} {yardstick:?}", plan.id);
                assert_eq!(week, plan.id != "free", "{} {yardstick:?}", plan.id);
            }
        }
    }
}

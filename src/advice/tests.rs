//! The method beside a person's own logs, worked by hand: 50 million tokens sent and 2 million
//! written on Sonnet 5.5 at $2 and $10 cost $120.00 on the API.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::*;
use crate::catalog::Catalog;
use crate::cost::Volume;
use crate::facts::Facts;
use crate::measured::Measured;
use crate::question::{Answers, Origin, QuestionId};
use crate::usage::Usage;
use crate::wizard::session::real_tests::four_weeks_replayed;

const MONTH: Volume = Volume { input: 50_000_000, output: 2_000_000 };

/// Somebody in Claude Code, or where `interface` says, whom limits stop now and then.
fn answers(interface: &str, automation: &str) -> crate::question::Resolved {
    let options = [interface, "moderate", "sometimes", automation, "yes", "no", "core", "either"];
    let mut answers = Answers::default();
    for (question, option) in QuestionId::ALL.into_iter().zip(options) {
        answers.give(question, question.rank_of(option).unwrap(), Origin::User);
    }
    answers.resolve().unwrap()
}

fn by_hand() -> Usage {
    Usage { volume: MONTH, ..Usage::default() }
}

/// The month of logs of which Pro refuses these shares at the low, likely and high capacity.
fn replayed(refused: [u8; 3], on_pro: bool) -> Usage {
    let mut measured = Measured { volume: MONTH, ..four_weeks_replayed() };
    let digest = Arc::make_mut(measured.fit.as_mut().unwrap());
    let pro = digest.plans.iter_mut().find(|plan| plan.id == "pro").unwrap();
    pro.is_now = on_pro;
    let levels = [&mut pro.at.low, &mut pro.at.likely, &mut pro.at.high];
    for (level, share) in levels.into_iter().zip(refused) {
        level.refused_pct = Some(share);
    }
    let measured = Some(Arc::new(measured));
    Usage { volume_origin: Origin::Usage, measured, ..by_hand() }
}

fn on(usage: &Usage, catalog: &Catalog, interface: &str, automation: &str) -> Assessment {
    let facts = Facts::builtin().unwrap();
    let world = World { catalog, facts, today: jiff::civil::date(2026, 11, 22) };
    assess(&answers(interface, automation), usage, &world).unwrap()
}

fn assessed(usage: &Usage) -> Assessment {
    on(usage, Catalog::builtin().unwrap(), "claude_code", "none")
}

fn usd(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn share(case: &Assessment) -> (u8, OverflowOrigin, Option<(u8, u8)>) {
    (case.split.overflow_pct, case.split.overflow_origin, case.split.overflow_range)
}

fn warned(case: &Assessment, id: &str) -> Option<String> {
    case.warnings.iter().find(|warning| warning.id == id).map(|warning| warning.text.clone())
}

#[test]
fn logs_that_pro_covers_move_nothing_and_lift_the_capacity_check() {
    let case = assessed(&replayed([0, 0, 0], false));
    assert_eq!(case.costs.api, usd("120"));
    assert_eq!(share(&case), (0, OverflowOrigin::Usage, Some((0, 0))));
    assert!(!case.over_capacity, "50M is more than 30M, but the logs show that Pro holds it");
    assert_eq!(case.costs.hybrid, usd("20"));
}

#[test]
fn logs_written_under_pro_are_the_least_that_pro_refuses() {
    let case = assessed(&replayed([0, 0, 0], true));
    assert_eq!(share(&case), (10, OverflowOrigin::Default, None));
    assert_eq!(case.costs.hybrid, usd("32"));
    let case = assessed(&replayed([30, 20, 4], true));
    // More than 5% is refused, so the capacity check holds, and with it 30% for "often".
    assert_eq!(share(&case), (30, OverflowOrigin::Default, None));
}

#[test]
fn a_fifth_refused_is_the_share_of_the_hybrid_and_of_usage_credits() {
    let case = assessed(&replayed([35, 20, 8], false));
    assert_eq!(share(&case), (20, OverflowOrigin::Usage, Some((8, 35))));
    assert_eq!(case.costs.hybrid, usd("44"));
    let [credits, max, ultra] = case.other_ways.as_slice() else { panic!("three rows") };
    assert_eq!((credits.id, credits.monthly), (OtherWayId::ProCredits, usd("44")));
    assert_eq!((max.monthly, max.carried), (usd("100"), Some(Carried::Likely)));
    assert_eq!((ultra.monthly, ultra.carried), (usd("200"), Some(Carried::Unknown)));
    assert_eq!(crate::words::cheaper_plan(&case), None, "Max costs more than the hybrid");
}

#[test]
fn four_fifths_refused_make_max_the_cheaper_way() {
    let case = assessed(&replayed([95, 80, 60], false));
    assert_eq!(share(&case), (80, OverflowOrigin::Usage, Some((60, 95))));
    assert!(case.over_capacity);
    assert_eq!(case.costs.hybrid, usd("116"));
    assert_eq!(
        crate::words::cheaper_plan(&case).unwrap(),
        "Max at $100 would likely cover all of this on your logs (not in the article)."
    );
    assert_eq!(warned(&case, "W13"), None, "$100 is not less than half of $116");
    // With 20% of automated work: $24 on the API, less the $100 of credit that Max includes.
    let case =
        on(&replayed([95, 80, 60], false), Catalog::builtin().unwrap(), "claude_code", "some");
    assert_eq!(case.costs.hybrid, usd("20") + usd("24") + usd("76.8"));
    assert_eq!(case.other_ways[1].with_outside, usd("100"));
}

#[test]
fn a_max_of_another_price_is_compared_at_that_price() {
    let mut catalog = Catalog::builtin().unwrap().clone();
    for plan in &mut catalog.plans {
        if plan.id == "max" {
            plan.monthly = Some(usd("55"));
        }
    }
    let case = on(&replayed([95, 80, 60], false), &catalog, "claude_code", "none");
    assert_eq!(
        warned(&case, "W13").unwrap(),
        "Max at $55.00 a month would likely cover this (not in the article)."
    );
    assert_eq!((case.strength, case.cap), (Strength::Likely, Some(Cap::LargerPlan)));
    catalog.plans.retain(|plan| plan.id == "pro");
    let case = on(&replayed([95, 80, 60], false), &catalog, "claude_code", "none");
    let rows: Vec<OtherWayId> = case.other_ways.iter().map(|way| way.id).collect();
    assert_eq!(rows, [OtherWayId::ProCredits], "a plan that the list lacks has no row");
}

#[test]
fn without_logs_what_pro_cannot_hold_goes_to_the_api() {
    let case = assessed(&by_hand());
    // 1 - 30M / 50M.
    assert_eq!(share(&case), (40, OverflowOrigin::Capacity, None));
    assert_eq!(case.costs.hybrid, usd("68"));
    let carried: Vec<_> = case.other_ways.iter().map(|way| way.carried).collect();
    assert_eq!(carried, [None, Some(Carried::Unknown), Some(Carried::Unknown)]);
    let set = assessed(&Usage { overflow_pct: Some(5), ..by_hand() });
    assert_eq!(share(&set), (5, OverflowOrigin::User, None));
    assert_eq!(set.usual_overflow, 40);
}

#[test]
fn a_month_changed_by_hand_leaves_the_replay_behind() {
    let usage = replayed([95, 80, 60], false);
    let edited = Usage { volume: Volume { output: 2_000_001, ..MONTH }, ..usage };
    assert_eq!(share(&assessed(&edited)), (40, OverflowOrigin::Capacity, None));
}

#[test]
fn the_app_and_claude_code_are_told_the_same_and_a_key_is_another_case() {
    let usage = replayed([35, 20, 8], false);
    let catalog = Catalog::builtin().unwrap();
    let [chat, code, key] =
        ["chat", "claude_code", "tools"].map(|place| on(&usage, catalog, place, "none"));
    assert_eq!((chat.rule, chat.needs, chat.costs), (code.rule, code.needs, code.costs));
    assert_eq!(key.split.outside_pct, 60);
    assert!(key.needs.pro < code.needs.pro);
}

#[test]
fn logs_that_contradict_the_recommendation_are_named_and_cap_the_strength() {
    // Limits never, no jobs, no keys: Pro. Yet the logs say that Pro refuses a fifth.
    let options = ["chat", "short", "never", "none", "no", "no", "core", "flat"];
    let mut given = Answers::default();
    for (question, option) in QuestionId::ALL.into_iter().zip(options) {
        given.give(question, question.rank_of(option).unwrap(), Origin::User);
    }
    let catalog = Catalog::builtin().unwrap();
    let facts = Facts::builtin().unwrap();
    let world = World { catalog, facts, today: jiff::civil::date(2026, 11, 22) };
    let case = assess(&given.resolve().unwrap(), &replayed([35, 20, 8], false), &world).unwrap();
    assert_eq!(case.outcome, Outcome::Pro);
    assert_eq!(
        warned(&case, "W10").unwrap(),
        "Your logs say otherwise: on Pro, about 20% of this work, by value, would have been refused."
    );
    assert_eq!(case.cap, Some(Cap::Logs));

    // Stopped now and then, with jobs: the API. Yet Pro refuses nothing at all.
    let case = on(&replayed([0, 0, 0], false), catalog, "chat", "some");
    assert_eq!(case.outcome, Outcome::Hybrid);
    assert!(warned(&case, "W11").is_some());
    assert_eq!((case.strength, case.cap), (Strength::Likely, Some(Cap::Logs)));
}

#[test]
fn a_year_is_twelve_months_but_pro_by_the_year_has_its_own_price() {
    let case = assessed(&by_hand());
    assert_eq!(case.costs.year(Outcome::Api), usd("1440"));
    assert_eq!(case.costs.year(Outcome::Hybrid), usd("816"));
    let yearly = Usage { pro_price: crate::usage::ProPrice::Annual, ..by_hand() };
    assert_eq!(assessed(&yearly).costs.year(Outcome::Pro), usd("200"));
}

//! The properties of the method (section 10), over every cell, and the worked cases.

use rust_decimal::Decimal;
use serde_json::Value;

use super::rules::judge;
use super::*;
use crate::catalog::Catalog;
use crate::cost::Volume;
use crate::facts::Facts;
use crate::question::{
    Answers, Automation, Billing, Developer, Features, Interface, Limits, Origin, Profile,
    QuestionId, Rank, Session,
};
use crate::text::node::serde_name;
use crate::usage::{Outside, Usage};

/// The twelve situations a cell can be in: six feasible band pairs, capacity check off and on.
fn situations() -> Vec<Situation> {
    Situation::feasible(false).collect()
}

/// Every cell: 7,776 answer sets in each of the twelve situations.
fn cells() -> impl Iterator<Item = (Profile, Situation)> {
    let situations = situations();
    Profile::all()
        .flat_map(move |profile| situations.clone().into_iter().map(move |s| (profile, s)))
}

/// Every answer set with one answer moved one step towards the API.
fn steps() -> impl Iterator<Item = (Profile, Profile)> {
    Profile::all().flat_map(|profile| {
        QuestionId::ALL.into_iter().filter_map(move |question| {
            let next = profile.rank(question) + 1;
            question.ranks().contains(&next).then(|| (profile, profile.with(question, next)))
        })
    })
}

fn outcome(profile: Profile, situation: Situation) -> Outcome {
    judge(profile, situation).outcome()
}

fn world(catalog: &Catalog) -> World<'_> {
    World { catalog, facts: Facts::builtin().unwrap(), today: jiff::civil::date(2026, 11, 22) }
}

#[test]
fn property_1_exactly_one_rule_fires_in_each_of_the_93_312_cells() {
    let mut fired = [0_usize; 7];
    for (profile, situation) in cells() {
        fired[judge(profile, situation).rule as usize] += 1;
    }
    assert_eq!(fired.iter().sum::<usize>(), 93_312);
    assert_eq!(fired, [13_592, 5_704, 11_808, 1_668, 27_664, 32_540, 336]);
}

#[test]
fn claude_code_and_chat_give_the_same_cell_everywhere() {
    let chat = Interface::Chat as Rank;
    for (profile, situation) in cells().filter(|(p, _)| p.interface() == Interface::ClaudeCode) {
        let in_app = profile.with(QuestionId::Interface, chat);
        assert_eq!(judge(profile, situation), judge(in_app, situation), "{profile:?}");
    }
}

#[test]
fn property_2_a_step_towards_the_api_never_lowers_the_outcome() {
    assert!(steps().count() > 7_776, "more than one step for each set of answers");
    for (before, after) in steps() {
        for situation in situations() {
            assert!(
                outcome(before, situation) <= outcome(after, situation),
                "{before:?} {after:?}"
            );
        }
    }
}

#[test]
fn property_2_holds_with_real_volumes_and_default_shares() {
    let catalog = Catalog::builtin().unwrap();
    for input in [0, 500_000, 3_000_000, 10_000_000, 40_000_000, 400_000_000] {
        let volume = Volume { input, output: input * 2 / 5 };
        let usage = Usage { volume, ..Usage::default() };
        let month = billing_cost(&usage, &world(catalog)).unwrap();
        for (before, after) in steps() {
            let low = outcome(before, month.market.situation(before));
            let high = outcome(after, month.market.situation(after));
            assert!(low <= high, "{input}: {before:?} {low:?} {after:?} {high:?}");
        }
    }
}

#[test]
fn property_3_a_cheaper_api_never_lowers_it_and_capacity_never_does() {
    for (profile, situation) in cells() {
        let here = outcome(profile, situation);
        for cheaper in situations() {
            if cheaper.total >= situation.total
                && cheaper.chat >= situation.chat
                && cheaper.over_capacity == situation.over_capacity
            {
                assert!(outcome(profile, cheaper) >= here, "{profile:?} {situation:?} {cheaper:?}");
            }
        }
        let over = Situation { over_capacity: true, ..situation };
        assert!(outcome(profile, over) >= here);
    }
}

#[test]
fn property_4_no_keys_reach_the_api_only_through_a_product() {
    for (profile, situation) in cells() {
        let verdict = judge(profile, situation);
        if profile.developer() == Developer::No && verdict.outcome() == Outcome::Api {
            assert_eq!(verdict.rule, Rule::R2);
        }
    }
}

#[test]
fn property_5_core_features_never_end_at_the_api_alone() {
    for (profile, situation) in cells() {
        if profile.features() == Features::Core {
            assert_ne!(outcome(profile, situation), Outcome::Api, "{profile:?}");
        }
    }
}

#[test]
fn property_6_heavy_code_or_often_with_keys_is_never_pro() {
    for (profile, situation) in cells() {
        let strong = profile.automation() == Automation::Heavy
            || profile.interface() == Interface::Code
            || profile.limits() == Limits::Often;
        if strong && profile.developer() != Developer::No {
            assert_ne!(outcome(profile, situation), Outcome::Pro, "{profile:?} {situation:?}");
        }
    }
}

#[test]
fn property_7_a_hybrid_with_keys_has_a_job() {
    for (profile, situation) in cells() {
        if profile.developer() != Developer::No && outcome(profile, situation) == Outcome::Hybrid {
            let job = profile.automation() != Automation::None
                || !profile.interface().is_on_plan()
                || profile.option(QuestionId::Control) == "yes"
                || profile.limits() == Limits::Often
                || situation.over_capacity;
            assert!(job, "{profile:?}");
        }
    }
}

#[test]
fn property_8_a_content_chat_user_stays_on_pro_at_any_price() {
    let mut seen = 0;
    for (profile, situation) in cells() {
        let content = profile.interface().is_on_plan()
            && profile.session() != Session::Marathon
            && matches!(profile.limits(), Limits::Never | Limits::Unknown)
            && profile.automation() == Automation::None
            && profile.option(QuestionId::Control) == "no"
            && profile.features() != Features::None
            && profile.billing() != Billing::Metered
            && !situation.over_capacity;
        if content {
            seen += 1;
            assert_eq!(outcome(profile, situation), Outcome::Pro, "{profile:?} {situation:?}");
        }
    }
    assert!(seen > 0);
}

#[test]
fn property_9_the_order_of_answering_does_not_matter() {
    for (index, profile) in Profile::all().enumerate().step_by(7) {
        let mut forwards = Answers::default();
        let mut backwards = Answers::default();
        let raw = Profile::raw_ranks(index);
        for question in QuestionId::ALL {
            forwards.give(question, raw[question.index()], Origin::User);
        }
        for question in QuestionId::ALL.into_iter().rev() {
            backwards.give(question, raw[question.index()], Origin::User);
        }
        assert_eq!(forwards.resolve().unwrap().profile, profile);
        assert_eq!(backwards.resolve(), forwards.resolve());
    }
}

#[test]
fn property_10_scaling_every_price_changes_nothing() {
    let json = include_str!("../../assets/catalog-article.json");
    let mut scaled: Value = serde_json::from_str(json).unwrap();
    let times_seven = |price: &mut Value| {
        if let Some(text) = price.as_str() {
            let seven = text.parse::<Decimal>().unwrap() * Decimal::from(7);
            *price = Value::String(seven.to_string());
        }
    };
    for model in scaled["models"].as_array_mut().unwrap() {
        for row in model["prices"].as_array_mut().unwrap() {
            let prices = row.as_object_mut().unwrap().iter_mut();
            prices
                .filter(|(key, _)| !matches!(key.as_str(), "from" | "to"))
                .for_each(|(_, p)| times_seven(p));
        }
    }
    for key in ["monthly", "annual_per_month", "annual_total"] {
        times_seven(&mut scaled["plans"][0][key]);
    }
    let scaled = Catalog::read(&scaled.to_string(), crate::catalog::CatalogId::File).unwrap();
    let article = Catalog::article().unwrap();
    for input in [100_000, 2_000_000, 5_000_000, 50_000_000] {
        let usage = Usage { volume: Volume { input, output: input / 3 }, ..Usage::default() };
        let plain = billing_cost(&usage, &world(&article)).unwrap();
        let times = billing_cost(&usage, &world(&scaled)).unwrap();
        assert_eq!(times.api, plain.api * Decimal::from(7));
        for profile in Profile::all() {
            assert_eq!(plain.market.situation(profile), times.market.situation(profile));
        }
    }
}

#[test]
fn property_11_without_keys_control_changes_nothing() {
    for (profile, situation) in cells().filter(|(p, _)| p.developer() == Developer::No) {
        let other = profile.with(QuestionId::Control, 1);
        assert_eq!(judge(profile, situation), judge(other, situation));
    }
}

#[test]
fn property_12_every_item_decides_at_least_one_cell() {
    for item in points::Item::ALL {
        let decides = cells().any(|(profile, situation)| {
            let verdict = judge(profile, situation);
            let own = points::points(item, profile.into(), situation);
            let mut needs = verdict.needs;
            if item.is_pro() {
                needs.pro -= own;
            } else {
                needs.api -= own;
            }
            rules::rule(profile, situation, needs).outcome() != verdict.outcome()
        });
        assert!(decides, "{} decides nothing", serde_name(&item));
    }
}

#[test]
fn every_persona_comes_out_to_the_cent() {
    let personas: Vec<Value> =
        serde_json::from_str(include_str!("../../tests/fixtures/personas.json")).unwrap();
    assert_eq!(personas.len(), 39);
    let catalog = Catalog::article().unwrap();
    for persona in &personas {
        let id = persona["id"].as_str().unwrap();
        let mut answers = Answers::default();
        for question in QuestionId::ALL {
            let option = persona[question.as_str()].as_str().unwrap();
            answers.give(question, question.rank_of(option).unwrap(), Origin::User);
        }
        let outside = persona.get("outside_share").and_then(Value::as_u64);
        let usage = Usage {
            volume: Volume {
                input: persona["input_tokens"].as_u64().unwrap(),
                output: persona["output_tokens"].as_u64().unwrap(),
            },
            outside: outside
                .map_or(Outside::Default, |share| Outside::Set(share.try_into().unwrap())),
            model: persona["model"].as_str().map(str::to_owned),
            ..Usage::default()
        };
        let result = assess(&answers.resolve().unwrap(), &usage, &world(&catalog)).unwrap();
        let expected = &persona["ref"];
        let money = |key: &str| expected[key].as_str().unwrap().parse::<Decimal>().unwrap();
        assert_eq!(serde_name(&result.outcome), expected["outcome"], "{id}");
        assert_eq!(serde_name(&result.outcome), persona["expected"], "{id}");
        assert_eq!(serde_name(&result.rule), expected["rule"], "{id}");
        assert_eq!(i64::from(result.needs.pro), expected["need_pro"].as_i64().unwrap(), "{id}");
        assert_eq!(i64::from(result.needs.api), expected["need_api"].as_i64().unwrap(), "{id}");
        assert_eq!(serde_name(&result.strength), expected["strength"], "{id}");
        assert_eq!(
            u64::from(result.split.outside_pct),
            expected["outside_share_pct"].as_u64().unwrap(),
            "{id}"
        );
        assert_eq!(
            u64::from(result.split.overflow_pct),
            expected["overflow_pct"].as_u64().unwrap(),
            "{id}"
        );
        assert_eq!(result.costs.api, money("api_usd"), "{id}");
        assert_eq!(result.costs.hybrid, money("hybrid_usd"), "{id}");
        assert_eq!(result.over_capacity, expected["capacity_check"], "{id}");
    }
}

/// The persona of the design drawings, with today's prices, as in the example report.
fn drawn() -> Assessment {
    let answers = [
        ("interface", "chat"),
        ("session", "moderate"),
        ("limits", "sometimes"),
        ("automation", "some"),
        ("developer", "willing"),
        ("control", "no"),
        ("features", "core"),
        ("billing", "either"),
    ];
    let mut given = Answers::default();
    for (question, (_, option)) in QuestionId::ALL.into_iter().zip(answers) {
        given.give(question, question.rank_of(option).unwrap(), Origin::User);
    }
    let usage = Usage { volume: Volume { input: 3_000_000, output: 900_000 }, ..Usage::default() };
    assess(&given.resolve().unwrap(), &usage, &world(Catalog::builtin().unwrap())).unwrap()
}

#[test]
fn the_drawn_case_has_the_figures_of_the_drawings() {
    let case = drawn();
    let text = |amount: Decimal| amount.normalize().to_string();
    assert_eq!(
        (case.outcome, case.rule, case.strength),
        (Outcome::Hybrid, Rule::R6, Strength::Clear)
    );
    assert_eq!((case.needs.pro, case.needs.api), (10, 6));
    assert_eq!(text(case.costs.api), "15");
    assert_eq!(text(case.costs.hybrid), "24.2");
    assert_eq!(text(case.costs.chat_on_api), "12");
    assert_eq!((text(case.costs.api_p10), text(case.costs.api_p90)), ("10".into(), "22.5".into()));
    assert_eq!(
        (text(case.costs.hybrid_p10), text(case.costs.hybrid_p90)),
        ("22.8".into(), "26.3".into())
    );
    assert_eq!(case.models[0].break_even, Some("1.333333".parse().unwrap()));
    let names: Vec<&str> = case.models.iter().map(|model| model.name.as_str()).collect();
    assert_eq!(names, ["Sonnet 5.5", "Opus 5.5", "Haiku 5.5", "Fable 5.2"]);
    let hybrids: Vec<String> = case.models.iter().map(|m| text(m.hybrid.unwrap())).collect();
    assert_eq!(hybrids, ["24.2", "28.4", "20.21", "36.8"]);
}

#[test]
fn the_drawn_case_flips_on_three_answers_and_on_no_volume() {
    let flips: Vec<String> = drawn()
        .flips
        .iter()
        .filter_map(|flip| match flip {
            Flip::Answer { question, to, outcome } => {
                Some(format!("{question} {} {}", question.option_id(*to), serde_name(outcome)))
            }
            Flip::Volume { .. } | Flip::Model { .. } | Flip::AnnualPrice { .. } => {
                Some(format!("{flip:?}"))
            }
            Flip::Share { .. } => None,
        })
        .collect();
    assert_eq!(flips, ["automation none pro", "developer no pro", "features none api"]);
}

#[test]
fn a_volume_flip_is_true_of_the_whole_tokens_it_names() {
    let catalog = Catalog::builtin().unwrap();
    let world = world(catalog);
    let mut checked = 0;
    for (index, profile) in Profile::all().enumerate().step_by(13) {
        let mut answers = Answers::default();
        for question in QuestionId::ALL {
            answers.give(question, profile.rank(question), Origin::User);
        }
        let input = 1_000_003 * (1 + index as u64 % 37);
        let usage = Usage { volume: Volume { input, output: input / 7 + 1 }, ..Usage::default() };
        let resolved = answers.resolve().unwrap();
        for flip in assess(&resolved, &usage, &world).unwrap().flips {
            match flip {
                Flip::Volume { volume, outcome, .. } => {
                    checked += 1;
                    let there =
                        assess(&resolved, &Usage { volume, ..usage.clone() }, &world).unwrap();
                    assert_eq!(there.outcome, outcome, "{profile:?} {volume:?}");
                }
                Flip::Model { model, outcome } => {
                    let there =
                        assess(&resolved, &Usage { model: Some(model), ..usage.clone() }, &world)
                            .unwrap();
                    assert_eq!(there.outcome, outcome);
                }
                Flip::Share { to_pct, outcome } => {
                    let there = assess(
                        &resolved,
                        &Usage { outside: Outside::Set(to_pct), ..usage.clone() },
                        &world,
                    )
                    .unwrap();
                    assert_eq!(there.outcome, outcome);
                }
                Flip::Answer { question, to, outcome } => {
                    let there = assess(
                        &answers.with(question, to, Origin::User).resolve().unwrap(),
                        &usage,
                        &world,
                    )
                    .unwrap();
                    assert_eq!(there.outcome, outcome);
                }
                Flip::AnnualPrice { .. } => {}
            }
        }
    }
    assert!(checked > 20, "only {checked} volume flips were met");
}

#[test]
fn the_ways_left_are_those_of_the_drawings() {
    let catalog = Catalog::builtin().unwrap();
    let usage = Usage::default();
    let month = billing_cost(&usage, &world(catalog)).unwrap();
    let ends = month.ends(&usage);
    assert_eq!(ends.count([None; 8]).total(), 7_776);
    // Chat, moderate, now and then, some.
    let mut fixed = [Some(0), Some(1), Some(2), Some(1), None, None, None, None];
    assert_eq!(ends.count(fixed), Counts { pro: 18, hybrid: 24, api: 12 });
    assert_eq!(partial_needs(fixed, &month.market), points::Needs { pro: 2, api: 6 });
    fixed = [Some(0), Some(1), Some(2), Some(1), Some(1), Some(0), Some(0), None];
    assert_eq!(ends.count(fixed), Counts { pro: 0, hybrid: 3, api: 0 });
    assert_eq!(ends.certainty(fixed), Certainty::AtAnyVolume(Outcome::Hybrid));
    assert_eq!(ends.certainty([None; 8]), Certainty::Open);
    let ways: u16 = ends.landings(fixed).iter().map(|landing| landing.ways).sum();
    assert_eq!(ways, 3);
}

#[test]
fn assumed_answers_cap_the_strength() {
    let case = drawn();
    let mut answers = Answers::from_resolved(&case.answers);
    answers.give(
        QuestionId::Billing,
        case.answers.profile.rank(QuestionId::Billing),
        Origin::Assumed,
    );
    let catalog = Catalog::builtin().unwrap();
    let capped = assess(&answers.resolve().unwrap(), &case.usage, &world(catalog)).unwrap();
    assert_eq!((case.strength, capped.strength), (Strength::Clear, Strength::Likely));
}

#[test]
fn a_model_without_the_price_names_those_that_have_it() {
    let case = drawn();
    let mut usage = case.usage.clone();
    usage.model = Some("claude-mythos-preview".into());
    usage.mix.batch = crate::number::Percent::whole(10);
    let message =
        assess(&case.answers, &usage, &world(Catalog::builtin().unwrap())).unwrap_err().to_string();
    assert_eq!(
        message,
        "model 'claude-mythos-preview' has no batch price for this month; choose one of claude-sonnet-5-5, claude-opus-5-5, claude-haiku-5-5, claude-fable-5-2"
    );
}

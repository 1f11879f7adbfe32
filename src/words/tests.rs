//! Every sentence for every profile.

use jiff::civil::date;
use unicode_width::UnicodeWidthStr;

use super::*;
use crate::advice::{World, assess};
use crate::catalog::Catalog;
use crate::cost::Volume;
use crate::facts::Facts;
use crate::question::{Automation, Origin, Profile, QuestionId, Resolved, Wording};
use crate::text::layout::wrap;
use crate::usage::{Outside, SAMPLE, Usage};

fn world() -> World<'static> {
    World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    }
}

fn drawn() -> Assessment {
    on(
        &["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"],
        &Usage { volume: Volume { input: 3_000_000, output: 900_000 }, ..Usage::default() },
    )
}

fn on(answers: &[&str; 8], usage: &Usage) -> Assessment {
    let mut ranks = [0; 8];
    for ((question, slot), option) in QuestionId::ALL.into_iter().zip(&mut ranks).zip(answers) {
        *slot = question.rank_of(option).unwrap();
    }
    assess(&by_user(Profile::new(ranks)), usage, &world()).unwrap()
}

fn by_user(profile: Profile) -> Resolved {
    Resolved { profile, origins: [Origin::User; 8] }
}

/// Words that screens must replace by others.
const NOT_ON_SCREEN: [&str; 8] =
    ["P10", "P90", "overflow", "K1", " band", "volume factor", "the mark", " path"];

fn check(text: &str, most: usize) {
    assert!(!text.trim().is_empty());
    assert!(text.width() <= most, "{} of {most}: {text}", text.width());
    for word in NOT_ON_SCREEN {
        assert!(!text.contains(word), "'{word}' in {text}");
    }
}

#[test]
fn every_sentence_is_there_and_in_its_width_for_every_profile() {
    let world = world();
    let wording = Wording::builtin().unwrap();
    let million = 1_000_000;
    let largest = 1_000 * 1_000 * million;
    let usages = [
        (SAMPLE, Outside::Default),
        (volume(3 * million, 900_000), Outside::Default),
        (volume(0, 0), Outside::Set(100)),
        (volume(40 * million, 9 * million), Outside::Set(0)),
        (volume(largest, largest), Outside::Set(35)),
    ]
    .map(|(volume, outside)| Usage { volume, outside, ..Usage::default() });
    for usage in &usages {
        let month = crate::advice::billing_cost(usage, &world).unwrap();
        for profile in Profile::all() {
            let a = month.assess(&by_user(profile), usage, &world);
            check_one(&a, &world, wording);
        }
    }
}

fn check_one(a: &Assessment, world: &World<'_>, wording: &Wording) {
    const LONG: usize = usize::MAX;
    let sentence = recommendation(a);
    check(&sentence, LONG);
    assert!(wrap(&sentence, 46).len() <= 3, "{sentence}");
    for reason in &a.reasons {
        check(&reason_short(reason, a), 34);
        check(&reason_tag(reason, a), 40);
        let long = reason_long(reason, a);
        check(&long, LONG);
        assert!(long.ends_with('.'));
    }
    for most in 0..5 {
        let ranked = reasons_ranked(a, most);
        assert_eq!(ranked.len(), most.min(a.reasons.len()));
        let against = a.reasons.iter().any(|reason| !reason.supports);
        assert!(most < 2 || !against || ranked.iter().any(|reason| !reason.supports));
    }
    for outcome in [Outcome::Pro, Outcome::Hybrid, Outcome::Api] {
        let cover = covers(a, outcome);
        check(&cover.short, 23);
        check(&cover.does, LONG);
        check(&cover.line, if outcome == Outcome::Hybrid { 110 } else { 48 });
        if a.answers.profile.automation() == Automation::None {
            assert!(!format!("{cover:?}").contains("job"), "{cover:?}");
        }
    }
    for flip in &a.flips {
        check(&flip_cause(flip, a, wording, world.catalog), 34);
        check(&flip_line(flip, a, wording, world.catalog, "→"), 46);
    }
    if let Some(text) = flips_summary(a, world.catalog) {
        check(&text, LONG);
    }
    let steps = next_steps(a);
    assert!((1..=MOST_STEPS).contains(&steps.len()));
    for step in steps {
        check(&step.text, LONG);
        check(step.section, 20);
    }
    let brief = next_steps_brief(a);
    assert!((2..=4).contains(&brief.len()));
    for text in &brief {
        check(text, 36);
    }
    for line in assumptions(a, world.catalog) {
        check(&line, LONG);
    }
    for line in summary(a, world.catalog) {
        check(&line, LONG);
        assert!(line.ends_with('.'), "{line}");
    }
    check(&needs_sentence(a), LONG);
    assert_eq!(gate(a).is_some(), a.rule == Rule::R3);
}

const fn volume(input: u64, output: u64) -> Volume {
    Volume { input, output }
}

#[test]
fn the_drawn_example_reads_as_drawn() {
    let a = drawn();
    let world = world();
    assert_eq!(
        recommendation(&a),
        "Use Pro for chat and the API for automated work, through an app that accepts your key."
    );
    assert_eq!(
        summary(&a, world.catalog),
        [
            "planwise: HYBRID, use both (clear). Use Pro for chat and the API for automated work.",
            "About $24.20 a month (estimate): Pro $20 + API $4.20 on Sonnet 5.5.",
            "Pro alone $20 (chat only), API alone $15. Prices of 20 November 2026.",
            "Why: built around the app +8, you work in the app +3, some work is automated +3.",
        ]
    );
    let shorts: Vec<String> =
        reasons_ranked(&a, 4).iter().map(|reason| reason_short(reason, &a)).collect();
    assert_eq!(
        shorts,
        [
            "built around the app",
            "you work in the Claude app",
            "some of your work is automated",
            "you meet Pro's limits now and then",
        ]
    );
    let covered = [Outcome::Pro, Outcome::Api, Outcome::Hybrid].map(|o| covers(&a, o));
    assert_eq!(
        covered.each_ref().map(|cover| cover.short.as_str()),
        ["the chat, not the jobs", "the jobs, not the app", "all of it"]
    );
    assert_eq!(
        covered.map(|cover| cover.line),
        [
            "the chat; not the automated 20%",
            "the jobs; chat only through another app",
            "all of it; for $9.20 more than the API alone, you keep Projects, history and artifacts",
        ]
    );
    let wording = Wording::builtin().unwrap();
    let flips: Vec<String> =
        a.flips.iter().map(|flip| flip_line(flip, &a, wording, world.catalog, "→")).collect();
    assert_eq!(
        flips.iter().take(3).map(String::as_str).collect::<Vec<_>>(),
        ["Automation \"None\" → Pro", "Keys \"No\" → Pro", "Features \"Do without\" → API"]
    );
    assert_eq!(
        flips_summary(&a, world.catalog).as_deref(),
        Some("Volume, model and Pro price do not change this; they change only the bill.")
    );
    assert_eq!(
        needs_sentence(&a),
        "Points for Pro: 10. Points for the API: 6. A need counts from 3 points; both do."
    );
}

#[test]
fn the_api_part_is_named_by_what_it_is_made_of() {
    let drawn = drawn();
    for (outside, overflow, named, parts) in [
        (20, 0, "automated work", "automated work"),
        (20, 10, "automated work", "automated work (20%) and what Pro's limits stop (8%)"),
        (20, 30, "jobs and extra chat", "automated work (20%) and what Pro's limits stop (24%)"),
        (0, 30, "jobs and extra chat", "automated work (0%) and what Pro's limits stop (30%)"),
    ] {
        let usage = Usage {
            outside: Outside::Set(outside),
            overflow_pct: Some(overflow),
            ..drawn.usage.clone()
        };
        let a = crate::advice::assess(&drawn.answers, &usage, &world()).unwrap();
        assert_eq!((api_work(&a), api_parts(&a).as_str()), (named, parts));
    }
}

#[test]
fn the_steps_name_every_part_of_the_bill() {
    let texts: Vec<String> = next_steps(&drawn()).into_iter().map(|step| step.text).collect();
    for step in [
        "Create an account and an API key at platform.claude.com for automated work (20%) and what Pro's limits stop (8%). The key spends your money, so keep it like a password.",
        "Buy $5 of credit, switch auto-reload off and set a spend limit of $10. Credit expires after a year and is non-refundable.",
        "After a month, compare both bills with the estimate: Pro $20 and the API about $4.20. Cancel whichever you barely used.",
    ] {
        assert!(texts.iter().any(|text| text == step), "{texts:?}");
    }
}

#[test]
fn where_nothing_goes_to_the_api_no_sentence_says_that_something_does() {
    let none = Usage { outside: Outside::Set(0), ..Usage::default() };
    for (interface, pro) in [
        ("tools", "the chat; not work in other apps and jobs"),
        ("code", "the chat; not work in your own code and jobs"),
    ] {
        let a = on(&[interface, "moderate", "never", "some", "yes", "no", "core", "either"], &none);
        assert_eq!((a.outcome, api_part(&a.costs)), (Outcome::Hybrid, Decimal::ZERO));
        assert_eq!(covers(&a, Outcome::Pro).line, pro);
        assert_eq!(covers(&a, Outcome::Hybrid).line, "all of it; nothing would go to the API");
        let advice = recommendation(&a);
        assert!(
            advice.starts_with("Use Pro now, and the API once work leaves the app"),
            "{advice}"
        );
        let steps: Vec<String> = next_steps(&a).into_iter().map(|step| step.text).collect();
        assert!(steps[1].starts_with("Nothing in this month needs the API"), "{steps:?}");
        assert!(!steps.iter().any(|step| step.contains("$0.00")), "{steps:?}");
        assert_eq!(next_steps_brief(&a)[1], "Set the share outside the app.");
    }
}

#[test]
fn a_share_of_0_does_not_hide_the_work_outside_the_app() {
    let none = Usage { outside: Outside::Set(0), ..Usage::default() };
    let a =
        on(&["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"], &none);
    assert_eq!(
        covers(&a, Outcome::Pro).does_not.as_deref(),
        Some("the automated work, and chat that its limits stop")
    );
    let advice = recommendation(&a);
    assert!(advice.starts_with("Use Pro for chat and the API for jobs and extra chat"), "{advice}");
}

#[test]
fn enough_is_the_methods_mark() {
    assert!(ENOUGH.contains(&format!(" {MARK} points")));
}

#[test]
fn no_keys_come_first() {
    let a =
        on(&["tools", "short", "sometimes", "some", "no", "no", "core", "flat"], &Usage::default());
    assert_eq!(a.rule, Rule::R3);
    assert_eq!(gate(&a).as_deref(), Some("You do not want API keys"));
    assert!(summary(&a, world().catalog)[3].starts_with("Why: no API keys, built around the app"));
}

#[test]
fn only_what_is_sure_is_called_sure() {
    let mut a = drawn();
    for (chance, text) in [
        (0.8184, "82% likely"),
        (1.0, "more than 99% likely"),
        (0.9951, "more than 99% likely"),
        (0.0001, "less than 1% likely"),
        (0.0, "less than 1% likely"),
        (0.01, "1% likely"),
    ] {
        a.chance_under_pro = chance;
        assert_eq!(chances(&a), text);
    }
    a.costs.api = Decimal::ZERO;
    a.chance_under_pro = 1.0;
    assert_eq!(chances(&a), "100% likely");
    assert_eq!(times("1.333333".parse().unwrap()), "1.33");
    assert_eq!(times("0.000001".parse().unwrap()), "<0.01");
}

#[test]
fn what_each_way_covers_is_true_of_the_answers() {
    let usage = Usage::default();
    let pro = |answers: &[&str; 8]| covers(&on(answers, &usage), Outcome::Pro);
    for (answers, does, does_not, short) in [
        (
            ["chat", "short", "never", "none", "yes", "no", "nice", "flat"],
            "all of it, up to its limits",
            None,
            "all, up to its limits",
        ),
        (
            ["chat", "short", "often", "none", "yes", "no", "nice", "flat"],
            "all of it, up to its limits",
            Some("chat that its limits stop"),
            "all, up to its limits",
        ),
        (
            ["chat", "short", "never", "none", "yes", "yes", "nice", "flat"],
            "the chat",
            Some("control over each call"),
            "all but call control",
        ),
        (
            ["chat", "short", "often", "heavy", "yes", "yes", "nice", "flat"],
            "the chat",
            Some("the automated 60%, control over each call, and chat that its limits stop"),
            "the chat, not the jobs",
        ),
        (
            ["code", "short", "never", "none", "yes", "no", "core", "flat"],
            "the chat",
            Some("the 80% in your own code"),
            "the chat, not your code",
        ),
        (
            ["tools", "short", "never", "some", "yes", "no", "none", "flat"],
            "what you move to the Claude app",
            Some("the work as it is now"),
            "what you move to chat",
        ),
    ] {
        let cover = pro(&answers);
        assert_eq!(cover.does, does);
        assert_eq!(cover.does_not.as_deref(), does_not);
        assert_eq!(cover.short, short);
    }
    let no_app = ["tools", "short", "never", "some", "yes", "no", "none", "flat"];
    assert_eq!(covers(&on(&no_app, &usage), Outcome::Api).line, "all of it");
    let all_pro = ["chat", "short", "never", "none", "yes", "no", "core", "flat"];
    assert_eq!(
        covers(&on(&all_pro, &usage), Outcome::Hybrid).line,
        "all of it; nothing would go to the API"
    );
}

/// Nobody who works in a terminal is told about the Claude app: not what they do there, and not
/// what they would lose there. Only its features, which they were asked about, are named.
#[test]
fn claude_code_is_never_called_the_app() {
    let world = world();
    let catalog = world.catalog;
    let wording = Wording::builtin().unwrap();
    let usage = Usage::default();
    let month = crate::advice::billing_cost(&usage, &world).unwrap();
    let in_terminal = |profile: &Profile| profile.interface() == Interface::ClaudeCode;
    for profile in Profile::all().filter(in_terminal) {
        let a = month.assess(&by_user(profile), &usage, &world);
        let mut lines = vec![recommendation(&a), api_parts(&a), covers(&a, Outcome::Pro).line];
        lines.push(covers(&a, Outcome::Hybrid).line);
        let is_about_features =
            |reason: &&crate::advice::Reason| reason.item == crate::advice::Item::P3;
        let reasons = a.reasons.iter().filter(|reason| !is_about_features(reason));
        lines.extend(reasons.map(|reason| reason_long(reason, &a)));
        lines.extend(a.flips.iter().map(|flip| flip_cause(flip, &a, wording, catalog)));
        lines.extend(assumptions(&a, catalog));
        for line in lines {
            let names_app = line.contains("Claude app") && !line.contains("Where \"Claude app\"");
            assert!(!names_app && !line.contains("the app"), "{profile:?}: {line}");
            assert!(!line.contains("chat"), "{profile:?}: {line}");
        }
    }
}

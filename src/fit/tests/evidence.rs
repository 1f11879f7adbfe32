//! What the logs themselves show about capacity, and real limit hits.

use super::*;
use crate::fit::capacity::Filled;
use crate::number::json::{Amount, Day};

#[test]
fn a_weekly_limit_hit_tells_the_reset_better_than_the_flag() {
    let reset = WeekReset::Wall {
        weekday: Weekday::Friday,
        time: jiff::civil::Time::midnight(),
        is_set: true,
    };
    let ask = Ask { reset, ..ask() };
    let events = row("2026-01-05T00:00:00Z", 360, 30, "4");
    let hits = [hit("seven_day", "2026-01-06T00:00:00Z", Some("2026-01-08T09:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &ask);
    assert_eq!(fit.reset, WeekReset::Told(at("2026-01-08T09:00:00Z")));
    assert!(fit.reset_overruled);
    // Monday 0:00 to Thursday 9:00 holds 14 requests, of which 10 are carried.
    let pro = likely(&fit, "pro");
    assert_eq!(pro.hits[0].resets_at, at("2026-01-08T09:00:00Z"));
    assert_eq!(pro.hits[0].refused, 4);
}

#[test]
fn a_change_of_plan_in_the_month_keeps_each_ceiling_with_its_plan() {
    // Pro until the 15th, hit at $3; Max from then on, hit at $12.
    let mut events = row("2026-01-05T09:00:00Z", 10, 3, "1");
    events.extend(row("2026-01-20T09:00:00Z", 10, 12, "1"));
    let hits = [
        hit("five_hour", "2026-01-05T09:30:00Z", Some("2026-01-05T14:00:00Z")),
        hit("five_hour", "2026-01-20T11:00:00Z", Some("2026-01-20T14:00:00Z")),
    ];
    let trace = Trace::of_events(&events).with_hits(hits);
    let evidence = Evidence {
        held: vec![held(None, "pro"), held(Some("2026-01-15T00:00:00Z"), "max")],
        ..Evidence::default()
    };
    let fit = Fit::new(&trace, &Ask { evidence, ..ask() });
    let five = |id| plan(&fit, id).five_hour.clone().unwrap();
    assert_eq!(five("pro").base.likely, dec("3"));
    assert_eq!(five("max").base.likely, dec("12"));
    assert!(plan(&fit, "max").is_now && !plan(&fit, "pro").is_now);
    // Someone stopped on Max would also have been stopped on Pro, but not the reverse.
    assert_eq!((likely(&fit, "pro").told, likely(&fit, "max").told), (2, 1));
    assert_eq!(likely(&fit, "ultra").told, 0);
    // Team Standard is 1.25 of Pro: 3 and 12 / 5 = 2.4 scaled, the range between.
    let team = five("team_standard");
    assert_eq!((team.base.low, team.base.high), (dec("3"), dec("3.75")));
    let Origin::Own { hits, is_scaled, .. } = team.origin else { panic!("not from evidence") };
    assert!(hits == 2 && is_scaled);
    assert_eq!(fit.hit_use, HitUse { told: 2, used: 2, ..HitUse::default() });
}

#[test]
fn a_hit_without_a_known_plan_is_not_used_and_is_counted() {
    let events = row("2026-01-05T09:00:00Z", 10, 3, "1");
    let hits = [
        hit("five_hour", "2026-01-05T09:30:00Z", None),
        hit("overage", "2026-01-05T09:40:00Z", None),
    ];
    let fit = Fit::new(&Trace::of_events(&events).with_hits(hits), &ask());
    assert_eq!(fit.hit_use, HitUse { told: 2, without_plan: 1, other: 1, ..HitUse::default() });
    assert_eq!(plan(&fit, "pro").five_hour.as_ref().unwrap().base.likely, dec("4.125"));
}

#[test]
fn the_largest_window_without_a_hit_raises_the_estimate() {
    let events = row("2026-01-05T09:00:00Z", 10, 6, "1");
    let evidence = Evidence { held: vec![held(None, "pro")], ..Evidence::default() };
    let fit = fit(&events, &Ask { evidence, ..ask() });
    let five = plan(&fit, "pro").five_hour.clone().unwrap();
    assert_eq!((five.base.low, five.base.likely, five.base.high), (dec("6"), dec("6"), dec("7")));
    assert!(matches!(five.origin, Origin::Estimate { is_raised: true, is_scaled: false, .. }));
    // Free holds a fifth, so at least $1.20, which is above its likely estimate of 0.825.
    let free = plan(&fit, "free").five_hour.clone().unwrap();
    assert_eq!((free.base.low, free.base.high), (dec("1.2"), dec("1.4")));
}

#[test]
fn a_reading_shows_what_the_whole_window_holds() {
    // $3 are 60 percent, so five hours hold $5.
    let events = row("2026-01-05T09:00:00Z", 10, 3, "1");
    let reading = |percent: &str| Reading {
        at: at("2026-01-05T10:00:00Z"),
        window: Window::FiveHour,
        percent: dec(percent),
    };
    let with = |percent| {
        let readings = vec![reading(percent)];
        let evidence = Evidence { readings, ..on("pro") };
        let fit = fit(&events, &Ask { evidence, ..ask() });
        plan(&fit, "pro").five_hour.clone().unwrap()
    };
    assert_eq!(with("60").base.likely, dec("5"));
    assert!(matches!(with("60").origin, Origin::Own { readings: 1, hits: 0, .. }));
    assert!(matches!(with("3").origin, Origin::Estimate { .. }), "too little to say anything");
}

#[test]
fn evidence_is_brought_back_to_before_the_changes_of_limits() {
    // In November 2026 five hours hold 2.4 times the base: a ceiling of $12 is a base of $5.
    let events = row("2026-11-02T09:00:00Z", 10, 12, "1");
    let hits = [hit("five_hour", "2026-11-02T11:00:00Z", Some("2026-11-02T14:00:00Z"))];
    let evidence = Evidence { held: vec![held(None, "pro")], ..Evidence::default() };
    let trace = Trace::of_events(&events).with_hits(hits);
    for rules in [Rules::Dated, Rules::Today] {
        let fit = Fit::new(&trace, &Ask { evidence: evidence.clone(), rules, ..ask() });
        let five = plan(&fit, "pro").five_hour.clone().unwrap();
        assert_eq!((five.base.likely, five.now.likely), (dec("5"), dec("12")), "{rules:?}");
    }
}

#[test]
fn a_hit_names_who_was_stopped_and_whose_work_filled_the_window() {
    let mut events = row("2026-01-05T09:00:00Z", 1, 4, "1");
    for event in &mut events {
        (event.session, event.project) = ("big", "site");
    }
    events.push(Event { project: "notes", ..event("2026-01-05T09:10:00Z", "0.2") });
    events.push(Event { session: "t", project: "notes", ..event("2026-01-05T09:20:00Z", "0.2") });
    let fit = fit(&events, &ask());
    let hit = &likely(&fit, "pro").hits[0];
    assert_eq!((hit.project.as_str(), hit.session.as_str()), ("notes", "t"));
    assert_eq!((hit.filled_by.as_str(), hit.filled_by_session.as_str()), ("site", "big"));
}

#[test]
fn a_plan_that_stopped_somebody_did_not_carry_everything() {
    // Six dollars on Pro, stopped at 11:00 until 14:00, and then the person waited. The logs
    // contain no refused request.
    let events = row("2026-01-05T09:00:00Z", 10, 6, "1");
    let hits = [hit("five_hour", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
    for (id, told) in [("free", 1), ("pro", 1), ("team_standard", 0), ("max", 0), ("ultra", 0)] {
        assert_eq!(likely(&fit, id).told, told, "{id}");
    }
    assert_eq!(plan(&fit, "pro").told[0].plan, "pro");
    assert_eq!(Verdict::of(plan(&fit, "pro")), Verdict::No);
    for (level, pro) in plan(&fit, "pro").outcomes.each() {
        assert_eq!(pro.refused.requests, 0);
        assert!(!pro.fits(), "{level:?}");
        assert_eq!((pro.waiting.hours(), pro.at_most_hours()), (dec("3"), dec("3")));
        assert!(!pro.wait.unwrap().never_blocks && !pro.pay.unwrap().never_blocks);
    }
    assert!(plan(&fit, "max").outcomes.low.fits(), "the replay alone decides on larger plans");
    // The API would be $182.50 a month.
    assert_eq!(named(&fit, fit.cheapest.likely), "max wait");
    assert_eq!(named(&fit, fit.blocking.likely), "pro wait");
    // $80 for three hours a day: 91.25 a month.
    let even = fit.break_evens.likely.iter().find(|even| even.to == fit.cheapest.likely.unwrap());
    assert_eq!(even.unwrap().usd_per_hour.round_dp(4), dec("0.8767"));
    // The cost of paying after the hit is unknown, so nothing is compared with it.
    let pro_pay = |even: &BreakEven| {
        even.to.policy == Policy::Pay && fit.plan_of(even.to).unwrap().id == "pro"
    };
    assert!(!fit.break_evens.likely.iter().any(pro_pay));
    let marks = crate::words::fit::calendar(plan(&fit, "pro"), &TimeZone::UTC);
    assert_eq!((marks[0].mark.sign(), marks[0].carried, marks[0].told), ('!', 6, 1));
    let answer = said(&fit).answer;
    assert_eq!(
        answer[0],
        "Max would have covered all of it, even at the low capacity. Pro would not: your logs show that it stopped you once."
    );
    assert!(answer[2].ends_with(
        "Pro and waiting for each reset, $20.00 a month, blocked for up to 91.2 h a month, until the reset of your limit hit."
    ), "{answer:?}");
}

#[test]
fn hours_to_a_reset_are_counted_once_and_no_longer_than_the_window_and_the_days() {
    let replayed = |hits: Vec<LimitHit>, events: &[Event<'_>]| {
        let trace = Trace::of_events(events).with_hits(hits);
        let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        let pro = likely(&fit, "pro");
        (pro.waiting.hours(), pro.at_most_hours(), pro.waiting.count, pro.told)
    };
    let little = row("2026-01-05T09:00:00Z", 10, 3, "1");
    let five = |reset| hit("five_hour", "2026-01-05T10:00:00Z", reset);
    // Without a known reset, no hours are assumed.
    assert_eq!(replayed(vec![five(None)], &little), (dec("0"), dec("0"), 0, 1));
    // A five-hour limit cannot last a day.
    let late = five(Some("2026-01-06T10:00:00Z"));
    assert_eq!(replayed(vec![late], &little), (dec("5"), dec("5"), 1, 1));
    // The week would last until Thursday, but only Monday counts.
    let week = hit("seven_day", "2026-01-05T10:00:00Z", Some("2026-01-08T09:00:00Z"));
    assert_eq!(replayed(vec![week.clone()], &little), (dec("14"), dec("14"), 1, 1));
    // Both at once block the same hours.
    let both = vec![week, five(Some("2026-01-05T14:00:00Z"))];
    assert_eq!(replayed(both, &little), (dec("14"), dec("14"), 1, 2));
    // A limit on one model leaves other work possible.
    let opus = hit("seven_day_opus", "2026-01-05T10:00:00Z", Some("2026-01-08T09:00:00Z"));
    assert_eq!(replayed(vec![opus], &little), (dec("0"), dec("0"), 0, 1));
    // Refused by the replay from 10:00 to 14:00; the hit at 11:00 adds nothing.
    let much = [row("2026-01-05T09:00:00Z", 60, 1, "9"), row("2026-01-05T10:00:00Z", 60, 2, "1")];
    let told = hit("five_hour", "2026-01-05T11:30:00Z", None);
    let known = LimitHit { resets_at: Some(at("2026-01-05T14:00:00Z")), ..told };
    let (hours, at_most, count, _) = replayed(vec![known], &much.concat());
    assert_eq!((hours, at_most, count), (dec("2.5"), dec("2.5"), 1), "its ceiling is $11");
}

#[test]
fn a_window_that_began_before_the_days_shows_no_ceiling() {
    // $9 since 22:00, hit at 1:00. Counted from midnight, that would be a ceiling of $1.
    let mut events = row("2026-01-04T22:00:00Z", 10, 8, "1");
    events.push(event("2026-01-05T00:30:00Z", "1"));
    let since = days("2026-01-05", "2026-01-05");
    for reset in [Some("2026-01-05T03:00:00Z"), None] {
        let hits = [hit("five_hour", "2026-01-05T01:00:00Z", reset)];
        let trace = Trace::of_events(&events).with_hits(hits.clone());
        let whole = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        assert_eq!(plan(&whole, "pro").five_hour.as_ref().unwrap().base.likely, dec("9"));
        let inside: Vec<_> = events
            .iter()
            .filter(|event| since.day(event.at) == date(2026, 1, 5))
            .cloned()
            .collect();
        let trace = Trace::of_events(&inside).with_hits(hits);
        let cut = Fit::new(&trace, &Ask { evidence: on("pro"), span: since.clone(), ..ask() });
        assert_eq!(plan(&cut, "pro").five_hour.as_ref().unwrap().base.likely, dec("4.125"));
        assert_eq!(cut.hit_use, HitUse { told: 1, cut: 1, ..HitUse::default() }, "{reset:?}");
        let doubts = said(&cut).doubts.join("\n");
        assert!(doubts.contains("1 limit hit not used for the estimated capacity"), "{doubts}");
    }
    // After a pause of five hours the windows match again.
    let later = row("2026-01-05T06:00:00Z", 10, 3, "1");
    let hits = [hit("five_hour", "2026-01-05T06:30:00Z", None)];
    let trace = Trace::of_events(&[vec![event("2026-01-05T00:30:00Z", "1")], later].concat());
    let ask = Ask { evidence: on("pro"), span: since, ..ask() };
    let in_step = Fit::new(&trace.with_hits(hits), &ask);
    assert_eq!(plan(&in_step, "pro").five_hour.as_ref().unwrap().base.likely, dec("3"));
}

#[test]
fn no_capacity_lies_below_what_was_carried_and_a_contradiction_is_named() {
    // Stopped at $3 on Monday, but $6 went through on Tuesday.
    let mut events = row("2026-01-05T09:00:00Z", 10, 3, "1");
    events.extend(row("2026-01-06T09:00:00Z", 10, 6, "1"));
    let hits = [hit("five_hour", "2026-01-05T09:30:00Z", Some("2026-01-05T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
    let five = plan(&fit, "pro").five_hour.clone().unwrap();
    assert_eq!((five.base.low, five.base.likely, five.base.high), (dec("6"), dec("6"), dec("6")));
    assert!(matches!(five.origin, Origin::Own { is_raised: true, .. }));
    let conflict = Conflict {
        plan: "pro".to_owned(),
        window: Window::FiveHour,
        ceiling: Amount(dec("3")),
        floor: Amount(dec("6")),
        limits_changed: false,
        used_up: Filled {
            asked: Amount(dec("3")),
            day: Day(date(2026, 1, 5)),
            percent: Some(Amount(dec("100"))),
        },
        went_on: Filled { asked: Amount(dec("6")), day: Day(date(2026, 1, 6)), percent: None },
    };
    assert_eq!(fit.conflicts, [conflict]);
    let doubts = said(&fit).doubts.join("\n");
    assert!(
        doubts.contains(
            "Your own logs contradict themselves: a five-hour window of Pro was used up at $3.00 on \
             2026-01-05, another one reached $6.00 on 2026-01-06 without a limit hit. The larger"
        ),
        "{doubts}"
    );
    // A range with equal ends is shown as one figure.
    let lines = said(&fit).holds;
    assert!(lines.contains(&"Pro, five hours: $6.00 [2].".to_owned()), "{lines:?}");
}

#[test]
fn a_contradiction_across_a_change_of_limits_tells_the_real_windows_and_what_they_come_to() {
    // In November five hours hold 2.4 times what they held in January: $7.20 there are $3 here.
    let mut events = row("2026-01-06T09:00:00Z", 10, 6, "1");
    events.extend(row("2026-11-02T09:00:00Z", 2, 72, "0.1"));
    let hits = [hit("five_hour", "2026-11-02T11:30:00Z", Some("2026-11-02T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
    let doubts = said(&fit).doubts.join("\n");
    assert!(
        doubts.contains(
            "a five-hour window of Pro was used up at $7.20 on 2026-11-02, another one reached $6.00 on 2026-01-06 without a limit hit. Limits changed between them: by the limits of the last day, the first would cover at most $7.20, and the second reached $14.40."
        ),
        "{doubts}"
    );
}

#[test]
fn what_a_plan_is_raised_to_keeps_the_published_ratios_at_each_level() {
    // A week of Pro reached $60 without a hit, more than any estimate.
    let mut events = Vec::new();
    for day in 5..11 {
        events.extend(row(&format!("2026-01-{day:02}T09:00:00Z"), 10, 10, "1"));
    }
    let fit = Fit::new(&Trace::of_events(&events), &Ask { evidence: on("pro"), ..ask() });
    let week = |id| plan(&fit, id).week.clone().unwrap().base;
    let pro = week("pro");
    assert_eq!((pro.low, pro.likely, pro.high), (dec("60"), dec("60"), dec("63.64")));
    // Max 3.5, 5 and 8.33 times that, or its own estimate where it is larger; a seat 6.25 times.
    let (max, premium) = (week("max"), week("team_premium"));
    assert_eq!((max.low, max.likely), (dec("210"), dec("312.5")));
    assert_eq!((premium.low, premium.likely), (dec("375"), dec("375")));
    assert!(week("ultra").likely >= dec("600"), "ten times Pro");
}

#[test]
fn hits_of_a_plan_that_nobody_named_are_in_the_first_sentence_and_in_the_price() {
    let events = row("2026-11-02T09:00:00Z", 10, 3, "1");
    // One of them does not name its window.
    let hits = [
        hit("five_hour", "2026-11-02T09:30:00Z", Some("2026-11-02T14:00:00Z")),
        LimitHit { window: None, ..hit("five_hour", "2026-11-03T09:30:00Z", None) },
    ];
    let trace = Trace::of_events(&events).with_hits(hits);
    let answer = |evidence| said(&Fit::new(&trace, &Ask { evidence, ..ask() })).answer;
    let unnamed = answer(Evidence::default());
    assert_eq!(
        unnamed[0],
        "By your requests alone, Pro would have covered all of it, even at the low capacity. But you were stopped 2 times on a plan that is not known. Free would not: it does not include 3 of your requests."
    );
    assert!(unnamed[1].contains("2 limit hits on a plan they do not name"), "{unnamed:?}");
    assert!(
        unnamed[2].starts_with("Cheapest without interruptions, by your requests alone"),
        "{unnamed:?}"
    );
    assert!(answer(on("pro"))[0].contains("your logs show that it stopped you 2 times"));
}

#[test]
fn the_rounding_of_a_reading_is_no_contradiction() {
    // 61 percent of a window may be 60.5: $6.10 then show $10.08, not $10.00.
    let mut events = row("2026-01-05T09:00:00Z", 10, 1, "6.10");
    events.extend(row("2026-01-06T09:00:00Z", 10, 1, "10.05"));
    let reading = |percent: &str| Reading {
        at: at("2026-01-05T10:00:00Z"),
        window: Window::FiveHour,
        percent: dec(percent),
    };
    let conflicts = |percent| {
        let evidence = Evidence { readings: vec![reading(percent)], ..on("pro") };
        fit(&events, &Ask { evidence, ..ask() }).conflicts.len()
    };
    assert_eq!((conflicts("61"), conflicts("62")), (0, 1));
}

#[test]
fn a_hit_of_a_limit_that_the_plan_lacks_is_named() {
    let events = row("2026-11-02T09:00:00Z", 10, 3, "1");
    let hits = [hit("five_hour", "2026-11-02T09:30:00Z", Some("2026-11-02T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("ultra"), ..ask() });
    assert_eq!(fit.hit_use, HitUse { told: 1, without_limit: 1, ..HitUse::default() });
    assert_eq!((likely(&fit, "ultra").told, likely(&fit, "max").told), (1, 1));
    let doubts = said(&fit).doubts.join("\n");
    assert!(
        doubts.contains("1 limit hit of a kind that Ultra did not have on that day"),
        "{doubts}"
    );
}

#[test]
fn hours_that_are_not_counted_are_told_with_the_reason() {
    let answer = |hits: Vec<LimitHit>| {
        let trace = Trace::of_events(&row("2026-01-05T09:00:00Z", 10, 6, "0.5")).with_hits(hits);
        let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        said(&fit).answer.remove(2)
    };
    let lead =
        "Cheaper, but with interruptions: Pro and waiting for each reset, $20.00 a month, blocked";
    let after = hit("five_hour", "2026-01-06T00:05:00Z", Some("2026-01-06T00:30:00Z"));
    assert_eq!(
        answer(vec![after.clone()]),
        format!(
            "{lead} for hours that could not be counted: 1 limit hit after the last day that counts."
        )
    );
    let opus = hit("seven_day_opus", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"));
    let credits = hit("overage", "2026-01-05T12:00:00Z", Some("2026-01-05T23:59:00Z"));
    assert_eq!(
        answer(vec![opus, credits]),
        format!(
            "{lead} for hours that could not be counted: 2 limit hits of one model or of credits alone."
        )
    );
    let silent = hit("five_hour", "2026-01-05T11:00:00Z", None);
    assert_eq!(
        answer(vec![silent.clone()]),
        format!("{lead} for hours that your limit hits do not record.")
    );
    // Three hours of a day are 91.25 a month.
    let counted = hit("five_hour", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"));
    assert_eq!(
        answer(vec![counted, after]),
        format!(
            "{lead} for up to 91.2 h a month, until the reset of your limit hit, not counting 1 limit \
             hit after the last day that counts."
        )
    );
}

#[test]
fn a_hit_of_a_plan_is_told_to_who_names_the_api() {
    let trace = Trace::of_events(&row("2026-01-05T09:00:00Z", 10, 6, "1")).with_hits([hit(
        "five_hour",
        "2026-01-05T11:00:00Z",
        None,
    )]);
    let answer = |plan| {
        let fit = Fit::new(&trace, &Ask { evidence: on(plan), ..ask() });
        said(&fit).answer.join("\n")
    };
    let told = "Your logs record 1 limit hit, and the API has no such limit. Whichever plan it was, it did not cover all of it, and a smaller one would not have either.";
    assert!(answer("api").contains(told), "{}", answer("api"));
    assert!(!answer("pro").contains(told));
}

#[test]
fn hits_on_a_plan_that_none_of_the_work_is_part_of_have_their_own_reason() {
    let events = row("2026-11-02T09:00:00Z", 10, 6, "0.5");
    let hits = [hit("five_hour", "2026-11-02T11:00:00Z", Some("2026-11-02T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("free"), ..ask() });
    assert_eq!(fit.hit_use, HitUse { told: 1, outside: 1, ..HitUse::default() });
    let doubts = said(&fit).doubts;
    assert_eq!(
        doubts.last().unwrap(),
        "1 limit hit not used for the estimated capacity: none of the work before it is included in Free."
    );
    // No cell of Free shows hours, so no mark is explained.
    let plans: Vec<PlanDigest> = fit.plans.iter().map(PlanDigest::of).collect();
    let rows = crate::words::fit::plan_rows(&plans);
    assert_eq!(rows[0], ["Free*", "$0.00", "-", "-", "-", "-", "-", "no, 1 hit"]);
    let legend = crate::words::fit::legend(&plans, 0);
    assert_eq!(legend, ["hits: limit hits in your logs, on this plan or on a larger one."]);
}

#[test]
fn a_plan_that_the_files_contradict_is_doubted_by_both_names() {
    let trace = Trace::of_events(&row("2026-11-02T09:00:00Z", 10, 3, "1"));
    let doubts = |named: &str| {
        let evidence = Evidence { named: Some(named.to_owned()), ..on("pro") };
        said(&Fit::new(&trace, &Ask { evidence, ..ask() })).doubts
    };
    let said = "You chose Pro as your plan, but your files name Max. Limit hits are counted on Pro. If they were on Max, leave out '--plan-now', or choose the plan from your logs in the wizard's Fit.";
    assert!(doubts("max").iter().any(|doubt| doubt == said), "{:?}", doubts("max"));
    assert!(!doubts("pro").iter().any(|doubt| doubt.contains("You said")));
}

#[test]
fn the_picture_of_a_week_marks_the_hour_of_a_limit_hit() {
    let events = row("2026-01-05T09:00:00Z", 10, 12, "0.5");
    let hits = [hit("five_hour", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
    let pro = plan(&fit, "pro");
    let week = worst_week(pro).unwrap();
    let (_, days) = hours_of(&fit, &trace, pro, week, &TimeZone::UTC).unwrap();
    let letters: String = days[0].1.iter().map(|mark| mark.letter()).collect();
    assert_eq!((days[0].0, letters.as_str()), (date(2026, 1, 5), ".........oo!............"));
    assert!(crate::words::fit::MARKS.ends_with(" ! your limit hit."));
}

//! Worked cases, each small enough to check by hand. In January 2026 no change of limits was in
//! force: five hours of Pro likely hold $4.125, a week $37.50 (low $1.50 and $15, high $7 and
//! $63.64).

use jiff::civil::{Weekday, date};

use super::*;
use crate::history::LimitHit;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn event(time: &str, usd: &str) -> Event<'static> {
    Event {
        at: at(time),
        fresh: dec(usd),
        cache_reads: Decimal::ZERO,
        tokens: 1_000,
        session: "s",
        project: "p",
        class: Class::new(false, false, true),
    }
}

/// `count` requests of the same value, so many minutes apart.
fn row(start: &str, minutes: i64, count: i64, usd: &str) -> Vec<Event<'static>> {
    let first = at(start);
    (0..count).map(|n| Event { at: first + (n * minutes).minutes(), ..event(start, usd) }).collect()
}

fn ask() -> Ask<'static> {
    Ask {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        span: Span { zone: TimeZone::UTC, since: None, until: None },
        reset: assumed_reset(),
        yardstick: Yardstick::ApiValue,
        rules: Rules::Dated,
        today: date(2026, 11, 22),
        evidence: Evidence::default(),
        spend_cap: None,
        hour_value: None,
    }
}

/// From one day to another in Greenwich.
fn days(since: &str, until: &str) -> Span {
    let day = |text: &str| text.parse().ok();
    Span { zone: TimeZone::UTC, since: day(since), until: day(until) }
}

fn on(plan: &str) -> Evidence {
    Evidence { held: vec![held(None, plan)], readings: Vec::new() }
}

fn fit(events: &[Event<'_>], ask: &Ask<'_>) -> Fit {
    Fit::new(&Trace::of_events(events), ask)
}

fn plan<'f>(fit: &'f Fit, id: &str) -> &'f PlanFit {
    fit.plans.iter().find(|plan| plan.id == id).unwrap()
}

fn likely<'f>(fit: &'f Fit, id: &str) -> &'f Outcome {
    &plan(fit, id).outcomes.likely
}

fn hit(window: &str, time: &str, reset: Option<&str>) -> LimitHit {
    LimitHit { at: at(time), window: Some(window.to_owned()), resets_at: reset.map(at) }
}

fn held(since: Option<&str>, plan: &str) -> Held {
    Held { since: since.map(at), plan: plan.to_owned() }
}

fn named(fit: &Fit, choice: Option<Choice>) -> String {
    let choice = choice.unwrap();
    format!("{} {}", fit.plan_of(choice).unwrap().id, choice.policy.as_str())
}

#[test]
fn of_a_steady_and_a_bursty_month_with_the_same_total_one_fits_pro() {
    // $28 either way: a dollar a day on 28 days, or all of it on one morning, every two minutes.
    let steady: Vec<_> = (0..28)
        .flat_map(|day| {
            let noon = at("2026-01-05T12:00:00Z") + (24 * day).hours();
            (0..4).map(move |n| Event {
                at: noon + (n * 10).minutes(),
                ..event("2026-01-05T12:00:00Z", "0.25")
            })
        })
        .collect();
    let bursty = row("2026-01-05T09:00:00Z", 2, 112, "0.25");
    let (steady, bursty) = (fit(&steady, &ask()), fit(&bursty, &ask()));
    assert_eq!(steady.coverage.api, dec("28"));
    assert_eq!(bursty.coverage.api, dec("28"));
    for (level, outcome) in plan(&steady, "pro").outcomes.each() {
        assert!(outcome.fits(), "{level:?}");
    }
    // The 17th request takes $4.00 to $4.25; the 18th, at 9:34, is the first to be refused.
    let pro = likely(&bursty, "pro");
    assert_eq!(pro.carried, Tally { requests: 17, usd: dec("4.25") });
    assert_eq!(pro.refused, Tally { requests: 95, usd: dec("23.75") });
    assert_eq!(pro.paid.usd, dec("23.75"));
    assert_eq!(pro.hits.len(), 1);
    assert_eq!(pro.hits[0].at, at("2026-01-05T09:34:00Z"));
    assert_eq!(pro.hits[0].resets_at, at("2026-01-05T14:00:00Z"));
    assert_eq!(pro.waiting, Blocks { milliseconds: 266 * 60_000, count: 1, longest: 266 * 60_000 });
    // Max holds five times as much, $20.625: the 83rd takes it to $20.75.
    assert_eq!(likely(&bursty, "max").carried.requests, 83);
    assert!(plan(&bursty, "ultra").outcomes.likely.fits());
}

#[test]
fn a_window_that_is_merely_full_is_not_hit() {
    let full = ["2026-01-05T09:00:00Z", "2026-01-05T10:00:00Z"].map(|t| event(t, "2.0625"));
    let fits = fit(&full, &ask());
    assert!(likely(&fits, "pro").fits(), "exactly $4.125, and nothing after it");
    let more = [full.to_vec(), vec![event("2026-01-05T10:00:00.001Z", "0")]].concat();
    let hit = fit(&more, &ask());
    assert_eq!(likely(&hit, "pro").refused.requests, 1, "even one without value");
}

#[test]
fn a_request_at_the_very_end_of_a_window_opens_the_next() {
    let times = ["2026-01-05T09:00:00Z", "2026-01-05T13:59:59.999Z", "2026-01-05T14:00:00Z"];
    let fit = fit(&times.map(|time| event(time, "5")), &ask());
    let pro = likely(&fit, "pro");
    // The first one may exceed what is left; the second is refused; the third is in a new window.
    assert_eq!((pro.carried.requests, pro.refused.requests), (2, 1));
    assert_eq!(pro.waiting.milliseconds, 1);
}

#[test]
fn a_window_crosses_midnight_and_the_next_opens_by_demand() {
    let times = ["2026-01-05T22:00:00Z", "2026-01-06T02:59:00Z", "2026-01-06T07:00:00Z"];
    let fit = fit(&times.map(|time| event(time, "5")), &ask());
    let pro = likely(&fit, "pro");
    assert_eq!(pro.hits.len(), 1);
    assert_eq!(pro.hits[0].opened, at("2026-01-05T22:00:00Z"));
    assert_eq!(pro.hits[0].resets_at, at("2026-01-06T03:00:00Z"));
    assert_eq!(pro.carried.requests, 2);
    assert_eq!(fit.days, [date(2026, 1, 5), date(2026, 1, 6)]);
}

#[test]
fn a_week_is_used_up_until_its_reset() {
    // $4 every six hours from Monday on fits five hours; ten of them are $40 and fill the week.
    let events = row("2026-01-05T00:00:00Z", 360, 30, "4");
    let fit = fit(&events, &ask());
    let pro = likely(&fit, "pro");
    assert_eq!(pro.hits_of(Window::FiveHour), 0);
    assert_eq!(pro.hits.len(), 1);
    assert_eq!(pro.hits[0].at, at("2026-01-07T12:00:00Z"), "the eleventh");
    assert_eq!(pro.hits[0].resets_at, at("2026-01-12T00:00:00Z"));
    // 28 requests in the first week: 10 carried, 18 refused; two more after the reset.
    assert_eq!((pro.carried.requests, pro.refused.requests), (12, 18));
    assert_eq!(pro.waiting.hours(), dec("108"));
    assert_eq!(pro.weeks[0].asked, dec("112"));
    assert_eq!(pro.weeks[0].holds, Some(dec("37.50")));
    assert_eq!(pro.weeks[0].refused.requests, 18);
    assert_eq!(pro.weeks[1].refused.requests, 0);
}

#[test]
fn blocks_that_overlap_count_once() {
    // Nine windows of $4.10 fill $36.90 of the week; the tenth opens on Wednesday at 6:00, takes
    // $4.20 in one request and is used up like the week: one block, from 6:30 to Monday.
    let mut events = row("2026-01-05T00:00:00Z", 360, 9, "4.10");
    events.push(event("2026-01-07T06:00:00Z", "4.20"));
    events.push(event("2026-01-07T06:30:00Z", "1"));
    let fit = fit(&events, &Ask { span: days("2026-01-05", "2026-01-11"), ..ask() });
    let pro = likely(&fit, "pro");
    assert_eq!((pro.hits_of(Window::FiveHour), pro.hits_of(Window::Week)), (1, 1));
    assert_eq!(pro.waiting.count, 1);
    assert_eq!(pro.waiting.hours(), dec("113.5"));
    assert_eq!(pro.waiting.longest_hours(), dec("113.5"));
}

#[test]
fn the_week_of_a_daylight_saving_change_is_an_hour_shorter_on_the_wall() {
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let wall = WeekReset::Wall {
        weekday: Weekday::Wednesday,
        time: jiff::civil::time(9, 0, 0, 0),
        is_set: true,
    };
    let hour = 3_600_000;
    let noon = at("2026-03-27T12:00:00Z").as_millisecond();
    let (start, end) = wall.week(noon, &berlin);
    assert_eq!(trace::time(start), at("2026-03-25T08:00:00Z"));
    assert_eq!((end - start) / hour, 167);
    let (start, end) = wall.week(at("2026-10-28T07:59:59Z").as_millisecond(), &berlin);
    assert_eq!((end - start) / hour, 169);
    // A reset that was told stays on its 168 hours.
    let told = WeekReset::Told(at("2026-03-04T08:00:00Z"));
    let (start, end) = told.week(noon, &berlin);
    assert_eq!((trace::time(start), (end - start) / hour), (at("2026-03-25T08:00:00Z"), 168));
    // Five hours are five hours, whatever the clock on the wall does.
    let ask = Ask { span: Span { zone: berlin, since: None, until: None }, ..ask() };
    let times = ["2026-03-29T00:30:00Z", "2026-03-29T05:29:00Z", "2026-03-29T05:30:00Z"];
    let fit = fit(&times.map(|time| event(time, "9")), &ask);
    assert_eq!(likely(&fit, "pro").refused.requests, 1);
    assert_eq!(likely(&fit, "pro").waiting.milliseconds, 60_000);
}

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
fn a_spend_cap_that_binds_is_never_exceeded_and_blocks_again() {
    let bursty = row("2026-01-05T09:00:00Z", 2, 112, "0.25");
    let span = days("2026-01-01", "2026-01-31");
    let ask = Ask { spend_cap: Some(dec("10.10")), span, ..ask() };
    let fit = fit(&bursty, &ask);
    let pro = likely(&fit, "pro");
    // 40 of the 95 refused requests are $10; the 41st would be $10.25.
    assert_eq!(pro.paid, Tally { requests: 40, usd: dec("10") });
    assert_eq!(pro.unpaid, Tally { requests: 55, usd: dec("13.75") });
    assert_eq!(pro.months[0].value, dec("10"));
    // The first unpaid one is the 58th, at 10:54, and the window resets at 14:00.
    assert_eq!(pro.capped.milliseconds, 186 * 60_000);
    assert!(!pro.pay.unwrap().never_blocks);
    // On the API the cap ends the month: 40 requests, then nothing until February.
    let api = likely(&fit, "api");
    assert_eq!((api.paid.requests, api.unpaid.requests), (40, 72));
    assert_eq!(api.capped.hours(), dec("637") + dec("40") / dec("60"));
}

#[test]
fn a_cap_starts_anew_with_the_month() {
    let mut events = row("2026-01-31T20:00:00Z", 2, 4, "5");
    events.extend(row("2026-02-01T00:00:00Z", 2, 2, "5"));
    let span = days("2026-01-01", "2026-02-28");
    let ask = Ask { spend_cap: Some(dec("5")), span, ..ask() };
    let fit = fit(&events, &ask);
    let pro = likely(&fit, "pro");
    // One carried; of January's three refused one is paid; of February's two one is.
    assert_eq!((pro.carried.requests, pro.paid.requests, pro.unpaid.requests), (1, 2, 3));
    assert_eq!(pro.months.len(), 2);
    // Blocked until the month is over at midnight, and from the second on in February until the
    // reset at one o'clock.
    assert_eq!(pro.capped.milliseconds, (236 + 58) * 60_000);
}

#[test]
fn a_change_of_limits_in_the_month_holds_from_its_day_on() {
    // On 6 May 2026 the five-hour limits were doubled: $4.125 before, $8.25 after.
    let before = row("2026-05-05T09:00:00Z", 10, 5, "2");
    let after = row("2026-05-06T09:00:00Z", 10, 5, "2");
    let both = [before, after].concat();
    let fit_dated = fit(&both, &ask());
    let pro = likely(&fit_dated, "pro");
    assert_eq!(pro.hits.len(), 1);
    assert_eq!((pro.carried.requests, pro.refused.requests), (3 + 5, 2));
    // Today's hold 2.4 times as much, $9.90: five times $2 are carried, and a sixth would not be.
    let today = fit(&both, &Ask { rules: Rules::Today, ..ask() });
    assert!(likely(&today, "pro").fits());
    assert_eq!(plan(&today, "pro").five_hour.as_ref().unwrap().now.likely, dec("9.9"));
}

#[test]
fn a_rise_frees_a_window_that_was_used_up() {
    // $5 at 22:00 fills the window; refused at 23:00; at midnight it holds $8.25.
    let times = ["2026-05-05T22:00:00Z", "2026-05-05T23:00:00Z", "2026-05-06T01:00:00Z"];
    let fit = fit(&times.map(|time| event(time, "5")), &ask());
    let pro = likely(&fit, "pro");
    assert_eq!((pro.carried.requests, pro.refused.requests), (2, 1));
    assert_eq!(pro.waiting.hours(), dec("1"), "blocked until the new rules");
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
        readings: Vec::new(),
    };
    let fit = Fit::new(&trace, &Ask { evidence, ..ask() });
    let five = |id| plan(&fit, id).five_hour.clone().unwrap();
    assert_eq!(five("pro").base.likely, dec("3"));
    assert_eq!(five("max").base.likely, dec("12"));
    assert!(plan(&fit, "max").is_now && !plan(&fit, "pro").is_now);
    // Who was stopped on Max would have been on Pro, but not the other way round.
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
    let evidence = Evidence { held: vec![held(None, "pro")], readings: Vec::new() };
    let fit = fit(&events, &Ask { evidence, ..ask() });
    let five = plan(&fit, "pro").five_hour.clone().unwrap();
    assert_eq!((five.base.low, five.base.likely, five.base.high), (dec("6"), dec("6"), dec("7")));
    assert!(matches!(five.origin, Origin::Estimate { is_raised: true, is_scaled: false, .. }));
    // Free holds a fifth, so at least $1.20; that is above its likely estimate of 0.825.
    let free = plan(&fit, "free").five_hour.clone().unwrap();
    assert_eq!((free.base.low, free.base.high), (dec("1.2"), dec("1.4")));
}

#[test]
fn a_reading_shows_what_the_whole_window_holds() {
    // $3 were 60 percent: five hours hold $5.
    let events = row("2026-01-05T09:00:00Z", 10, 3, "1");
    let reading = |percent: &str| Reading {
        at: at("2026-01-05T10:00:00Z"),
        window: Window::FiveHour,
        percent: dec(percent),
    };
    let with = |percent| {
        let readings = vec![reading(percent)];
        let evidence = Evidence { held: vec![held(None, "pro")], readings };
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
    let evidence = Evidence { held: vec![held(None, "pro")], readings: Vec::new() };
    let trace = Trace::of_events(&events).with_hits(hits);
    for rules in [Rules::Dated, Rules::Today] {
        let fit = Fit::new(&trace, &Ask { evidence: evidence.clone(), rules, ..ask() });
        let five = plan(&fit, "pro").five_hour.clone().unwrap();
        assert_eq!((five.base.likely, five.now.likely), (dec("5"), dec("12")), "{rules:?}");
    }
}

#[test]
fn ultra_has_no_five_hour_window_since_the_end_of_october() {
    let burst = |start| row(start, 2, 100, "2.5");
    let october = fit(&burst("2026-10-30T09:00:00Z"), &ask());
    let november = fit(&burst("2026-11-02T09:00:00Z"), &ask());
    // $82.50 times 2.4 is $198: 80 requests of $2.50.
    assert_eq!(likely(&october, "ultra").carried.requests, 80);
    assert!(likely(&november, "ultra").fits());
    assert!(plan(&november, "ultra").five_hour.is_none());
    let today = Ask { rules: Rules::Today, ..ask() };
    assert!(likely(&fit(&burst("2026-10-30T09:00:00Z"), &today), "ultra").fits());
}

#[test]
fn what_is_not_part_of_a_plan_is_paid_or_never_served() {
    let time = "2026-11-02T09:00:00Z";
    let fable = Event { class: Class::new(false, true, true), ..event(time, "1") };
    let fast = Event { class: Class::new(true, false, true), ..event(time, "2") };
    let fit = fit(&[fable, fast, event(time, "0.5")], &ask());
    let pro = likely(&fit, "pro");
    assert_eq!(pro.outside, Tally { requests: 2, usd: dec("3") });
    assert_eq!(pro.paid.usd, dec("3"));
    assert_eq!(pro.waiting.milliseconds, 0, "no reset would serve it");
    assert!(!pro.wait.unwrap().is_servable);
    // Max has Fable, fast mode costs credits there too; Free has no Claude Code at all.
    assert_eq!(likely(&fit, "max").outside.usd, dec("2"));
    assert_eq!(likely(&fit, "free").outside.requests, 3);
    assert_eq!(likely(&fit, "free").pay, None);
    assert!(!matches!(named(&fit, fit.cheapest.likely).as_str(), "free wait" | "pro wait"));
}

#[test]
fn fable_may_take_half_of_a_week_of_max_and_blocks_no_hours() {
    // A week of Max likely holds $312.50 times 1.25, half of it $195.3125.
    let fable = |n: i64| Event {
        at: at("2026-11-02T00:00:00Z") + (n * 330).minutes(),
        class: Class::new(false, true, true),
        ..event("2026-11-02T00:00:00Z", "40")
    };
    let mut events: Vec<_> = (0..6).map(fable).collect();
    events.push(event("2026-11-04T12:00:00Z", "1"));
    let fit = fit(&events, &ask());
    let max = likely(&fit, "max");
    assert_eq!((max.carried.requests, max.refused.requests), (6, 1));
    assert_eq!(max.hits_of(Window::FableWeek), 1);
    assert_eq!(max.waiting.milliseconds, 0);
}

#[test]
fn no_data_is_an_answer_without_figures() {
    let fit = fit(&[], &ask());
    assert_eq!((fit.coverage.days, fit.coverage.requests), (0, 0));
    assert!(fit.plans.iter().all(|plan| plan.outcomes.likely.fits()));
    assert!(fit.others.is_empty() && fit.days.is_empty());
    assert!(fit.break_evens.likely.is_empty());
}

#[test]
fn one_response_fits_every_plan_that_has_claude_code() {
    let fit = fit(&[event("2026-11-20T09:00:00Z", "0.10")], &ask());
    assert_eq!((fit.coverage.days, fit.coverage.requests), (1, 1));
    for plan in &fit.plans {
        let outcome = &plan.outcomes.low;
        assert_eq!(outcome.fits(), !["free", "api"].contains(&plan.id.as_str()), "{}", plan.id);
    }
    assert_eq!(likely(&fit, "api").pay.unwrap().total.round_dp(2), dec("3.04"), "times 365 / 12");
    assert_eq!(named(&fit, fit.cheapest.likely), "api pay");
    assert_eq!(fit.blocking.likely, None);
}

#[test]
fn one_request_larger_than_a_window_is_carried_and_no_window_is_hit() {
    let fit = fit(&[event("2026-11-20T09:00:00Z", "5000")], &ask());
    assert!(likely(&fit, "pro").fits(), "nothing came after it");
}

#[test]
fn the_break_even_is_the_difference_in_price_over_the_hours_saved() {
    // 30 days; Pro is blocked for 266 minutes of them, Max likewise a little.
    let mut events = row("2026-01-05T09:00:00Z", 2, 80, "0.25");
    events.push(event("2026-02-03T09:00:00Z", "0.25"));
    let fit = fit(&events, &ask());
    assert_eq!(fit.coverage.days, 30);
    assert_eq!(named(&fit, fit.blocking.likely), "pro wait");
    let even = |id: &str, policy| {
        let options = fit.break_evens.likely.iter();
        let mut found = options
            .filter(|even| fit.plan_of(even.to).unwrap().id == id && even.to.policy == policy);
        found.next().unwrap().usd_per_hour.round_dp(4)
    };
    // A month is 365/12 days: 266 minutes x 365 / 360 = 4.49491 hours; $80 / that is $17.7979.
    assert_eq!(even("max", Policy::Wait), dec("17.7979"));
    // 63 refused requests are $15.75, $15.96875 a month: $3.5526 an hour.
    assert_eq!(even("pro", Policy::Pay), dec("3.5526"));
    // The API costs $20.25 in 30 days, $20.53125 a month: 53 cents more than the fee of Pro.
    assert_eq!(even("api", Policy::Pay), dec("0.1182"));
    assert_eq!(named(&fit, fit.cheapest.likely), "api pay");
}

#[test]
fn an_hour_with_a_value_makes_waiting_cost_money() {
    let mut events = row("2026-01-05T09:00:00Z", 2, 80, "2.5");
    events.push(event("2026-02-03T09:00:00Z", "0.25"));
    let free = fit(&events, &ask());
    assert_eq!(named(&free, free.blocking.likely), "pro wait");
    let dear = fit(&events, &Ask { hour_value: Some(dec("100")), ..ask() });
    let pro = likely(&dear, "pro").wait.unwrap();
    assert_eq!(pro.total, dec("20") + pro.interruption.unwrap());
    assert_eq!(named(&dear, dear.cheapest.likely), "pro pay");
    assert_eq!(dear.blocking.likely, None, "waiting is dearer then");
    assert_eq!(dear.cheapest, free.cheapest);
}

#[test]
fn the_result_says_when_the_yardstick_changes_the_answer() {
    // Little new text, much that is read again: $2 without reads, $40 with them, one window.
    let events: Vec<_> = row("2026-01-05T09:00:00Z", 2, 20, "0.10")
        .into_iter()
        .map(|event| Event { cache_reads: dec("1.90"), ..event })
        .collect();
    let fit = fit(&events, &ask());
    assert!(likely(&fit, "pro").fits());
    let reads = &fit.others[0];
    assert_eq!(reads.yardstick, Yardstick::ApiValueWithReads);
    assert!(!reads.carries.contains(&"pro".to_owned()) && reads.differs);
    // 20,000 tokens are far below any estimate in tokens, as they are by the default.
    let tokens = &fit.others[1];
    assert!(tokens.carries.contains(&"pro".to_owned()) && !tokens.differs);
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
fn days_that_were_asked_for_count_without_requests_too() {
    let events = [event("2026-11-10T09:00:00Z", "1")];
    let span = Span {
        zone: TimeZone::UTC,
        since: Some(date(2026, 11, 1)),
        until: Some(date(2026, 11, 30)),
    };
    let fit = fit(&events, &Ask { span, ..ask() });
    // Up to today, the 22nd: the rest of the month has not happened.
    assert_eq!((fit.coverage.first, fit.coverage.days), (Some(date(2026, 11, 1)), 22));
}

#[test]
fn an_hour_of_the_picture_is_marked_as_its_last_request_was_judged() {
    // Today five hours of Pro likely hold $9.90, low $3.60, high $16.80. A dollar every quarter of
    // an hour from 9:00: the window of 9 to 14 o'clock has $16 when the request of 13:00 begins.
    let events = row("2026-11-17T09:00:00Z", 15, 24, "1");
    let trace = Trace::of_events(&events);
    let fit = Fit::new(&trace, &ask());
    let pro = plan(&fit, "pro");
    let week = worst_week(pro).unwrap();
    assert_eq!(week.start, at("2026-11-16T00:00:00Z"));
    let (window, days) = hours_of(&fit, &trace, pro, week, &TimeZone::UTC).unwrap();
    assert_eq!((window, days.len()), (Window::FiveHour, 7));
    let letters = |day: usize| days[day].1.iter().map(|mark| mark.letter()).collect::<String>();
    // 9: $3 before the last; 10: $7; 11: $11; 12: $15; 13: $19; 14: a new window, $3.
    assert_eq!(letters(1), ".........o+##@o.........");
    assert_eq!(letters(0), ".".repeat(24));
    assert_eq!(likely(&fit, "pro").hits_of(Window::FiveHour), 1);
    // West of Greenwich the week begins in the evening before.
    let zone = TimeZone::get("America/New_York").unwrap();
    let (_, days) = hours_of(&fit, &trace, pro, week, &zone).unwrap();
    assert_eq!((days.len(), days[0].0), (8, date(2026, 11, 15)));
    assert_eq!(days[0].1[18].letter(), ' ');
    assert_eq!(days[2].1[4..10].iter().map(|mark| mark.letter()).collect::<String>(), "o+##@o");
}

#[test]
fn a_plan_that_stopped_somebody_did_not_carry_everything() {
    // Six dollars on Pro, stopped at 11:00 until 14:00, and then the person waited: no request was
    // ever refused in the logs.
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
    // What paying would have cost after the hit is not known, so nothing is compared with it.
    let pro_pay = |even: &BreakEven| {
        even.to.policy == Policy::Pay && fit.plan_of(even.to).unwrap().id == "pro"
    };
    assert!(!fit.break_evens.likely.iter().any(pro_pay));
    let marks = crate::words::fit::calendar(plan(&fit, "pro"), &TimeZone::UTC);
    assert_eq!((marks[0].mark.sign(), marks[0].carried, marks[0].told), ('!', 6, 1));
    let answer = crate::words::fit::answer(&fit);
    assert_eq!(
        answer[0],
        "Max would have carried all of it, even at the low capacity. Pro would not: you were \
         stopped once on it, as your logs tell."
    );
    assert!(answer[2].ends_with(
        "Pro and waiting for each reset, $20.00 a month, blocked for up to 91.2 h a month, to the \
         reset of your limit hit."
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
    // Without a reset no hour is made up.
    assert_eq!(replayed(vec![five(None)], &little), (dec("0"), dec("0"), 0, 1));
    // No five hours last for a day.
    let late = five(Some("2026-01-06T10:00:00Z"));
    assert_eq!(replayed(vec![late], &little), (dec("5"), dec("5"), 1, 1));
    // The week would last until Thursday, but only Monday counts.
    let week = hit("seven_day", "2026-01-05T10:00:00Z", Some("2026-01-08T09:00:00Z"));
    assert_eq!(replayed(vec![week.clone()], &little), (dec("14"), dec("14"), 1, 1));
    // Both at once block the same hours.
    let both = vec![week, five(Some("2026-01-05T14:00:00Z"))];
    assert_eq!(replayed(both, &little), (dec("14"), dec("14"), 1, 2));
    // A limit on one model lets other work go on.
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
fn blocked_time_ends_with_the_days_and_fits_into_a_month() {
    // A week that is used up on the first of its days, and nothing is known of the others.
    let events = [row("2026-01-05T00:00:00Z", 1, 1, "80"), row("2026-01-05T06:00:00Z", 1, 1, "1")];
    let fit = fit(&events.concat(), &ask());
    let pro = likely(&fit, "pro");
    assert_eq!(pro.hits[0].resets_at, at("2026-01-12T00:00:00Z"));
    assert_eq!((pro.waiting.hours(), pro.waiting.longest_hours()), (dec("18"), dec("18")));
    assert_eq!(pro.wait.unwrap().blocked_hours, dec("547.5"), "18 of 24 hours of 730");
    // A day on which clocks go back has 25 hours; a month has 730 all the same.
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let events = row("2026-10-24T22:00:00Z", 1, 2, "400");
    let back = super::Fit::new(
        &Trace::of_events(&events),
        &Ask { span: Span { zone, since: None, until: None }, rules: Rules::Today, ..ask() },
    );
    assert_eq!(back.coverage.days, 1);
    let api = Ask { spend_cap: Some(dec("0")), ..ask() };
    let api = super::Fit::new(&Trace::of_events(&events), &api);
    assert!(likely(&api, "api").pay.unwrap().blocked_hours <= dec("730"));
    assert!(likely(&back, "pro").wait.unwrap().blocked_hours <= dec("730"));
}

#[test]
fn a_cap_is_shared_out_by_calendar_months_and_holds_for_the_scaled_month() {
    // One of January's 31 days: a cap of $31 leaves a dollar of it.
    let bursty = row("2026-01-05T09:00:00Z", 2, 112, "0.25");
    let capped = |cap: &str, span| {
        let ask = Ask { spend_cap: Some(dec(cap)), span, ..ask() };
        fit(&bursty, &ask)
    };
    let none = Span { zone: TimeZone::UTC, since: None, until: None };
    let one = capped("31", none.clone());
    assert!(one.coverage.has_partial_month());
    let pro = likely(&one, "pro");
    assert_eq!(pro.paid, Tally { requests: 4, usd: dec("1") });
    assert_eq!(pro.pay.unwrap().overflow.round_dp(4), dec("30.4167"));
    assert_eq!(likely(&one, "api").paid.usd, dec("1"));
    // Half of January and half of February are two halves of a cap.
    let events = [row("2026-01-31T09:00:00Z", 2, 90, "1"), row("2026-02-01T15:00:00Z", 2, 90, "1")];
    let span = days("2026-01-17", "2026-02-14");
    let ask_half = Ask { spend_cap: Some(dec("62")), span, ..ask() };
    let halves = fit(&events.concat(), &ask_half);
    let months: Vec<_> =
        likely(&halves, "api").months.iter().map(|month| month.value.to_string()).collect();
    assert_eq!(months, ["30", "31"], "15 of 31 days and 14 of 28");
    // All of February is a whole cap, and the month of 30.4 days costs no more than that.
    let events = row("2026-02-02T09:00:00Z", 2, 200, "1");
    let span = days("2026-02-01", "2026-02-28");
    let whole = fit(&events, &Ask { spend_cap: Some(dec("100")), span, ..ask() });
    assert!(!whole.coverage.has_partial_month());
    assert_eq!(likely(&whole, "api").paid.usd, dec("100"));
    assert_eq!(likely(&whole, "api").pay.unwrap().total, dec("100"));
}

#[test]
fn what_a_cap_leaves_undone_is_never_the_cheapest() {
    let bursty = row("2026-01-05T09:00:00Z", 2, 112, "0.25");
    for cap in ["0", "0.01"] {
        let fit = fit(&bursty, &Ask { spend_cap: Some(dec(cap)), ..ask() });
        let api = plan(&fit, "api");
        assert_eq!(api.outcomes.likely.unpaid.requests, 112, "{cap}");
        assert_eq!(Verdict::of(api), Verdict::Capped);
        assert!(!api.outcomes.likely.pay.unwrap().is_servable, "no reset would serve it");
        assert_eq!(named(&fit, fit.cheapest.likely), "ultra wait");
        assert_eq!(named(&fit, fit.blocking.likely), "pro wait");
        let answer = crate::words::fit::answer(&fit).join("\n");
        assert!(
            answer.contains("API ($0.00) 112 requests, blocked for 456.2 h a month."),
            "{answer}"
        );
    }
    // One response and no cap: the API is the cheapest; under a cap of a cent it serves nothing.
    let one = [event("2026-11-20T09:00:00Z", "0.10")];
    let capped = fit(&one, &Ask { spend_cap: Some(dec("0.01")), ..ask() });
    assert_eq!(named(&capped, capped.cheapest.likely), "pro wait");
    assert_eq!(capped.blocking.likely, None);
    let digest = PlanDigest::of(plan(&capped, "api"));
    assert_eq!((digest.carries, digest.at.likely.unpaid), (Verdict::Capped, 1));
    assert_eq!(digest.at.likely.unpaid_hours, dec("15"), "from 9 o'clock to the end of the day");
}

#[test]
fn bundles_make_what_does_not_fit_cheaper_month_by_month() {
    // $4.25 are carried, $240 refused in January: a bundle of 250 for 200 and $10 of credits left,
    // which pay for the $10 of February.
    let mut events = row("2026-01-05T09:00:00Z", 1, 1, "4.25");
    events.extend(row("2026-01-05T09:10:00Z", 1, 240, "1"));
    events.extend(row("2026-02-02T09:00:00Z", 1, 1, "4.25"));
    events.extend(row("2026-02-02T09:10:00Z", 1, 10, "1"));
    let fit = fit(&events, &Ask { span: days("2026-01-01", "2026-02-28"), ..ask() });
    let months: Vec<_> = likely(&fit, "pro")
        .months
        .iter()
        .map(|month| (month.value.to_string(), month.cash.to_string()))
        .collect();
    assert_eq!(months, [("240".into(), "200".into()), ("10".into(), "0".into())]);
    // 200 in 59 days.
    let bill = likely(&fit, "pro").pay.unwrap();
    assert_eq!(bill.overflow.round_dp(4), dec("103.1073"));
    assert_eq!(
        likely(&fit, "api").pay.unwrap().overflow.round_dp(4),
        dec("133.2662"),
        "258.50 in 59 days: no bundles there"
    );
}

#[test]
fn a_window_that_began_before_the_days_shows_no_ceiling() {
    // $9 since 22:00, hit at 1:00. Seen from midnight on that would be a ceiling of $1.
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
        let doubts = crate::words::fit::fit_doubts(&cut).join("\n");
        assert!(doubts.contains("1 limit hit not used to tell what a window holds"), "{doubts}");
    }
    // After a pause of five hours the windows are in step again.
    let later = row("2026-01-05T06:00:00Z", 10, 3, "1");
    let hits = [hit("five_hour", "2026-01-05T06:30:00Z", None)];
    let trace = Trace::of_events(&[vec![event("2026-01-05T00:30:00Z", "1")], later].concat());
    let ask = Ask { evidence: on("pro"), span: since, ..ask() };
    let in_step = Fit::new(&trace.with_hits(hits), &ask);
    assert_eq!(plan(&in_step, "pro").five_hour.as_ref().unwrap().base.likely, dec("3"));
}

#[test]
fn no_capacity_lies_below_what_was_carried_and_a_contradiction_is_named() {
    // Stopped at $3 on Monday, and $6 passed on Tuesday.
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
        ceiling: dec("3"),
        floor: dec("6"),
        used_up: Filled {
            asked: dec("3"),
            day: date(2026, 1, 5),
            factor: dec("1"),
            percent: Some(dec("100")),
        },
        went_on: Filled { asked: dec("6"), day: date(2026, 1, 6), factor: dec("1"), percent: None },
    };
    assert_eq!(fit.conflicts, [conflict]);
    let doubts = crate::words::fit::fit_doubts(&fit).join("\n");
    assert!(
        doubts.contains(
            "Your own evidence contradicts itself: a five-hour window of Pro was used up at $3.00 on \
             2026-01-05, another one went on to $6.00 on 2026-01-06 without a limit hit. At least"
        ),
        "{doubts}"
    );
    // A range of one figure is one figure.
    let lines = crate::words::fit::capacities(&fit).0;
    let pro = lines.iter().find(|[plan, what, _]| plan == "Pro" && what == "five hours").unwrap();
    assert_eq!(pro[2], "$6.00 [2]");
}

#[test]
fn a_contradiction_across_a_change_of_limits_tells_the_real_windows_and_what_they_come_to() {
    // In November five hours hold 2.4 times what they held in January: $7.20 there are $3 here.
    let mut events = row("2026-01-06T09:00:00Z", 10, 6, "1");
    events.extend(row("2026-11-02T09:00:00Z", 2, 72, "0.1"));
    let hits = [hit("five_hour", "2026-11-02T11:30:00Z", Some("2026-11-02T14:00:00Z"))];
    let trace = Trace::of_events(&events).with_hits(hits);
    let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
    let doubts = crate::words::fit::fit_doubts(&fit).join("\n");
    assert!(
        doubts.contains(
            "a five-hour window of Pro was used up at $7.20 on 2026-11-02, another one went on to \
             $6.00 on 2026-01-06 without a limit hit. Limits changed between them: by the limits of \
             the last day the first would hold $7.20 at most, and the second came to $14.40."
        ),
        "{doubts}"
    );
}

#[test]
fn what_a_plan_is_raised_to_keeps_the_published_ratios_at_each_level() {
    // A week of Pro went to $60 without a hit: more than any estimate of it.
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
    // One of them does not even name its window.
    let hits = [
        hit("five_hour", "2026-11-02T09:30:00Z", Some("2026-11-02T14:00:00Z")),
        LimitHit { window: None, ..hit("five_hour", "2026-11-03T09:30:00Z", None) },
    ];
    let trace = Trace::of_events(&events).with_hits(hits);
    let answer =
        |evidence| crate::words::fit::answer(&Fit::new(&trace, &Ask { evidence, ..ask() }));
    let unnamed = answer(Evidence::default());
    assert_eq!(
        unnamed[0],
        "By your requests alone Pro would have carried all of it, even at the low capacity; but \
         you were stopped 2 times, on which plan is not known. Free would not: 3 requests not part \
         of it."
    );
    assert!(unnamed[1].contains("2 limit hits on a plan they do not name"), "{unnamed:?}");
    assert!(unnamed[2].starts_with("By your requests alone the cheapest"), "{unnamed:?}");
    assert!(answer(on("pro"))[0].contains("you were stopped 2 times on it"));
}

#[test]
fn a_break_even_says_which_way_hits_without_hours_move_it() {
    // Both stopped; only the first was told a reset.
    let events = row("2026-11-02T09:00:00Z", 10, 90, "1");
    let hits = [
        hit("five_hour", "2026-11-02T09:30:00Z", Some("2026-11-02T14:00:00Z")),
        hit("five_hour", "2026-11-02T20:30:00Z", None),
    ];
    let said = |hits: &[LimitHit]| {
        let trace = Trace::of_events(&events).with_hits(hits.iter().cloned());
        let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        let answer = crate::words::fit::answer(&fit);
        let worth = answer.iter().find(|sentence| sentence.contains("is worth it over"));
        worth.unwrap_or_else(|| panic!("{answer:#?}")).clone()
    };
    let both = said(&hits);
    assert!(
        both.ends_with(
            " It takes more if you were blocked for less; less could do, because of 1 limit hit \
             without a reset not counted."
        ),
        "{both}"
    );
    assert!(said(&hits[..1]).ends_with(". It takes more if you were blocked for less."));
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
    let doubts = crate::words::fit::fit_doubts(&fit).join("\n");
    assert!(
        doubts.contains("1 limit hit of a kind that Ultra is not known to have on that day"),
        "{doubts}"
    );
}

#[test]
fn the_calendar_marks_days_on_which_everything_was_refused() {
    let events = row("2026-01-05T00:00:00Z", 360, 20, "4");
    let fit_of_week = fit(&events, &ask());
    let signs = |fit: &Fit| -> String {
        let days = crate::words::fit::calendar(plan(fit, "pro"), &TimeZone::UTC);
        days.iter().map(|day| day.mark.sign()).collect()
    };
    assert_eq!(signs(&fit_of_week), "ooWrr", "the eleventh of them is on Wednesday at noon");
    let fable =
        Event { class: Class::new(false, true, true), ..event("2026-11-03T09:00:00Z", "1") };
    let fit_of_fable = fit(&[fable, event("2026-11-04T09:00:00Z", "1")], &ask());
    assert_eq!(signs(&fit_of_fable), "no");
}

#[test]
fn work_that_is_not_part_of_a_plan_is_blocked_by_a_cap_alone_and_fills_no_week() {
    let time = "2026-11-03T09:00:00Z";
    let fable = Event { class: Class::new(false, true, true), ..event(time, "100") };
    let events = [fable.clone(), Event { at: at("2026-11-03T10:00:00Z"), ..fable }];
    let trace = Trace::of_events(&events);
    let fit = Fit::new(&trace, &Ask { spend_cap: Some(dec("0")), ..ask() });
    let pro = likely(&fit, "pro");
    assert_eq!(pro.weeks[0].refused, Tally::default());
    assert_eq!(pro.weeks[0].outside, Tally { requests: 2, usd: dec("200") });
    // Nothing is left to do meanwhile, as on the API: from nine o'clock to the end of the day.
    assert_eq!((pro.waiting.hours(), pro.capped.hours()), (dec("0"), dec("15")));
    assert_eq!(likely(&fit, "api").capped, pro.capped);
    let digest = PlanDigest::of(plan(&fit, "pro"));
    assert_eq!(digest.part, Part::Nothing);
    let rows = crate::words::fit::plan_rows(&[digest]);
    assert_eq!(rows[0], ["Pro", "$20.00", "-", "-", "-", "$0.00", "$20.00!", "not in plan"]);
    let pro = plan(&fit, "pro");
    assert_eq!(hours_of(&fit, &trace, pro, worst_week(pro).unwrap(), &TimeZone::UTC), None);
}

#[test]
fn hours_of_work_outside_of_a_plan_are_not_said_to_be_none() {
    let capped = |events: &[Event<'_>]| {
        let fit = fit(events, &Ask { spend_cap: Some(dec("10")), ..ask() });
        crate::words::fit::answer(&fit).join("\n")
    };
    // Pro pays for as much of it as the API does, and is blocked for as long: ten of November's
    // thirty days leave $3.33 of the cap, and the fourth dollar is asked for on the 13th at 9:00.
    // From then to the end of the 19th are 159 hours of ten days, times 365 / 120.
    let fable = |event| Event { class: Class::new(false, true, true), ..event };
    let only: Vec<_> =
        row("2026-11-10T09:00:00Z", 24 * 60, 10, "1").into_iter().map(fable).collect();
    let answer = capped(&only);
    assert!(
        answer.contains(
            "Pro ($29.12) 7 requests, blocked for 483.6 h a month; API ($9.12) 7 requests, \
             blocked for 483.6 h a month."
        ),
        "{answer}"
    );
    // With other work beside it, that goes on.
    let mixed = [only, vec![event("2026-11-12T12:00:00Z", "1")]].concat();
    let answer = capped(&mixed);
    assert!(
        answer.contains("Pro ($29.12) 7 requests, blocked for hours that are not counted;"),
        "{answer}"
    );
}

#[test]
fn hours_that_are_not_counted_are_told_with_the_reason() {
    let answer = |hits: Vec<LimitHit>| {
        let trace = Trace::of_events(&row("2026-01-05T09:00:00Z", 10, 6, "0.5")).with_hits(hits);
        let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        crate::words::fit::answer(&fit).remove(2)
    };
    let lead = "Cheaper, but it blocks: Pro and waiting for each reset, $20.00 a month, blocked";
    let after = hit("five_hour", "2026-01-06T00:05:00Z", Some("2026-01-06T00:30:00Z"));
    assert_eq!(
        answer(vec![after.clone()]),
        format!(
            "{lead} for hours that are not counted: 1 limit hit after the last day that counts."
        )
    );
    let opus = hit("seven_day_opus", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"));
    let credits = hit("overage", "2026-01-05T12:00:00Z", Some("2026-01-05T23:59:00Z"));
    assert_eq!(
        answer(vec![opus, credits]),
        format!(
            "{lead} for hours that are not counted: 2 limit hits of one model or of credits alone."
        )
    );
    let silent = hit("five_hour", "2026-01-05T11:00:00Z", None);
    assert_eq!(
        answer(vec![silent.clone()]),
        format!("{lead} for hours that your limit hits do not tell.")
    );
    // Three hours of a day are 91.25 a month.
    let counted = hit("five_hour", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"));
    assert_eq!(
        answer(vec![counted, after]),
        format!(
            "{lead} for up to 91.2 h a month, to the reset of your limit hit, not counting 1 limit \
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
        crate::words::fit::answer(&fit).join("\n")
    };
    let told = "Your logs tell of 1 limit hit, and the API has no such limit: whichever plan it \
                was did not carry all of it, nor would a smaller one have.";
    assert!(answer("api").contains(told), "{}", answer("api"));
    assert!(!answer("pro").contains(told));
}

//! Windows, weeks and days: what fits, what is hit, and when.

use super::*;

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
    // A recorded reset keeps its rhythm of 168 hours.
    let told = WeekReset::Told(at("2026-03-04T08:00:00Z"));
    let (start, end) = told.week(noon, &berlin);
    assert_eq!((trace::time(start), (end - start) / hour), (at("2026-03-25T08:00:00Z"), 168));
    // Five hours are five hours, whatever the local clock does.
    let ask = Ask { span: Span { zone: berlin, since: None, until: None }, ..ask() };
    let times = ["2026-03-29T00:30:00Z", "2026-03-29T05:29:00Z", "2026-03-29T05:30:00Z"];
    let fit = fit(&times.map(|time| event(time, "9")), &ask);
    assert_eq!(likely(&fit, "pro").refused.requests, 1);
    assert_eq!(likely(&fit, "pro").waiting.milliseconds, 60_000);
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
fn the_result_says_when_the_yardstick_changes_the_answer() {
    // Few new tokens, many cache reads: $2 without reads, $40 with them, in one window.
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
    // West of Greenwich the week begins the evening before.
    let zone = TimeZone::get("America/New_York").unwrap();
    let (_, days) = hours_of(&fit, &trace, pro, week, &zone).unwrap();
    assert_eq!((days.len(), days[0].0), (8, date(2026, 11, 15)));
    assert_eq!(days[0].1[18].letter(), ' ');
    assert_eq!(days[2].1[4..10].iter().map(|mark| mark.letter()).collect::<String>(), "o+##@o");
}

#[test]
fn blocked_time_ends_with_the_days_and_fits_into_a_month() {
    // The week is used up on its first day, and the other days are unknown.
    let events = [row("2026-01-05T00:00:00Z", 1, 1, "80"), row("2026-01-05T06:00:00Z", 1, 1, "1")];
    let fit = fit(&events.concat(), &ask());
    let pro = likely(&fit, "pro");
    assert_eq!(pro.hits[0].resets_at, at("2026-01-12T00:00:00Z"));
    assert_eq!((pro.waiting.hours(), pro.waiting.longest_hours()), (dec("18"), dec("18")));
    assert_eq!(pro.wait.unwrap().blocked_hours, dec("547.5"), "18 of 24 hours of 730");
    // A day when clocks go back has 25 hours, but a month still has 730.
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
fn hours_of_work_outside_of_a_plan_are_not_said_to_be_none() {
    let capped = |events: &[Event<'_>]| {
        let fit = fit(events, &Ask { spend_cap: Some(dec("10")), ..ask() });
        said(&fit).answer.join("\n")
    };
    // Pro pays for as much as the API does and is blocked for as long. Ten of November's thirty
    // days leave $3.33 of the cap, and the fourth dollar is due on the 13th at 9:00. From then to
    // the end of the 19th are 159 hours in ten days, times 365 / 120.
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
    // With other work beside it, nothing blocks that work.
    let mixed = [only, vec![event("2026-11-12T12:00:00Z", "1")]].concat();
    let answer = capped(&mixed);
    assert!(
        answer.contains("Pro ($29.12) 7 requests, blocked for hours that could not be counted;"),
        "{answer}"
    );
}

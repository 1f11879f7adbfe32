//! What continuing costs: caps, bundles, the value of an hour.

use super::*;

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
    // One is carried. One of January's three refused requests is paid for, and one of February's
    // two.
    assert_eq!((pro.carried.requests, pro.paid.requests, pro.unpaid.requests), (1, 2, 3));
    assert_eq!(pro.months.len(), 2);
    // Blocked until the month is over at midnight, and from the second on in February until the
    // reset at one o'clock.
    assert_eq!(pro.capped.milliseconds, (236 + 58) * 60_000);
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
    // Half of January and half of February make two halves of a cap.
    let events = [row("2026-01-31T09:00:00Z", 2, 90, "1"), row("2026-02-01T15:00:00Z", 2, 90, "1")];
    let span = days("2026-01-17", "2026-02-14");
    let ask_half = Ask { spend_cap: Some(dec("62")), span, ..ask() };
    let halves = fit(&events.concat(), &ask_half);
    let months: Vec<_> =
        likely(&halves, "api").months.iter().map(|month| month.value.to_string()).collect();
    assert_eq!(months, ["30", "31"], "15 of 31 days and 14 of 28");
    // All of February is a whole cap, and scaling to 30.4 days does not exceed it.
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
        let answer = said(&fit).answer.join("\n");
        assert!(
            answer.contains("API ($0.00) 112 requests, blocked for 456.2 h a month."),
            "{answer}"
        );
    }
    // One response and no cap: the API is the cheapest. Under a cap of a cent it serves nothing.
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
fn a_break_even_says_which_way_hits_without_hours_move_it() {
    // Both hits stopped the person; only the first has a known reset.
    let events = row("2026-11-02T09:00:00Z", 10, 90, "1");
    let hits = [
        hit("five_hour", "2026-11-02T09:30:00Z", Some("2026-11-02T14:00:00Z")),
        hit("five_hour", "2026-11-02T20:30:00Z", None),
    ];
    let said = |hits: &[LimitHit]| {
        let trace = Trace::of_events(&events).with_hits(hits.iter().cloned());
        let fit = Fit::new(&trace, &Ask { evidence: on("pro"), ..ask() });
        let answer = said(&fit).answer;
        let worth = answer.iter().find(|sentence| sentence.contains("is worth it over"));
        worth.unwrap_or_else(|| panic!("{answer:#?}")).clone()
    };
    let both = said(&hits);
    assert!(
        both.ends_with(
            " The hour must be worth more if you were blocked for less, or less because 1 limit hit without a reset could not be counted."
        ),
        "{both}"
    );
    assert!(
        said(&hits[..1]).ends_with(". The hour must be worth more if you were blocked for less.")
    );
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
    // No other work is left, as on the API: blocked from nine o'clock to the end of the day.
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
fn hours_that_are_not_sure_have_no_sure_price() {
    // Six requests of 50 cents in a day are $91.25 a month on the API, the cheapest that never
    // blocks. Three hours of a day are 91.25 a month.
    let silent = hit("five_hour", "2026-01-05T20:00:00Z", None);
    let counted = hit("five_hour", "2026-01-05T11:00:00Z", Some("2026-01-05T14:00:00Z"));
    let told = |hits: &[LimitHit], value: &str| {
        let trace = Trace::of_events(&row("2026-01-05T09:00:00Z", 10, 6, "0.5"));
        let trace = trace.with_hits(hits.iter().cloned());
        let ask = Ask { evidence: on("pro"), hour_value: Some(dec(value)), ..ask() };
        let fit = Fit::new(&trace, &ask);
        let pro = [PlanDigest::of(plan(&fit, "pro"))];
        let cost = crate::words::fit::interruption_rows(&pro).remove(0);
        let said = said(&fit).answer.remove(2);
        let legend = crate::words::fit::legend(&pro, 0).pop().unwrap();
        let evens = fit.break_evens.likely.iter();
        let evens = evens.filter(|even| Some(even.to) == fit.cheapest.likely);
        let evens = evens.map(|even| (even.usd_per_hour.round_dp(4), even.hours_are));
        (said, cost, legend, evens.collect::<Vec<_>>(), pro)
    };
    let lead = "but with interruptions: Pro and waiting for each reset,";
    let (said, cost, legend, evens, pro) = told(std::slice::from_ref(&silent), "3");
    assert_eq!(
        said,
        format!(
            "Perhaps cheaper, {lead} $20.00 a month without the interruptions, blocked for hours that your limit hits do not record. It is cheaper than the API for everything only if you were blocked for less than 23.8 h a month."
        )
    );
    assert_eq!(cost, ["Pro*", ">=0 h", ">=$0.00", ">=$20.00"]);
    assert_eq!(crate::words::fit::plan_rows(&pro)[0][3..5], [">=0 h", ">=0 h"]);
    assert_eq!(crate::words::fit::brief_rows(&pro)[0][2], ">=0 h");
    assert_eq!(crate::words::fit::end_rows(&pro)[0][1], ">=0 h");
    assert_eq!(
        legend,
        ">= at least: work not done after a hit has no price; hours after some hits could not be counted."
    );
    assert_eq!(evens, []);

    let upper = std::slice::from_ref(&counted);
    let (said, cost, _, evens, _) = told(upper, "0.5");
    assert!(
        said.starts_with(&format!(
            "Cheaper, {lead} up to $65.62 a month, interruptions included, blocked for up to 91.2 h"
        )),
        "{said}"
    );
    assert_eq!(cost, ["Pro*", "<=91.2 h", "<=$45.62", "<=$65.62"]);
    assert_eq!(evens, [(dec("0.7808"), Bound::AtMost)]);
    // The upper bound exceeds the API's cost; the lower bound is just the fee.
    let (said, _, _, evens, _) = told(upper, "1");
    assert_eq!(
        said,
        format!(
            "Perhaps cheaper, {lead} up to $111.25 a month, interruptions included, blocked for up to 91.2 h a month, until the reset of your limit hit. It is cheaper than the API for everything only if you were blocked for less than 71.2 h a month."
        )
    );
    assert_eq!(evens, [(dec("0.7808"), Bound::AtMost)]);

    let (said, cost, legend, ..) = told(&[counted, silent], "0.5");
    assert!(
        said.starts_with(&format!(
            "Perhaps cheaper, {lead} $65.62 a month with the interruptions that could be counted,"
        )),
        "{said}"
    );
    assert_eq!(cost, ["Pro*", "91.2 h?", "$45.62?", "$65.62?"]);
    assert!(
        legend.starts_with("? more or less: hours run until the resets of some hits"),
        "{legend}"
    );
}

#[test]
fn what_is_surely_cheaper_goes_before_what_may_be() {
    // $30 in half an hour on each of three days. On the last day the person was stopped on Pro for
    // an unknown time: the hours on Pro have no upper bound, those on Max are as replayed.
    let mut events = vec![event("2026-01-18T09:00:00Z", "0.1")];
    for day in 5..8 {
        events.extend(row(&format!("2026-01-0{day}T09:00:00Z"), 1, 30, "1"));
    }
    let silent = LimitHit { window: None, ..hit("five_hour", "2026-01-18T12:00:00Z", None) };
    let evidence =
        Evidence { held: vec![held(Some("2026-01-18T00:00:00Z"), "pro")], ..Evidence::default() };
    let ask = Ask { evidence, hour_value: Some(dec("0.5")), ..ask() };
    let fit = Fit::new(&Trace::of_events(&events).with_hits([silent]), &ask);
    let [pro, max] = ["pro", "max"].map(|id| likely(&fit, id).wait.unwrap());
    assert!(pro.total < max.total);
    assert_eq!((pro.hours_are, max.hours_are), (Bound::AtLeast, Bound::Replayed));
    let answer = said(&fit).answer.join("\n");
    assert!(
        answer.contains("\nCheaper, but with interruptions: Max and waiting for each reset, $1"),
        "{answer}"
    );
}

#[test]
fn a_cap_is_said_to_be_of_use_at_api_prices() {
    let bursty = row("2026-01-05T09:00:00Z", 2, 112, "0.25");
    let span = days("2026-01-01", "2026-01-31");
    let capped = fit(&bursty, &Ask { spend_cap: Some(dec("10.10")), span, ..ask() });
    let answer = said(&capped).answer.join("\n");
    assert!(
        answer.contains("Under your cap of $10.10 a month at API prices, some work stays undone even if you pay: "),
        "{answer}"
    );
    let taken = said(&capped).assumptions.join("\n");
    assert!(
        taken.contains(
            "Paying means usage credits or the API, up to $10.10 a calendar month at API prices. \
             Above that you are blocked again. What you pay for credits can be less than the cap. \
             Credits come in bundles where those are cheaper"
        ),
        "{taken}"
    );
}

#[test]
fn the_digest_holds_the_share_of_the_value_that_each_plan_refused() {
    let shares = |events: &[Event<'_>], id: &str| {
        let fit = fit(events, &ask());
        PlanDigest::of(plan(&fit, id)).at.each().map(|(_, at)| at.refused_pct)
    };
    // Pro starts two requests of a dollar at $1.50, five at $4.125, seven at $7.
    let ten = row("2026-01-05T09:00:00Z", 10, 10, "1");
    assert_eq!(shares(&ten, "pro"), [Some(80), Some(50), Some(30)]);
    assert_eq!(shares(&ten, "free"), [Some(100); 3], "Claude Code is outside of it");
    assert_eq!(shares(&ten, "api"), [None; 3]);
    assert_eq!(shares(&row("2026-01-05T09:00:00Z", 10, 2, "0"), "pro"), [None; 3]);
    // Cache reads fill no window by this yardstick, but they have their value.
    let mut read = ten.clone();
    read[9].cache_reads = dec("10");
    assert_eq!(shares(&read, "pro"), [Some(90), Some(75), Some(65)]);
    // A cent of $10.01 is not nothing, and 2 of 16 are an even percentage.
    let rest =
        [row("2026-01-05T09:00:00Z", 10, 1, "10"), row("2026-01-05T09:10:00Z", 10, 1, "0.01")];
    assert_eq!(shares(&rest.concat(), "pro"), [Some(1); 3]);
    let half = [row("2026-01-05T09:00:00Z", 10, 1, "14"), row("2026-01-05T09:10:00Z", 10, 1, "2")];
    assert_eq!(shares(&half.concat(), "pro"), [Some(12); 3]);
}

//! Every threshold on both sides, and a month that no history breaks.

use proptest::prelude::*;

use super::*;
use crate::history::{Bill, Count, LimitHit, PlanSeen, Reading, Record, Terms, Tokens};

const NOW: &str = "2026-11-22T14:05:00Z";

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A response of this many output tokens, typed for by a person.
fn record(id: &str, at: &str, output: u64) -> Record<'static> {
    Record {
        key: id.to_owned().into(),
        time: time(at),
        model: "claude-sonnet-5-5".into(),
        tokens: Tokens { output, ..Tokens::default() },
        web_searches: 0,
        terms: Terms::default(),
        count: Count::Exact,
        source: Source::ClaudeCode,
        session: "s".into(),
        project: "p".into(),
        asker: Asker::Person,
        is_copy: false,
        is_unsplit: false,
    }
}

fn history(records: impl IntoIterator<Item = Record<'static>>) -> History {
    let mut history = History::default();
    for record in records {
        history.add(record);
    }
    history
}

/// Two responses that together cover `days` days from 2026-10-01 on.
fn over(days: i64) -> History {
    let last = jiff::civil::date(2026, 10, 1).at(9, 0, 0, 0)
        + jiff::SignedDuration::from_hours(24 * (days - 1));
    history([record("a", "2026-10-01T09:00:00Z", 100), record("b", &format!("{last}Z"), 100)])
}

/// Read at the time of the last response, so that no idle days follow.
fn measured(history: &History) -> Measured {
    let last = history.responses().map(|response| response.time).max();
    measured_at(history, last.map_or_else(|| time(NOW), |last| last.min(time(NOW))))
}

fn measured_at(history: &History, now: Timestamp) -> Measured {
    Measured::new(history, Catalog::builtin().unwrap(), &TimeZone::UTC, now).unwrap()
}

fn option(measured: &Measured, question: QuestionId) -> Option<&'static str> {
    measured.suggests(question).map(|rank| question.option_id(rank))
}

fn hit(at: &str) -> LimitHit {
    LimitHit {
        at: time(at),
        window: Some("five_hour".to_owned()),
        resets_at: Some(time(at) + jiff::SignedDuration::from_hours(2)),
    }
}

fn on(plan: Option<Plan>, login: Login) -> PlanSeen {
    PlanSeen { at: None, login, plan, has_extra_usage: None }
}

#[test]
fn an_empty_history_makes_no_month_and_says_why() {
    let none = |history: &History| {
        Measured::new(history, Catalog::builtin().unwrap(), &TimeZone::UTC, time(NOW)).unwrap_err()
    };
    let mut history = History::default();
    assert_eq!(none(&history), NoMonth::Empty);
    history.add_bill(
        "a",
        crate::history::Bill {
            usd: Decimal::ONE,
            at: time(NOW),
            model: None,
            project: String::new(),
            source: Source::ConsoleCosts,
        },
    );
    assert_eq!(none(&history), NoMonth::BillsOnly);
}

#[test]
fn the_month_is_scaled_by_days_and_rounded_half_to_even() {
    // 365 / 12 = 30.41666...; 30 days: x 365/360.
    assert_eq!(a_month(360, 30), 365);
    assert_eq!(a_month(0, 1), 0);
    assert_eq!(a_month(1, 1), 30);
    // 6 x 365 / (12 x 1) = 182.5, 18 x 365 / 12 = 547.5: to the even neighbour.
    assert_eq!((a_month(6, 1), a_month(18, 1)), (182, 548));
    assert_eq!(a_month(1_000_000, 28), 1_086_310);
}

#[test]
fn a_month_is_a_twelfth_of_a_year() {
    assert_eq!(per_month(0, 30), Some(0));
    assert_eq!(per_month(1_000, 0), None);
    // 365 / 12 days are one month.
    assert_eq!(per_month(365_000, 365), Some(30_417));
    assert_eq!(per_month(1_460, 365), Some(122), "121.67");
    // 365 x 6 / 12 = 182.5 and 365 x 18 / 12 = 547.5: half to even.
    assert_eq!(per_month(6, 1), Some(182));
    assert_eq!(per_month(18, 1), Some(548));
    assert_eq!(per_month(u128::MAX, 1), None);
    assert_eq!(per_month(u128::from(MOST_TOKENS), 1), None);
    assert_eq!(per_month_usd(Decimal::ONE, 7), Some("4.345238".parse().unwrap()));
    assert_eq!(per_month_usd(Decimal::ONE, 0), None);
}

#[test]
fn shares_never_make_more_than_the_whole() {
    let text = |parts, sum| cache_shares(parts, sum).map(|share| share.to_string());
    assert_eq!(text([90, 5, 5], 100), ["90", "5", "5"]);
    assert_eq!(text([1, 1, 0], 3), ["33.3333", "33.3333", "0"]);
    // Each rounds up; the last is reduced to keep the sum at 100.
    assert_eq!(text([666_667, 666_667, 666_666], 2_000_000), ["33.3334", "33.3334", "33.3332"]);
    assert_eq!(text([0, 0, 0], 0), ["0", "0", "0"]);
}

#[test]
fn a_bill_of_other_days_does_not_make_the_month_smaller() {
    let mut history = history([record("a", "2026-11-20T10:00:00Z", 120)]);
    let usd = Decimal::ONE;
    let at = "2026-01-01T00:00:00Z".parse().unwrap();
    let source = Source::ConsoleCosts;
    history.add_bill("b", Bill { usd, at, model: None, project: String::new(), source });
    let month = measured(&history);
    assert_eq!(month.days, 1);
    assert_eq!(month.sources, [Source::ClaudeCode, Source::ConsoleCosts]);
}

#[test]
fn more_than_a_trillion_tokens_are_cut_and_that_is_known() {
    assert_eq!(a_month(u128::MAX, 1), MOST_TOKENS);
    assert_eq!(a_month(u128::MAX / 365, 1), MOST_TOKENS);
    let mut huge = record("a", "2026-11-01T00:00:00Z", MOST_TOKENS);
    huge.tokens.cache_read = MOST_TOKENS;
    let month = measured(&history([huge]));
    assert_eq!(month.volume, Volume { input: MOST_TOKENS, output: MOST_TOKENS });
    assert!(month.is_cut());
    assert!(!measured(&over(7)).is_cut());
}

#[test]
fn the_input_is_every_prompt_token_and_the_shares_are_of_it() {
    let mut one = record("a", "2026-11-01T00:00:00Z", 7);
    one.tokens =
        Tokens { input: 1, output: 7, cache_write_5m: 2, cache_write_1h: 3, cache_read: 6 };
    let month = measured(&history([one]));
    // 12 tokens of one day: x 365/12.
    assert_eq!(month.volume, Volume { input: 365, output: 213 });
    let shares = [month.cached.read, month.cached.write_5m, month.cached.write_1h];
    assert_eq!(shares.map(|share| share.to_string()), ["50", "16.6667", "25"]);
    assert_eq!((month.days, month.responses), (1, 1));
}

#[test]
fn three_shares_that_round_up_make_100_and_no_more() {
    // 1/6 each is 16.6667 rounded up; with 50.0000 they would make 100.0001.
    let thirds = Cached::of([3, 1, 2], 6);
    let sum =
        |cached: &Cached| cached.read.value() + cached.write_5m.value() + cached.write_1h.value();
    assert_eq!(sum(&thirds), Decimal::ONE_HUNDRED);
    let sevenths = Cached::of([5, 1, 1], 7);
    // 71.4286 + 14.2857 + 14.2857 = 100; 66.6667 + 16.6667 + 16.6667 is over.
    assert_eq!(sum(&sevenths), Decimal::ONE_HUNDRED);
    let over = Cached::of([4, 1, 1], 6);
    assert_eq!(
        (over.read.to_string(), over.write_1h.to_string()),
        ("66.6667".into(), "16.6666".into())
    );
    assert_eq!(sum(&over), Decimal::ONE_HUNDRED);
    assert_eq!(Cached::of([0, 0, 0], 0), Cached::default());
}

#[test]
fn the_model_is_the_one_with_the_most_api_value_over_all_its_spellings() {
    let mut history = History::default();
    let mut add = |id: &str, model: &'static str, output| {
        let mut record = record(id, "2026-11-01T00:00:00Z", output);
        record.model = model.into();
        history.add(record);
    };
    // Opus 5.5 writes for 20 dollars a million, Sonnet 5.5 for 10.
    add("a", "claude-opus-5-5", 1_000_000);
    add("b", "claude-sonnet-5-5", 1_500_000);
    add("c", "claude-sonnet-5-5[1m]", 600_000);
    add("d", "gpt-6", 900_000_000);
    let month = measured(&history);
    assert_eq!(month.model.as_deref(), Some("claude-sonnet-5-5"));
    assert_eq!(month.unpriced, 1);
    // (20 + 15 + 6) x 365 / 12 = 1247.08333...
    assert_eq!(month.mix_usd.unwrap().to_string(), "1247.083333");
    let mut unknown = record("a", "2026-11-01T00:00:00Z", 1);
    unknown.model = "gpt-6".into();
    let month = measured(&self::history([unknown]));
    assert_eq!((month.model, month.mix_usd, month.unpriced), (None, None, 1));
}

#[test]
fn under_seven_days_nothing_is_suggested() {
    for (days, expected) in [(6, None), (7, Some("short"))] {
        let mut history = over(days);
        history.add_plan(on(Some(Plan::Pro), Login::Claude));
        let month = measured(&history);
        assert_eq!((month.days, month.is_short()), (days.unsigned_abs(), days < 7));
        assert_eq!(option(&month, QuestionId::Session), expected);
        let others = [QuestionId::Interface, QuestionId::Limits, QuestionId::Automation];
        for question in others {
            assert_eq!(option(&month, question).is_some(), days == 7, "{question:?}");
        }
    }
    let month = measured(&over(28));
    for question in
        [QuestionId::Developer, QuestionId::Control, QuestionId::Features, QuestionId::Billing]
    {
        assert_eq!(month.suggests(question), None);
    }
}

#[test]
fn limits_go_by_the_share_of_weeks_with_a_hit_and_only_on_pro() {
    let with = |days, hits: &[&str], plans: &[Option<Plan>]| {
        let mut history = over(days);
        for at in hits {
            history.add_hit(&hit(at), 0);
        }
        for plan in plans {
            history.add_plan(on(plan.clone(), Login::Claude));
        }
        measured(&history)
    };
    let pro = [Some(Plan::Pro)];
    let first = "2026-10-01T10:00:00Z";
    let same = "2026-10-07T23:00:00Z";
    let second = "2026-10-08T00:00:00Z";
    for (days, hits, expected, weeks) in [
        (28, &[][..], "never", 0),
        // One of four weeks, whatever the number of hits in it.
        (28, &[first, same][..], "sometimes", 1),
        // Two of four are half.
        (28, &[first, second][..], "often", 2),
        // One of two is half; with 15 days it is less than half.
        (14, &[first][..], "often", 1),
        (15, &[first][..], "sometimes", 1),
    ] {
        let month = with(days, hits, &pro);
        let seen = month.limits.unwrap();
        assert_eq!(option(&month, QuestionId::Limits), Some(expected), "{days} {hits:?}");
        assert_eq!((seen.hits, seen.weeks), (hits.len() as u64, weeks));
    }
    for plans in
        [&[][..], &[None][..], &[Some(Plan::Max5)][..], &[Some(Plan::Pro), Some(Plan::Max)]]
    {
        let month = with(28, &[first], plans);
        assert_eq!(option(&month, QuestionId::Limits), Some("unknown"), "{plans:?}");
        assert_eq!(month.limits.unwrap().hits, 1, "the figure is shown all the same");
    }
}

#[test]
fn a_hit_outside_of_the_days_with_responses_belongs_to_the_nearest_week() {
    let mut history = over(14);
    history.add_hit(&hit("2026-09-30T23:00:00Z"), 0);
    history.add_hit(&hit("2026-10-15T01:00:00Z"), 0);
    let seen = measured(&history).limits.unwrap();
    assert_eq!((seen.hits, seen.weeks), (2, 2));
}

#[test]
fn files_that_know_no_limits_say_nothing_of_them() {
    let mut api = record("a", "2026-10-01T00:00:00Z", 1);
    (api.source, api.count, api.session) =
        (Source::ConsoleTokens, Count::Sum { days: 1 }, "".into());
    api.asker = Asker::Unknown;
    let month = measured(&history([api]));
    assert_eq!((month.limits, month.sessions, month.unattended), (None, None, None));
}

#[test]
fn the_fullest_window_is_kept_as_a_figure() {
    let mut history = over(7);
    for percent in ["11", "97.26", "30"] {
        history.add_reading(Reading {
            at: time(NOW),
            window: "seven_day".to_owned(),
            percent: percent.parse().unwrap(),
            resets_at: None,
        });
    }
    assert_eq!(measured(&history).limits.unwrap().peak_pct.unwrap().to_string(), "97.3");
}

#[test]
fn sessions_are_marathons_moderate_or_short_by_their_thresholds() {
    let with = |days: i64, minutes: &[i64]| {
        let mut history = over(days);
        for (index, minutes) in minutes.iter().enumerate() {
            let start = time("2026-10-02T00:00:00Z");
            for step in 0..=minutes / 30 + 1 {
                let at = (step * 30).min(*minutes);
                let mut record = record(&format!("{index}-{step}"), NOW, 1);
                record.time = start + jiff::SignedDuration::from_mins(at);
                record.session = format!("session {index}").into();
                history.add(record);
            }
        }
        let month = measured(&history);
        option(&month, QuestionId::Session).unwrap()
    };
    // Two more sessions of no length are on the first and the last day.
    assert_eq!(with(7, &[180]), "marathon");
    assert_eq!(with(7, &[179]), "short");
    assert_eq!(with(8, &[180]), "short", "less than one a week");
    assert_eq!(with(14, &[180, 200]), "marathon");
    assert_eq!(with(14, &[20, 20, 20]), "moderate");
    assert_eq!(with(14, &[19, 19, 19]), "short");
}

#[test]
fn automation_goes_by_the_unattended_share_of_the_output() {
    let with = |alone: u64, typed: u64| {
        let mut history = over(7);
        let mut record_alone = record("c", "2026-10-02T00:00:00Z", alone);
        record_alone.asker = Asker::SubAgent;
        history.add(record_alone);
        history.add(record("d", "2026-10-02T00:00:00Z", typed));
        option(&measured(&history), QuestionId::Automation).unwrap()
    };
    // 200 typed tokens are already there.
    assert_eq!(with(0, 0), "none");
    assert_eq!(with(49_999, 950_001 - 200), "none", "4.9999 % is not 5.0 %");
    assert_eq!(with(50_000, 950_000 - 200), "some");
    assert_eq!(with(499_999, 500_001 - 200), "some");
    assert_eq!(with(500_000, 500_000 - 200), "heavy");
}

#[test]
fn where_one_works_goes_by_the_login_the_export_and_the_larger_part() {
    let mut history = over(7);
    assert_eq!(option(&measured(&history), QuestionId::Interface), None, "nothing is known");
    history.add_plan(on(None, Login::Other));
    assert_eq!(option(&measured(&history), QuestionId::Interface), None);
    history.add_plan(PlanSeen { at: Some(time(NOW)), ..on(Some(Plan::Pro), Login::Claude) });
    assert_eq!(option(&measured(&history), QuestionId::Interface), Some("claude_code"));
    let mut sdk = record("sdk", "2026-10-02T00:00:00Z", 200);
    sdk.asker = Asker::Program;
    history.add(sdk.clone());
    assert_eq!(
        option(&measured(&history), QuestionId::Interface),
        Some("claude_code"),
        "half is not most"
    );
    sdk.tokens.output = 201;
    history.add(sdk);
    assert_eq!(option(&measured(&history), QuestionId::Interface), Some("code"));

    let mut export = over(7);
    let mut chat = record("c", "2026-10-02T00:00:00Z", 1);
    chat.source = Source::ClaudeAi;
    export.add(chat);
    assert_eq!(option(&measured(&export), QuestionId::Interface), Some("chat"));
    let mut api = record("d", "2026-10-02T00:00:00Z", 1_000);
    (api.source, api.count, api.session) = (Source::AdminUsage, Count::Sum { days: 1 }, "".into());
    export.add(api);
    let month = measured(&export);
    assert_eq!(option(&month, QuestionId::Interface), Some("code"));
    assert_eq!(month.sources, [Source::ClaudeCode, Source::ClaudeAi, Source::AdminUsage]);
}

#[test]
fn days_are_those_of_the_zone() {
    let late =
        history([record("a", "2026-10-01T22:30:00Z", 1), record("b", "2026-10-02T00:30:00Z", 1)]);
    let catalog = Catalog::builtin().unwrap();
    let in_zone = |name: &str| {
        let zone = TimeZone::get(name).unwrap();
        Measured::new(&late, catalog, &zone, time("2026-10-02T12:00:00Z")).unwrap()
    };
    assert_eq!(in_zone("UTC").days, 2);
    let madrid = in_zone("Europe/Madrid");
    assert_eq!((madrid.days, madrid.zone.as_str()), (1, "Europe/Madrid"));
    assert_eq!(madrid.from, jiff::civil::date(2026, 10, 2));
}

#[test]
fn no_doubt_holds_a_file_an_address_or_a_key() {
    let models = ["'anthropic/claude-opus-5.5'".to_owned()];
    for (sentence, shown) in [
        ("'me.jsonl' holds no line of a log.", "A file holds no line of a log."),
        ("Cannot read '/home/ana/x y' or '~/b'.", "Cannot read a file or a file."),
        ("Claude Code's sums: 'cleanupPeriodDays'.", "Claude Code's sums: 'cleanupPeriodDays'."),
        ("Of 'ana@example.com'.", "Of a file."),
        ("Of 'anthropic/claude-opus-5.5': 3.", "Of 'anthropic/claude-opus-5.5': 3."),
        ("A plan's 'it's ours' end", "A plan's 'it's ours' end"),
        ("An 'open quote", "An 'open quote"),
    ] {
        assert_eq!(discreet(sentence, &models), shown);
    }
    assert!(!discreet("see sk-ant-api03-x", &models).contains("sk-ant"));
}

#[test]
fn what_was_left_out_is_a_doubt_but_not_what_never_counts() {
    let mut history = over(7);
    for why in [Skip::NotJson, Skip::NotJson, Skip::Synthetic, Skip::ApiError] {
        history.skip(why);
    }
    let doubts = measured(&history).doubts;
    let left_out = "Left out: 2 lines that are not JSON.";
    assert_eq!(doubts.iter().filter(|doubt| *doubt == left_out).count(), 1, "{doubts:?}");
    assert!(!doubts.iter().any(|doubt| doubt.contains("failed requests")));
}

proptest! {
    /// Whatever was read: no panic, a month within its bounds, shares of at most the whole.
    #[test]
    fn any_history_makes_a_month_within_its_bounds(
        records in prop::collection::vec(
            (
                1_740_000_000_i64..1_795_356_300,
                prop::sample::select(vec!["claude-sonnet-5-5", "claude-haiku-5-5", "gpt-6", "sk-ant-x"]),
                prop::array::uniform5(prop_oneof![0..10_u64, 0..=u64::MAX]),
                0..3_usize,
                0..7_usize,
            ),
            1..20,
        ),
        hits in prop::collection::vec(-200_000_000_000_i64..250_000_000_000, 0..5),
    ) {
        let mut history = History::default();
        for (index, (second, model, tokens, asker, source)) in records.into_iter().enumerate() {
            let [input, output, cache_write_5m, cache_write_1h, cache_read] = tokens;
            let mut record = record(&index.to_string(), NOW, 0);
            record.time = Timestamp::from_second(second).unwrap();
            record.model = model.into();
            record.tokens = Tokens { input, output, cache_write_5m, cache_write_1h, cache_read };
            record.asker = [Asker::Program, Asker::SubAgent, Asker::Person][asker];
            record.source = [
                Source::ClaudeCode, Source::ClaudeAi, Source::ConsoleTokens, Source::ConsoleCosts,
                Source::AdminUsage, Source::AdminCosts, Source::Ccusage,
            ][source];
            history.add(record);
        }
        for second in hits {
            let at = Timestamp::from_second(second).unwrap();
            history.add_hit(&LimitHit { at, window: None, resets_at: None }, 0);
        }
        let month = measured(&history);
        prop_assert!(month.volume.input <= MOST_TOKENS && month.volume.output <= MOST_TOKENS);
        let cached = month.cached.read.value() + month.cached.write_5m.value()
            + month.cached.write_1h.value();
        prop_assert!(cached <= Decimal::ONE_HUNDRED);
        prop_assert!(month.days >= 1 && month.from <= month.to);
        for question in QuestionId::ALL {
            if let Some(rank) = month.suggests(question) {
                prop_assert!(usize::from(rank) < question.scale().len());
            }
        }
        prop_assert!(!month.doubts.iter().any(|doubt| doubt.contains("sk-ant")));
    }
}

#[test]
fn output_of_which_nobody_knows_who_asked_answers_no_question() {
    let with_unknown = |share: i64| {
        let mut history = History::default();
        for day in 0..10 {
            let mut record =
                record(&day.to_string(), &format!("2026-10-{:02}T09:00:00Z", day + 1), 1);
            record.asker = if day < share { Asker::Unknown } else { Asker::SubAgent };
            history.add(record);
        }
        history.add_plan(PlanSeen {
            at: None,
            login: Login::Claude,
            plan: None,
            has_extra_usage: None,
        });
        let month = measured(&history);
        (month.suggests(QuestionId::Automation), month.suggests(QuestionId::Interface))
    };
    assert_eq!(with_unknown(10), (None, None));
    assert_eq!(with_unknown(6), (None, None));
    let known = (Some(Automation::Heavy as Rank), Some(Interface::ClaudeCode as Rank));
    assert_eq!(with_unknown(5), known);
}

#[test]
fn idle_days_up_to_today_count_and_answers_need_a_week_of_use() {
    let history = over(6);
    let month = measured_at(&history, time("2026-10-29T12:00:00Z"));
    assert_eq!((month.days, month.days_of_use, month.is_short()), (29, 6, true));
    // 200 tokens in 29 days.
    assert_eq!(month.volume.output, 210);
    assert_eq!(month.suggests(QuestionId::Limits), None);
    let mut wrong = over(6);
    for (id, at) in [("1970", "1970-01-01T00:00:00Z"), ("2038", "2038-01-19T00:00:00Z")] {
        wrong.add(record(id, at, 1_000_000));
    }
    let same = measured_at(&wrong, time("2026-10-29T12:00:00Z"));
    assert_eq!((same.from, same.to, same.volume), (month.from, month.to, month.volume));
    assert!(same.doubts.iter().any(|doubt| doubt.contains("1970-01-01 to 2038-01-19")));
}

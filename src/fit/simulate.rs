//! Simulated months for people without logs: replays plausible traces made from their answers.
//!
//! Nothing here is measured. The same answers always make the same months, because the numbers come
//! from a small generator with fixed seeds.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use rust_decimal::Decimal;
use serde::Serialize;

use super::solve::Solver;
use super::terms::amounts;
use super::{Ask, Class, Event, Level, PlanFit, Range, Rules, Trace};
use crate::number::amount;
#[cfg(test)]
use crate::number::json;
use crate::question::Session;

/// Number of simulated months.
pub const MONTHS: u32 = 100;
/// Days in a simulated month.
pub const DAYS: i64 = 30;
/// Default sessions a week: two on each working day.
pub const SESSIONS_A_WEEK: u32 = 10;
/// More sessions a week than this are treated as a typing error.
pub const MOST_SESSIONS: u32 = 200;

/// The input of a simulated month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Habit {
    /// Session length.
    pub session: Session,
    /// Sessions a week, 1 to [`MOST_SESSIONS`].
    pub sessions_a_week: u32,
    /// The month's API value without cache reads, USD.
    pub fresh: Decimal,
    /// API value of its cache reads, USD.
    pub cache_reads: Decimal,
    /// Uncached input and output tokens.
    pub tokens: u64,
    /// Share of the work that stays in the app, in percent; the rest is not simulated.
    pub in_app_pct: u8,
    pub model: String,
}

impl Habit {
    /// True if such a month has no tokens.
    pub fn is_nothing(&self) -> bool {
        self.fresh.is_zero() && self.cache_reads.is_zero() && self.tokens == 0
    }

    /// The shortest and the longest session, in minutes.
    pub const fn minutes(&self) -> (u64, u64) {
        match self.session {
            Session::Short => (5, 20),
            Session::Moderate => (30, 150),
            Session::Marathon => (180, 360),
        }
    }
}

/// How often a plan stopped somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Stopped {
    /// Its id in the price list.
    pub id: String,
    /// Its name.
    pub name: String,
    /// A month; null where it cannot be paid monthly.
    #[serde(rename = "fee_usd", with = "amount::optional")]
    #[cfg_attr(test, schemars(with = "Option<json::Usd>"))]
    pub fee: Option<Decimal>,
    /// Months with a refusal.
    #[serde(rename = "months_stopped")]
    pub months: Range<u32>,
    /// Windows hit in the middle month.
    #[serde(rename = "median_hits")]
    pub hits: Range<u64>,
    /// Hours blocked in the middle month.
    #[serde(rename = "median_blocked_hours", serialize_with = "amounts::serialize")]
    #[cfg_attr(test, schemars(with = "Range<json::Amount>"))]
    pub hours: Range<Decimal>,
}

/// The result of all simulated months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    pub habit: Habit,
    /// Number of simulated months.
    pub months: u32,
    /// Plans with known windows, in the list's order.
    pub plans: Vec<Stopped>,
}

/// Simulates [`MONTHS`] months up to today and replays them under today's rules.
pub fn simulate(habit: &Habit, ask: &Ask<'_>) -> Simulated {
    let start = ask.today.checked_sub(DAYS.days()).unwrap_or(ask.today);
    let until = start.checked_add((DAYS - 1).days()).ok();
    let span = super::Span { zone: ask.span.zone.clone(), since: Some(start), until };
    let ask = Ask { rules: Rules::Today, span, ..ask.clone() };
    let fits: Vec<Vec<PlanFit>> = (1..=u64::from(MONTHS))
        .map(|seed| {
            let trace = Trace::of_events(&month(habit, seed, start, &ask.span.zone));
            Solver::new(&trace, &ask).plans(ask.yardstick, &Level::ALL).0
        })
        .collect();
    let known = fits.first().into_iter().flatten().enumerate().filter(|(_, plan)| plan.is_known());
    let plans = known
        .map(|(place, plan)| {
            let of =
                |level| fits.iter().filter_map(move |fit| Some(fit.get(place)?.outcomes.at(level)));
            Stopped {
                id: plan.id.clone(),
                name: plan.name.clone(),
                fee: plan.fee,
                months: Range::of_levels(|level| {
                    u32::try_from(of(level).filter(|o| !o.fits()).count()).unwrap_or(u32::MAX)
                }),
                hits: Range::of_levels(|level| {
                    middle(of(level).map(|o| o.hits.len() as u64).collect())
                }),
                hours: Range::of_levels(|level| {
                    super::outcome::hours(middle(
                        of(level).map(|o| o.waiting.milliseconds).collect(),
                    ))
                }),
            }
        })
        .collect();
    Simulated { habit: habit.clone(), months: MONTHS, plans }
}

/// The median; of two middle values, the lower.
fn middle<T: Ord + Copy + Default>(mut values: Vec<T>) -> T {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied().unwrap_or_default()
}

/// Random numbers, the same for the same seed (`SplitMix64`, Steele, Lea and Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included.
    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high.saturating_sub(low) + 1)
    }
}

/// Makes one month. Working days are three times as likely to have a session as weekend days.
/// Sessions fall between 8:00 and 20:00 and never overlap. Requests come every one to five minutes
/// and grow within a session, because a chat resends its history. Together they have exactly the
/// habit's value and tokens.
fn month(habit: &Habit, seed: u64, start: Date, zone: &TimeZone) -> Vec<Event<'static>> {
    let mut dice = Dice(seed);
    let sessions = (u64::from(habit.sessions_a_week) * DAYS.unsigned_abs() + 3) / 7;
    let mut starts: Vec<i64> =
        (0..sessions.max(1)).map(|_| start_minute(&mut dice, start)).collect();
    starts.sort_unstable();
    let midnight = zone
        .to_ambiguous_zoned(start.to_datetime(Time::midnight()))
        .compatible()
        .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
    let mut requests: Vec<(Timestamp, u128)> = Vec::new();
    let mut free_from = 0_i64;
    let (shortest, longest) = habit.minutes();
    for begin in starts {
        let begin = begin.max(free_from);
        let length = i64::try_from(dice.between(shortest, longest)).unwrap_or_default();
        let (mut minute, mut turn) = (0, 0_u64);
        while minute < length {
            let at = midnight.checked_add((begin + minute).minutes()).unwrap_or(midnight);
            // After some forty turns people start a new chat, or the program compacts the old one.
            let weight = dice.between(50, 150) * (10 + turn.min(40));
            requests.push((at, u128::from(weight)));
            minute += i64::try_from(dice.between(1, 5)).unwrap_or(1);
            turn += 1;
        }
        free_from = begin + length + 10;
    }
    share_out(habit, &requests)
}

/// The minute of the month at which a session begins.
fn start_minute(dice: &mut Dice, start: Date) -> i64 {
    loop {
        let day = i64::try_from(dice.between(0, DAYS.unsigned_abs() - 1)).unwrap_or_default();
        let weekday = start.checked_add(day.days()).map_or(Weekday::Monday, Date::weekday);
        let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
        let minute = i64::try_from(dice.between(8 * 60, 20 * 60 - 1)).unwrap_or_default();
        if !is_weekend || dice.between(1, 3) == 1 {
            return day * 24 * 60 + minute;
        }
    }
}

/// Distributes value and tokens by weight, exactly to the last unit.
fn share_out(habit: &Habit, requests: &[(Timestamp, u128)]) -> Vec<Event<'static>> {
    let all: u128 = requests.iter().map(|(_, weight)| weight).sum();
    let totals = [
        u128::from(super::amount::units(habit.fresh).unwrap_or(u64::MAX)),
        u128::from(super::amount::units(habit.cache_reads).unwrap_or(u64::MAX)),
        u128::from(habit.tokens),
    ];
    let mut before = 0_u128;
    requests
        .iter()
        .map(|(at, weight)| {
            let after = before + weight;
            let [fresh, reads, tokens] =
                totals.map(|total| total * after / all.max(1) - total * before / all.max(1));
            before = after;
            Event {
                at: *at,
                fresh: super::amount::usd(fresh),
                cache_reads: super::amount::usd(reads),
                tokens: u64::try_from(tokens).unwrap_or(u64::MAX),
                session: "simulated",
                project: "simulated",
                class: Class::new(false, false, false),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::fit::tests::ask;

    fn habit(session: Session, usd: i64) -> Habit {
        Habit {
            session,
            sessions_a_week: 10,
            fresh: Decimal::from(usd),
            cache_reads: Decimal::ONE,
            tokens: 1_234_567,
            in_app_pct: 100,
            model: "m".into(),
        }
    }

    #[test]
    fn a_month_holds_exactly_what_was_asked_and_is_the_same_each_time() {
        let habit = habit(Session::Moderate, 60);
        let made = month(&habit, 7, date(2026, 10, 23), &TimeZone::UTC);
        assert_eq!(made, month(&habit, 7, date(2026, 10, 23), &TimeZone::UTC));
        assert_ne!(made, month(&habit, 8, date(2026, 10, 23), &TimeZone::UTC));
        assert_eq!(made.iter().map(|event| event.fresh).sum::<Decimal>(), habit.fresh);
        assert_eq!(made.iter().map(|event| event.cache_reads).sum::<Decimal>(), Decimal::ONE);
        assert_eq!(made.iter().map(|event| event.tokens).sum::<u64>(), 1_234_567);
        assert!(made.len() > 500, "43 sessions of an hour and a half: {}", made.len());
        assert!(made.windows(2).all(|pair| pair[0].at <= pair[1].at));
    }

    #[test]
    fn how_likely_pro_is_to_stop_somebody_grows_with_the_volume() {
        let stopped = |usd| {
            let simulated = simulate(&habit(Session::Marathon, usd), &ask());
            let pro = simulated.plans.iter().find(|plan| plan.id == "pro").unwrap();
            pro.months
        };
        let (little, some, much) = (stopped(10), stopped(150), stopped(3_000));
        assert_eq!((little.low, little.high), (0, 0));
        assert!(some.low > some.high, "{some:?}");
        assert_eq!((much.low, much.likely, much.high), (100, 100, 100));
    }

    #[test]
    fn one_long_session_hits_windows_that_many_short_ones_do_not() {
        let pro = |session| {
            let simulated = simulate(&habit(session, 120), &ask());
            simulated.plans.into_iter().find(|plan| plan.id == "pro").unwrap().months.likely
        };
        let few = Habit { sessions_a_week: 2, ..habit(Session::Marathon, 120) };
        let simulated = simulate(&few, &ask());
        let rare = simulated.plans.iter().find(|plan| plan.id == "pro").unwrap().months.likely;
        assert!(pro(Session::Short) < rare, "{} {rare}", pro(Session::Short));
    }
}

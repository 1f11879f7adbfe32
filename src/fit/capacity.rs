//! What a window holds. Nobody publishes it: a range from the person's own evidence, else from
//! dated estimates, always with where it came from.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::grid::{FIVE_HOURS, Grid, SEVEN_DAYS, Stretch};
use super::rules::{self, Era};
use super::trace::{Class, Trace, time, window_named};
use super::{Range, Window, Yardstick};
use crate::catalog::Catalog;
use crate::facts::Facts;
use crate::history::{History, Plan};

/// How much of a window was used at some time, as the vendor's own programs told it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// When it was told.
    pub at: Timestamp,
    /// Which window; a reading of Fable's part is not used.
    pub window: Window,
    /// How much was used, in percent, 0 to 100.
    pub percent: Decimal,
}

/// A plan that the person had from some time on, until the next one of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Since when; `None` for as long as the history goes back.
    pub since: Option<Timestamp>,
    /// The id of the plan in the price list.
    pub plan: String,
}

/// What the person knows beside the requests themselves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    /// The plans they had, in the order of time.
    pub held: Vec<Held>,
    /// How full windows were.
    pub readings: Vec<Reading>,
    /// The id of the plan that the files name, whichever one the person named.
    pub named: Option<String>,
}

impl Evidence {
    /// What a history tells beside its responses: the plan that its files name, and how full
    /// windows were. A plan named without a time is taken for the one held throughout.
    pub fn of(history: &History) -> Self {
        let held = history
            .plans()
            .filter_map(|seen| {
                Some(Held { since: None, plan: plan_id(seen.plan.as_ref()?)?.to_owned() })
            })
            .last();
        let readings = history.readings().filter_map(|reading| {
            let window = window_named(Some(&reading.window))?;
            Some(Reading { at: reading.at, window, percent: reading.percent })
        });
        let named = held.as_ref().map(|held: &Held| held.plan.clone());
        Self { held: held.into_iter().collect(), readings: readings.collect(), named }
    }

    /// The plan that the files name, where it is not the one held.
    pub(super) fn named_otherwise(&self) -> Option<&str> {
        let now = self.plan_now()?;
        self.named.as_deref().filter(|named| *named != now)
    }

    /// The plan held at a time; `None` where it is not known.
    pub fn plan_at(&self, at: Timestamp) -> Option<&str> {
        let held = self.held.iter().rfind(|held| held.since.is_none_or(|since| since <= at));
        held.map(|held| held.plan.as_str())
    }

    /// The plan held last.
    pub fn plan_now(&self) -> Option<&str> {
        self.held.last().map(|held| held.plan.as_str())
    }
}

/// The id in the price list: since late October 2026 Max 5x is called Max and Max 20x Ultra.
fn plan_id(plan: &Plan) -> Option<&'static str> {
    match plan {
        Plan::Free => Some("free"),
        Plan::Pro => Some("pro"),
        Plan::Max | Plan::Max5 => Some("max"),
        Plan::Max20 | Plan::Ultra => Some("ultra"),
        Plan::Team | Plan::Enterprise | Plan::Other(_) => None,
    }
}

/// Where the range of a window comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The person's own limit hits and readings.
    Own {
        /// The plans they had at the time.
        plans: Vec<String>,
        /// Limit hits that showed a ceiling.
        hits: u64,
        /// Readings that showed one.
        readings: u64,
        /// Whether another plan's ceiling was multiplied by the published ratio.
        is_scaled: bool,
        /// Whether it was too low for a window that passed without a hit, and was raised to it.
        is_raised: bool,
    },
    /// An estimate that somebody published.
    Estimate {
        /// Who, in the words of the list of facts.
        source: String,
        /// When.
        date: Date,
        /// Whether it was made for Pro and multiplied by the published ratio.
        is_scaled: bool,
        /// Whether it was too low for a window that passed without a hit, and was raised to it.
        is_raised: bool,
    },
}

/// What a window of a plan holds: USD or tokens, as the yardstick says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capacity {
    /// Before the dated changes of limits, which multiply it.
    pub base: Range<Decimal>,
    /// By the rules of the last day.
    pub now: Range<Decimal>,
    /// Where the range comes from.
    pub origin: Origin,
}

/// What the evidence says about one window of one plan, before the dated changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Observed {
    plan: String,
    window: Window,
    ceilings: Vec<Decimal>,
    hits: u64,
    readings: u64,
    /// The largest window without a hit.
    floor: Option<(Decimal, Filled)>,
    /// The lowest ceiling, taken as high as the rounding of readings allows.
    lowest: Option<(Decimal, Filled)>,
}

/// What had been asked of a real window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// USD or tokens, as the yardstick says.
    pub asked: Decimal,
    /// The day of the hit or reading; of a window without one the day it began.
    pub day: Date,
    /// By how much the changes of limits had multiplied the window since the estimates were made.
    pub factor: Decimal,
    /// How much of it that was, in percent; `None` where it was not told.
    pub percent: Option<Decimal>,
}

/// A window that was used up after less work than another one carried: both cannot be what the plan
/// holds. USD or tokens, as the yardstick says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The id of the plan that was held.
    pub plan: String,
    /// Which of its windows.
    pub window: Window,
    /// What the lowest limit hit or reading shows, by the rules of the last day.
    pub ceiling: Decimal,
    /// The largest window without a limit hit, by the rules of the last day.
    pub floor: Decimal,
    /// The window of the limit hit or reading as it really was.
    pub used_up: Filled,
    /// The window without a limit hit as it really was.
    pub went_on: Filled,
}

impl Observed {
    /// Notes a ceiling and how high it may be, and the window that showed it.
    fn add_ceiling(&mut self, ceiling: Decimal, at_most: Decimal, filled: Filled) {
        self.ceilings.push(ceiling);
        if self.lowest.is_none_or(|(lowest, _)| at_most < lowest) {
            self.lowest = Some((at_most, filled));
        }
    }

    /// Notes a window without a hit.
    fn add_floor(&mut self, floor: Decimal, filled: Filled) {
        if self.floor.is_none_or(|(known, _)| floor > known) {
            self.floor = Some((floor, filled));
        }
    }
}

/// What becomes of the limit hits of a history, as evidence of what a window holds. Every hit is in
/// exactly one of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HitUse {
    /// All of them.
    pub told: u64,
    /// Those that showed the ceiling of a window.
    pub used: u64,
    /// Those at a time when the plan was not known.
    pub without_plan: u64,
    /// Those of a limit that the plan of that time is not known to have.
    pub without_limit: u64,
    /// Those of a window that began before the days that count.
    pub cut: u64,
    /// Those of a window in which nothing was part of the plan of that time.
    pub outside: u64,
    /// Those that show nothing of a whole window: limits of one model, of credits, of a kind that
    /// was not told, or of a window without a request.
    pub other: u64,
}

/// What a limit hit or a reading shows of a window.
enum Shown<'a> {
    /// What the window of this plan holds, before the dated changes.
    Ceiling(&'a str, Decimal, Filled),
    /// The plan has no such limit on that day.
    NoLimit,
    /// The window began before the days that count.
    Cut,
    /// There were requests in the window, and none of them is part of the plan.
    Outside,
    /// Nothing.
    Nothing,
}

/// A first request this much after a window began may still be the one that opened it: older
/// programs round the opening down to the hour.
const ROUNDING: i64 = 3_600_000;

/// Everything evidence is read from.
pub(super) struct Witness<'a> {
    pub trace: &'a Trace,
    /// Laid out by dated rules: what happened, happened under the rules of its day.
    pub grid: &'a Grid,
    pub eras: &'a [Era],
    pub zone: &'a TimeZone,
    pub catalog: &'a Catalog,
    pub facts: &'a Facts,
    pub evidence: &'a Evidence,
    pub yardstick: Yardstick,
    /// When the days that were asked for begin, in milliseconds; `None` for the whole history.
    pub since: Option<i64>,
}

impl Witness<'_> {
    /// Ceilings and floors of every plan that was held.
    pub(super) fn observe(&self) -> (Vec<Observed>, HitUse) {
        let mut all: Vec<Observed> = Vec::new();
        let mut uses = HitUse::default();
        for hit in &self.trace.hits {
            uses.told += 1;
            let Some(window) = window_named(hit.window.as_deref()) else {
                uses.other += 1;
                continue;
            };
            if self.evidence.plan_at(hit.at).is_none() {
                uses.without_plan += 1;
                continue;
            }
            let reset = hit.resets_at.map(Timestamp::as_millisecond);
            match self.shown(window, hit.at, reset, Decimal::ONE) {
                Shown::Ceiling(plan, ceiling, filled) => {
                    let observed = entry(&mut all, plan, window);
                    observed.add_ceiling(ceiling, ceiling, filled);
                    observed.hits += 1;
                    uses.used += 1;
                }
                Shown::NoLimit => uses.without_limit += 1,
                Shown::Cut => uses.cut += 1,
                Shown::Outside => uses.outside += 1,
                Shown::Nothing => uses.other += 1,
            }
        }
        for reading in &self.evidence.readings {
            // A whole percentage of less than this says too little about the whole.
            if reading.percent < Decimal::TEN || reading.percent > Decimal::ONE_HUNDRED {
                continue;
            }
            let share = reading.percent / Decimal::ONE_HUNDRED;
            let shown = self.shown(reading.window, reading.at, None, share);
            if let Shown::Ceiling(plan, ceiling, filled) = shown {
                let observed = entry(&mut all, plan, reading.window);
                // Told in whole percent: half of one less may have been used.
                let rounded = reading.percent - Decimal::new(5, 1);
                let most =
                    ceiling.checked_mul(reading.percent).and_then(|all| all.checked_div(rounded));
                observed.add_ceiling(ceiling, most.unwrap_or(ceiling), filled);
                observed.readings += 1;
            }
        }
        self.add_floors(&mut all);
        for observed in &mut all {
            observed.ceilings.sort_unstable();
        }
        (all, uses)
    }

    /// What the window that was used up to this share at this time holds.
    fn shown(
        &self,
        window: Window,
        at: Timestamp,
        reset: Option<i64>,
        share: Decimal,
    ) -> Shown<'_> {
        let plan = self.evidence.plan_at(at).and_then(|plan| self.catalog.plan(plan));
        let day = at.to_zoned(self.zone.clone()).date();
        let limits = plan.map(|plan| rules::limits(self.facts, plan, day));
        let (Some(plan), Some(limits)) = (plan, limits) else { return Shown::NoLimit };
        if (window == Window::FiveHour && !limits.five) || (window == Window::Week && !limits.week)
        {
            return Shown::NoLimit;
        }
        let now = at.as_millisecond();
        let inside = |stretch: &&Stretch| stretch.start <= now && now < stretch.end;
        let laid_out = |stretches: &[Stretch]| stretches.iter().find(inside).map(|s| s.start);
        let start = match (window, reset) {
            (Window::FiveHour, Some(reset)) => Some(reset.saturating_sub(FIVE_HOURS)),
            (Window::FiveHour, None) => laid_out(&self.grid.fives),
            (Window::Week, Some(reset)) => Some(reset.saturating_sub(SEVEN_DAYS)),
            (Window::Week, None) => laid_out(&self.grid.weeks),
            (Window::FableWeek, _) => None,
        };
        let Some(start) = start else { return Shown::Nothing };
        if self.is_cut(window, start, reset.is_some()) {
            return Shown::Cut;
        }
        let Some(filled) = self.filled(plan, window, day, (start, now), share, limits.included)
        else {
            let is_asked = !self.trace.between(start, now.saturating_add(1)).is_empty();
            return if is_asked { Shown::Outside } else { Shown::Nothing };
        };
        let base = filled.asked.checked_div(filled.factor).and_then(|all| all.checked_div(share));
        base.map_or(Shown::Nothing, |base| Shown::Ceiling(&plan.id, base, filled))
    }

    /// Whether only the end of a window that began at this time is in the history: its sum would be
    /// too small for what it holds.
    fn is_cut(&self, window: Window, start: i64, is_told: bool) -> bool {
        let Some(first) = self.trace.requests.first() else { return true };
        if self.since.is_some_and(|since| start < since) {
            return true;
        }
        match window {
            Window::Week | Window::FableWeek => first.at > start,
            Window::FiveHour if is_told => first.at > start.saturating_add(ROUNDING),
            Window::FiveHour => start < self.in_step_from(),
        }
    }

    /// From which window on the laid-out five hours are sure to be the real ones: what came before
    /// the days asked for shifts those that hang together with it, up to the first pause of five
    /// hours.
    fn in_step_from(&self) -> i64 {
        let Some(mut last) = self.since else { return i64::MIN };
        for window in &self.grid.fives {
            if window.start.saturating_sub(last) >= FIVE_HOURS {
                return window.start;
            }
            let inside = self.trace.between(window.start, window.end);
            last = inside.last().map_or(window.start, |request| request.at);
        }
        i64::MAX
    }

    /// A window of which this share was filled by the requests from one time to another; `None`
    /// where there were none.
    fn filled(
        &self,
        plan: &crate::catalog::Plan,
        window: Window,
        day: Date,
        (start, now): (i64, i64),
        share: Decimal,
        included: u8,
    ) -> Option<Filled> {
        let load: u128 = self
            .trace
            .between(start, now.saturating_add(1))
            .iter()
            .filter(|request| included & request.class.bit() != 0)
            .map(|request| u128::from(request.load(self.yardstick)))
            .sum();
        if load == 0 {
            return None;
        }
        Some(Filled {
            asked: self.yardstick.measure(load),
            day,
            factor: rules::factor(self.facts, &plan.id, window, day),
            percent: share.checked_mul(Decimal::ONE_HUNDRED),
        })
    }

    /// Evidence that contradicts itself: a ceiling below a floor of the same window of one plan.
    /// `day` is the one by whose rules the figures are told.
    pub(super) fn conflicts(&self, all: &[Observed], day: Date) -> Vec<Conflict> {
        let conflict = |observed: &Observed| {
            let ((floor, went_on), (ceiling, used_up)) = (observed.floor?, observed.lowest?);
            let factor = rules::factor(self.facts, &observed.plan, observed.window, day);
            let now = |base: Decimal| base.checked_mul(factor).map(|now| now.normalize());
            let conflict = Conflict {
                plan: observed.plan.clone(),
                window: observed.window,
                ceiling: now(ceiling)?,
                floor: now(floor)?,
                used_up,
                went_on,
            };
            (ceiling < floor).then_some(conflict)
        };
        all.iter().filter_map(conflict).collect()
    }

    /// The largest window without a limit hit: the plan holds at least that. Where credits were
    /// used up, windows may have gone past their limit, so they show nothing.
    fn add_floors(&self, all: &mut Vec<Observed>) {
        if self.trace.hits.iter().any(|hit| hit.window.as_deref() == Some("overage")) {
            return;
        }
        for (window, stretches) in
            [(Window::FiveHour, &self.grid.fives), (Window::Week, &self.grid.weeks)]
        {
            let mut hits: Vec<i64> = self
                .trace
                .hits
                .iter()
                .filter(|hit| window_named(hit.window.as_deref()).is_none_or(|w| w == window))
                .map(|hit| hit.at.as_millisecond())
                .collect();
            hits.sort_unstable();
            let mut segments = self.grid.segments.iter().peekable();
            let in_step_from = match window {
                Window::FiveHour => self.in_step_from(),
                Window::Week | Window::FableWeek => i64::MIN,
            };
            for (number, stretch) in stretches.iter().enumerate() {
                let Some(plan) = self.evidence.plan_at(time(stretch.start)) else { continue };
                let is_same = self.evidence.plan_at(time(stretch.end)) == Some(plan);
                let Some(plan) = self.catalog.plan(plan).filter(|_| is_same) else { continue };
                let (mut load, mut factor, mut is_limited) = (0_u128, Decimal::ZERO, true);
                let place = |segment: &super::grid::Segment| match window {
                    Window::FiveHour => segment.five,
                    Window::Week | Window::FableWeek => segment.week,
                };
                while let Some(segment) = segments.next_if(|segment| place(segment) <= number) {
                    if place(segment) < number {
                        continue;
                    }
                    let Some(era) = self.eras.get(segment.era) else { continue };
                    let limits = rules::limits(self.facts, plan, era.day);
                    is_limited &=
                        if window == Window::FiveHour { limits.five } else { limits.week };
                    factor = factor.max(rules::factor(self.facts, &plan.id, window, era.day));
                    for (class, sum) in Class::all().zip(&segment.sums) {
                        if limits.included & class.bit() != 0 {
                            load += sum.load(self.yardstick);
                        }
                    }
                }
                let next = hits.partition_point(|at| *at < stretch.start);
                let is_hit = hits.get(next).is_some_and(|at| *at < stretch.end);
                if is_hit || !is_limited || load == 0 || stretch.start < in_step_from {
                    continue;
                }
                let asked = self.yardstick.measure(load);
                let Some(floor) = asked.checked_div(factor) else { continue };
                let day = time(stretch.start).to_zoned(self.zone.clone()).date();
                let filled = Filled { asked, day, factor, percent: None };
                entry(all, &plan.id, window).add_floor(floor, filled);
            }
        }
    }

    /// What a window of a plan holds before the dated changes; `None` where nobody knows.
    pub(super) fn base(
        &self,
        all: &[Observed],
        plan: &str,
        window: Window,
    ) -> Option<(Range<Decimal>, Origin)> {
        let of_window = || all.iter().filter(|observed| observed.window == window);
        // At each level the plans stand in the ratio of that level, in what they are raised to too:
        // else a plan could be said to hold less than a smaller one.
        let floor = of_window()
            .filter_map(|observed| {
                let ratio = rules::ratio(self.facts, &observed.plan, plan, window)?;
                let (floor, _) = observed.floor?;
                ratio.times(Range { low: floor, likely: floor, high: floor })
            })
            .reduce(Range::larger);
        let raised = |range: Range<Decimal>| floor.map_or(range, |floor| range.larger(floor));
        let seen = |observed: &&Observed| !observed.ceilings.is_empty();
        let of_plan: Vec<&Observed> =
            of_window().filter(|observed| observed.plan == plan).filter(seen).collect();
        let is_scaled = of_plan.is_empty();
        let used = if is_scaled { of_window().filter(seen).collect() } else { of_plan };
        let mut ceilings = (Vec::new(), Vec::new(), Vec::new());
        for observed in &used {
            if let Some(ratio) = rules::ratio(self.facts, &observed.plan, plan, window) {
                for ceiling in &observed.ceilings {
                    ceilings.0.extend(ceiling.checked_mul(ratio.low));
                    ceilings.1.extend(ceiling.checked_mul(ratio.likely));
                    ceilings.2.extend(ceiling.checked_mul(ratio.high));
                }
            }
        }
        let (lows, mut likely, highs) = ceilings;
        likely.sort_unstable();
        if let (Some(low), Some(middle), Some(high)) =
            (lows.iter().min(), likely.get(likely.len().saturating_sub(1) / 2), highs.iter().max())
        {
            let range = Range { low: *low, likely: *middle, high: *high };
            let is_raised = raised(range) != range;
            let origin = Origin::Own {
                plans: used.iter().map(|observed| observed.plan.clone()).collect(),
                hits: used.iter().map(|observed| observed.hits).sum(),
                readings: used.iter().map(|observed| observed.readings).sum(),
                is_scaled,
                is_raised,
            };
            return Some((raised(range), origin));
        }
        let estimate = rules::estimate(self.facts, plan, window, self.yardstick)?;
        let range = raised(estimate.range);
        let is_raised = range != estimate.range;
        let origin = Origin::Estimate {
            source: estimate.fact.source.clone(),
            date: estimate.fact.source_date,
            is_scaled: estimate.is_scaled,
            is_raised,
        };
        Some((range, origin))
    }
}

fn entry<'o>(all: &'o mut Vec<Observed>, plan: &str, window: Window) -> &'o mut Observed {
    let place = all.iter().position(|known| known.plan == plan && known.window == window);
    let place = place.unwrap_or_else(|| {
        all.push(Observed {
            plan: plan.to_owned(),
            window,
            ceilings: Vec::new(),
            hits: 0,
            readings: 0,
            floor: None,
            lowest: None,
        });
        all.len() - 1
    });
    &mut all[place]
}

//! Replays a trace against one plan at one capacity.
//!
//! Both policies share one walk. What a plan covers does not depend on what happens to the rest: a
//! refused request uses no part of any window, whether it is blocked or paid for.

use super::Yardstick;
use super::grid::{Grid, Segment, Stretch};
use super::trace::{Class, Request, Trace};

/// What a plan allows under one set of rules at one capacity, in units of the yardstick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Allowance {
    /// Capacity of a five-hour window; `None` if there is no such limit.
    pub five: Option<u128>,
    /// Capacity of a week; `None` if there is no such limit or it is unknown.
    pub week: Option<u128>,
    /// Weekly capacity for Fable models; `None` if they count like the others.
    pub fable: Option<u128>,
    /// Request classes included in the plan, one bit each.
    pub included: u8,
}

/// How to pay for what a plan does not cover, in 10^-12 dollars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paying<'a> {
    Never,
    /// At API prices.
    Credits {
        /// Cap for each of the grid's months.
        monthly: Option<&'a [u128]>,
        /// Cap for each day.
        daily: Option<u128>,
    },
}

/// A number of requests and their API value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Share {
    pub requests: u64,
    pub api: u128,
}

impl Share {
    fn add(&mut self, requests: u64, api: u128) {
        self.requests += requests;
        self.api += api;
    }
}

/// Which limit refused a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Wall {
    Five,
    Week,
    Fable,
}

/// A window that refused at least one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub wall: Wall,
    pub window: Stretch,
    /// Index of the first refused request.
    pub first: usize,
    pub refused: u64,
}

/// Spans in which requests are refused. Overlapping time counts once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Blocked {
    spans: Vec<Stretch>,
}

impl Blocked {
    /// Adds `start..end`; calls must come in ascending order of `start`.
    fn cover(&mut self, start: i64, end: i64) {
        match self.spans.last_mut() {
            Some(open) if start <= open.end => open.end = open.end.max(end),
            _ => self.spans.push(Stretch { start, end }),
        }
    }

    /// Ends the last span at `end` if it runs longer.
    fn cut_last(&mut self, end: i64) {
        if let Some(open) = self.spans.last_mut()
            && open.end > end
        {
            open.end = end.max(open.start);
        }
    }

    /// The union of these spans and others, of any window, cut at `until`. Spans that overlap or
    /// touch become one.
    pub(super) fn with(&self, others: &[Stretch], until: i64) -> Self {
        let mut all: Vec<Stretch> = self.spans.iter().chain(others).copied().collect();
        all.sort_unstable_by_key(|span| (span.start, span.end));
        let mut union = Self::default();
        for span in all {
            let end = span.end.min(until);
            if span.start < end {
                union.cover(span.start, end);
            }
        }
        union
    }

    fn lengths(&self) -> impl Iterator<Item = i64> {
        self.spans.iter().map(|span| span.end.saturating_sub(span.start))
    }

    /// Total milliseconds.
    pub(super) fn total(&self) -> i64 {
        self.lengths().sum()
    }

    pub(super) const fn count(&self) -> usize {
        self.spans.len()
    }

    /// Milliseconds of the longest span.
    pub(super) fn longest(&self) -> i64 {
        self.lengths().max().unwrap_or_default()
    }
}

/// Requests of one day by outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct DayRun {
    pub carried: u64,
    pub refused: u64,
    pub outside: u64,
}

/// One week of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WeekRun {
    /// Index into the grid's weeks.
    pub week: usize,
    /// Load requested, refused or not, in units of the yardstick.
    pub asked: u128,
    /// Refused by a used-up window.
    pub refused: Share,
    /// Not included in the plan.
    pub outside: Share,
    /// Five-hour windows that refused a request.
    pub hits: u64,
}

/// The result of one replay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Run {
    pub carried: Share,
    /// Refused by a used-up window.
    pub refused: Share,
    /// Not included in the plan.
    pub outside: Share,
    /// Paid for, if the policy is to pay.
    pub paid: Share,
    /// Blocked by a cap, if the policy is to pay.
    pub unpaid: Share,
    /// Blocked time, if the policy is to wait.
    pub waiting: Blocked,
    /// Time blocked by a cap, if the policy is to pay.
    pub capped: Blocked,
    pub hits: Vec<Hit>,
    pub weeks: Vec<WeekRun>,
    pub days: Vec<DayRun>,
    /// Amount paid in each grid month that has requests.
    pub months: Vec<u128>,
}

/// Replays a trace. `allowances` has one entry for each of the grid's eras; a missing entry refuses
/// nothing.
pub(super) fn run(
    trace: &Trace,
    grid: &Grid,
    yardstick: Yardstick,
    allowances: &[Allowance],
    paying: Paying<'_>,
) -> Run {
    let mut walk = Walk::new(grid, yardstick, allowances, paying);
    for segment in &grid.segments {
        walk.enter(segment);
        let requests = trace.requests.get(segment.from..segment.to).unwrap_or_default();
        walk.segment(segment, requests);
    }
    walk.finish()
}

/// Usage of each window, and since when requests are refused.
struct Walk<'a> {
    grid: &'a Grid,
    yardstick: Yardstick,
    allowances: &'a [Allowance],
    paying: Paying<'a>,
    run: Run,
    allowance: Allowance,
    place: Place,
    used: Used,
    hit: [Option<usize>; 3],
    spent: Spent,
    /// True if none of the work is included in the plan. Then no other work continues during a
    /// block.
    is_all_outside: bool,
}

/// Current position in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    five: usize,
    week: usize,
    day: usize,
    month: usize,
    era: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Used {
    five: u128,
    week: u128,
    fable: u128,
}

/// Amount paid so far, and whether a cap has ended paying.
#[derive(Debug, Clone, Copy, Default)]
struct Spent {
    month: u128,
    day: u128,
    month_is_over: bool,
    day_is_over: bool,
}

/// No limits, and every class included.
const FREE_FOR_ALL: Allowance = Allowance { five: None, week: None, fable: None, included: !0 };

/// True if the plan includes no request of the trace.
fn is_all_outside(grid: &Grid, allowances: &[Allowance]) -> bool {
    grid.segments.iter().all(|segment| {
        let included = allowances.get(segment.era).unwrap_or(&FREE_FOR_ALL).included;
        Class::all()
            .zip(&segment.sums)
            .all(|(class, sum)| sum.count == 0 || included & class.bit() == 0)
    })
}

const fn is_used_up(used: u128, of: Option<u128>) -> bool {
    matches!(of, Some(capacity) if used >= capacity)
}

impl<'a> Walk<'a> {
    fn new(
        grid: &'a Grid,
        yardstick: Yardstick,
        allowances: &'a [Allowance],
        paying: Paying<'a>,
    ) -> Self {
        let nowhere = usize::MAX;
        Self {
            grid,
            yardstick,
            allowances,
            paying,
            run: Run {
                months: vec![0; grid.month_ends.len()],
                days: vec![DayRun::default(); grid.days.len()],
                ..Run::default()
            },
            allowance: FREE_FOR_ALL,
            place: Place {
                five: nowhere,
                week: nowhere,
                day: nowhere,
                month: nowhere,
                era: nowhere,
            },
            used: Used::default(),
            hit: [None; 3],
            spent: Spent::default(),
            is_all_outside: is_all_outside(grid, allowances),
        }
    }

    /// Moves on to a segment and resets whatever has ended.
    fn enter(&mut self, segment: &Segment) {
        let last = self.place;
        let month = self.grid.months.get(segment.day).copied().unwrap_or_default();
        self.place = Place {
            five: segment.five,
            week: segment.week,
            day: segment.day,
            month,
            era: segment.era,
        };
        if segment.era != last.era {
            self.new_rules(last);
        }
        if segment.five != last.five {
            self.used.five = 0;
            self.hit[0] = None;
        }
        if segment.week != last.week {
            self.used.week = 0;
            self.used.fable = 0;
            self.hit[1] = None;
            self.hit[2] = None;
            self.run.weeks.push(WeekRun {
                week: segment.week,
                asked: 0,
                refused: Share::default(),
                outside: Share::default(),
                hits: 0,
            });
        }
        if month != last.month {
            self.spent.month = 0;
            self.spent.month_is_over = false;
        }
        if segment.day != last.day {
            self.spent.day = 0;
            self.spent.day_is_over = false;
        }
    }

    /// Applies new rules. A window that they make large enough is free again; its block ends when
    /// the rules begin.
    fn new_rules(&mut self, last: Place) {
        let eras = last.era.saturating_add(1)..=self.place.era;
        if last.era != usize::MAX {
            for era in eras {
                let Some(begin) = self.grid.eras.get(era).copied() else { continue };
                let allowance = self.allowances.get(era).copied().unwrap_or(FREE_FOR_ALL);
                let five = self.grid.fives.get(last.five).map_or(begin, |window| window.end);
                let week = self.grid.weeks.get(last.week).map_or(begin, |week| week.end);
                let mut end = begin;
                if is_used_up(self.used.five, allowance.five) {
                    end = end.max(five);
                }
                if is_used_up(self.used.week, allowance.week) {
                    end = end.max(week);
                }
                // A block by the cap alone does not end when a window is freed.
                let has_windows = !self.is_all_outside
                    && (self.allowance.five.is_some() || self.allowance.week.is_some());
                let blocks = [&mut self.run.waiting, &mut self.run.capped];
                for blocked in blocks.into_iter().filter(|_| has_windows) {
                    blocked.cut_last(end);
                }
            }
        }
        self.allowance = self.allowances.get(self.place.era).copied().unwrap_or(FREE_FOR_ALL);
    }

    /// Processes a segment as a whole if all its requests must have the same outcome, otherwise one
    /// by one. Only the speed differs.
    fn segment(&mut self, segment: &Segment, requests: &[Request]) {
        let (mut inside, mut fable, mut load) = (Share::default(), 0_u128, 0_u128);
        let mut outside = Share::default();
        for (class, sum) in Class::all().zip(&segment.sums) {
            if self.allowance.included & class.bit() == 0 {
                outside.add(sum.count, sum.api);
            } else {
                inside.add(sum.count, sum.api);
                load += sum.load(self.yardstick);
                if class.is_fable() {
                    fable += sum.load(self.yardstick);
                }
            }
        }
        let fits = |used: u128, load: u128, of: Option<u128>| match of {
            Some(capacity) => used + load < capacity,
            None => true,
        };
        let all =
            Share { requests: inside.requests + outside.requests, api: inside.api + outside.api };
        let is_carried = fits(self.used.five, load, self.allowance.five)
            && fits(self.used.week, load, self.allowance.week)
            && fits(self.used.fable, fable, self.allowance.fable);
        if is_carried && self.pays_all(outside) {
            self.used.five += load;
            self.used.week += load;
            self.used.fable += fable;
            self.run.carried.add(inside.requests, inside.api);
            self.run.outside.add(outside.requests, outside.api);
            self.pay(outside);
            self.note(inside.requests, load, Share::default(), outside);
            return;
        }
        let five = is_used_up(self.used.five, self.allowance.five);
        let week = is_used_up(self.used.week, self.allowance.week);
        let is_refused = (five || week)
            && (fable == 0 || !is_used_up(self.used.fable, self.allowance.fable))
            && (self.pays_all(all) || (self.paying == Paying::Never && outside.requests == 0));
        let mut inner = requests.iter().enumerate();
        if is_refused
            && let Some((offset, first)) =
                inner.find(|(_, request)| self.allowance.included & request.class.bit() != 0)
        {
            self.run.refused.add(inside.requests, inside.api);
            self.run.outside.add(outside.requests, outside.api);
            self.note(0, load, inside, outside);
            self.refuse(first.at, segment.from + offset, inside.requests, [five, week, false]);
            if self.paying == Paying::Never {
                self.run.unpaid.add(all.requests, all.api);
            } else {
                self.pay(all);
            }
            return;
        }
        for (index, request) in requests.iter().enumerate() {
            self.request(segment.from + index, request);
        }
    }

    /// True if all of this can be paid for without reaching a cap.
    fn pays_all(&self, share: Share) -> bool {
        let api = share.api;
        match self.paying {
            Paying::Never => share.requests == 0,
            Paying::Credits { monthly, daily } => {
                let in_month = match monthly {
                    Some(_) => {
                        !self.spent.month_is_over && self.spent.month + api <= self.cap(monthly)
                    }
                    None => true,
                };
                let in_day = match daily {
                    Some(cap) => !self.spent.day_is_over && self.spent.day + api <= cap,
                    None => true,
                };
                in_month && in_day
            }
        }
    }

    fn pay(&mut self, share: Share) {
        let api = share.api;
        self.run.paid.add(share.requests, api);
        self.spent.month += api;
        self.spent.day += api;
        if let Some(month) = self.run.months.get_mut(self.place.month) {
            *month += api;
        }
    }

    /// The cap on payments in the current month, in 10^-12 dollars.
    fn cap(&self, monthly: Option<&[u128]>) -> u128 {
        monthly.and_then(|caps| caps.get(self.place.month).copied()).unwrap_or_default()
    }

    /// Records the outcome of requests in their week and day.
    fn note(&mut self, carried: u64, asked: u128, refused: Share, outside: Share) {
        if let Some(week) = self.run.weeks.last_mut() {
            week.asked += asked;
            week.refused.add(refused.requests, refused.api);
            week.outside.add(outside.requests, outside.api);
        }
        if let Some(day) = self.run.days.get_mut(self.place.day) {
            day.carried += carried;
            day.refused += refused.requests;
            day.outside += outside.requests;
        }
    }

    fn request(&mut self, index: usize, request: &Request) {
        let api = u128::from(request.api);
        if self.allowance.included & request.class.bit() == 0 {
            self.run.outside.add(1, api);
            self.note(0, 0, Share::default(), Share { requests: 1, api });
            self.pay_or_block(request.at, None, api);
            return;
        }
        let load = u128::from(request.load(self.yardstick));
        let five = is_used_up(self.used.five, self.allowance.five);
        let week = is_used_up(self.used.week, self.allowance.week);
        let fable = request.class.is_fable() && is_used_up(self.used.fable, self.allowance.fable);
        if !(five || week || fable) {
            self.used.five += load;
            self.used.week += load;
            if request.class.is_fable() {
                self.used.fable += load;
            }
            self.run.carried.add(1, api);
            self.note(1, load, Share::default(), Share::default());
            return;
        }
        self.run.refused.add(1, api);
        self.note(0, load, Share { requests: 1, api }, Share::default());
        let until = self.refuse(request.at, index, 1, [five, week, fable]);
        self.pay_or_block(request.at, until, api);
    }

    /// Records which windows refuse requests from this one on. Returns when the last of them
    /// resets.
    fn refuse(&mut self, at: i64, index: usize, count: u64, by: [bool; 3]) -> Option<i64> {
        let window = self.grid.fives.get(self.place.five).copied();
        let weekly = self.grid.weeks.get(self.place.week).copied();
        let mut until = None;
        for (is_hit, wall, stretch) in
            [(by[0], Wall::Five, window), (by[1], Wall::Week, weekly), (by[2], Wall::Fable, weekly)]
        {
            if let Some(stretch) = stretch.filter(|_| is_hit) {
                self.note_hit(wall, stretch, index, count);
                // While only Fable's part is used up, other models still work, so no hours are
                // lost.
                if wall != Wall::Fable {
                    until = until.max(Some(stretch.end));
                }
            }
        }
        if let Some(until) = until {
            self.run.waiting.cover(at, until);
        }
        until
    }

    fn note_hit(&mut self, wall: Wall, window: Stretch, index: usize, count: u64) {
        let known = match wall {
            Wall::Five => &mut self.hit[0],
            Wall::Week => &mut self.hit[1],
            Wall::Fable => &mut self.hit[2],
        };
        if let Some(hit) = known.and_then(|place| self.run.hits.get_mut(place)) {
            hit.refused += count;
            return;
        }
        *known = Some(self.run.hits.len());
        self.run.hits.push(Hit { wall, window, first: index, refused: count });
        if wall == Wall::Five
            && let Some(week) = self.run.weeks.last_mut()
        {
            week.hits += 1;
        }
    }

    /// Pays for a request. The first one that would exceed a cap ends paying until the month or day
    /// is over, so a cap is never exceeded.
    fn pay_or_block(&mut self, at: i64, until: Option<i64>, api: u128) {
        let share = Share { requests: 1, api };
        if self.pays_all(share) {
            self.pay(share);
            return;
        }
        self.run.unpaid.add(1, api);
        let mut again = None;
        if let Paying::Credits { monthly, daily } = self.paying {
            if monthly.is_some()
                && (self.spent.month_is_over || self.spent.month + api > self.cap(monthly))
            {
                self.spent.month_is_over = true;
                again = self.grid.month_ends.get(self.place.month).map(|(_, end)| *end);
            }
            if daily.is_some_and(|cap| self.spent.day_is_over || self.spent.day + api > cap) {
                self.spent.day_is_over = true;
                let end = self.grid.days.get(self.place.day).map(|(_, day)| day.end);
                again = again.max(end);
            }
        }
        // A request outside the plan blocks no hours while other work continues.
        if until.is_none() && !self.is_all_outside {
            return;
        }
        // With no window used up, only the cap blocks.
        let end = match (until, again) {
            (Some(reset), Some(again)) => Some(reset.min(again)),
            (end, None) | (None, end) => end,
        };
        if let Some(end) = end {
            self.run.capped.cover(at, end.max(at));
        }
    }

    fn finish(self) -> Run {
        self.run
    }
}

//! Computes the whole answer: lays out the windows once, estimates their capacity, replays every
//! plan and compares the options.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::capacity::Witness;
use super::grid::{Grid, Stretch, start_of};
use super::pay::{Shop, Used};
use super::replay::{self, Allowance, Paying, Run, Wall};
use super::rules::{self, Era};
use super::{
    API, Ask, Bill, Blocks, Bound, Capacity, Choice, Conflict, Coverage, DayOutcome, Fit, HitUse,
    LeftOut, Level, Origin, OtherYardstick, Outcome, PlanFit, Range, Rules, ToldHit, Trace,
    Uncounted, WeekOutcome, WeekReset, Window, WindowHit, Yardstick, amount, compare, trace,
};
use crate::catalog::{Overflow, Plan};
use crate::history::{LimitHit, Period};

impl Fit {
    /// Replays a trace. The same trace and question always give the same result.
    pub fn new(trace: &Trace, ask: &Ask<'_>) -> Self {
        Solver::new(trace, ask).fit()
    }
}

/// The weekly reset, from the newest weekly limit hit.
fn told_reset(trace: &Trace) -> Option<WeekReset> {
    let weekly = trace.hits.iter().rev().filter(|hit| hit.window.as_deref() == Some("seven_day"));
    weekly.filter_map(|hit| hit.resets_at).map(WeekReset::Told).next()
}

/// Values computed once for all plans.
pub(super) struct Solver<'a> {
    trace: &'a Trace,
    ask: &'a Ask<'a>,
    reset: WeekReset,
    grid: Grid,
    eras: Vec<Era>,
    /// Laid out by dated rules, for the evidence; `None` if `grid` already is.
    dated: Option<(Grid, Vec<Era>)>,
    coverage: Coverage,
    /// End of the days that count, in milliseconds.
    ends: i64,
    /// Spending cap for each of the grid's months; `None` without a cap.
    caps: Option<Vec<u128>>,
}

/// The price of an option and its limit hits in the history.
struct Terms<'a> {
    shop: &'a Shop,
    /// USD a month; `None` if it cannot be paid monthly.
    fee: Option<Decimal>,
    /// True if usage beyond the plan can be paid for.
    can_pay: bool,
    told: &'a [ToldHit],
}

/// Plans, how the limit hits were used, and contradictions with the requests.
type Replayed = (Vec<PlanFit>, HitUse, Vec<Conflict>);

impl<'a> Solver<'a> {
    pub(super) fn new(trace: &'a Trace, ask: &'a Ask<'a>) -> Self {
        let zone = &ask.span.zone;
        let reset = told_reset(trace).unwrap_or_else(|| ask.reset.clone());
        let lay_out = |rules: Rules| {
            let changes = rules::changes(ask.facts, rules);
            let eras = rules::eras(&changes, ask.today, rules);
            (Grid::new(trace, zone, &reset, &changes), eras)
        };
        let (grid, eras) = lay_out(ask.rules);
        let has_evidence = !ask.evidence.held.is_empty();
        let dated = (ask.rules == Rules::Today && has_evidence).then(|| lay_out(Rules::Dated));
        let coverage = coverage(trace, ask);
        let tomorrow = coverage.last.and_then(|last| last.tomorrow().ok());
        let ends = tomorrow.map_or(i64::MAX, |day| start_of(day, zone));
        let caps = ask.spend_cap.map(|cap| {
            let months = grid.month_ends.iter();
            months.map(|(month, _)| coverage.part_of_month(cap, *month)).collect()
        });
        Self { trace, ask, reset, grid, eras, dated, coverage, ends, caps }
    }

    pub(super) fn fit(self) -> Fit {
        let ask = self.ask;
        let (mut plans, hit_use, conflicts) = self.plans(ask.yardstick, &Level::ALL);
        if !self.coverage.is_conclusive {
            plans.clear();
        }
        let cheapest = Range::of_levels(|level| compare::cheapest(&plans, level));
        let blocking =
            Range::of_levels(|level| compare::blocking(&plans, level, *cheapest.at(level)));
        let break_evens = Range::of_levels(|level| {
            blocking
                .at(level)
                .map_or_else(Vec::new, |base| compare::break_evens(&plans, level, base))
        });
        let others = Yardstick::ALL
            .into_iter()
            .filter(|yardstick| *yardstick != ask.yardstick && !plans.is_empty())
            .filter(|_| !self.trace.is_empty())
            .map(|yardstick| self.other(yardstick, &plans, cheapest.likely))
            .collect();
        let known = |wanted: &dyn Fn(&PlanFit) -> bool| {
            plans.iter().position(|plan| plan.is_known() && wanted(plan))
        };
        let reference = known(&|plan| plan.is_now)
            .or_else(|| known(&|plan| plan.id == "pro"))
            .or_else(|| known(&|_| true));
        Fit {
            yardstick: ask.yardstick,
            rules: ask.rules,
            reset_overruled: matches!(ask.reset, WeekReset::Wall { is_set: true, .. })
                && self.reset != ask.reset,
            reference,
            cheapest,
            blocking,
            break_evens,
            others,
            hit_use,
            hits_on_api: self.hits_on_api(),
            hits_on_unknown: self.hits_on_unknown(),
            named_otherwise: ask.evidence.named_otherwise().map(str::to_owned),
            reaching_in: self.trace.reaching_in,
            conflicts,
            unreplayed: self.unreplayed(),
            days: self.grid.days.iter().map(|(day, _)| *day).collect(),
            hour_value: ask.hour_value,
            spend_cap: ask.spend_cap,
            coverage: self.coverage,
            reset: self.reset,
            plans,
        }
    }

    /// Replays every plan at these levels; any other level repeats the likely one.
    pub(super) fn plans(&self, yardstick: Yardstick, levels: &[Level]) -> Replayed {
        let ask = self.ask;
        let (grid, eras) = match &self.dated {
            Some((grid, eras)) => (grid, eras),
            None => (&self.grid, &self.eras),
        };
        let witness = Witness {
            trace: self.trace,
            grid,
            eras,
            zone: &ask.span.zone,
            catalog: ask.catalog,
            facts: ask.facts,
            evidence: &ask.evidence,
            yardstick,
            since: ask.span.since.map(|day| start_of(day, &ask.span.zone)),
        };
        let (observed, hit_use) = witness.observe();
        let base = |plan: &Plan, window| witness.base(&observed, &plan.id, window);
        let mut plans: Vec<PlanFit> = rules::replayable(ask.catalog)
            .map(|plan| {
                let bases = [base(plan, Window::FiveHour), base(plan, Window::Week)];
                self.plan(plan, bases, yardstick, levels)
            })
            .collect();
        plans.push(self.api(yardstick));
        (plans, hit_use, witness.conflicts(&observed, self.last()))
    }

    /// The day whose rules give the current capacity.
    fn last(&self) -> Date {
        self.coverage.last.filter(|_| self.ask.rules == Rules::Dated).unwrap_or(self.ask.today)
    }

    /// Limit hits at a time when the person said they used the API.
    fn hits_on_api(&self) -> u64 {
        let is_on_api = |hit: &&LimitHit| {
            trace::window_named(hit.window.as_deref()).is_some()
                && self.ask.evidence.plan_at(hit.at) == Some(API)
        };
        self.trace.hits.iter().filter(is_on_api).count() as u64
    }

    /// Limit hits at a time when the plan is unknown. Whatever the plan, they stopped the person.
    fn hits_on_unknown(&self) -> u64 {
        let is_unknown = |hit: &&LimitHit| self.ask.evidence.plan_at(hit.at).is_none();
        self.trace.hits.iter().filter(is_unknown).count() as u64
    }

    /// The limit hits this plan would not have avoided: hits on it or on a larger plan, by the
    /// published ratios.
    fn told(&self, plan: &Plan) -> Vec<ToldHit> {
        let ask = self.ask;
        let spares_nothing = |holder: &str, window| {
            let ratio = |window| rules::ratio(ask.facts, holder, &plan.id, window);
            let ratio = ratio(window).or_else(|| ratio(Window::FiveHour));
            holder == plan.id || ratio.is_some_and(|ratio| ratio.likely <= Decimal::ONE)
        };
        let told = self.trace.hits().iter().filter_map(|hit| {
            let holder = &ask.catalog.plan(ask.evidence.plan_at(hit.at)?)?.id;
            let word = hit.window.as_deref();
            let is_weekly = word.is_some_and(|word| word.starts_with("seven_day"));
            let window = if is_weekly { Window::Week } else { Window::FiveHour };
            if !spares_nothing(holder, window) {
                return None;
            }
            let until = trace::lifted(hit);
            let uncounted = if trace::is_partial(word) {
                Some(Uncounted::Partial)
            } else if until.is_none() {
                Some(Uncounted::NotTold)
            } else {
                (hit.at.as_millisecond() >= self.ends).then_some(Uncounted::After)
            };
            Some(ToldHit { at: hit.at, until, plan: holder.clone(), uncounted })
        });
        told.collect()
    }

    fn plan(
        &self,
        plan: &Plan,
        bases: [Option<(Range<Decimal>, Origin)>; 2],
        yardstick: Yardstick,
        levels: &[Level],
    ) -> PlanFit {
        let ask = self.ask;
        let [five, week] = bases;
        let holds = |base: &Option<(Range<Decimal>, Origin)>, window, day, level| {
            let (range, _) = base.as_ref()?;
            let factor = rules::factor(ask.facts, &plan.id, window, day);
            Some(range.at(level).checked_mul(factor).unwrap_or(Decimal::MAX))
        };
        let allowances = |level| -> Vec<Allowance> {
            let of_era = |era: &Era| {
                let limits = rules::limits(ask.facts, plan, era.day);
                let load = |base, window| {
                    holds(base, window, era.day, level).map(|measure| yardstick.load(measure))
                };
                let a_week = load(&week, Window::Week).filter(|_| limits.week);
                Allowance {
                    five: load(&five, Window::FiveHour).filter(|_| limits.five),
                    week: a_week,
                    fable: a_week.filter(|_| limits.fable).map(|load| load / 2),
                    included: limits.included,
                }
            };
            self.eras.iter().map(of_era).collect()
        };
        let can_pay = plan.overflow == Overflow::UsageCredits;
        let paying = if can_pay {
            Paying::Credits {
                monthly: self.caps.as_deref(),
                daily: ask.catalog.credits.daily.map(amount::wide_units),
            }
        } else {
            Paying::Never
        };
        let shop = Shop::of(ask.catalog, plan);
        let told = self.told(plan);
        let terms = Terms { shop: &shop, fee: plan.monthly, can_pay, told: &told };
        let outcomes = outcomes(levels, |level| {
            let run = replay::run(self.trace, &self.grid, yardstick, &allowances(level), paying);
            let weekly = |day| {
                let of_day = if ask.rules == Rules::Dated { day } else { ask.today };
                let included = rules::limits(ask.facts, plan, of_day).included;
                (holds(&week, Window::Week, of_day, level), included)
            };
            self.outcome(&run, yardstick, &terms, &weekly)
        });
        let last = self.last();
        let limits = rules::limits(ask.facts, plan, last);
        let capacity = |base: Option<(Range<Decimal>, Origin)>, window, is_limited: bool| {
            let (base, origin) = base.filter(|_| is_limited)?;
            let factor = rules::factor(ask.facts, &plan.id, window, last);
            let now = base.map(|end| end.checked_mul(factor).unwrap_or(Decimal::MAX).normalize());
            Some(Capacity { base: base.map(|end| end.normalize()), now, origin })
        };
        PlanFit {
            id: plan.id.clone(),
            name: plan.name.clone(),
            fee: plan.monthly,
            min_members: plan.min_members,
            can_pay,
            is_now: ask.evidence.plan_now() == Some(&plan.id),
            five_hour: capacity(five, Window::FiveHour, limits.five),
            week: capacity(week, Window::Week, limits.week),
            has_five_hour: limits.five,
            told,
            outcomes,
        }
    }

    /// The API: no windows, everything is paid for.
    fn api(&self, yardstick: Yardstick) -> PlanFit {
        let ask = self.ask;
        let nothing = Allowance { five: None, week: None, fable: None, included: 0 };
        let paying = Paying::Credits { monthly: self.caps.as_deref(), daily: None };
        let allowances = vec![nothing; self.eras.len()];
        let run = replay::run(self.trace, &self.grid, yardstick, &allowances, paying);
        let shop = Shop::default();
        let terms = Terms { shop: &shop, fee: Some(Decimal::ZERO), can_pay: true, told: &[] };
        let mut outcome = self.outcome(&run, yardstick, &terms, &|_| (None, nothing.included));
        outcome.wait = None;
        PlanFit {
            id: API.to_owned(),
            name: "API".to_owned(),
            fee: Some(Decimal::ZERO),
            min_members: 1,
            can_pay: true,
            is_now: ask.evidence.plan_now() == Some(API),
            five_hour: None,
            week: None,
            has_five_hour: false,
            told: Vec::new(),
            outcomes: Range { low: outcome.clone(), likely: outcome.clone(), high: outcome },
        }
    }

    fn outcome(
        &self,
        run: &Run,
        yardstick: Yardstick,
        terms: &Terms<'_>,
        weekly: &dyn Fn(Date) -> (Option<Decimal>, u8),
    ) -> Outcome {
        let Terms { shop, fee, can_pay, told } = *terms;
        let zone = &self.ask.span.zone;
        let months: Vec<Used> = self
            .grid
            .month_ends
            .iter()
            .zip(&run.months)
            .map(|((month, _), value)| {
                let (days, of) = self.coverage.days_of_month(*month);
                let whole = |days| u128::try_from(days).unwrap_or_default();
                Used { month: *month, value: *value, days: whole(days), of: whole(of) }
            })
            .collect();
        let months = shop.bills(&months);
        let cash = months.iter().map(|bill| bill.cash).sum();
        let told_spans: Vec<Stretch> = told
            .iter()
            .filter_map(|hit| {
                let until = hit.until?.as_millisecond();
                Some(Stretch { start: hit.at.as_millisecond(), end: until })
            })
            .collect();
        let waiting = Blocks::from(run.waiting.with(&told_spans, self.ends));
        let replayed = run.waiting.with(&[], self.ends).total();
        let at_most = waiting.milliseconds.saturating_sub(replayed);
        let hours_are = Bound::of(told, at_most > 0);
        let capped = Blocks::from(run.capped.with(&[], self.ends));
        let blocked = run.refused.requests + run.outside.requests;
        let was_hit = !told.is_empty();
        let bill = |overflow, hours: (&Blocks, Decimal), blocked: u64, is_servable| {
            let (cap, hour_value) = (self.ask.spend_cap, self.ask.hour_value);
            Bill::new(&self.coverage, fee?, overflow, cap, hours, hour_value).map(|bill| Bill {
                never_blocks: blocked == 0 && !was_hit,
                is_servable,
                was_hit,
                ..bill
            })
        };
        let is_servable = run.outside.requests == 0;
        let is_paid = run.unpaid.requests == 0;
        Outcome {
            wait: bill(
                Decimal::ZERO,
                (&waiting, super::outcome::hours(replayed)),
                blocked,
                is_servable,
            )
            .map(|bill| Bill { hours_are, ..bill }),
            pay: if can_pay {
                bill(cash, (&capped, capped.hours()), run.unpaid.requests, is_paid || is_servable)
            } else {
                None
            },
            told: told.len() as u64,
            at_most,
            hours_are,
            days: self
                .grid
                .days
                .iter()
                .zip(&run.days)
                .map(|((day, _), run)| DayOutcome {
                    day: *day,
                    carried: run.carried,
                    refused: run.refused,
                    outside: run.outside,
                })
                .collect(),
            carried: run.carried.into(),
            refused: run.refused.into(),
            outside: run.outside.into(),
            paid: run.paid.into(),
            unpaid: run.unpaid.into(),
            waiting,
            capped,
            hits: self.hits(run, yardstick),
            weeks: run
                .weeks
                .iter()
                .filter_map(|week| {
                    let stretch = self.grid.weeks.get(week.week)?;
                    let start = trace::time(stretch.start);
                    let (holds, included) = weekly(start.to_zoned(zone.clone()).date());
                    Some(WeekOutcome {
                        start,
                        end: trace::time(stretch.end),
                        asked: yardstick.measure(week.asked),
                        holds,
                        refused: week.refused.into(),
                        outside: week.outside.into(),
                        five_hour_hits: week.hits,
                        included,
                    })
                })
                .collect(),
            months: months.into_iter().filter(|bill| !bill.value.is_zero()).collect(),
        }
    }

    /// Window hits, with the work that filled each window.
    fn hits(&self, run: &Run, yardstick: Yardstick) -> Vec<WindowHit> {
        let mut by_session = Sums::new(self.trace.sessions.len());
        let mut by_project = Sums::new(self.trace.projects.len());
        let hits = run.hits.iter().filter_map(|hit| {
            let first = self.trace.requests.get(hit.first)?;
            let start = self.trace.requests.partition_point(|r| r.at < hit.window.start);
            for request in self.trace.requests.get(start..hit.first).unwrap_or_default() {
                let load = u128::from(request.load(yardstick));
                by_session.add(request.session, load);
                by_project.add(request.project, load);
            }
            // If a window holds less than one request, that request filled it.
            let session = by_session.take_most().unwrap_or(first.session);
            let project = by_project.take_most().unwrap_or(first.project);
            Some(WindowHit {
                window: match hit.wall {
                    Wall::Five => Window::FiveHour,
                    Wall::Week => Window::Week,
                    Wall::Fable => Window::FableWeek,
                },
                opened: trace::time(hit.window.start),
                at: trace::time(first.at),
                resets_at: trace::time(hit.window.end),
                refused: hit.refused,
                session: self.trace.session(first.session).to_string(),
                project: self.trace.project(first.project).to_string(),
                filled_by: self.trace.project(project).to_string(),
                filled_by_session: self.trace.session(session).to_string(),
            })
        });
        hits.collect()
    }

    /// The answer by another yardstick.
    fn other(
        &self,
        yardstick: Yardstick,
        plans: &[PlanFit],
        ours_cheapest: Option<Choice>,
    ) -> OtherYardstick {
        let carries = |plans: &[PlanFit]| -> Vec<String> {
            let fitting = plans
                .iter()
                .filter(|plan| !plan.is_api() && plan.is_known() && plan.outcomes.likely.fits());
            fitting.map(|plan| plan.id.clone()).collect()
        };
        let (other, ..) = self.plans(yardstick, &[Level::Likely]);
        let cheapest = compare::cheapest(&other, Level::Likely);
        let (theirs, ours) = (carries(&other), carries(plans));
        let differs = theirs != ours || cheapest != ours_cheapest;
        OtherYardstick { yardstick, carries: theirs, cheapest, differs }
    }

    fn unreplayed(&self) -> Vec<String> {
        let (Some(first), Some(last)) = (self.coverage.first, self.coverage.last) else {
            return Vec::new();
        };
        if self.ask.rules == Rules::Today {
            return Vec::new();
        }
        let facts = rules::UNREPLAYED.iter().filter_map(|id| self.ask.facts.get(id));
        facts
            .filter(|fact| {
                fact.from.is_none_or(|from| from <= last) && fact.to.is_none_or(|to| first < to)
            })
            .map(|fact| fact.text.clone())
            .collect()
    }
}

/// Outcomes at these levels; the likely one fills in for the others.
fn outcomes(levels: &[Level], outcome: impl Fn(Level) -> Outcome) -> Range<Outcome> {
    let likely = outcome(Level::Likely);
    let at = |level| {
        if levels.contains(&level) { outcome(level) } else { likely.clone() }
    };
    Range { low: at(Level::Low), high: at(Level::High), likely }
}

/// How much history there is.
fn coverage(trace: &Trace, ask: &Ask<'_>) -> Coverage {
    let (api, fresh) = trace.value();
    let period = trace.ends().map(|(from, to)| {
        let used = (ask.span.day(from), ask.span.day(to));
        Period::new(used, trace.reach, ask.span.since, ask.span.until, ask.today)
    });
    let (all, replayed) = (trace.all, trace.replayed);
    let left_out = (all.responses > replayed.responses).then(|| LeftOut {
        responses: all.responses.saturating_sub(replayed.responses),
        of_responses: all.responses,
        tokens: all.tokens.saturating_sub(replayed.tokens),
        of_tokens: all.tokens,
        replayed_days: replayed.days,
        of_days: all.days,
    });
    Coverage {
        first: period.map(|period| period.first),
        last: period.map(|period| period.last),
        days: period.map_or(0, |period| u32::try_from(period.days()).unwrap_or(u32::MAX)),
        requests: trace.len() as u64,
        api,
        fresh,
        tokens: trace.tokens(),
        unpriced: trace.unpriced,
        sums: trace.sums,
        oversized: trace.oversized,
        misdated: trace.misdated,
        left_out,
        start_values: trace.start_values,
        is_conclusive: trace.start_values.is_none() && !left_out.is_some_and(LeftOut::is_too_much),
        idle_since: period.and_then(Period::idle_end),
    }
}

/// Sums by a small index. Clearing touches only the entries used.
struct Sums {
    sums: Vec<u128>,
    used: Vec<u32>,
}

impl Sums {
    fn new(count: usize) -> Self {
        Self { sums: vec![0; count], used: Vec::new() }
    }

    fn add(&mut self, id: u32, load: u128) {
        if let Some(sum) = self.sums.get_mut(id as usize) {
            if *sum == 0 {
                self.used.push(id);
            }
            *sum += load;
        }
    }

    /// Returns the index with the largest sum, the first if several are equal, and resets all sums.
    fn take_most(&mut self) -> Option<u32> {
        let sum = |id: &u32| self.sums.get(*id as usize).copied().unwrap_or_default();
        let most = self.used.iter().copied().max_by_key(|id| (sum(id), std::cmp::Reverse(*id)));
        for id in self.used.drain(..) {
            if let Some(sum) = self.sums.get_mut(id as usize) {
                *sum = 0;
            }
        }
        most
    }
}

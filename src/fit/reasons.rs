//! What a replay takes for granted and why to trust it less, in figures and reasons.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::{Conflict, Fit, Origin, PlanFit, Range, Rules, WeekReset, Window, Yardstick};
use crate::number::json::{Amount, Day, Usd};
use crate::text::node::{line, line_or_none, sentences};

/// What a replay found and what that rests on. A program words it when it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Reasons {
    /// What is taken to fill a window; amounts of windows are in its unit, dollars or tokens.
    pub(crate) yardstick: Yardstick,
    /// What was found, the most important finding first.
    pub(crate) findings: Vec<Finding>,
    /// What each window of a plan is taken to hold.
    pub(crate) windows: Vec<Holding>,
    /// What the replay takes for granted.
    pub(crate) assumptions: Vec<Assumption>,
    /// Why to trust it less.
    pub(crate) caveats: Vec<Caveat>,
}

/// What a window of a plan is taken to hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Holding {
    /// The id of the plan.
    #[serde(deserialize_with = "line")]
    pub(crate) plan: String,
    #[cfg_attr(test, schemars(extend("enum" = ["five_hour", "week"])))]
    pub(crate) window: Window,
    pub(crate) holds: Holds,
}

/// What a window holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum Holds {
    /// The plan has no such limit.
    NoLimit,
    /// Nobody knows.
    Unknown,
    /// An estimate; the vendor publishes none.
    Estimated {
        /// By today's rules, in the unit of the yardstick.
        now: Range<Amount>,
        origin: Origin,
    },
}

/// Something that the replay takes for granted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum Assumption {
    /// What fills a window.
    Yardstick,
    /// A five-hour window opens with the first request after the last one closed.
    FiveHourWindows,
    /// When weeks begin.
    WeekStart { from: WeekStart },
    /// The start of the week that was asked for is not used: a limit hit told another one.
    WeekStartOverruled,
    /// By the limits of which day each day is replayed.
    Limits { rules: Rules },
    /// Ultra is verified, so that it has no five-hour limit.
    UltraVerified,
    /// What a week of Free holds is not known.
    FreeWeekUnknown,
    /// From when to when hours count as blocked.
    BlockedHours,
    /// How limit hits of the person's own count.
    LimitHits,
    /// What paying means.
    Paying {
        /// The cap a calendar month, at API prices; null without one.
        cap_usd: Option<Usd>,
        /// Whether some calendar month is here only in part.
        has_partial_month: bool,
    },
    /// The days are scaled to a month of 365/12.
    Month {
        /// Days from the first to the last.
        days: u32,
    },
    /// Team is sold by the seat.
    TeamSeats,
    /// Other apps share the limits; API credit of plans is left out.
    SharedLimits,
    /// Some requests are not part of some plan.
    OutsidePlans,
    /// A change of limits that could not be replayed.
    NotReplayed {
        /// What is known of it, as the list of facts has it.
        #[serde(deserialize_with = "line")]
        fact: String,
    },
}

/// Who told when weeks begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum WeekStart {
    /// A weekly limit hit.
    LimitHit,
    /// The person.
    Person,
    /// Nobody: Monday at midnight.
    Assumed,
}

/// A reason to trust the replay less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum Caveat {
    /// A month is made of less than a week.
    FewDays {
        /// Days from the first to the last.
        days: u32,
    },
    /// Responses without a price are left out.
    Unpriced {
        /// How many.
        responses: u64,
    },
    /// Sums of a day are left out.
    Sums {
        /// How many.
        sums: u64,
    },
    /// Responses that are too large to be true are left out.
    Oversized {
        /// How many.
        responses: u64,
    },
    /// Responses of days on which they cannot have been are left out.
    Misdated {
        /// How many.
        responses: u64,
    },
    /// Many days without use at the end count.
    IdleEnd {
        /// The day of the last use.
        last_use: Day,
        /// The days since.
        days: u32,
    },
    /// The person named another plan than the files.
    NamedOtherwise {
        /// The id of the plan that the person had by their own word.
        #[serde(deserialize_with = "line")]
        said: String,
        /// The id of the plan in the files.
        #[serde(deserialize_with = "line")]
        named: String,
    },
    /// Windows of the person's own ended in a limit hit after very different amounts.
    Disagreement {
        #[cfg_attr(test, schemars(extend("enum" = ["five_hour", "week"])))]
        window: Window,
    },
    /// One window was used up by less than another one allowed.
    Contradiction {
        /// Whose limits the two are compared by.
        rules: Rules,
        windows: Conflict,
    },
    /// Work that was not done after limit hits is in no figure.
    UnseenWork {
        /// How many.
        limit_hits: u64,
        /// The ids of the plans on which they were met.
        #[serde(deserialize_with = "sentences")]
        plans: Vec<String>,
    },
    /// A limit hit before the first day reaches into the days.
    ReachingIn {
        /// The day of the hit.
        hit: Day,
        /// The day on which it was lifted.
        until: Day,
    },
    /// Limit hits that could show what a window holds if the plan were known.
    HitsWithoutPlan {
        /// How many.
        limit_hits: u64,
    },
    /// Limit hits of a limit that the plan is not known to have had.
    HitsWithoutLimit {
        /// How many.
        limit_hits: u64,
        /// The id of the plan; null where it is not known.
        #[serde(default, deserialize_with = "line_or_none")]
        plan: Option<String>,
    },
    /// Limit hits of a window that began before the days that count.
    HitsCut {
        /// How many.
        limit_hits: u64,
    },
    /// Limit hits of a window in which no work was part of the plan.
    HitsOutside {
        /// How many.
        limit_hits: u64,
        /// The id of the plan; null where it is not known.
        #[serde(default, deserialize_with = "line_or_none")]
        plan: Option<String>,
    },
    /// Limit hits that show nothing of a whole window.
    HitsOfNoWindow {
        /// How many.
        limit_hits: u64,
    },
}

impl Reasons {
    /// True if some of the usage is in no figure.
    pub(crate) fn is_partial(&self) -> bool {
        self.caveats.iter().any(|caveat| {
            matches!(
                caveat,
                Caveat::Unpriced { .. }
                    | Caveat::Sums { .. }
                    | Caveat::Oversized { .. }
                    | Caveat::Misdated { .. }
            )
        })
    }
}

impl Fit {
    /// What was found, and what that rests on.
    pub fn reasons(&self) -> Reasons {
        Reasons {
            yardstick: self.yardstick,
            findings: self.findings(),
            windows: self.plans.iter().filter(|plan| plan.is_known()).flat_map(holdings).collect(),
            assumptions: self.assumptions(),
            caveats: self.caveats(),
        }
    }

    fn assumptions(&self) -> Vec<Assumption> {
        let any = |test: &dyn Fn(&PlanFit) -> bool| self.plans.iter().any(test);
        let from = match self.reset {
            WeekReset::Told(_) => WeekStart::LimitHit,
            WeekReset::Wall { is_set: true, .. } => WeekStart::Person,
            WeekReset::Wall { .. } => WeekStart::Assumed,
        };
        let paying = Assumption::Paying {
            cap_usd: self.spend_cap.map(Usd),
            has_partial_month: self.coverage.has_partial_month(),
        };
        let days = self.coverage.days;
        let half_known = |plan: &PlanFit| plan.five_hour.is_some() && plan.week.is_none();
        let is_outside =
            |plan: &PlanFit| plan.outcomes.likely.outside.requests > 0 && !plan.is_api();
        let all = [
            (true, Assumption::Yardstick),
            (true, Assumption::FiveHourWindows),
            (true, Assumption::WeekStart { from }),
            (self.reset_overruled, Assumption::WeekStartOverruled),
            (true, Assumption::Limits { rules: self.rules }),
            (any(&|plan| plan.id == "ultra" && !plan.has_five_hour), Assumption::UltraVerified),
            (any(&half_known), Assumption::FreeWeekUnknown),
            (true, Assumption::BlockedHours),
            (any(&|plan| plan.outcomes.likely.told > 0), Assumption::LimitHits),
            (true, paying),
            (days > 0, Assumption::Month { days }),
            (any(&|plan| plan.min_members > 1), Assumption::TeamSeats),
            (true, Assumption::SharedLimits),
            (any(&is_outside), Assumption::OutsidePlans),
        ];
        let unreplayed = self.unreplayed.iter().cloned();
        all.into_iter()
            .filter_map(|(applies, assumption)| applies.then_some(assumption))
            .chain(unreplayed.map(|fact| Assumption::NotReplayed { fact }))
            .collect()
    }

    fn caveats(&self) -> Vec<Caveat> {
        let coverage = &self.coverage;
        let days = coverage.days;
        let counted = [
            (coverage.requests > 0 && days < 7, Caveat::FewDays { days }),
            (coverage.unpriced > 0, Caveat::Unpriced { responses: coverage.unpriced }),
            (coverage.sums > 0, Caveat::Sums { sums: coverage.sums }),
            (coverage.oversized > 0, Caveat::Oversized { responses: coverage.oversized }),
            (coverage.misdated > 0, Caveat::Misdated { responses: coverage.misdated }),
        ];
        let idle = coverage
            .idle_since
            .map(|(last_use, days)| Caveat::IdleEnd { last_use: Day(last_use), days });
        let now = self.plans.iter().find(|plan| plan.is_now);
        let named = self.named_otherwise.as_ref().zip(now).map(|(named, now)| {
            Caveat::NamedOtherwise { said: now.id.clone(), named: named.clone() }
        });
        let contradictions = self
            .conflicts
            .iter()
            .map(|conflict| Caveat::Contradiction { rules: self.rules, windows: conflict.clone() });
        let reaching = self
            .reaching_in
            .map(|(hit, until)| Caveat::ReachingIn { hit: Day(hit), until: Day(until) });
        let uses = self.hit_use;
        let plan = || now.map(|plan| plan.id.clone());
        let unused = [
            (uses.without_plan, Caveat::HitsWithoutPlan { limit_hits: uses.without_plan }),
            (
                uses.without_limit,
                Caveat::HitsWithoutLimit { limit_hits: uses.without_limit, plan: plan() },
            ),
            (uses.cut, Caveat::HitsCut { limit_hits: uses.cut }),
            (uses.outside, Caveat::HitsOutside { limit_hits: uses.outside, plan: plan() }),
            (uses.other, Caveat::HitsOfNoWindow { limit_hits: uses.other }),
        ];
        let counted = counted.into_iter().filter_map(|(applies, caveat)| applies.then_some(caveat));
        counted
            .chain(idle)
            .chain(named)
            .chain(now.and_then(disagreement))
            .chain(contradictions)
            .chain(self.unseen_work())
            .chain(reaching)
            .chain(unused.into_iter().filter_map(|(hits, caveat)| (hits > 0).then_some(caveat)))
            .collect()
    }

    /// Waiting after a real hit leaves no requests in the logs.
    fn unseen_work(&self) -> Option<Caveat> {
        let mut told: Vec<_> = self.plans.iter().flat_map(|plan| &plan.told).collect();
        told.sort_by_key(|hit| (hit.at, hit.plan.as_str()));
        told.dedup();
        let mut plans: Vec<String> = Vec::new();
        for hit in &told {
            if !plans.contains(&hit.plan) {
                plans.push(hit.plan.clone());
            }
        }
        let limit_hits = told.len() as u64;
        (limit_hits > 0).then_some(Caveat::UnseenWork { limit_hits, plans })
    }
}

/// What both windows of a plan are taken to hold.
fn holdings(plan: &PlanFit) -> [Holding; 2] {
    let no_limit = if plan.has_five_hour { Holds::Unknown } else { Holds::NoLimit };
    [(Window::FiveHour, &plan.five_hour, no_limit), (Window::Week, &plan.week, Holds::Unknown)].map(
        |(window, capacity, missing)| Holding {
            plan: plan.id.clone(),
            window,
            holds: capacity.as_ref().map_or(missing, |capacity| Holds::Estimated {
                now: capacity.now.map(Amount::rounded),
                origin: capacity.origin.clone(),
            }),
        },
    )
}

/// The person's own windows lead to very different estimates.
fn disagreement(plan: &PlanFit) -> Option<Caveat> {
    let windows = [(Window::FiveHour, &plan.five_hour), (Window::Week, &plan.week)];
    let doubles = |capacity: &super::Capacity| {
        let is_own = matches!(capacity.origin, Origin::Own { .. });
        is_own && capacity.base.high > capacity.base.low * Decimal::TWO
    };
    windows
        .into_iter()
        .find(|(_, capacity)| capacity.as_ref().is_some_and(doubles))
        .map(|(window, _)| Caveat::Disagreement { window })
}

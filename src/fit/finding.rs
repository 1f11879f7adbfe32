//! What a replay finds, in figures and reasons. [`crate::words::fit`] words it when it is drawn, so
//! that a saved report can be worded anew.

use serde::{Deserialize, Serialize};

use super::{
    API, Bill, Bound, Choice, Fit, Level, PlanFit, Policy, ToldHit, Uncounted, Verdict, Window,
    Yardstick,
};
use crate::number::json::{Amount, Usd, WholePercent};
use crate::text::node::{line, line_or_none, sentences};

/// One finding about the plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum Finding {
    /// What is left out is so much that it is said first.
    LeftOut {
        /// How many responses.
        responses: u64,
        /// All responses.
        of_responses: u64,
        /// Its share of all tokens.
        tokens_pct: WholePercent,
        /// Whether the rest allows a conclusion.
        is_conclusive: bool,
    },
    /// The output counts are values from the start of each answer, so there is no conclusion.
    StartValues {
        /// Responses with hardly any output.
        responses: u64,
        /// All responses of these logs.
        of_responses: u64,
    },
    /// The smallest plan that carries everything at the likely capacity.
    Smallest(Smallest),
    /// Limit hits on a plan that nobody named: whichever it was did not carry everything.
    UnnamedHits {
        /// How many.
        hits: u64,
        /// Whether the person said that they used the API then, which has no such limit.
        is_on_api: bool,
    },
    /// The cheapest option that never blocks.
    Cheapest {
        option: Way,
        /// Its price a month.
        usd: Usd,
    },
    /// No option carries or pays for everything.
    NothingServesAll {
        /// The cap on what may be paid a month, at API prices.
        cap_usd: Option<Usd>,
    },
    /// The cheapest option that blocks, and costs less or may cost less.
    Blocking(Blocking),
    /// What stays undone although the person pays, because a cap or a daily limit ends that.
    Undone {
        /// The cap a month, at API prices; null where it is the daily limit of usage credits.
        cap_usd: Option<Usd>,
        /// Plan by plan.
        plans: Vec<Undone>,
    },
    /// What an hour of interruption must cost for the dearer of two options to be worth it.
    BreakEven {
        /// The cheaper option, which blocks.
        from: Way,
        /// The dearer option, which blocks less.
        to: Way,
        usd_per_hour: Usd,
        /// How sure the hours of the cheaper option are.
        hours_are: Bound,
        /// The limit hits that the cheaper option met.
        hits: HitHours,
    },
    /// The cheapest option that never blocks is the same at the low and the high capacity.
    EndsAgree,
    /// The cheapest options that never block at the ends of the range.
    Ends {
        /// At the low capacity.
        low: Way,
        /// Its price a month.
        low_usd: Usd,
        /// At the high capacity.
        high: Way,
        /// Its price a month.
        high_usd: Usd,
    },
    /// The other yardsticks, at the likely capacity.
    Yardsticks {
        /// Those by which the answer differs; none where it is the same by every yardstick.
        differing: Vec<ByYardstick>,
    },
}

/// A plan, and what becomes of the work that it does not carry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Way {
    /// The id of the plan; 'api' for the API, which serves everything.
    #[serde(deserialize_with = "line")]
    pub(crate) plan: String,
    pub(crate) rest: Rest,
}

/// What becomes of the work that a plan does not carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) enum Rest {
    /// There is none.
    None,
    /// It waits for each reset.
    Waits,
    /// It is paid for.
    Paid,
    /// It is paid for up to a cap; then it waits.
    PaidToCap,
}

/// The smallest plan that carries everything at the likely capacity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub(crate) struct Smallest {
    /// Its id; null where no plan does.
    #[serde(default, deserialize_with = "line_or_none")]
    pub(crate) plan: Option<String>,
    /// Whether it does so even at the low capacity.
    pub(crate) is_sure: bool,
    /// Why the next smaller plan does not; null where there is none.
    pub(crate) below: Option<Shortfall>,
}

/// Why a plan does not carry everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Shortfall {
    /// Its id.
    #[serde(deserialize_with = "line")]
    pub(crate) plan: String,
    /// Limit hits that stopped the person.
    pub(crate) limit_hits: u64,
    /// The ids of the larger plans on which that was; empty where it was on this one.
    #[serde(deserialize_with = "sentences")]
    pub(crate) hit_on: Vec<String>,
    /// Five-hour windows used up.
    pub(crate) five_hour_hits: u64,
    /// Weeks used up.
    pub(crate) week_hits: u64,
    /// Weeks of which Fable's half was used up.
    pub(crate) fable_week_hits: u64,
    /// Requests that are not part of the plan.
    pub(crate) outside_requests: u64,
}

/// The cheapest option that blocks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(inline))]
pub(crate) struct Blocking {
    pub(crate) option: Way,
    /// Its price a month, with what the interruptions cost.
    pub(crate) usd: Usd,
    /// Whether an hour of interruption has a price.
    pub(crate) has_interruption_price: bool,
    /// Hours blocked a month.
    pub(crate) blocked_hours: Amount,
    pub(crate) hours_are: Bound,
    /// The limit hits after which the person waits; null where they pay.
    pub(crate) hits: Option<HitHours>,
    /// The option that never blocks; null where there is none.
    pub(crate) never_blocks: Option<Way>,
    /// Only below so many hours blocked a month is it cheaper than that one; null where it surely
    /// is.
    pub(crate) cheaper_below_hours: Option<Amount>,
}

/// Limit hits of the person's own, by what is known of the hours after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct HitHours {
    /// Hits whose hours are counted, up to the reset.
    pub(crate) counted: u64,
    /// Hits after which no reset was told.
    pub(crate) no_reset_told: u64,
    /// Hits of one model or of credits alone.
    pub(crate) one_model_or_credits: u64,
    /// Hits after the last day that counts.
    pub(crate) after_the_last_day: u64,
}

/// What stays undone on a plan although the person pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Undone {
    /// The id of the plan.
    #[serde(deserialize_with = "line")]
    pub(crate) plan: String,
    /// What is paid a month.
    pub(crate) paid_usd: Usd,
    /// Requests left undone.
    pub(crate) requests: u64,
    /// Hours blocked a month; 0 where they are not counted.
    pub(crate) blocked_hours: Amount,
    /// Whether the hours after requests outside the plan come on top.
    pub(crate) is_at_least: bool,
}

/// The answer by another yardstick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct ByYardstick {
    pub(crate) yardstick: Yardstick,
    /// The ids of the plans that carry everything.
    #[serde(deserialize_with = "sentences")]
    pub(crate) carries: Vec<String>,
}

impl HitHours {
    fn of(told: &[ToldHit]) -> Self {
        let count = |why| told.iter().filter(|hit| hit.uncounted == why).count() as u64;
        Self {
            counted: count(None),
            no_reset_told: count(Some(Uncounted::NotTold)),
            one_model_or_credits: count(Some(Uncounted::Partial)),
            after_the_last_day: count(Some(Uncounted::After)),
        }
    }
}

impl Fit {
    /// The findings, the most important one first. Empty if there are no requests.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        if self.coverage.requests == 0 {
            return Vec::new();
        }
        let coverage = &self.coverage;
        let mut out = Vec::new();
        out.extend(coverage.left_out.filter(|left_out| left_out.is_much()).map(|left_out| {
            Finding::LeftOut {
                responses: left_out.responses,
                of_responses: left_out.of_responses,
                tokens_pct: WholePercent(left_out.percent()),
                is_conclusive: !left_out.is_too_much(),
            }
        }));
        out.extend(coverage.start_values.map(|values| Finding::StartValues {
            responses: values.small,
            of_responses: values.responses,
        }));
        if !coverage.is_conclusive {
            return out;
        }
        out.push(self.smallest());
        if self.unnamed_hits() > 0 {
            let is_on_api = self.hits_on_api > 0;
            let hits = if is_on_api { self.hits_on_api } else { self.hits_on_unknown };
            out.push(Finding::UnnamedHits { hits, is_on_api });
        }
        out.push(
            self.steady()
                .unwrap_or_else(|| Finding::NothingServesAll { cap_usd: self.spend_cap.map(Usd) }),
        );
        out.extend(self.blocks());
        out.extend(self.undone());
        out.extend(self.worth_it());
        out.extend(self.ends());
        if !self.others.is_empty() {
            let differing = self.others.iter().filter(|other| other.differs);
            let by = differing.map(|other| ByYardstick {
                yardstick: other.yardstick,
                carries: other.carries.clone(),
            });
            out.push(Finding::Yardsticks { differing: by.collect() });
        }
        out
    }

    fn way(&self, choice: Choice, level: Level) -> Option<Way> {
        let plan = self.plan_of(choice)?;
        let outcome = plan.outcomes.at(level);
        let rest = match choice.policy {
            _ if plan.id == API || outcome.fits() => Rest::None,
            Policy::Wait => Rest::Waits,
            Policy::Pay if outcome.unpaid.requests > 0 => Rest::PaidToCap,
            Policy::Pay => Rest::Paid,
        };
        Some(Way { plan: plan.id.clone(), rest })
    }

    fn bill(&self, choice: Choice, level: Level) -> Option<Bill> {
        let outcome = self.plan_of(choice)?.outcomes.at(level);
        match choice.policy {
            Policy::Wait => outcome.wait,
            Policy::Pay => outcome.pay,
        }
    }

    /// The plans that are compared: a team seat only if the person has one.
    fn ranked(&self) -> impl Iterator<Item = &PlanFit> {
        self.plans.iter().filter(|plan| plan.min_members <= 1 || plan.is_now)
    }

    fn smallest(&self) -> Finding {
        let limited = || self.ranked().filter(|plan| !plan.is_api() && plan.is_known());
        let by_fee = |plan: &&PlanFit| plan.fee;
        let carrying = limited().filter(|plan| plan.outcomes.likely.fits()).min_by_key(by_fee);
        let below = limited()
            .filter(|plan| carrying.is_none_or(|carrying| plan.fee < carrying.fee))
            .max_by_key(by_fee);
        Finding::Smallest(Smallest {
            plan: carrying.map(|plan| plan.id.clone()),
            is_sure: carrying.is_some_and(|plan| Verdict::of(plan) == Verdict::Yes),
            below: below.map(|plan| self.shortfall(plan)),
        })
    }

    fn shortfall(&self, plan: &PlanFit) -> Shortfall {
        let likely = &plan.outcomes.likely;
        let hits = |window| likely.hits_of(window) as u64;
        let own = plan.told.iter().filter(|hit| hit.plan == plan.id).count();
        let is_larger = |other: &&PlanFit| plan.told.iter().any(|hit| hit.plan == other.id);
        let larger = self.plans.iter().filter(is_larger).map(|other| other.id.clone());
        Shortfall {
            plan: plan.id.clone(),
            limit_hits: if own > 0 { own } else { plan.told.len() } as u64,
            hit_on: if own > 0 { Vec::new() } else { larger.collect() },
            five_hour_hits: hits(Window::FiveHour),
            week_hits: hits(Window::Week),
            fable_week_hits: hits(Window::FableWeek),
            outside_requests: likely.outside.requests,
        }
    }

    fn steady(&self) -> Option<Finding> {
        let cheapest = self.cheapest.likely?;
        Some(Finding::Cheapest {
            option: self.way(cheapest, Level::Likely)?,
            usd: Usd::rounded(self.bill(cheapest, Level::Likely)?.total),
        })
    }

    fn blocks(&self) -> Option<Finding> {
        let choice = self.blocking.likely?;
        let bill = self.bill(choice, Level::Likely)?;
        let plan = self.plan_of(choice)?;
        let steady = self.cheapest.likely;
        let limit = steady.and_then(|steady| self.bill(steady, Level::Likely)).map(|b| b.total);
        let unsure = limit.filter(|limit| !bill.is_surely_below(*limit));
        let below =
            unsure.and_then(|limit| limit.checked_sub(bill.paid())?.checked_div(self.hour_value?));
        Some(Finding::Blocking(Blocking {
            option: self.way(choice, Level::Likely)?,
            usd: Usd::rounded(bill.total),
            has_interruption_price: bill.interruption.is_some(),
            blocked_hours: Amount::rounded(bill.blocked_hours),
            hours_are: bill.hours_are,
            hits: (choice.policy == Policy::Wait).then(|| HitHours::of(&plan.told)),
            never_blocks: steady.and_then(|steady| self.way(steady, Level::Likely)),
            cheaper_below_hours: below.map(Amount::rounded),
        }))
    }

    fn undone(&self) -> Option<Finding> {
        let of_plan = |plan: &PlanFit| {
            let outcome = &plan.outcomes.likely;
            let bill = outcome.pay.filter(|_| outcome.unpaid.requests > 0)?;
            // If other work continues, work outside the plan adds no blocked hours.
            let inside = outcome.carried.requests + outcome.refused.requests;
            Some(Undone {
                plan: plan.id.clone(),
                paid_usd: Usd::rounded(bill.paid()),
                requests: outcome.unpaid.requests,
                blocked_hours: Amount::rounded(bill.blocked_hours),
                is_at_least: outcome.outside.requests > 0 && inside > 0,
            })
        };
        let plans: Vec<Undone> = self.ranked().filter_map(of_plan).collect();
        (!plans.is_empty()).then_some(Finding::Undone { cap_usd: self.spend_cap.map(Usd), plans })
    }

    /// The hourly value from which the option that never blocks pays off, and the larger plan that
    /// carries everything.
    fn worth_it(&self) -> impl Iterator<Item = Finding> {
        let evens = &self.break_evens.likely;
        let larger = evens.iter().find(|even| {
            self.plan_of(even.to).is_some_and(|plan| {
                !plan.is_api() && even.to.plan != even.from.plan && plan.outcomes.likely.fits()
            })
        });
        let mut shown: Vec<_> =
            evens.iter().filter(|even| Some(even.to) == self.cheapest.likely).collect();
        if let Some(larger) = larger
            && !shown.iter().any(|even| even.to.plan == larger.to.plan)
        {
            shown.push(larger);
        }
        shown.into_iter().filter_map(|even| {
            Some(Finding::BreakEven {
                from: self.way(even.from, Level::Likely)?,
                to: self.way(even.to, Level::Likely)?,
                usd_per_hour: Usd::rounded(even.usd_per_hour),
                hours_are: even.hours_are,
                hits: HitHours::of(&self.plan_of(even.from)?.told),
            })
        })
    }

    /// How the cheapest option that never blocks changes at the ends of the range.
    fn ends(&self) -> Option<Finding> {
        let at = |level| {
            let steady = (*self.cheapest.at(level))?;
            let total = self.bill(steady, level)?.total;
            Some((steady.plan, self.way(steady, level)?, Usd::rounded(total)))
        };
        let (low, high) = (at(Level::Low)?, at(Level::High)?);
        let likely = self.cheapest.likely?.plan;
        let cents = |usd: Usd| usd.0.round_dp(2);
        if low.0 == likely && high.0 == likely && cents(low.2) == cents(high.2) {
            return Some(Finding::EndsAgree);
        }
        Some(Finding::Ends { low: low.1, low_usd: low.2, high: high.1, high_usd: high.2 })
    }
}

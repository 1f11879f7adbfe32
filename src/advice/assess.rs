//! The assessment: one pure function from answers and a month to every figure shown.

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use super::costs::Costs;
use super::ends::Ends;
use super::evidence::ReplayedOnPro;
use super::flips::{self, Edges, Flip, Stretch};
use super::points::{self, Item, Known, Needs, Reason};
use super::remarks::{self, Case, Note, Unmet, Warning};
use super::rules::{Outcome, Rule, Variant, judge};
use super::situation::{Market, Terms};
use super::split::Split;
use super::strength::{self, Cap, Strength};
use super::ways::{self, OtherWay};
use super::world::World;
use crate::catalog::{Catalog, Model, PriceRow};
use crate::cost::{self, Unpriced, Volume};
use crate::number::six_places;
use crate::question::{Limits, Resolved};
use crate::usage::{Confidence, ProPrice, Usage, UsageError, pro_monthly};

/// Why there is no assessment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssessError {
    /// The month names something that the list does not have.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The chosen model has no price for this month.
    #[error("model '{model}' {why} for this month; choose one of {priced}")]
    Unpriced {
        model: String,
        /// The missing price.
        why: Unpriced,
        /// The listed models that have a price.
        priced: String,
    },
}

/// The cost of one month every way, before any question is answered.
#[derive(Debug, Clone)]
pub struct PricedMonth<'a> {
    /// USD a month.
    pub pro: Decimal,
    /// USD a year.
    pro_year: Decimal,
    /// The model of the API part.
    pub model: &'a Model,
    /// The whole month on the API with that model, USD.
    pub api: Decimal,
    /// The month on each listed model, API only.
    pub models: Vec<PricedModel<'a>>,
    /// The situation for every set of answers.
    pub market: Market,
    /// The estimated capacity of Pro, tokens of chat a month.
    pub capacity: Volume,
    terms: Terms,
}

/// A listed model and the cost of the month on it, API only.
#[derive(Debug, Clone)]
pub struct PricedModel<'a> {
    pub model: &'a Model,
    /// The price row in force.
    pub row: Option<&'a PriceRow>,
    /// USD a month, or why there is no price.
    pub api: Result<Decimal, Unpriced>,
}

/// Prices a month on every listed model.
pub fn billing_cost<'a>(usage: &Usage, world: &World<'a>) -> Result<PricedMonth<'a>, AssessError> {
    let World { catalog, facts, today } = *world;
    let pro = usage.pro_monthly(catalog)?;
    let by_the_year = catalog.plan("pro").and_then(|plan| plan.annual_total);
    let pro_year = by_the_year
        .filter(|_| usage.pro_price == ProPrice::Annual)
        .unwrap_or_else(|| pro * Decimal::from(12));
    let model = usage.model(catalog, today)?;
    let models: Vec<PricedModel<'a>> = usage
        .models(catalog, today)?
        .into_iter()
        .map(|model| {
            let row = catalog.row(model, usage.prompt_tokens);
            let api = row
                .ok_or(Unpriced::NoRow)
                .and_then(|row| cost::cost(row, usage.volume, &usage.mix));
            PricedModel { model, row, api }
        })
        .collect();
    let chosen = models.iter().find(|priced| priced.model.id == model.id);
    let api = match chosen.map_or(Err(Unpriced::NoRow), |priced| priced.api) {
        Ok(api) => api,
        Err(why) => {
            let priced = models.iter().filter(|priced| priced.api.is_ok());
            let ids: Vec<&str> = priced.map(|priced| priced.model.id.as_str()).collect();
            let priced = if ids.is_empty() { "another list".to_owned() } else { ids.join(", ") };
            return Err(AssessError::Unpriced { model: model.id.clone(), why, priced });
        }
    };
    let capacity = Volume {
        input: usage.capacity_input.unwrap_or_else(|| facts.capacity_input()),
        output: usage.capacity_output.unwrap_or_else(|| facts.capacity_output()),
    };
    let replayed = ReplayedOnPro::of(usage);
    let terms = Terms::new(api, pro, usage.volume, usage.mix.cache_read, capacity, replayed);
    let market = Market::new(&terms, usage.outside);
    Ok(PricedMonth { pro, pro_year, model, api, models, market, capacity, terms })
}

/// The result once every question is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The answers and the origin of each.
    pub answers: Resolved,
    pub usage: Usage,
    /// The id of the model of the API part, aliases resolved.
    pub model_id: String,
    pub model_name: String,
    pub outcome: Outcome,
    /// How the person reaches the API.
    pub variant: Option<Variant>,
    pub rule: Rule,
    pub strength: Strength,
    /// Why the strength is at most "likely"; `None` if nothing limits it, or it is a close call.
    pub cap: Option<Cap>,
    /// The points for each side.
    pub needs: Needs,
    /// True if the chat exceeds the estimated capacity of Pro.
    pub over_capacity: bool,
    /// The answer about limits after the capacity check.
    pub limits_effective: Limits,
    /// Every item with points, P1 to P6 then A1 to A8.
    pub reasons: Vec<Reason>,
    /// The costs of all three ways.
    pub costs: Costs,
    /// Chance that the API bill is under Pro, 0 to 1, four places.
    pub chance_under_pro: f64,
    /// The hybrid's shares.
    pub split: Split,
    /// The share of the chat beyond Pro's limits in whole percent, were it not set by hand.
    pub usual_overflow: u8,
    /// Ways past Pro's limits that are not in the article.
    pub other_ways: Vec<OtherWay>,
    pub models: Vec<ModelCost>,
    /// Changes that would alter the recommendation.
    pub flips: Vec<Flip>,
    /// The outcomes by volume, from zero upwards, in multiples of this month.
    pub stretches: Vec<Stretch>,
    /// Needs that Pro does not cover.
    pub unmet: Vec<Unmet>,
    /// Notes from outside the article.
    pub notes: Vec<Note>,
    /// Likely slips in the input, and other points that need care.
    pub warnings: Vec<Warning>,
    /// The estimated capacity of Pro, tokens of chat a month.
    pub capacity: Volume,
    /// Months after which annual billing for Pro breaks even. `None` if the list has no annual
    /// price.
    pub annual_months: Option<u32>,
}

/// The cost of the month on one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCost {
    pub id: String,
    /// Without the vendor's name.
    pub name: String,
    pub status: crate::catalog::Status,
    pub retired: bool,
    /// The price row in force.
    pub row: Option<PriceRow>,
    /// Everything on this model, USD a month. `None` if unpriced.
    pub api: Option<Decimal>,
    /// Hybrid with this model, USD a month.
    pub hybrid: Option<Decimal>,
    /// [`Self::api`] minus the price of Pro.
    pub vs_pro: Option<Decimal>,
    /// The multiple of the present volume at which the API alone costs as much as Pro. `None` at
    /// zero cost.
    pub break_even: Option<Decimal>,
}

/// Whether the chat exceeds the estimated capacity of Pro, and how a hybrid month is divided, without
/// the rest of an assessment.
pub(super) fn split(
    answers: &Resolved,
    usage: &Usage,
    world: &World<'_>,
) -> Result<(bool, Split), AssessError> {
    let month = billing_cost(usage, world)?;
    let is_over = month.market.situation(answers.profile).over_capacity;
    Ok((is_over, month.split(answers, usage, usage.overflow_pct).1))
}

/// The cost of the month on each listed model, without the rest of an assessment.
pub(crate) fn model_costs(
    answers: &Resolved,
    usage: &Usage,
    world: &World<'_>,
) -> Result<Vec<ModelCost>, AssessError> {
    let month = billing_cost(usage, world)?;
    Ok(month.model_costs(month.split(answers, usage, usage.overflow_pct).1, world.today))
}

#[cfg(test)]
thread_local! {
    /// How many assessments this thread made.
    static ASSESSED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many assessments this thread made so far.
#[cfg(test)]
pub(crate) fn assessed() -> usize {
    ASSESSED.with(std::cell::Cell::get)
}

/// Assesses a complete set of answers and a month.
pub fn assess(
    answers: &Resolved,
    usage: &Usage,
    world: &World<'_>,
) -> Result<Assessment, AssessError> {
    Ok(billing_cost(usage, world)?.assess(answers, usage, world))
}

impl PricedMonth<'_> {
    /// The ends of every completion at this volume.
    pub fn ends(&self, usage: &Usage) -> Ends {
        Ends::new(&self.market, usage.outside)
    }

    /// Assesses a complete set of answers on this month.
    pub fn assess(&self, answers: &Resolved, usage: &Usage, world: &World<'_>) -> Assessment {
        #[cfg(test)]
        ASSESSED.with(|count| count.set(count.get() + 1));
        let profile = answers.profile;
        let terms = &self.terms;
        let share = usage.outside.share(profile);
        let situation = terms.situation(share);
        let verdict = judge(profile, situation);
        let outcome = verdict.outcome();
        let (limits_effective, split) = self.split(answers, usage, usage.overflow_pct);
        let usual_overflow = self.split(answers, usage, None).1.overflow_pct;
        let costs = self.costs(split, usage.confidence);
        let edges = Edges::new(terms, share);
        let stretches = flips::stretches(&edges, profile);
        let uncapped = Strength::new(
            verdict,
            flips::soft(terms, usage.outside, profile),
            strength::stability(&edges, profile, verdict, situation.all_outside, usage.confidence),
        );
        let unmet = remarks::unmet(verdict.rule, profile, limits_effective);
        let other_ways = ways::other_ways(usage, limits_effective, split, &costs, world);
        let case = Case {
            profile,
            usage,
            model: self.model,
            share,
            situation,
            verdict,
            limits_effective,
            cost: costs.of(outcome),
            unmet: &unmet,
            other_ways: &other_ways,
            replayed: terms.replayed,
            world,
        };
        let (notes, warnings) = (remarks::notes(&case), remarks::warnings(&case));
        let cap = Cap::of(&warnings, answers.has_assumed());
        let cap = cap.filter(|_| uncapped >= Strength::Likely);
        let strength = if cap.is_some() { Strength::Likely } else { uncapped };
        Assessment {
            answers: *answers,
            usage: usage.clone(),
            model_id: self.model.id.clone(),
            model_name: self.model.short_name().to_owned(),
            outcome,
            variant: Variant::of(verdict.rule, profile),
            rule: verdict.rule,
            strength,
            cap,
            needs: verdict.needs,
            over_capacity: situation.over_capacity,
            limits_effective,
            reasons: self.reasons(answers, situation, outcome, costs),
            costs,
            chance_under_pro: strength::chance_under_pro(self.api, self.pro, usage.confidence),
            split,
            usual_overflow,
            other_ways,
            models: self.model_costs(split, world.today),
            flips: self.flips(answers, usage, world, &stretches),
            stretches,
            unmet,
            notes,
            warnings,
            capacity: self.capacity,
            annual_months: annual_months(world.catalog),
        }
    }

    /// How strict Pro's limits are in effect, and how a hybrid month is divided; `by_hand` overrides
    /// the share of the chat beyond the limits.
    fn split(&self, answers: &Resolved, usage: &Usage, by_hand: Option<u8>) -> (Limits, Split) {
        let share = usage.outside.share(answers.profile);
        let situation = self.terms.situation(share);
        let limits = points::limits_effective(answers.profile.limits(), situation);
        (limits, Split::new(answers.profile, limits, share, &self.terms, by_hand))
    }

    fn costs(&self, split: Split, confidence: Confidence) -> Costs {
        let percent = Decimal::new(1, 2);
        let factor = confidence.factor();
        let inside = Decimal::from(100_u8.saturating_sub(split.outside_pct)) * percent;
        let api_part = self.api * split.api_pct() * percent;
        Costs {
            pro: self.pro,
            pro_year: self.pro_year,
            api: self.api,
            hybrid: self.pro + api_part,
            chat_on_api: self.api * inside,
            api_p10: six_places(self.api / factor),
            api_p90: self.api * factor,
            hybrid_p10: six_places(self.pro + api_part / factor),
            hybrid_p90: self.pro + api_part * factor,
        }
    }

    fn model_costs(&self, split: Split, today: Date) -> Vec<ModelCost> {
        let share = split.api_pct() * Decimal::new(1, 2);
        self.models
            .iter()
            .map(|priced| {
                let api = priced.api.ok();
                ModelCost {
                    id: priced.model.id.clone(),
                    name: priced.model.short_name().to_owned(),
                    status: priced.model.status,
                    retired: priced.model.is_retired(today),
                    row: priced.row.cloned(),
                    api,
                    hybrid: api.map(|api| self.pro + api * share),
                    vs_pro: api.map(|api| api - self.pro),
                    break_even: api.and_then(|api| self.pro.checked_div(api)).map(six_places),
                }
            })
            .collect()
    }

    fn reasons(
        &self,
        answers: &Resolved,
        situation: super::Situation,
        outcome: Outcome,
        costs: Costs,
    ) -> Vec<Reason> {
        let known = Known::from(answers.profile);
        Item::ALL
            .into_iter()
            .filter_map(|item| {
                let points = points::points(item, known, situation);
                let contained = match outcome {
                    Outcome::Hybrid => true,
                    Outcome::Pro => item.is_pro(),
                    Outcome::Api => !item.is_pro(),
                };
                (points != 0).then(|| Reason {
                    item,
                    points,
                    because: points::because(item, situation, self.api, costs.chat_on_api),
                    supports: contained == (points > 0),
                })
            })
            .collect()
    }

    fn flips(
        &self,
        answers: &Resolved,
        usage: &Usage,
        world: &World<'_>,
        stretches: &[Stretch],
    ) -> Vec<Flip> {
        let profile = answers.profile;
        let terms = &self.terms;
        let share = usage.outside.share(profile);
        let present = judge(profile, terms.situation(share)).outcome();
        let mut flips = flips::answers(terms, usage.outside, profile);
        flips.extend(flips::volumes(stretches, usage.volume, |volume| {
            self.outcome_at(volume, answers, usage, share)
        }));
        for other in self.models.iter().filter(|priced| priced.model.id != self.model.id) {
            if let Ok(api) = other.api {
                let outcome = judge(profile, Terms { api, ..*terms }.situation(share)).outcome();
                if outcome != present {
                    flips.push(Flip::Model { model: other.model.id.clone(), outcome });
                }
            }
        }
        let annual = pro_monthly(ProPrice::Annual, world.catalog).ok();
        if let Some(pro) = annual.filter(|_| usage.pro_price != ProPrice::Annual) {
            let outcome = judge(profile, Terms { pro, ..*terms }.situation(share)).outcome();
            if outcome != present {
                flips.push(Flip::AnnualPrice { outcome });
            }
        }
        flips.extend(flips::shares(terms, share, profile));
        flips
    }

    /// The verdict on another volume of whole tokens, all else equal.
    fn outcome_at(&self, volume: Volume, answers: &Resolved, usage: &Usage, share: u8) -> Outcome {
        let row = self.models.iter().find(|m| m.model.id == self.model.id).and_then(|m| m.row);
        let api = row.and_then(|row| cost::cost(row, volume, &usage.mix).ok()).unwrap_or(self.api);
        let terms = Terms::new(
            api,
            self.pro,
            volume,
            usage.mix.cache_read,
            self.capacity,
            self.terms.replayed,
        );
        judge(answers.profile, terms.situation(share)).outcome()
    }
}

/// Months of Pro by the month that cost as much as a year at once, rounded up.
fn annual_months(catalog: &Catalog) -> Option<u32> {
    let pro = catalog.plan("pro")?;
    let by_month = |price: Decimal| price * Decimal::from(12);
    let year = pro.annual_total.or_else(|| pro.annual_per_month.map(by_month))?;
    u32::try_from(year.checked_div(pro.monthly?)?.ceil()).ok()
}

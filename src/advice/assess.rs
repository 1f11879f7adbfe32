//! The assessment: one pure function from answers and a month to everything that is shown.

use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use super::ends::Ends;
use super::flips::{self, Edges, Flip, Stretch};
use super::points::{self, Item, Known, Needs, Reason};
use super::remarks::{self, Case, Note, Unmet, Warning};
use super::rules::{Outcome, Rule, Variant, judge};
use super::situation::{Market, Terms};
use super::split::Split;
use super::strength::{self, Strength};
use crate::catalog::{Catalog, Model, PriceRow};
use crate::cost::{self, Unpriced, Volume};
use crate::facts::Facts;
use crate::number::six_places;
use crate::question::{Limits, Origin, Resolved};
use crate::usage::{Confidence, ProPrice, Usage, UsageError, pro_monthly};

/// What the assessment knows beside the person: prices, facts and the day.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The price list.
    pub catalog: &'a Catalog,
    /// The facts that are not prices.
    pub facts: &'a Facts,
    /// The day of the question.
    pub today: Date,
}

/// Why there is no assessment.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AssessError {
    /// The month names something the list does not have.
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The chosen model has no price for this month.
    #[error("model '{model}' {why} for this month; choose one of {priced}")]
    Unpriced {
        /// The chosen model's id.
        model: String,
        /// Which price is missing.
        why: Unpriced,
        /// The listed models that have one.
        priced: String,
    },
}

/// What one month costs in every way, before any question is answered.
#[derive(Debug, Clone)]
pub struct PricedMonth<'a> {
    /// Pro, USD a month.
    pub pro: Decimal,
    /// The model of the API part.
    pub model: &'a Model,
    /// Everything on the API on that model, USD a month.
    pub api: Decimal,
    /// Every listed model on the API alone.
    pub models: Vec<PricedModel<'a>>,
    /// The situation for every set of answers.
    pub market: Market,
    /// The capacity figures used, tokens of chat a month.
    pub capacity: Volume,
    terms: Terms,
}

/// One listed model and what the month costs on it alone.
#[derive(Debug, Clone)]
pub struct PricedModel<'a> {
    /// The model.
    pub model: &'a Model,
    /// The price row used.
    pub row: Option<&'a PriceRow>,
    /// USD a month, or why there is no price.
    pub api: Result<Decimal, Unpriced>,
}

/// Prices a month on every listed model.
pub fn billing_cost<'a>(usage: &Usage, world: &World<'a>) -> Result<PricedMonth<'a>, AssessError> {
    let World { catalog, facts, today } = *world;
    let pro = usage.pro_monthly(catalog)?;
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
    let terms = Terms::new(api, pro, usage.volume, usage.mix.cache_read, capacity);
    let market = Market::new(&terms, usage.outside);
    Ok(PricedMonth { pro, model, api, models, market, capacity, terms })
}

/// Everything that is known once every question is answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Assessment {
    /// The answers and who gave them.
    pub answers: Resolved,
    /// The month, as given.
    pub usage: Usage,
    /// The id of the model of the API part, aliases resolved.
    pub model_id: String,
    /// Its name.
    pub model_name: String,
    /// What is recommended.
    pub outcome: Outcome,
    /// How the API is reached.
    pub variant: Option<Variant>,
    /// The rule that fired.
    pub rule: Rule,
    /// How sure that is.
    pub strength: Strength,
    /// Both totals.
    pub needs: Needs,
    /// Whether the chat is more than Pro can carry.
    pub over_capacity: bool,
    /// The limits that count.
    pub limits_effective: Limits,
    /// Every item with points, P1 to P6 then A1 to A8.
    pub reasons: Vec<Reason>,
    /// The costs of the three ways.
    pub costs: Costs,
    /// Chance that the API bill is under Pro, 0 to 1, four places.
    pub chance_under_pro: f64,
    /// The hybrid's shares.
    pub split: Split,
    /// Every listed model.
    pub models: Vec<ModelCost>,
    /// What would change the recommendation.
    pub flips: Vec<Flip>,
    /// The outcome along the volume, from zero upwards, in multiples of this month.
    pub stretches: Vec<Stretch>,
    /// Needs that Pro leaves open.
    pub unmet: Vec<Unmet>,
    /// Notes that are not in the article.
    pub notes: Vec<Note>,
    /// What may be a slip or needs care.
    pub warnings: Vec<Warning>,
    /// The capacity figures used.
    pub capacity: Volume,
    /// Months after which Pro paid by the year is even; `None` where the list has no such price.
    pub annual_months: Option<u32>,
}

impl Assessment {
    /// The share of the chat that Pro's limits would stop by the answers and the volume alone, whole
    /// percent, whatever the person set.
    pub fn usual_overflow(&self) -> u8 {
        let (profile, share) = (self.answers.profile, self.split.outside_pct);
        Split::new(profile, self.limits_effective, share, None).overflow_pct
    }
}

/// USD a month, estimates. Exact to the 28 digits of a decimal, which is far below a cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Costs {
    /// Pro.
    pub pro: Decimal,
    /// Everything on the API.
    pub api: Decimal,
    /// Pro and the API part.
    pub hybrid: Decimal,
    /// The in-chat part, priced as if it were on the API.
    pub chat_on_api: Decimal,
    /// One case in ten is below this.
    pub api_p10: Decimal,
    /// One case in ten is above this.
    pub api_p90: Decimal,
    /// The same for hybrid.
    pub hybrid_p10: Decimal,
    /// The same for hybrid.
    pub hybrid_p90: Decimal,
}

impl Costs {
    /// What an outcome costs.
    pub const fn of(&self, outcome: Outcome) -> Decimal {
        match outcome {
            Outcome::Pro => self.pro,
            Outcome::Hybrid => self.hybrid,
            Outcome::Api => self.api,
        }
    }

    /// The range that holds eight cases in ten.
    pub const fn range_of(&self, outcome: Outcome) -> (Decimal, Decimal) {
        match outcome {
            Outcome::Pro => (self.pro, self.pro),
            Outcome::Hybrid => (self.hybrid_p10, self.hybrid_p90),
            Outcome::Api => (self.api_p10, self.api_p90),
        }
    }
}

/// The month on one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelCost {
    /// Its id.
    pub id: String,
    /// Its name, without the vendor's.
    pub name: String,
    /// Its status in the list.
    pub status: crate::catalog::Status,
    /// Whether it has been switched off.
    pub retired: bool,
    /// The price row used.
    pub row: Option<PriceRow>,
    /// Everything on it, USD a month; `None`: unpriced.
    pub api: Option<Decimal>,
    /// Hybrid with it, USD a month.
    pub hybrid: Option<Decimal>,
    /// [`Self::api`] less Pro.
    pub vs_pro: Option<Decimal>,
    /// Times the present volume at which the API alone costs what Pro costs; `None` at zero cost.
    pub break_even: Option<Decimal>,
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
    /// The ends of all completions at this volume.
    pub fn ends(&self, usage: &Usage) -> Ends {
        Ends::new(&self.market, usage.outside)
    }

    /// Assesses a complete set of answers on this month.
    pub fn assess(&self, answers: &Resolved, usage: &Usage, world: &World<'_>) -> Assessment {
        let profile = answers.profile;
        let terms = &self.terms;
        let share = usage.outside.share(profile);
        let situation = terms.situation(share);
        let verdict = judge(profile, situation);
        let outcome = verdict.outcome();
        let limits_effective = points::limits_effective(profile.limits(), situation);
        let split = Split::new(profile, limits_effective, share, usage.overflow_pct);
        let costs = self.costs(split, usage.confidence);
        let edges = Edges::new(terms, share);
        let stretches = flips::stretches(&edges, profile);
        let assumed = answers.has_assumed() || usage.volume_origin == Origin::Assumed;
        let strength = Strength::new(
            verdict,
            flips::soft(terms, usage.outside, profile),
            strength::stability(&edges, profile, verdict, situation.all_outside, usage.confidence),
            assumed,
        );
        let unmet = remarks::unmet(verdict.rule, profile, limits_effective);
        let case = Case {
            profile,
            usage,
            model: self.model,
            share,
            situation,
            verdict,
            cost: costs.of(outcome),
            unmet: &unmet,
            world,
        };
        let (notes, warnings) = (remarks::notes(&case), remarks::warnings(&case));
        Assessment {
            answers: *answers,
            usage: usage.clone(),
            model_id: self.model.id.clone(),
            model_name: self.model.short_name().to_owned(),
            outcome,
            variant: Variant::of(verdict.rule, profile),
            rule: verdict.rule,
            strength,
            needs: verdict.needs,
            over_capacity: situation.over_capacity,
            limits_effective,
            reasons: self.reasons(answers, situation, outcome, costs),
            costs,
            chance_under_pro: strength::chance_under_pro(self.api, self.pro, usage.confidence),
            split,
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

    fn costs(&self, split: Split, confidence: Confidence) -> Costs {
        let percent = Decimal::new(1, 2);
        let factor = confidence.factor();
        let inside = Decimal::from(100_u8.saturating_sub(split.outside_pct)) * percent;
        let api_part = self.api * split.api_pct() * percent;
        Costs {
            pro: self.pro,
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
        let terms = Terms::new(api, self.pro, volume, usage.mix.cache_read, self.capacity);
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

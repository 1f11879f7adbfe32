//! The months compared: the person's own, the what-if month, and either on the focused model.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::axis::Axis;
use crate::advice::{Assessment, ModelCost, bend};
use crate::catalog::{Model, Status};
use crate::usage::Usage;
use crate::wizard::session::Session;
use crate::words::bend_sentence;

/// What the screen shows, derived from the choices before it is drawn.
#[derive(Debug)]
pub(super) struct CompareModel {
    pub(super) axis: Axis,
    /// The month shown on each listed model. The model in use decides how a hybrid is divided.
    pub(super) table: Vec<ModelCost>,
    /// One unit of the axis on each listed model.
    units: Vec<ModelCost>,
    /// The focused model with the person's own month. `None` if it has no price.
    pub(super) here: Option<Assessment>,
    /// The focused model with one unit of the axis, unless that is the person's own month.
    unit: Option<Assessment>,
    /// The right end of the axis.
    pub(super) most: Decimal,
    /// The sentences under the chart: what it cannot show, and notes about the focused model.
    pub(super) remarks: Vec<String>,
    pub(super) today: Date,
}

impl CompareModel {
    /// `focused` is the person's month with the focused model, `shown` the assessment of the month
    /// shown. What was assessed before is not assessed again.
    pub(super) fn new(
        session: &Session<'_>,
        (focused, model): (&Usage, Option<&Model>),
        what_if: Option<Decimal>,
        shown: Option<&Assessment>,
        before: Option<&Self>,
    ) -> Option<Self> {
        let (own, usage, world) = (session.assessment()?, session.usage(), &session.world);
        let axis = Axis::of(usage.volume);
        let at = |usage: &Usage, multiple| Usage { volume: axis.volume(multiple), ..usage.clone() };
        let assessed = |wanted: &Usage| {
            let before = before.into_iter().flat_map(|before| [&before.here, &before.unit]);
            let known = [Some(own), shown].into_iter().flatten().chain(before.flatten());
            let is_it = |case: &&Assessment| case.usage == *wanted && case.answers == own.answers;
            known.into_iter().find(is_it).cloned().or_else(|| session.assess_month(wanted))
        };
        let table = match what_if {
            Some(multiple) => session.model_costs(&at(usage, multiple))?,
            None => own.models.clone(),
        };
        let (units, unit) = if axis.starts_at_zero() {
            let unit = assessed(&at(focused, Decimal::ONE));
            (session.model_costs(&at(usage, Decimal::ONE))?, unit)
        } else {
            (own.models.clone(), None)
        };
        let (most, remarks) = (Decimal::ZERO, Vec::new());
        let (here, today) = (assessed(focused), world.today);
        let mut seen = Self { axis, table, units, here, unit, most, remarks, today };
        seen.most = axis.shown(seen.break_even()).max(what_if.unwrap_or_default());
        seen.remarks.extend(model.and_then(|model| life_of(model, today)));
        if axis.starts_at_zero() {
            seen.remarks.push("The chart takes 5 tokens sent for 2 written.".to_owned());
        }
        let bend = seen.unit().and_then(|unit| bend(unit, seen.most, world));
        seen.remarks.extend(bend.map(|bend| bend_sentence(&axis.name(bend.at), bend)));
        Some(seen)
    }

    /// The focused model with one unit of the axis. The chart's lines are drawn from it.
    pub(super) const fn unit(&self) -> Option<&Assessment> {
        if self.axis.starts_at_zero() { self.unit.as_ref() } else { self.here.as_ref() }
    }

    /// The multiple of the axis unit at which the focused model on the API alone costs as much
    /// as Pro.
    pub(super) fn break_even(&self) -> Option<Decimal> {
        let case = self.unit()?;
        row_of(&case.models, &case.model_id)?.break_even
    }

    /// The same for any listed model.
    pub(super) fn break_even_of(&self, id: &str) -> Option<Decimal> {
        row_of(&self.units, id)?.break_even
    }
}

/// The row of a model.
pub(super) fn row_of<'a>(rows: &'a [ModelCost], id: &str) -> Option<&'a ModelCost> {
    rows.iter().find(|model| model.id == id)
}

/// A note for a model that is not current.
fn life_of(model: &Model, today: Date) -> Option<String> {
    let name = model.short_name();
    if model.is_retired(today) {
        return Some(format!("! {name} is retired: it can no longer be used."));
    }
    match (model.status, model.retires) {
        (Status::Deprecated, Some(day)) => Some(format!("! {name}: deprecated, ends {day}.")),
        (Status::Deprecated, None) => Some(format!("! {name} is deprecated.")),
        (Status::Legacy, _) => Some(format!("{name} is a legacy model: there is a newer one.")),
        (Status::Limited, _) => Some(format!("{name} is not open to everyone.")),
        (Status::Current | Status::Retired, _) => None,
    }
}

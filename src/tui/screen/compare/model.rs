//! The months compared: the person's own, the what-if month, and either on the focused model.

use rust_decimal::Decimal;

use super::axis::Axis;
use crate::advice::{Assessment, ModelCost, bend};
use crate::catalog::{Model, Status};
use crate::session::Session;
use crate::usage::Usage;
use crate::words::bend_sentence;

/// The assessments behind the screen.
pub(super) struct CompareModel<'s> {
    pub(super) axis: Axis,
    /// The model in use with the person's own month.
    pub(super) own: Assessment,
    /// The model in use with the month shown. The table shows this one.
    pub(super) table: Assessment,
    /// The model in use with one unit of the axis.
    own_unit: Assessment,
    /// The focused model with the person's own month. `None` if it has no price.
    pub(super) here: Option<Assessment>,
    /// The focused model with one unit of the axis. The chart's lines are drawn from it.
    pub(super) unit: Option<Assessment>,
    pub(super) session: &'s Session<'s>,
}

impl<'s> CompareModel<'s> {
    /// `focused` is the person's month with the focused model.
    pub(super) fn new(
        session: &'s Session<'s>,
        focused: &Usage,
        what_if: Option<Decimal>,
    ) -> Option<Self> {
        let usage = session.usage();
        let axis = Axis::of(usage.volume);
        let at = |usage: &Usage, multiple| {
            session.assess_month(&Usage { volume: axis.volume(multiple), ..usage.clone() })
        };
        let own = session.assess_month(usage)?;
        let table = match what_if {
            Some(multiple) => at(usage, multiple)?,
            None => own.clone(),
        };
        let (here, own_unit) = (session.assess_month(focused), own.clone());
        let (own_unit, unit) = if axis.starts_at_zero() {
            (at(usage, Decimal::ONE)?, at(focused, Decimal::ONE))
        } else {
            (own_unit, here.clone())
        };
        Some(Self { axis, own, table, own_unit, here, unit, session })
    }

    /// The multiple of the axis unit at which the focused model on the API alone costs as much
    /// as Pro.
    pub(super) fn break_even(&self) -> Option<Decimal> {
        let case = self.unit.as_ref()?;
        model_in(case, &case.model_id)?.break_even
    }

    /// The same for any listed model.
    pub(super) fn break_even_of(&self, id: &str) -> Option<Decimal> {
        model_in(&self.own_unit, id)?.break_even
    }

    /// The sentences under the chart: what it cannot show, and notes about the focused model.
    pub(super) fn remarks(&self, focused: Option<&Model>, most: Decimal) -> Vec<String> {
        let mut lines = Vec::new();
        lines.extend(focused.and_then(|model| life_of(model, self.session)));
        if self.axis.starts_at_zero() {
            lines.push("The chart takes 5 tokens sent for 2 written.".to_owned());
        }
        let bend = self.unit.as_ref().and_then(|unit| bend(unit, most, &self.session.world));
        lines.extend(bend.map(|bend| bend_sentence(&self.axis.name(bend.at), bend)));
        lines
    }
}

/// A model's row in an assessment.
pub(super) fn model_in<'a>(case: &'a Assessment, id: &str) -> Option<&'a ModelCost> {
    case.models.iter().find(|model| model.id == id)
}

/// A note for a model that is not current.
fn life_of(model: &Model, session: &Session<'_>) -> Option<String> {
    let name = model.short_name();
    if model.is_retired(session.world.today) {
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

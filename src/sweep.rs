//! The recommendation and the costs along one axis, all else equal.

mod axis;
mod csv;

use rust_decimal::Decimal;

pub use axis::{Axis, AxisError, Span, Value};

use crate::advice::{AssessError, Assessment, Outcome, World, assess};
use crate::question::{Resolved, Wording};
use crate::usage::Usage;

/// A sweep along one axis.
#[derive(Debug, Clone)]
pub struct Sweep<'a> {
    pub axis: Axis,
    pub wording: &'a Wording,
    /// The prices, facts and date.
    pub world: World<'a>,
    /// The file's own value on the axis.
    pub present: Value,
    /// In the order of the axis.
    pub points: Vec<Point>,
    /// Changes of the recommendation, in the order of the axis.
    pub turns: Vec<Turn>,
}

/// One point of a sweep.
#[derive(Debug, Clone)]
pub struct Point {
    pub value: Value,
    /// The assessment, or why there is none.
    pub result: Result<Box<Assessment>, AssessError>,
}

impl Point {
    pub fn outcome(&self) -> Option<Outcome> {
        self.result.as_ref().ok().map(|assessment| assessment.outcome)
    }
}

/// A change of the recommendation between two neighbouring values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// The last value before the change.
    pub last: Value,
    /// The recommendation before the change.
    pub from: Outcome,
    /// The first value after the change.
    pub first: Value,
    /// The recommendation after the change.
    pub to: Outcome,
}

impl<'a> Sweep<'a> {
    /// Assesses every point of the axis.
    ///
    /// # Errors
    /// If the span is missing, out of range, empty, or given for an axis that has none.
    pub fn new(
        axis: Axis,
        span: Option<&Span>,
        answers: &Resolved,
        usage: &Usage,
        world: World<'a>,
        wording: &'a Wording,
    ) -> Result<Self, AxisError> {
        let at = |value: &Value| {
            let (answers, usage) = axis.apply(value, answers, usage);
            assess(&answers, &usage, &world)
        };
        let values = axis.values(span, usage, &world)?;
        let points: Vec<Point> = values
            .into_iter()
            .map(|value| {
                let result = at(&value).map(Box::new);
                Point { value, result }
            })
            .collect();
        let outcome = |value: &Value| at(value).ok().map(|assessment| assessment.outcome);
        let turns = points
            .iter()
            .zip(points.iter().skip(1))
            .filter_map(|(a, b)| {
                let (from, to) = (a.outcome()?, b.outcome()?);
                (from != to).then(|| turn(axis, a, (from, to), b, &outcome))
            })
            .collect();
        let present = axis.present(answers, usage, &world);
        Ok(Self { axis, wording, world, present, points, turns })
    }

    /// The points for a spreadsheet: a header, exact decimals, and no cell that could become a
    /// formula.
    pub fn csv(&self) -> String {
        csv::render(self)
    }

    /// The lowest and highest cost of the recommendation, USD a month.
    pub(crate) fn bill(&self) -> Option<(Decimal, Decimal)> {
        let costs = self.points.iter().filter_map(|point| {
            let found = point.result.as_ref().ok()?;
            Some(found.costs.of(found.outcome))
        });
        costs.fold(None, |range, cost| match range {
            None => Some((cost, cost)),
            Some((low, high)) => Some((cost.min(low), cost.max(high))),
        })
    }
}

/// The two neighbouring values between which the recommendation changes. Found by bisection if the
/// axis has values between the points.
fn turn(
    axis: Axis,
    a: &Point,
    (from, to): (Outcome, Outcome),
    b: &Point,
    outcome: &impl Fn(&Value) -> Option<Outcome>,
) -> Turn {
    let (mut last, mut first, mut to) = (a.value.clone(), b.value.clone(), to);
    // The first interval has at most 10^12 steps.
    for _ in 0..64 {
        let Some(middle) = axis.between(&last, &first) else {
            break;
        };
        match outcome(&middle) {
            Some(found) if found == from => last = middle,
            Some(found) => {
                first = middle;
                to = found;
            }
            // A value without a price: keep the ends found so far.
            None => break,
        }
    }
    Turn { last, from, first, to }
}

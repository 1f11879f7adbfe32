//! The cost of the month as its volume grows: the figures behind the first picture of the report.
//!
//! The three ways to pay are straight lines through today's costs, like the report's ranges. If the
//! hybrid's shares would change along the way, a remark says so.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Report;
use crate::advice::{Assessment, Outcome, advised_up_to, assess, bend};
use crate::cost::Volume;
use crate::doc::figure::{Caption, Curve};
use crate::doc::{Cell, Figure, Picture, Table};
use crate::number::{self, six_places, tokens_short, usd};
use crate::usage::Usage;
use crate::words;

/// The volume at the right end if the month is empty. The article's examples send five tokens for
/// every two written.
const SAMPLE: Volume = Volume { input: 10_000_000, output: 4_000_000 };

/// The picture with its texts. `None` if the month is empty and the sample has no price either.
pub(super) fn figure(report: &Report<'_>) -> Option<Figure> {
    let own = report.assessment;
    let volume = own.usage.volume;
    let growth = if volume.input > 0 || volume.output > 0 {
        Growth::along(own, volume, Decimal::ONE, report)
    } else {
        Growth::along(&at(report, SAMPLE)?, SAMPLE, Decimal::ZERO, report)
    };
    Some(growth.figure(own))
}

/// The costs by volume.
struct Growth {
    /// The volume of one unit.
    unit: Volume,
    curve: Curve,
    /// The two ways that cost the same at each of [`Curve::even`].
    meetings: Vec<&'static str>,
    /// Explains what the lines leave out.
    remarks: Vec<String>,
}

impl Growth {
    fn along(case: &Assessment, unit: Volume, today: Decimal, report: &Report<'_>) -> Self {
        let costs = case.costs;
        let own_model = case.models.iter().find(|model| model.id == case.model_id);
        let break_even = own_model.and_then(|model| model.break_even);
        let factor = case.usage.confidence.factor();
        let band = (!today.is_zero()).then(|| (Decimal::ONE / factor, factor));
        let most = right_end(break_even, band.map(|(_, high)| high), today);
        let (pro, api, hybrid) = (costs.pro, costs.api, costs.hybrid - costs.pro);
        let mut even = Vec::new();
        even.extend(break_even.map(|multiple| (multiple, pro, "API alone and Pro cost the same")));
        let meeting = pro.checked_div(api - hybrid).filter(|at| *at > Decimal::ZERO);
        even.extend(meeting.and_then(|multiple| {
            let cost = hybrid.checked_mul(multiple)?.checked_add(pro)?;
            Some((six_places(multiple), cost, "API alone and hybrid cost the same"))
        }));
        let mut remarks: Vec<String> = even
            .iter()
            .filter(|(multiple, ..)| *multiple > most)
            .map(|(multiple, _, words)| format!("{words} only at × {}.", words::times(*multiple)))
            .collect();
        // Without work for the API, hybrid equals Pro and the two points coincide.
        even.dedup_by_key(|(multiple, ..)| *multiple);
        even.retain(|(multiple, ..)| *multiple <= most);
        remarks.extend(
            bend(case, most, &report.world)
                .map(|bend| words::bend_sentence(&format!("× {}", words::times(bend.at)), bend)),
        );
        if today.is_zero() {
            remarks.push("The picture takes 5 tokens sent for 2 written.".to_owned());
        }
        let dearest = [pro * Decimal::TWO, api * most, pro + hybrid * most];
        let unit_name = volume_name(unit);
        Self {
            unit,
            curve: Curve {
                end_name: if today.is_zero() {
                    unit_name.clone()
                } else {
                    format!("× {}", most.normalize())
                },
                unit_name,
                today,
                most,
                top: number::round_above(dearest.into_iter().max().unwrap_or(pro)),
                pro,
                api,
                hybrid,
                outcome: report.assessment.outcome,
                band,
                even: even.iter().map(|(multiple, cost, _)| (*multiple, *cost)).collect(),
                stretches: advised_up_to(case, most),
            },
            meetings: even.into_iter().map(|(.., words)| words).collect(),
            remarks,
        }
    }

    fn figure(self, own: &Assessment) -> Figure {
        let (model, unit) = (&own.model_name, &self.curve.unit_name);
        let lead = if self.curve.today.is_zero() {
            format!("A month on {model}, an estimate. Your month is empty today.")
        } else {
            format!("A month on {model}, an estimate. × 1 is today: {unit}.")
        };
        let points = self.even().map(|(at, cost, words)| format!("{words} at {at}: {cost}."));
        let caption = Caption {
            lead,
            today: "You today, on the recommended line.".into(),
            points: points.collect(),
            rest: std::iter::once(self.advice_words())
                .chain(self.remarks.iter().cloned())
                .collect(),
        };
        Figure {
            name: "The bill as your month grows",
            description: self.describe(),
            is_titled: false,
            caption: Some(caption),
            note: None,
            table: Some(self.table()),
            picture: Picture::Curve(self.curve),
        }
    }

    /// The points at which two ways cost the same, and which ways.
    fn even(&self) -> impl Iterator<Item = (String, String, &'static str)> {
        let words = self.meetings.iter().copied();
        self.curve
            .even
            .iter()
            .zip(words)
            .map(|((multiple, cost), words)| (self.name(*multiple), usd(*cost), words))
    }

    /// The label of a multiple: `× 1.33`, or `4M sent` if the month is empty.
    fn name(&self, multiple: Decimal) -> String {
        if self.curve.today.is_zero() {
            format!("{} sent", tokens_short(self.unit.times(multiple).input))
        } else {
            format!("× {}", words::times(multiple))
        }
    }

    /// The ends, today, the range of today, and every point at which two ways cost the same.
    fn table(&self) -> Table {
        let curve = &self.curve;
        let mut places: BTreeMap<Decimal, Vec<&'static str>> = BTreeMap::new();
        for end in [Decimal::ZERO, curve.most] {
            places.entry(end).or_default();
        }
        if curve.today.is_zero() {
            places.entry(Decimal::new(5, 1)).or_default();
        }
        places.entry(curve.today).or_default().push("today");
        if let Some((low, high)) = curve.band {
            places.entry(low).or_default().push("one case in ten is below this");
            places.entry(high).or_default().push("one case in ten is above this");
        }
        for ((multiple, _), words) in curve.even.iter().zip(&self.meetings) {
            places.entry(*multiple).or_default().push(words);
        }
        let rows = places.into_iter().map(|(multiple, words)| {
            let mut name = self.name(multiple);
            if !words.is_empty() {
                name = format!("{name} ({})", words.join("; "));
            }
            let volume = self.unit.times(multiple);
            [
                name.into(),
                tokens_short(volume.input).into(),
                tokens_short(volume.output).into(),
                Cell::Money(curve.pro),
                Cell::Money(curve.cost(Outcome::Api, multiple)),
                Cell::Money(curve.cost(Outcome::Hybrid, multiple)),
                self.advice(multiple).map_or(Cell::NOTHING, |outcome| outcome.name().into()),
            ]
        });
        let mut table = Table::new(
            "What a month costs as its volume grows",
            [
                "Volume",
                ">Sent, tokens",
                ">Written, tokens",
                ">Pro",
                ">API alone",
                ">Hybrid",
                "Recommended",
            ],
            rows,
        );
        table.folded = Some("The figures of this picture");
        table
    }

    /// The recommendation at a multiple. A stretch starts just beyond its `from`.
    fn advice(&self, multiple: Decimal) -> Option<Outcome> {
        let mut stretches = self.curve.stretches.iter();
        stretches.find(|(end, _)| multiple <= *end).map(|(_, outcome)| *outcome)
    }

    /// The recommendation by volume, in one sentence.
    fn advice_words(&self) -> String {
        let Some(((_, last), rest)) = self.curve.stretches.split_last() else {
            return String::new();
        };
        if rest.is_empty() {
            return format!(
                "Recommended at every volume in the picture, all else as it is: {}.",
                last.name()
            );
        }
        let parts: Vec<String> = rest
            .iter()
            .map(|(end, outcome)| format!("{} up to {}", outcome.name(), self.name(*end)))
            .collect();
        format!(
            "Recommended as the volume grows, all else as it is: {}, {} beyond.",
            parts.join(", "),
            last.name()
        )
    }

    /// The text alternative of the picture.
    fn describe(&self) -> String {
        let curve = &self.curve;
        let mut text = format!(
            "From no use to {}: Pro stays at {}, the API alone rises from $0.00 to {}, hybrid from {} to {}.",
            curve.end_name,
            usd(curve.pro),
            usd(curve.cost(Outcome::Api, curve.most)),
            usd(curve.pro),
            usd(curve.cost(Outcome::Hybrid, curve.most)),
        );
        for (at, cost, words) in self.even() {
            let _ = write!(text, " {words} at {at}, {cost}.");
        }
        text
    }
}

/// The same month with another volume. `None` if it has no price.
fn at(report: &Report<'_>, volume: Volume) -> Option<Assessment> {
    let usage = Usage { volume, ..report.assessment.usage.clone() };
    assess(&report.assessment.answers, &usage, &report.world).ok()
}

/// `3M sent, 900K written`.
fn volume_name(volume: Volume) -> String {
    format!("{} sent, {} written", tokens_short(volume.input), tokens_short(volume.output))
}

/// The right end: 2.5 times today, or enough for the break-even point and the range. At most 5
/// times; a break-even point beyond that is only mentioned.
fn right_end(break_even: Option<Decimal>, high: Option<Decimal>, today: Decimal) -> Decimal {
    if today.is_zero() {
        return Decimal::ONE;
    }
    let five = Decimal::from(5);
    let for_even = break_even.map(|at| at.min(five) * Decimal::new(125, 2));
    let for_band = high.map(|at| at * Decimal::new(11, 1));
    for_even
        .into_iter()
        .chain(for_band)
        .max()
        .unwrap_or_default()
        .round_dp_with_strategy(1, RoundingStrategy::AwayFromZero)
        .clamp(Decimal::new(25, 1), five)
        .normalize()
}

//! What the month costs as its volume grows: the figures behind the first picture of the report.
//!
//! The three ways are straight lines through today's costs, as the ranges of the report are. Where
//! the hybrid's shares would change along the way, a remark says so.

use std::collections::BTreeMap;
use std::fmt::Write;

use rust_decimal::{Decimal, RoundingStrategy};

use super::Report;
use crate::advice::{Assessment, Outcome, assess};
use crate::cost::Volume;
use crate::number::{six_places, tokens_short, usd};
use crate::usage::Usage;
use crate::words;

/// What stands at the right end where the month is empty: the article's examples send five tokens
/// for every two written.
const SAMPLE: Volume = Volume { input: 10_000_000, output: 4_000_000 };

/// The costs along the volume. Volumes are multiples of [`Curve::unit`].
#[derive(Debug)]
pub(super) struct Curve {
    /// The volume at 1.
    pub unit: Volume,
    /// Today's volume: 1, or 0 where the month is empty.
    pub today: Decimal,
    /// The right end.
    pub most: Decimal,
    /// USD at the top: a round amount above every line.
    pub top: Decimal,
    /// USD a month for Pro, whatever the volume.
    pub pro: Decimal,
    /// USD that one unit costs on the API.
    pub api: Decimal,
    /// USD that one unit adds to a hybrid month.
    pub hybrid: Decimal,
    /// What is recommended today.
    pub outcome: Outcome,
    /// The ends of the range that holds eight cases of ten; `None` for an empty month.
    pub band: Option<(Decimal, Decimal)>,
    /// Where two ways cost the same, from the left.
    pub even: Vec<Even>,
    /// What is recommended up to each multiple; the last one is [`Curve::most`].
    pub stretches: Vec<(Decimal, Outcome)>,
    /// Sentences on what the lines do not show.
    pub remarks: Vec<String>,
}

/// A point at which two ways cost the same.
#[derive(Debug)]
pub(super) struct Even {
    pub multiple: Decimal,
    pub usd: Decimal,
    pub words: &'static str,
}

/// A row of the table beside the picture.
pub(super) struct Point {
    pub multiple: Decimal,
    /// What is special about it.
    pub words: Vec<&'static str>,
    pub volume: Volume,
    pub api: Decimal,
    pub hybrid: Decimal,
    pub outcome: Option<Outcome>,
}

impl Curve {
    /// The curve of a report; `None` where an empty month has no price at the sample either.
    pub(super) fn new(report: &Report<'_>) -> Option<Self> {
        let own = report.assessment;
        let volume = own.usage.volume;
        if volume.input > 0 || volume.output > 0 {
            return Some(Self::along(own, volume, Decimal::ONE, report));
        }
        let unit = at(report, SAMPLE)?;
        Some(Self::along(&unit, SAMPLE, Decimal::ZERO, report))
    }

    fn along(case: &Assessment, unit: Volume, today: Decimal, report: &Report<'_>) -> Self {
        let costs = case.costs;
        let own_model = case.models.iter().find(|model| model.id == case.model_id);
        let break_even = own_model.and_then(|model| model.break_even);
        let factor = case.usage.confidence.factor();
        let band = (!today.is_zero()).then(|| (Decimal::ONE / factor, factor));
        let most = right_end(break_even, band.map(|(_, high)| high), today);
        let (pro, api, hybrid) = (costs.pro, costs.api, costs.hybrid - costs.pro);
        let mut even = Vec::new();
        even.extend(break_even.map(|multiple| Even {
            multiple,
            usd: pro,
            words: "API alone and Pro cost the same",
        }));
        let meeting = pro.checked_div(api - hybrid).filter(|at| *at > Decimal::ZERO);
        even.extend(meeting.and_then(|multiple| {
            Some(Even {
                multiple: six_places(multiple),
                usd: hybrid.checked_mul(multiple)?.checked_add(pro)?,
                words: "API alone and hybrid cost the same",
            })
        }));
        let mut remarks: Vec<String> = even
            .iter()
            .filter(|even| even.multiple > most)
            .map(|even| format!("{} only at × {}.", even.words, words::times(even.multiple)))
            .collect();
        // Without work for the API hybrid is Pro, and the two points are one.
        even.dedup_by_key(|even| even.multiple);
        even.retain(|even| even.multiple <= most);
        remarks.extend(bend(case, unit, most, report));
        if today.is_zero() {
            remarks.push("The picture takes 5 tokens sent for 2 written.".to_owned());
        }
        let dearest = [pro * Decimal::TWO, api * most, pro + hybrid * most];
        Self {
            unit,
            today,
            most,
            top: round_above(dearest.into_iter().max().unwrap_or(pro)),
            pro,
            api,
            hybrid,
            outcome: report.assessment.outcome,
            band,
            even,
            stretches: stretches(case, most),
            remarks,
        }
    }

    /// What a way costs at a multiple.
    pub(super) fn cost(&self, way: Outcome, multiple: Decimal) -> Decimal {
        match way {
            Outcome::Pro => self.pro,
            Outcome::Api => self.api * multiple,
            Outcome::Hybrid => self.pro + self.hybrid * multiple,
        }
    }

    /// How a multiple is called: `× 1.33`, or `4M sent` where the month is empty.
    pub(super) fn name(&self, multiple: Decimal) -> String {
        if self.today.is_zero() {
            format!("{} sent", tokens_short(self.unit.times(multiple).input))
        } else {
            format!("× {}", words::times(multiple))
        }
    }

    /// How the right end is called: `× 2.5`, or its volume where the month is empty.
    pub(super) fn end_name(&self) -> String {
        if self.today.is_zero() {
            volume_name(self.unit)
        } else {
            format!("× {}", self.most.normalize())
        }
    }

    /// The rows of the table: the ends, today, its range and every point where two ways meet.
    pub(super) fn points(&self) -> Vec<Point> {
        let mut places: BTreeMap<Decimal, Vec<&'static str>> = BTreeMap::new();
        for end in [Decimal::ZERO, self.most] {
            places.entry(end).or_default();
        }
        if self.today.is_zero() {
            places.entry(Decimal::new(5, 1)).or_default();
        }
        places.entry(self.today).or_default().push("today");
        if let Some((low, high)) = self.band {
            places.entry(low).or_default().push("one case in ten is below this");
            places.entry(high).or_default().push("one case in ten is above this");
        }
        for even in &self.even {
            places.entry(even.multiple).or_default().push(even.words);
        }
        places
            .into_iter()
            .map(|(multiple, words)| Point {
                multiple,
                words,
                volume: self.unit.times(multiple),
                api: self.cost(Outcome::Api, multiple),
                hybrid: self.cost(Outcome::Hybrid, multiple),
                outcome: self.advice(multiple),
            })
            .collect()
    }

    /// What is recommended at a multiple: a stretch begins just beyond its start.
    fn advice(&self, multiple: Decimal) -> Option<Outcome> {
        self.stretches.iter().find(|(end, _)| multiple <= *end).map(|(_, outcome)| *outcome)
    }

    /// The recommendation along the volume, in a sentence.
    pub(super) fn advice_words(&self) -> String {
        let Some(((_, last), rest)) = self.stretches.split_last() else {
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

    /// The picture in words.
    pub(super) fn describe(&self) -> String {
        let end = self.most;
        let mut text = format!(
            "From no use to {}: Pro stays at {}, the API alone rises from $0.00 to {}, hybrid from {} to {}.",
            self.end_name(),
            usd(self.pro),
            usd(self.cost(Outcome::Api, end)),
            usd(self.pro),
            usd(self.cost(Outcome::Hybrid, end)),
        );
        for even in &self.even {
            let (at, cost) = (self.name(even.multiple), usd(even.usd));
            let _ = write!(text, " {} at {at}, {cost}.", even.words);
        }
        text
    }
}

/// The same month with another volume; `None` where it has no price.
fn at(report: &Report<'_>, volume: Volume) -> Option<Assessment> {
    let usage = Usage { volume, ..report.assessment.usage.clone() };
    assess(&report.assessment.answers, &usage, &report.world).ok()
}

/// `3M sent, 900K written`.
pub(super) fn volume_name(volume: Volume) -> String {
    format!("{} sent, {} written", tokens_short(volume.input), tokens_short(volume.output))
}

/// The right end: 2.5 times today, or enough for the break-even point and the range, but at most
/// 5 times, where a break-even point is only named.
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

/// What is recommended up to each multiple, as far as the right end.
fn stretches(case: &Assessment, most: Decimal) -> Vec<(Decimal, Outcome)> {
    let inside = case.stretches.iter().filter(|stretch| stretch.from < most);
    let ends = case.stretches.iter().skip(1).map(|next| next.from.min(most));
    let mut list: Vec<(Decimal, Outcome)> = inside
        .zip(ends.chain(std::iter::once(most)))
        .map(|(stretch, end)| (end, stretch.outcome))
        .collect();
    if let Some((end, _)) = list.last_mut() {
        *end = most;
    }
    list
}

/// What is to be known of the hybrid line where its shares would change along the way: the first
/// hundredth with other shares.
fn bend(case: &Assessment, unit: Volume, most: Decimal, report: &Report<'_>) -> Option<String> {
    let hundredth = Decimal::new(1, 2);
    let differs = |multiple: Decimal| Some(at(report, unit.times(multiple))?.split != case.split);
    let far = [most, hundredth].into_iter().find(|far| differs(*far) == Some(true))?;
    let (mut same, mut other) = (Decimal::ONE, far);
    while (other - same).abs() > hundredth {
        let middle = ((same + other) / Decimal::TWO).round_dp(2);
        if middle == same || middle == other {
            break;
        }
        if differs(middle)? {
            other = middle;
        } else {
            same = middle;
        }
    }
    let name = words::times(other);
    Some(if other > Decimal::ONE {
        format!("From × {name} Pro's limits would stop you: hybrid then costs more than drawn.")
    } else {
        format!("Up to × {name} Pro's limits hold: hybrid costs less than drawn.")
    })
}

/// The next of 1, 2, 4, 5 times a power of ten at or above an amount.
fn round_above(amount: Decimal) -> Decimal {
    let mut power = Decimal::new(1, 2);
    for _ in 0..24 {
        for digit in [1, 2, 4, 5] {
            let candidate = power * Decimal::from(digit);
            if candidate >= amount {
                return candidate.normalize();
            }
        }
        power *= Decimal::TEN;
    }
    amount
}

//! The strength of the recommendation, and the probability that the API bill stays below Pro
//! (method, section 9).
//!
//! Uncertainty in volume is one log-normal factor on all tokens. Binary floats are allowed here and
//! nowhere else: nothing in this file is money.
#![expect(clippy::float_arithmetic, reason = "probabilities, never money")]

use std::sync::LazyLock;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Deserialize, Serialize};

use super::flips::Edges;
use super::remarks::Warning;
use super::rules::{MARK, Rule, Verdict, judge};
use crate::question::Profile;
use crate::usage::Confidence;

/// The strength of the recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Strength {
    /// The case is balanced.
    Close,
    /// It depends on one or two answers.
    Likely,
    /// No small change affects it.
    Clear,
}

impl Strength {
    /// The name on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Likely => "fairly clear",
            Self::Close => "close call",
        }
    }

    /// Explains it in one sentence.
    pub(crate) const fn sentence(self) -> &'static str {
        match self {
            Self::Clear => "No small change in your preferences or volume would alter this.",
            Self::Likely => "It depends on one or two of your answers: see what would change it.",
            Self::Close => {
                "The reasons on both sides are nearly equal. Treat this as a start and test it for a month."
            }
        }
    }

    /// From the number of soft flips and the stability by volume, 0 to 1.
    pub(super) fn new(verdict: Verdict, soft_flips: usize, stability: f64) -> Self {
        let balanced =
            verdict.rule == Rule::R7 || (verdict.rule == Rule::R4 && verdict.needs.pro < MARK);
        match soft_flips {
            _ if balanced => Self::Close,
            0 if stability >= 0.90 => Self::Clear,
            0..=2 if stability >= 0.75 => Self::Likely,
            _ => Self::Close,
        }
    }
}

/// Why a recommendation is at most "likely", whatever the points say. The strongest reason first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cap {
    /// The logs contradict an answer, or the recommendation (W10, W11).
    Logs,
    /// Two answers contradict each other (W1).
    Answers,
    /// A larger plan may cover this for less than half the price (W13).
    LargerPlan,
    /// An answer or the month is a default, not given by the person (W12).
    Assumed,
}

impl Cap {
    /// The cap that these warnings call for.
    pub(super) fn of(warnings: &[Warning], has_assumed: bool) -> Option<Self> {
        let has = |ids: &[&str]| warnings.iter().any(|warning| ids.contains(&warning.id));
        if has(&["W10", "W11"]) {
            Some(Self::Logs)
        } else if has(&["W1"]) {
            Some(Self::Answers)
        } else if has(&["W13"]) {
            Some(Self::LargerPlan)
        } else {
            (has_assumed || has(&["W12"])).then_some(Self::Assumed)
        }
    }
}

/// z of the 90th percentile, as the method rounds it.
const Z90: f64 = 1.2816;
/// The number of equally likely volumes behind the stability.
const QUANTILES: usize = 41;

/// Standard deviation of the logarithm of the volume factor.
fn sigma(confidence: Confidence) -> f64 {
    confidence.factor().to_f64().unwrap_or(1.0).ln() / Z90
}

/// Share of 41 equally likely volumes with the present outcome.
pub(super) fn stability(
    edges: &Edges,
    profile: Profile,
    present: Verdict,
    all_outside: bool,
    confidence: Confidence,
) -> f64 {
    let sigma = sigma(confidence);
    let edges = edges.all().map(|edge| edge.and_then(|e| e.to_f64()).unwrap_or(f64::INFINITY));
    let stable = (0..QUANTILES)
        .filter(|&k| {
            // The middle quantile is the present volume itself.
            if k == QUANTILES / 2 {
                return true;
            }
            let factor = (sigma * QUANTILE_Z[k]).exp();
            let passed = edges.map(|edge| factor > edge);
            let situation = Edges::situation(passed, all_outside);
            judge(profile, situation).outcome() == present.outcome()
        })
        .count();
    to_f64(stable) / to_f64(QUANTILES)
}

/// Probability that the API bill is below Pro, 0 to 1, rounded to four decimals.
pub(super) fn chance_under_pro(api: Decimal, pro: Decimal, confidence: Confidence) -> f64 {
    let (Some(api), Some(pro)) = (api.to_f64(), pro.to_f64()) else {
        return 0.0;
    };
    if api <= 0.0 {
        return 1.0;
    }
    let chance = normal((pro / api).ln() / sigma(confidence));
    (chance * 10_000.0).round() / 10_000.0
}

#[expect(clippy::cast_precision_loss, reason = "counts up to 41")]
fn to_f64(count: usize) -> f64 {
    count as f64
}

/// The 41 quantiles (k + 0.5) / 41 of the normal distribution.
static QUANTILE_Z: LazyLock<[f64; QUANTILES]> = LazyLock::new(|| {
    std::array::from_fn(|k| normal_quantile((to_f64(k) + 0.5) / to_f64(QUANTILES)))
});

/// The normal distribution function, by the series of Marsaglia (2004). Exact to the last digits of
/// a double for |x| below 7, and 0 or 1 beyond.
fn normal(x: f64) -> f64 {
    if x.abs() > 7.0 {
        return if x > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut sum, mut term, mut n) = (x, x, 1.0);
    while term.abs() > 1e-17 * sum.abs() {
        n += 2.0;
        term *= x * x / n;
        sum += term;
    }
    0.5 + sum * (-0.5 * x * x).exp() / std::f64::consts::TAU.sqrt()
}

/// The inverse of [`normal`], by bisection. Speed does not matter: it runs 41 times per process.
fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (-7.0, 7.0);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if normal(middle) < p {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_distribution_is_the_textbooks() {
        for (x, p) in
            [(0.0, 0.5), (1.0, 0.841_344_746), (-1.96, 0.024_997_895), (3.0, 0.998_650_102)]
        {
            assert!((normal(x) - p).abs() < 1e-9, "{x}");
        }
        assert!((normal_quantile(0.9) - 1.281_551_566).abs() < 1e-8);
        assert!(normal_quantile(0.5).abs() < 1e-12);
    }

    #[test]
    fn the_drawn_example_has_82_chances_in_100() {
        let chance = chance_under_pro(Decimal::from(15), Decimal::from(20), Confidence::Rough);
        assert!((chance - 0.8184).abs() < 1e-9, "{chance}");
        assert!(
            (chance_under_pro(Decimal::ZERO, Decimal::from(20), Confidence::Guess) - 1.0).abs()
                < 1e-12
        );
    }
}

//! The assumptions behind every figure, one sentence each.

use super::Place;
use crate::advice::{Assessment, BAND_PCT};
use crate::catalog::Catalog;
use crate::number::{day_in_words, grouped};
use crate::question::Origin;
use crate::usage::{Confidence, Outside};

/// Explains every range of amounts, once.
pub(crate) const LIKELY_RANGE: &str = "\"Likely between\" holds in 8 of 10 months like yours.";

/// The assumptions behind an assessment.
pub fn assumptions(assessment: &Assessment, catalog: &Catalog) -> Vec<String> {
    let usage = &assessment.usage;
    let mix = &usage.mix;
    let split = assessment.split;
    let place = Place::in_assessment(assessment);
    let mut lines = Vec::new();
    if usage.volume_origin == Origin::Assumed {
        lines.push("The volume is assumed: the month is a sample.".to_owned());
    }
    if let Some(measured) = usage.measured_month() {
        lines.push(format!(
            "The volume is measured: {} ({}).",
            super::scaled(measured),
            super::sources(measured)
        ));
    }
    let origin = match usage.outside {
        Outside::Default => "the usual share for your answers",
        Outside::Set(_) => "set by you",
        Outside::Measured(_) => "from your own usage",
    };
    lines.push(format!("{}% of the work is outside {} ({origin}).", split.outside_pct, place.app));
    let by = super::overflow_origin(split.overflow_origin);
    lines.push(format!(
        "Hybrid moves {}% of {} to the API ({by}).",
        split.overflow_pct, place.the_work
    ));
    lines.push(format!("A cost within {BAND_PCT}% of Pro's price counts as equal to it."));
    let figures = match (usage.capacity_input, usage.capacity_output) {
        (Some(_), Some(_)) => "figures you set",
        (None, None) => "estimates, not official figures",
        _ => "one figure you set, one unofficial estimate",
    };
    lines.push(format!(
        "Estimated capacity of Pro for {}: {} tokens of input or {} of output a month ({figures}).",
        place.work,
        grouped(assessment.capacity.input),
        grouped(assessment.capacity.output)
    ));
    lines.push(if mix.cached().is_zero() {
        "Nothing is read from or written to the cache.".to_owned()
    } else {
        format!(
            "Of the input, {}% is read from the cache, {}% is written to it for 5 minutes and {}% for 1 hour.",
            mix.cache_read.shown(),
            mix.cache_write_5m.shown(),
            mix.cache_write_1h.shown()
        )
    });
    lines.push(if mix.batch.is_zero() {
        "Nothing is sent in batches.".to_owned()
    } else {
        format!("{}% is sent in batches, at half price.", mix.batch.shown())
    });
    lines.push(if mix.thinking.is_zero() {
        "No allowance for thinking.".to_owned()
    } else {
        format!("Thinking adds {}% to the output.", mix.thinking.shown())
    });
    if let Some(tokens) = usage.prompt_tokens {
        lines.push(format!("A typical prompt has {} tokens.", grouped(tokens)));
    }
    lines.push(
        match usage.confidence {
            Confidence::Measured => "The volume is measured: it could be 13% less or 15% more.",
            Confidence::Rough => {
                "The volume is a rough figure: it could be a third less or half more."
            }
            Confidence::Guess => {
                "The volume is a guess: it could be a third of that or three times as much."
            }
        }
        .to_owned(),
    );
    lines.push(LIKELY_RANGE.to_owned());
    lines.push("Token counts are estimates.".to_owned());
    lines.push(format!(
        "All amounts are US dollars before tax, at prices of {}.",
        day_in_words(catalog.as_of)
    ));
    lines
}

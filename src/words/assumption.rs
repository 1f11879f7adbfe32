//! The assumptions behind every figure, one sentence each.

use super::Place;
use crate::advice::{Assessment, BAND_PCT};
use crate::catalog::Catalog;
use crate::number::grouped;
use crate::question::Origin;
use crate::usage::{Confidence, Outside};

/// The assumptions behind an assessment.
pub fn assumptions(assessment: &Assessment, catalog: &Catalog) -> Vec<String> {
    let usage = &assessment.usage;
    let mix = &usage.mix;
    let split = assessment.split;
    let place = Place::in_assessment(assessment);
    let mut lines = Vec::new();
    if usage.volume_origin == Origin::Assumed {
        lines.push("The volume is assumed, not given: the month is a sample.".to_owned());
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
        Outside::Set(_) => "as you set it",
        Outside::Measured(_) => "from your own usage",
    };
    lines.push(format!(
        "{} % of the work lies outside {} ({origin}).",
        split.outside_pct, place.app
    ));
    let by = super::overflow_origin(split.overflow_origin);
    lines.push(format!(
        "Of {}, {} % goes to the API in a hybrid month ({by}).",
        place.the_work, split.overflow_pct
    ));
    lines.push(format!(
        "A cost within {BAND_PCT} % of Pro's price counts as near it, neither cheaper nor dearer."
    ));
    let figures = match (usage.capacity_input, usage.capacity_output) {
        (Some(_), Some(_)) => "figures you set",
        (None, None) => "soft figures, not official ones",
        _ => "one figure you set, one soft, not official",
    };
    lines.push(format!(
        "More than {} tokens sent or {} written in {} a month is taken as too much for Pro ({figures}).",
        grouped(assessment.capacity.input),
        grouped(assessment.capacity.output),
        place.work
    ));
    lines.push(if mix.cached().is_zero() {
        "No prompt caching.".to_owned()
    } else {
        format!(
            "Of the input, {} % is read from the cache, {} % written to it for 5 minutes and {} % for 1 hour.",
            mix.cache_read.shown(),
            mix.cache_write_5m.shown(),
            mix.cache_write_1h.shown()
        )
    });
    lines.push(if mix.batch.is_zero() {
        "Nothing is sent in batches.".to_owned()
    } else {
        format!("{} % is sent in batches, at half price.", mix.batch.shown())
    });
    lines.push(if mix.thinking.is_zero() {
        "No allowance for thinking.".to_owned()
    } else {
        format!("Thinking adds {} % to the output.", mix.thinking.shown())
    });
    if let Some(tokens) = usage.prompt_tokens {
        lines.push(format!("A typical prompt has {} tokens.", grouped(tokens)));
    }
    let sure = match usage.confidence {
        Confidence::Measured => "measured",
        Confidence::Rough => "a fair idea",
        Confidence::Guess => "a guess",
    };
    lines.push(format!(
        "The volume is {sure}: ranges divide and multiply it by {}, which holds eight cases in ten.",
        usage.confidence.factor()
    ));
    lines.push("Token counts are estimates.".to_owned());
    lines.push(format!("All amounts are US dollars before tax, at prices of {}.", catalog.as_of));
    lines
}

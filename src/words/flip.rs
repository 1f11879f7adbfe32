//! The changes that would alter the recommendation, in words.

use super::Place;
use crate::advice::{Assessment, Direction, Flip, Outcome};
use crate::catalog::Catalog;
use crate::number::tokens_short;
use crate::question::Wording;
use crate::usage::{ProPrice, pro_monthly};

/// The change needed: `Automation "None"`, `above 4.17M in + 1.67M out`.
pub fn flip_cause(
    flip: &Flip,
    assessment: &Assessment,
    wording: &Wording,
    catalog: &Catalog,
) -> String {
    match flip {
        Flip::Answer { question, to, .. } => {
            let text = wording.question(*question);
            format!("{} \"{}\"", text.short, text.short_label(*to))
        }
        Flip::Volume { direction, volume, .. } => {
            let side = match direction {
                Direction::Below => "below",
                Direction::Above => "above",
            };
            format!(
                "{side} {} in + {} out",
                tokens_short(volume.input),
                tokens_short(volume.output)
            )
        }
        Flip::Model { model, .. } => {
            catalog.model(model).map_or(model.as_str(), |known| known.short_name()).to_owned()
        }
        Flip::AnnualPrice { .. } => "Pro paid by the year".to_owned(),
        Flip::Share { to_pct, .. } => {
            format!("{to_pct}% of work outside {}", Place::in_assessment(assessment).short)
        }
    }
}

/// Cause and effect: `Automation "None" → Pro`. `arrow` comes from the glyph set.
pub fn flip_line(
    flip: &Flip,
    assessment: &Assessment,
    wording: &Wording,
    catalog: &Catalog,
    arrow: &str,
) -> String {
    let cause = flip_cause(flip, assessment, wording, catalog);
    format!("{cause} {arrow} {}", flip_outcome(flip).name())
}

/// Cause and effect in a sentence: `If your answer to "Automation" were "None": Pro.`
pub(crate) fn flip_sentence(
    flip: &Flip,
    assessment: &Assessment,
    wording: &Wording,
    catalog: &Catalog,
) -> String {
    let cause = match flip {
        Flip::Answer { question, to, .. } => {
            let text = wording.question(*question);
            format!("If your answer to \"{}\" were \"{}\"", text.name, text.short_label(*to))
        }
        Flip::Volume { direction, volume, .. } => {
            let side = match direction {
                Direction::Below => "Below",
                Direction::Above => "Above",
            };
            format!(
                "{side} {} tokens of input and {} of output a month",
                tokens_short(volume.input),
                tokens_short(volume.output)
            )
        }
        Flip::Model { .. } => format!("On {}", flip_cause(flip, assessment, wording, catalog)),
        Flip::AnnualPrice { .. } => "If you paid for Pro by the year".to_owned(),
        Flip::Share { to_pct, .. } => {
            let app = Place::in_assessment(assessment).app;
            format!("If {to_pct}% of your work were outside {app}")
        }
    };
    format!("{cause}: {}.", flip_outcome(flip).name())
}

/// The outcome of a flip.
pub const fn flip_outcome(flip: &Flip) -> Outcome {
    match flip {
        Flip::Answer { outcome, .. }
        | Flip::Volume { outcome, .. }
        | Flip::Model { outcome, .. }
        | Flip::AnnualPrice { outcome }
        | Flip::Share { outcome, .. } => *outcome,
    }
}

/// Which of volume, model and Pro price were tried and change only the bill.
pub fn flips_nothing(assessment: &Assessment, catalog: &Catalog) -> Vec<&'static str> {
    let any = |is: fn(&Flip) -> bool| assessment.flips.iter().any(is);
    let usage = &assessment.usage;
    let tried_volume = usage.volume.input > 0 || usage.volume.output > 0;
    let tried_models = assessment
        .models
        .iter()
        .any(|model| model.id != assessment.model_id && model.api.is_some());
    let tried_price =
        usage.pro_price != ProPrice::Annual && pro_monthly(ProPrice::Annual, catalog).is_ok();
    [
        ("Volume", tried_volume && !any(|flip| matches!(flip, Flip::Volume { .. }))),
        ("model", tried_models && !any(|flip| matches!(flip, Flip::Model { .. }))),
        ("Pro price", tried_price && !any(|flip| matches!(flip, Flip::AnnualPrice { .. }))),
    ]
    .into_iter()
    .filter_map(|(name, nothing)| nothing.then_some(name))
    .collect()
}

/// Explains what changes only the bill: `Your volume does not change this; it changes only the bill.`
pub fn flips_summary(assessment: &Assessment, catalog: &Catalog) -> Option<String> {
    let names = flips_nothing(assessment, catalog);
    let sentence =
        match *names.as_slice() {
            [] => return None,
            ["Volume"] => "Your volume does not change this; it changes only the bill.".to_owned(),
            ["model"] => "Another model does not change this; it changes only the bill.".to_owned(),
            [_] => "Paying for Pro by the year does not change this; it changes only the bill."
                .to_owned(),
            ["model", second] => {
                format!("Model and {second} do not change this; they change only the bill.")
            }
            [first, second] => {
                format!("{first} and {second} do not change this; they change only the bill.")
            }
            _ => "Volume, model and Pro price do not change this; they change only the bill."
                .to_owned(),
        };
    Some(sentence)
}

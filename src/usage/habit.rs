//! Builds the input of a simulated month from the month a person described.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Usage, UsageError};
use crate::catalog::Catalog;
use crate::cost::{self, Mix, Unpriced};
use crate::fit::simulate::{Habit, MOST_SESSIONS};
use crate::number::Percent;
use crate::question::Profile;

/// Why a month cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HabitError {
    #[error(transparent)]
    Usage(#[from] UsageError),
    /// The model lacks a price for these tokens.
    #[error("{model} {why}; choose another model")]
    Unpriced {
        /// Its name.
        model: String,
        /// The missing price.
        why: Unpriced,
    },
}

impl Usage {
    /// The part of a month that stays in the app, priced with the month's own model.
    pub fn habit(
        &self,
        profile: Profile,
        sessions_a_week: u32,
        catalog: &Catalog,
        today: Date,
    ) -> Result<Habit, HabitError> {
        let model = self.model(catalog, today)?;
        let unpriced = |why| HabitError::Unpriced { model: model.name.clone(), why };
        let row =
            catalog.row(model, self.prompt_tokens).ok_or_else(|| unpriced(Unpriced::NoRow))?;
        let share = 100_u8.saturating_sub(self.outside.share(profile));
        let part = Decimal::new(i64::from(share), 2);
        let mix = Mix { batch: Percent::ZERO, ..self.mix };
        let total = cost::cost(row, self.volume, &mix).map_err(unpriced)?;
        let input = Decimal::from(self.volume.input);
        let read = input * mix.cache_read.fraction();
        let reads = read * row.cache_read.unwrap_or_default() * Decimal::new(1, 6);
        let cached = read + input * (mix.cache_write_5m.fraction() + mix.cache_write_1h.fraction());
        let output = Decimal::from(self.volume.output) * (Decimal::ONE + mix.thinking.fraction());
        Ok(Habit {
            session: profile.session(),
            sessions_a_week: sessions_a_week.clamp(1, MOST_SESSIONS),
            fresh: (total - reads) * part,
            cache_reads: reads * part,
            tokens: ((input - cached + output) * part).round().to_u64().unwrap_or(u64::MAX),
            in_app_pct: share,
            model: model.name.clone(),
        })
    }
}

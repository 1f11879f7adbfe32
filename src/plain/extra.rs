//! The finer numbers of the month: how it is billed, and what Pro is thought to carry.

use super::{Page, Plain, Stage, Typed, Way, tell};
use crate::cost::Mix;
use crate::number::{Percent, grouped, parse_tokens};
use crate::session::Session;
use crate::usage::Usage;

/// One of the finer numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extra {
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    Batch,
    Thinking,
    Prompt,
    Overflow,
    CapacityInput,
    CapacityOutput,
}

impl Extra {
    pub(super) const ALL: [Self; 9] = [
        Self::CacheRead,
        Self::CacheWrite5m,
        Self::CacheWrite1h,
        Self::Batch,
        Self::Thinking,
        Self::Prompt,
        Self::Overflow,
        Self::CapacityInput,
        Self::CapacityOutput,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::CacheRead => "Share of the input read from the cache",
            Self::CacheWrite5m => "Share of the input written to the cache for 5 minutes",
            Self::CacheWrite1h => "Share of the input written to the cache for 1 hour",
            Self::Batch => "Share sent as batches, at half the price",
            Self::Thinking => "Thinking, on top of the output",
            Self::Prompt => "Typical size of a prompt, for prices that depend on it",
            Self::Overflow => "Share of the chat that Pro's limits would stop",
            Self::CapacityInput => "Chat a month that Pro carries, input",
            Self::CapacityOutput => "Chat a month that Pro carries, output",
        }
    }

    /// The largest percentage; `None` for a number of tokens.
    const fn most(self) -> Option<u16> {
        match self {
            Self::Thinking => Some(1_000),
            Self::CacheRead
            | Self::CacheWrite5m
            | Self::CacheWrite1h
            | Self::Batch
            | Self::Overflow => Some(100),
            Self::Prompt | Self::CapacityInput | Self::CapacityOutput => None,
        }
    }

    const fn share(self, mix: &mut Mix) -> Option<&mut Percent> {
        match self {
            Self::CacheRead => Some(&mut mix.cache_read),
            Self::CacheWrite5m => Some(&mut mix.cache_write_5m),
            Self::CacheWrite1h => Some(&mut mix.cache_write_1h),
            Self::Batch => Some(&mut mix.batch),
            Self::Thinking => Some(&mut mix.thinking),
            _ => None,
        }
    }

    /// Whether it is other than the default.
    pub(super) fn is_set(self, usage: &Usage) -> bool {
        let mut mix = usage.mix;
        match self {
            Self::Prompt => usage.prompt_tokens.is_some(),
            Self::Overflow => usage.overflow_pct.is_some(),
            Self::CapacityInput => usage.capacity_input.is_some(),
            Self::CapacityOutput => usage.capacity_output.is_some(),
            share => share.share(&mut mix).is_some_and(|share| !share.is_zero()),
        }
    }

    fn value(self, session: &Session<'_>) -> String {
        let usage = session.usage();
        let facts = session.world.facts;
        let tokens = |count: u64| format!("{} tokens", grouped(count));
        let mut mix = usage.mix;
        match self {
            Self::Prompt => usage.prompt_tokens.map_or_else(|| "small".to_owned(), tokens),
            Self::Overflow => usage
                .overflow_pct
                .map_or_else(|| "by your answers".to_owned(), |part| format!("{part} percent")),
            Self::CapacityInput => {
                tokens(usage.capacity_input.unwrap_or_else(|| facts.capacity_input()))
            }
            Self::CapacityOutput => {
                tokens(usage.capacity_output.unwrap_or_else(|| facts.capacity_output()))
            }
            share => {
                let share = share.share(&mut mix).copied().unwrap_or_default();
                format!("{share} percent")
            }
        }
    }

    /// The usage with what was typed, or why that cannot be; `d` is the default.
    fn put(self, typed: &str, session: &Session<'_>) -> Result<Usage, String> {
        let mut usage = session.usage().clone();
        let facts = session.world.facts;
        let default = typed.eq_ignore_ascii_case("d");
        let percent = |most: u16| {
            if default {
                return Ok(Percent::ZERO);
            }
            Percent::parse(typed, most).map_err(|error| error.to_string())
        };
        let tokens = || parse_tokens(typed).map_err(|error| error.to_string());
        match self {
            Self::Prompt if default => usage.prompt_tokens = None,
            Self::Prompt => usage.prompt_tokens = Some(tokens()?).filter(|tokens| *tokens > 0),
            Self::Overflow if default => usage.overflow_pct = None,
            Self::Overflow => usage.overflow_pct = Some(whole(percent(100)?)?),
            Self::CapacityInput if default => usage.capacity_input = None,
            Self::CapacityInput => {
                usage.capacity_input =
                    Some(tokens()?).filter(|tokens| *tokens != facts.capacity_input());
            }
            Self::CapacityOutput if default => usage.capacity_output = None,
            Self::CapacityOutput => {
                usage.capacity_output =
                    Some(tokens()?).filter(|tokens| *tokens != facts.capacity_output());
            }
            share => {
                let typed = percent(share.most().unwrap_or(100))?;
                if let Some(slot) = share.share(&mut usage.mix) {
                    *slot = typed;
                }
                let mix = &usage.mix;
                let cached = mix.cache_read.value()
                    + mix.cache_write_5m.value()
                    + mix.cache_write_1h.value();
                if cached > Percent::whole(100).value() {
                    return Err(format!(
                        "the three cache shares would be {} percent together; at most 100 fit, so \
                         lower another one first",
                        cached.normalize()
                    ));
                }
            }
        }
        Ok(usage)
    }
}

/// A percentage that must be whole.
pub(super) fn whole(part: Percent) -> Result<u8, String> {
    use rust_decimal::prelude::ToPrimitive;
    let value = part.value();
    value
        .to_u8()
        .filter(|_| value.fract().is_zero())
        .ok_or_else(|| format!("{part} is not a whole percentage; type one such as 15"))
}

impl Plain<'_> {
    /// Takes which of the finer numbers is to be set.
    pub(super) fn extras(&mut self, way: Way, typed: Typed<'_>, page: &mut Page) {
        match typed {
            Typed::Nothing if way == Way::Flow => self.after_month(),
            Typed::Nothing => self.stage = Stage::Check,
            Typed::Number(number) => match Extra::ALL.get(number.wrapping_sub(1)) {
                Some(extra) => self.stage = Stage::Extra(*extra, way),
                None => page.range(Extra::ALL.len()),
            },
            Typed::Text(_) => page.range(Extra::ALL.len()),
        }
    }

    /// Takes one of them.
    pub(super) fn extra(&mut self, extra: Extra, way: Way, line: &str, page: &mut Page) {
        if !line.is_empty() {
            let usage = match extra.put(line, &self.session) {
                Ok(usage) => usage,
                Err(why) => {
                    page.para(&format!("Not taken: {why}."));
                    return;
                }
            };
            if !self.set(usage, extra.name(), page) {
                return;
            }
            page.para(&format!("{}: {}.", extra.name(), extra.value(&self.session)));
            tell::live(&mut self.session, page);
        }
        self.stage = Stage::Extras(way);
    }

    pub(super) fn ask_extras(&self, page: &mut Page) {
        for (extra, number) in Extra::ALL.into_iter().zip(1..) {
            let default = if extra.is_set(self.session.usage()) { "" } else { " (default)" };
            let value = extra.value(&self.session);
            page.option(number, &format!("{}: {value}{default}", extra.name()));
        }
        page.prompt("A number changes that line, b back", Some("go on"));
    }

    pub(super) fn ask_extra(&self, extra: Extra, page: &mut Page) {
        page.para(&format!("{}?", extra.name()));
        let what = match extra.most() {
            Some(most) => format!("A percentage from 0 to {most}, d for the default, b back"),
            None => "A number such as 2.5M or 800k, d for the default, b back".to_owned(),
        };
        page.prompt(&what, Some(&extra.value(&self.session)));
    }
}

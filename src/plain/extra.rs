//! The finer numbers of the month: how it is billed, and what Pro is thought to carry.

use super::month::tokens;
use super::{Arrival, Page, Plain, Stage, Typed, tell};
use crate::number::{Percent, parse_tokens};
use crate::session::{Finer, Number, Session};

/// How a line is called.
const fn name(finer: Finer) -> &'static str {
    match finer {
        Finer::CacheRead => "Share of the input read from the cache",
        Finer::CacheWrite5m => "Share of the input written to the cache for 5 minutes",
        Finer::CacheWrite1h => "Share of the input written to the cache for 1 hour",
        Finer::Batch => "Share sent as batches, at half the price",
        Finer::Thinking => "Thinking, on top of the output",
        Finer::Prompt => "Typical size of a prompt, for prices that depend on it",
        Finer::Overflow => "Share of the chat that Pro's limits would stop",
        Finer::CapacityInput => "Chat a month that Pro carries, input",
        Finer::CapacityOutput => "Chat a month that Pro carries, output",
    }
}

fn value(finer: Finer, session: &Session<'_>) -> String {
    match (finer, finer.number(session)) {
        (Finer::Prompt, Some(Number::Tokens(0))) => "small".to_owned(),
        (Finer::Overflow, None) => "by your answers".to_owned(),
        (_, Some(Number::Tokens(count))) => tokens(count),
        (_, Some(Number::Percent(part))) => format!("{} percent", part.shown()),
        (_, None) => "open".to_owned(),
    }
}

/// What was typed; `None` for the default.
fn number(finer: Finer, typed: &str) -> Result<Option<Number>, String> {
    if typed.eq_ignore_ascii_case("d") {
        return Ok(None);
    }
    let number = match finer.most_percent() {
        Some(most) => Percent::parse(typed, most).map(Number::Percent),
        None => parse_tokens(typed).map(Number::Tokens),
    };
    number.map(Some).map_err(|error| format!("{error}."))
}

impl Plain<'_> {
    /// Takes which of the finer numbers is to be set.
    pub(super) fn extras(&mut self, way: Arrival, typed: Typed<'_>, page: &mut Page) {
        if typed != Typed::Nothing {
            match typed.pick(&Finer::ALL) {
                Some(finer) => self.stage = Stage::Extra(*finer, way),
                None => page.range(Finer::ALL.len()),
            }
        } else if way == Arrival::Flow {
            self.after_month();
        } else {
            self.stage = Stage::Check;
        }
    }

    /// Takes one of them.
    pub(super) fn extra(&mut self, finer: Finer, way: Arrival, line: &str, page: &mut Page) {
        if !line.is_empty() {
            let put = |number| finer.put(number, &self.session);
            match number(finer, line).and_then(put) {
                Err(why) => {
                    page.para(&format!("Not taken: {why}"));
                    return;
                }
                Ok(usage) => {
                    if !self.set(usage, name(finer), page) {
                        return;
                    }
                }
            }
            page.para(&format!("{}: {}.", name(finer), value(finer, &self.session)));
            tell::live(&mut self.session, page);
        }
        self.stage = Stage::Extras(way);
    }

    pub(super) fn ask_extras(&self, page: &mut Page) {
        for (finer, number) in Finer::ALL.into_iter().zip(1..) {
            let default = if finer.is_set(self.session.usage()) { "" } else { " (default)" };
            let value = value(finer, &self.session);
            page.option(number, &format!("{}: {value}{default}", name(finer)));
        }
        page.prompt_that("A number changes that line, b back, ? help", "goes on");
    }

    pub(super) fn ask_extra(&self, finer: Finer, page: &mut Page) {
        page.para(&format!("{}?", name(finer)));
        let what = match finer.most_percent() {
            Some(most) => format!("A percentage from 0 to {most}, d for the default, b back"),
            None => "A number such as 2.5M or 800k, d for the default, b back".to_owned(),
        };
        page.prompt(&what, Some(&value(finer, &self.session)));
    }
}

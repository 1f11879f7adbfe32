//! A week described in words and turns, from which the month is estimated.

use super::stage::Stage;
use super::{Page, Plain, tell};
use crate::month::{Field, Week, WeekNumber};
use crate::number::{grouped, tokens};
use crate::wizard::flow::{Arrival, MonthLine};

/// The question that asks for a number.
const fn question(number: WeekNumber) -> &'static str {
    match number {
        WeekNumber::Sessions => {
            "How many sessions a week? A session is one chat, from its first message to its last."
        }
        WeekNumber::Turns => "How many turns in a session? A turn is one message and its reply.",
        WeekNumber::Written => "How many words do you write a turn? 300 words are a page.",
        WeekNumber::Replied => "How many words has a reply?",
        WeekNumber::Documents => {
            "How many words of documents stay in the chat? They are sent at every turn."
        }
        WeekNumber::Thinking => {
            "Thinking, in percent of the output? With Opus and Fable 50 to 100 is usual."
        }
    }
}

impl Plain<'_> {
    /// Handles one number of a week. After the last one the week becomes the month.
    pub(super) fn week(
        &mut self,
        field: WeekNumber,
        mut week: Week,
        way: Arrival,
        line: &str,
        page: &mut Page,
    ) {
        if !line.is_empty() {
            match field.unit().parse(line) {
                Ok(number) => field.set(number, &mut week),
                Err(why) => return page.para(&format!("Not taken: {why}.")),
            }
        }
        if let Some(next) = super::month::after(&WeekNumber::ALL, field) {
            self.stage = Stage::Week(next, week, way);
            return;
        }
        let usage = week.put(self.session.usage(), self.session.tokenizer());
        if self.set(usage, "A week described", page) {
            let volume = self.session.usage().volume;
            page.para(&format!(
                "That week comes to {} sent and {} written a month.",
                tokens(volume.input),
                grouped(volume.output)
            ));
            tell::live(&mut self.session, page);
            self.stage = Stage::Month(MonthLine::Number(Field::Outside), way);
        }
    }

    pub(super) fn ask_week(field: WeekNumber, week: Week, page: &mut Page) {
        page.para(question(field));
        page.prompt("A number, b back, ? help", Some(&field.shown(week)));
    }
}

//! The advanced numbers of the month: billing, and the estimated capacity of Pro.

use rust_decimal::prelude::ToPrimitive as _;

use super::stage::Stage;
use super::{Page, Plain, Typed, tell};
use crate::month::{Field, Unit};
use crate::number::{percent_shown, tokens};
use crate::wizard::flow::Arrival;
use crate::wizard::session::Session;

fn value(field: Field, session: &Session<'_>) -> String {
    let usual = || Some(session.assessment()?.usual_overflow.into());
    match (session.number(field).or_else(usual), field.unit()) {
        (None, _) => "by your answers".to_owned(),
        (Some(tokens), _) if field == Field::PromptTokens && tokens.is_zero() => "small".to_owned(),
        (Some(count), Unit::Tokens) => tokens(count.to_u64().unwrap_or_default()),
        (Some(share), _) => format!("{} percent", percent_shown(share)),
    }
}

impl Plain<'_> {
    /// Handles the choice of an advanced number.
    pub(super) fn advanced_list(&mut self, way: Arrival, typed: Typed<'_>, page: &mut Page) {
        match (typed, typed.pick(&Field::ADVANCED)) {
            (Typed::Nothing, _) => self.after_month(way, page),
            (_, Some(field)) => self.stage = Stage::Advanced(*field, way),
            (_, None) => page.range(Field::ADVANCED.len()),
        }
    }

    /// Handles a new value; `d` restores the default.
    pub(super) fn advanced(&mut self, field: Field, way: Arrival, line: &str, page: &mut Page) {
        if !line.is_empty() {
            let typed = Some(line).filter(|line| !line.eq_ignore_ascii_case("d"));
            let number = typed.map(|line| field.unit().parse(line)).transpose();
            let put = |number| field.put(number, self.session.usage(), &self.session.world);
            match number.map_err(|error| format!("{error}.")).and_then(put) {
                Err(why) => {
                    page.para(&format!("Not taken: {why}"));
                    return;
                }
                Ok(usage) => {
                    if !self.set(usage, field.spec().name, page) {
                        return;
                    }
                }
            }
            page.para(&format!("{}: {}.", field.spec().name, value(field, &self.session)));
            tell::live(&mut self.session, page);
        }
        self.stage = Stage::AdvancedList(way);
    }

    pub(super) fn ask_advanced_list(&self, page: &mut Page) {
        for (field, number) in Field::ADVANCED.into_iter().zip(1..) {
            let default = if field.is_set(self.session.usage()) { "" } else { " (default)" };
            let value = value(field, &self.session);
            page.option(number, &format!("{}: {value}{default}", field.spec().name));
        }
        page.prompt_that("A number changes that line, b back, ? help", "goes on");
    }

    pub(super) fn ask_advanced(&self, field: Field, page: &mut Page) {
        page.para(&format!("{}?", field.spec().name));
        let what = match field.unit().most_percent() {
            Some(most) => format!("A percentage from 0 to {most}, d for the default, b back"),
            None => "A number such as 2.5M or 800k, d for the default, b back".to_owned(),
        };
        page.prompt(&what, Some(&value(field, &self.session)));
    }
}

//! Monthly usage: input and output, work outside the app, the model.

mod draw;

use rust_decimal::Decimal;

use super::form::{Form, FormScreen};
use crate::cost::Volume;
use crate::month::Field;
use crate::number::tokens_short;
use crate::question::Origin;
use crate::text::node::serde_name;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::Action;
use crate::tui::page::Page;
use crate::tui::place::Place;
use crate::usage::{Confidence, ProPrice};
use crate::wizard::MonthStart;
use crate::wizard::flow::{self, Arrival, MonthLine, Step};
use crate::wizard::session::Month;

#[derive(Debug)]
pub struct UsageScreen {
    form: Form<MonthLine>,
    arrival: Arrival,
    /// The person's own volume while a preset replaces it.
    own: Option<Volume>,
    /// The way to set the volume that Enter opens, if one is shown.
    door: Option<MonthStart>,
}

impl Default for UsageScreen {
    fn default() -> Self {
        Self { arrival: Arrival::Flow, ..Self::to_change(MonthLine::Number(Field::Input)) }
    }
}

impl UsageScreen {
    /// The screen opened to change one line.
    pub const fn to_change(line: MonthLine) -> Self {
        let form = Form::new(line);
        Self { form, arrival: Arrival::Detour, own: None, door: None }
    }
}

fn walk(here: usize, count: usize, step: isize) -> usize {
    here.saturating_add_signed(step).min(count.saturating_sub(1))
}

impl FormScreen for UsageScreen {
    type Line = MonthLine;

    const DIGITS: &'static str = "Numbers go into Sent, Written and Outside.";

    fn form(&self) -> &Form<MonthLine> {
        &self.form
    }

    fn form_mut(&mut self) -> &mut Form<MonthLine> {
        &mut self.form
    }

    fn heading(&self, cx: &Cx<'_, '_>) -> String {
        let progress = match self.arrival {
            Arrival::Flow => cx.app.look.progress(Step::Month),
            Arrival::Detour => None,
        };
        match progress {
            Some(progress) if cx.app.size.0 < 60 => progress,
            Some(progress) => format!("{progress}  Your month"),
            None => "Your month, estimate".to_owned(),
        }
    }

    fn draw_all(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        self.draw_lines(cx, page);
    }

    fn number(&self, line: MonthLine, ctx: &EventCtx<'_, '_>) -> Option<Decimal> {
        match line {
            MonthLine::Number(field) => ctx.session.number(field),
            _ => None,
        }
    }

    fn put(
        &mut self,
        line: MonthLine,
        number: Option<Decimal>,
        steps: bool,
        ctx: &mut EventCtx<'_, '_>,
    ) -> Result<(), String> {
        let MonthLine::Number(field) = line else {
            return Ok(());
        };
        let mut usage = ctx.session.usage().clone();
        let place = crate::words::Place::of_answers(ctx.session.answers());
        let what = match (field, steps) {
            (Field::Input, true) => format!("Sent {}", tokens_short(usage.volume.input)),
            (Field::Input, false) => "Sent to Claude".to_owned(),
            (Field::Output, true) => format!("Written {}", tokens_short(usage.volume.output)),
            (Field::Output, false) => "Written by Claude".to_owned(),
            (Field::Outside, true) => {
                format!("Outside {} {} %", place.short, ctx.session.outside_share())
            }
            (Field::Outside, false) => format!("Outside {}", place.short),
            (field, _) => field.spec().label.to_owned(),
        };
        field.set(number, &mut usage);
        ctx.set_usage(usage, what, steps.then(|| self.form.run(0)));
        Ok(())
    }

    fn press_line(&mut self, line: MonthLine, ctx: &mut EventCtx<'_, '_>) {
        match line {
            MonthLine::Advanced => ctx.go = Some(Go::Over(Place::Advanced)),
            MonthLine::Start => {
                ctx.go = Some(Go::Over(match self.door {
                    Some(MonthStart::Logs) => Place::Logs(Arrival::Detour),
                    _ => Place::Week,
                }));
            }
            MonthLine::Model | MonthLine::Confidence => {
                ctx.say = Some("←→ change this. Continue is further down.".to_owned());
            }
            MonthLine::Number(_) => self.open(ctx),
        }
    }

    fn press_button(&mut self, ctx: &mut EventCtx<'_, '_>) {
        ctx.session.accept_month();
        ctx.go = Some(flow::after_month(self.arrival).into());
    }

    fn choose(&mut self, line: MonthLine, action: Action, ctx: &mut EventCtx<'_, '_>) {
        let mut usage = ctx.session.usage().clone();
        let step = match action {
            Action::Left | Action::Less => -1,
            Action::Right | Action::More => 1,
            _ => return,
        };
        match line {
            MonthLine::Start => {
                let is_sample = ctx.session.choices().month == Month::Sample;
                let chosen = if is_sample { MonthStart::Own } else { MonthStart::of(usage.volume) };
                let here = self.door.unwrap_or(chosen);
                let all = MonthStart::ALL;
                let place = all.iter().position(|way| *way == here).unwrap_or_default();
                let next = all.get(walk(place, all.len(), step)).copied().unwrap_or(here);
                self.door = matches!(next, MonthStart::Week | MonthStart::Logs).then_some(next);
                if self.door.is_some() {
                    return;
                }
                if here == MonthStart::Own && !is_sample {
                    self.own = Some(usage.volume);
                }
                let (name, volume) = match next.preset() {
                    Some((name, volume)) => (name, Some(volume)),
                    None => ("My own numbers", self.own),
                };
                match volume {
                    Some(volume) if here != next => {
                        usage.volume = volume;
                        // A preset is a sample until one of its numbers is edited.
                        usage.volume_origin =
                            if next.preset().is_some() { Origin::Assumed } else { Origin::User };
                        ctx.set_usage(usage, name, None);
                    }
                    None => ctx.say = Some("Your own numbers: type them below (Tab).".to_owned()),
                    Some(_) => {}
                }
            }
            MonthLine::Model => {
                let Ok(month) = &ctx.outlook.month else {
                    return;
                };
                let ids: Vec<&str> = month.models.iter().map(|m| m.model.id.as_str()).collect();
                let here = ids.iter().position(|id| *id == month.model.id).unwrap_or_default();
                let next = walk(here, ids.len(), step);
                if next != here {
                    usage.model = ids.get(next).map(|id| (*id).to_owned());
                    let what = format!("Model {}", month.model.short_name());
                    ctx.set_usage(usage, what, None);
                }
            }
            MonthLine::Confidence => {
                let here = Confidence::ALL.iter().position(|c| *c == usage.confidence);
                let next = walk(here.unwrap_or_default(), Confidence::ALL.len(), step);
                if let Some(confidence) = Confidence::ALL.get(next) {
                    let what = format!("How sure: {}", serde_name(&usage.confidence));
                    usage.confidence = *confidence;
                    ctx.set_usage(usage, what, None);
                }
            }
            MonthLine::Number(Field::ProPrice) => {
                let next = match (usage.pro_price, step) {
                    (ProPrice::Monthly, 1) => ProPrice::Annual,
                    (ProPrice::Annual, -1) | (ProPrice::Other(_), _) => ProPrice::Monthly,
                    (ProPrice::Annual, _) => {
                        ctx.say = Some("Type a digit for another price.".to_owned());
                        return;
                    }
                    _ => return,
                };
                usage.pro_price = next;
                ctx.set_usage(usage, "Pro price", None);
            }
            _ => {}
        }
    }

    fn go_back(&mut self, ctx: &mut EventCtx<'_, '_>) {
        let before = flow::before_month(self.arrival, ctx.session.answers());
        ctx.go = Some(before.into());
    }

    fn settle(&mut self) {
        // The line shows the source of the month again.
        self.door = None;
    }
}

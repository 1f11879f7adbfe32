//! Builds the screen of a place. The only file that knows every screen.

use super::app::AppState;
use super::place::Place;
use super::screen::{
    AdvancedUsage, Check, Compare, Examples, FitScreen, Help, Leave, Logs, Open, OutcomeCheck,
    Question, Quick, ResultScreen, Save, Scenarios, ScreenBehavior, Settings, SideBySide,
    UsageScreen, WeekScreen, Welcome,
};
use crate::wizard::flow::{Arrival, Step};
use crate::wizard::session::Session;

pub(super) fn screen(
    place: &Place,
    session: &Session<'_>,
    app: &AppState,
) -> Box<dyn ScreenBehavior> {
    match place {
        Place::Step(Step::Start) => Box::new(Welcome::default()),
        Place::Step(Step::Question(id)) => Box::new(Question::new(*id, Arrival::Flow, session)),
        Place::Step(Step::Quick(number)) => Box::new(Quick::new(*number, session)),
        Place::Step(Step::Month) => Box::new(UsageScreen::default()),
        Place::Step(Step::Answers) => Box::new(Check::new(Arrival::Flow)),
        Place::Step(Step::Result) => Box::new(ResultScreen::default()),
        Place::Change(id) => Box::new(Question::new(*id, Arrival::Detour, session)),
        Place::ChangeMonth(line) => Box::new(UsageScreen::to_change(*line)),
        Place::Answers => Box::new(Check::new(Arrival::Detour)),
        Place::Advanced => Box::new(AdvancedUsage::default()),
        Place::Week => Box::new(WeekScreen::new(session)),
        Place::Compare => Box::new(Compare::new(session)),
        Place::Fit => Box::new(FitScreen::new(session, app)),
        Place::Reading(reading) => Box::new(*reading),
        Place::Save => Box::new(Save::new(app)),
        Place::Open => Box::new(Open::new(app)),
        Place::OutcomeCheck(report) => Box::new(OutcomeCheck::new(report.clone(), app)),
        Place::Logs(arrival) => Box::new(Logs::new(*arrival, app)),
        Place::Examples => Box::new(Examples::new(session)),
        Place::Scenarios => Box::new(Scenarios::default()),
        Place::SideBySide(files) => Box::new(SideBySide::new(files.clone())),
        Place::Settings => Box::new(Settings::default()),
        Place::Help(context) => Box::new(Help::new(*context)),
        Place::Leave => Box::new(Leave::default()),
    }
}

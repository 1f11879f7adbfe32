//! Turns a message into a changed state and the effects it requests. Pure: touches nothing outside.

#[cfg(test)]
mod tests;

use super::app::{Ending, EventCtx, Go};
use super::effect::Effect;
use super::key::Press;
use super::keymap::{Action, Context, lookup};
use super::layout::main_area;
use super::look::{Look, Theme};
use super::message::Message;
use super::place::{Place, Reading};
use super::screen::{FitScreen, ScreenBehavior};
use super::state::{Layer, State};
use super::view;
use crate::wizard::flow::Step;
use crate::wizard::{self, News, Purpose};
use crate::words;

/// Handles a message. Returns the effects to perform.
pub fn update(state: &mut State<'_>, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    let kept = state.session.choices().clone();
    match message {
        Message::Key(press) => {
            state.status = None;
            key(state, press, &mut effects);
        }
        Message::Paste(text) => {
            state.status = None;
            with_top(state, &mut effects, |screen, ctx| {
                screen.paste(&text, ctx);
            });
        }
        Message::Click { column, row } => click(state, column, row, &mut effects),
        Message::Wheel(rows) => scroll_by(state, i32::from(rows)),
        Message::Resize(columns, rows) => state.app.size = (columns, rows),
        Message::Resumed => {
            state.status = Some("Back again. Nothing was lost.".to_owned());
            effects.push(Effect::Redraw);
        }
        Message::Terminate(code) => state.ending = Some(Ending::Terminated(code)),
        Message::Wizard(message) => on_message(state, message, &mut effects),
    }
    settle(state);
    if *state.session.choices() != kept {
        let keeping = state.app.wizard.keep(state.session.choices());
        effects.extend(keeping.into_iter().map(Effect::Wizard));
    }
    effects
}

/// Handles the result of an effect.
fn on_message(state: &mut State<'_>, message: wizard::Message, effects: &mut Vec<Effect>) {
    match message {
        wizard::Message::Draft(Ok(())) => {}
        wizard::Message::Draft(Err(why)) => state.status = Some(format!("! Not kept: {why}")),
        wizard::Message::Scan(number, news) => on_scan(state, number, news),
        message => with_top(state, effects, |screen, ctx| screen.on_message(message, ctx)),
    }
}

/// Handles the progress of a log scan. Its end is reported on whatever screen is open.
fn on_scan(state: &mut State<'_>, number: u32, news: News) {
    if !state.app.wizard.on_scan(&state.session, number, news) {
        return;
    }
    follow_scan(state);
    let is_shown = matches!(
        (state.top().map(|layer| &layer.place), state.app.wizard.scan.purpose()),
        (Some(Place::Logs(_)), Purpose::Month) | (Some(Place::OutcomeCheck(_)), Purpose::Since(_))
    );
    if !is_shown && let Some(said) = state.app.wizard.scan.ended() {
        state.status = Some(said.to_owned());
    }
}

/// Updates the screens that follow the scan, also below others.
fn follow_scan(state: &mut State<'_>) {
    for layer in &mut state.layers {
        if layer.screen.follow(&state.app.wizard.scan) {
            layer.scroll = None;
        }
    }
}

/// Updates derived state, and makes sure that a screen that needs a result has one.
fn settle(state: &mut State<'_>) {
    if let Some(open) = state.session.answers().next_open() {
        let needs_result = |layer: &Layer| layer.screen.needs_result();
        if state.layers.iter().any(needs_result) {
            state.go_to(Step::Question(open));
        }
    }
    if let Some(reading) = state.app.wizard.scan.reading_mut() {
        reading.follow(state.session.usage().measured.as_deref());
    }
    state.derive();
}

fn key(state: &mut State<'_>, press: Press, effects: &mut Vec<Effect>) {
    let Some(context) = state.top().map(|layer| layer.screen.context()) else {
        return;
    };
    match lookup(context, press.key) {
        Some(action) => act(state, context, action, effects),
        None => with_top(state, effects, |screen, ctx| screen.press(press, ctx)),
    }
}

fn act(state: &mut State<'_>, context: Context, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Interrupt => state.ending = Some(Ending::Interrupted),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Suspend => effects.push(Effect::Suspend),
        Action::Quit if state.has_unsaved_result() => {
            state.open(Place::Leave);
        }
        Action::Quit => state.ending = Some(Ending::Quit),
        // The key that opened the help also closes it.
        Action::Help if context == Context::Help && state.layers.len() > 1 => {
            state.layers.pop();
        }
        Action::Help => {
            state.open(Place::Help(context));
        }
        Action::Theme => next_theme(state),
        Action::Mouse => {
            state.app.mouse = !state.app.mouse;
            effects.push(Effect::Mouse(state.app.mouse));
            state.status = Some(mouse_status(state.app.mouse).to_owned());
        }
        Action::Undo => {
            let mut done = false;
            with_top(state, effects, |screen, ctx| done = screen.undo(ctx));
            if !done {
                undo(state);
            }
        }
        Action::Redo => {
            let mut done = false;
            with_top(state, effects, |screen, ctx| done = screen.redo(ctx));
            if !done {
                redo(state);
            }
        }
        Action::StopScan => stop_scan(state, effects),
        Action::Copy => copy(state, effects),
        // On this screen it compares the marked scenarios side by side.
        Action::Compare if context == Context::Scenarios => {
            with_top(state, effects, |screen, ctx| screen.act(action, ctx));
        }
        Action::Answers
        | Action::Compare
        | Action::NextSteps
        | Action::Save
        | Action::Scenarios
        | Action::Fit
        | Action::OutcomeCheck
        | Action::Why => door(state, action, effects),
        action => {
            let scrolls = [
                Context::Reading,
                Context::Fit,
                Context::KeptFit,
                Context::Findings,
                Context::Help,
                Context::Result,
            ];
            if scrolls.contains(&context) {
                reading(state, action, effects);
                return;
            }
            let turns = matches!(action, Action::PageUp | Action::PageDown)
                && state.top().is_some_and(|layer| !layer.screen.takes_pages());
            let is_form = matches!(context, Context::Form | Context::Field | Context::Dialog);
            if turns {
                let shown = view::shown(state);
                let is_turned = turn_page(state, action);
                // Scrolling neither clears a refusal nor leaves a field.
                if is_form || shown.refuses {
                    return;
                }
                if is_turned {
                    take_focus_along(state, action, effects);
                    return;
                }
                if shown.most > 0 {
                    // Focuses the first or last item without scrolling the page.
                    keeping_scroll(state, |state| {
                        with_top(state, effects, |screen, ctx| screen.act(action, ctx));
                    });
                    return;
                }
            }
            let presses = matches!(action, Action::Enter | Action::Choose);
            if !(presses && brings_focus_back(state)) {
                with_top(state, effects, |screen, ctx| screen.act(action, ctx));
            }
        }
    }
}

fn stop_scan(state: &mut State<'_>, effects: &mut Vec<Effect>) {
    state.status = Some(if state.app.wizard.scan.stop() {
        effects.push(Effect::Wizard(wizard::Effect::StopScan));
        follow_scan(state);
        words::READING_STOPPED.to_owned()
    } else {
        "No logs are being read.".to_owned()
    });
}

const fn mouse_status(on: bool) -> &'static str {
    if on { "Mouse on. Shift-drag selects text." } else { "Mouse off." }
}

fn next_theme(state: &mut State<'_>) {
    let look = state.app.look;
    let here = Theme::ALL.iter().position(|theme| theme.name == look.theme.name);
    let next = here.map_or(0, |index| (index + 1) % Theme::ALL.len());
    if let Some(theme) = Theme::ALL.get(next) {
        state.app.look = Look::new(*theme, look.glyphs);
        state.status = Some(format!("Theme: {}", theme.name));
    }
}

fn undo(state: &mut State<'_>) {
    state.status = Some(match state.session.undo() {
        Some(what) => state.app.change_said("Undone", &what),
        None => "Nothing to undo.".to_owned(),
    });
    refresh_top(state);
}

fn redo(state: &mut State<'_>) {
    state.status = Some(match state.session.redo() {
        Some(what) => state.app.change_said("Redone", &what),
        None => "Nothing to do again.".to_owned(),
    });
    refresh_top(state);
}

/// Updates the visible screen after undo or redo.
fn refresh_top(state: &mut State<'_>) {
    if let Some(layer) = state.layers.last_mut() {
        layer.screen.refresh(&state.session);
    }
}

fn copy(state: &mut State<'_>, effects: &mut Vec<Effect>) {
    if let Some(why_not) = not_settled(state) {
        state.status = Some(why_not.to_owned());
        return;
    }
    if let Some(assessment) = state.session.assessment() {
        let lines = words::summary(assessment, state.session.world.catalog);
        effects.push(Effect::Copy(lines.join("\n")));
        state.status = Some("Copied, if this terminal allows it.".to_owned());
    }
}

/// Returns why there is no result yet, or `None` if there is one.
fn not_settled(state: &State<'_>) -> Option<&'static str> {
    if !state.session.is_complete() {
        Some("That comes after the questions.")
    } else if !state.is_settled() {
        Some("First your month: choose Continue there.")
    } else {
        None
    }
}

/// True if the key of this action opened the screen.
fn opened(place: &Place, action: Action) -> bool {
    match action {
        Action::Answers => matches!(place, Place::Answers | Place::Step(Step::Answers)),
        Action::Compare => *place == Place::Compare,
        Action::Why => matches!(place, Place::Reading(reading) if reading.is_why()),
        Action::NextSteps => *place == Place::Reading(Reading::NextSteps),
        Action::Scenarios => *place == Place::Scenarios,
        Action::Fit => *place == Place::Fit,
        Action::OutcomeCheck => matches!(place, Place::OutcomeCheck(_)),
        _ => false,
    }
}

/// The screen of a letter key, or why it cannot be opened now.
fn behind(state: &State<'_>, action: Action) -> Result<Place, &'static str> {
    match action {
        Action::Why => match state.top().and_then(|layer| layer.screen.why(&state.session)) {
            Some(why) => Ok(Place::Reading(why)),
            None => Err("Nothing to explain here yet."),
        },
        Action::Fit => FitScreen::missing(&state.session, &state.app).map_or(Ok(Place::Fit), Err),
        Action::OutcomeCheck if state.app.wizard.reported.is_none() => {
            Err("No saved report is remembered yet.")
        }
        Action::OutcomeCheck => Ok(Place::OutcomeCheck(None)),
        Action::Answers if state.session.answers().is_empty() => {
            Err("That comes after the first question.")
        }
        Action::Answers => Ok(Place::Answers),
        action => match not_settled(state) {
            Some(why_not) => Err(why_not),
            None => Ok(match action {
                Action::Compare => Place::Compare,
                Action::NextSteps => Place::Reading(Reading::NextSteps),
                Action::Scenarios => Place::Scenarios,
                _ => Place::Save,
            }),
        },
    }
}

/// Opens the screen of a letter key, or closes it if it is already open.
fn door(state: &mut State<'_>, action: Action, effects: &mut Vec<Effect>) {
    if state.top().is_some_and(|layer| opened(&layer.place, action)) {
        // Screens of the path have nothing below to return to.
        if state.layers.len() > 1 {
            state.layers.pop();
            refresh_top(state);
        }
        return;
    }
    match behind(state, action) {
        Ok(place) => effects.extend(state.open(place).into_iter().map(Effect::Wizard)),
        Err(why_not) => state.status = Some(why_not.to_owned()),
    }
}

/// Scrolls or leaves a text.
fn reading(state: &mut State<'_>, action: Action, effects: &mut Vec<Effect>) {
    match action {
        Action::Up => scroll_by(state, -1),
        Action::Down => scroll_by(state, 1),
        Action::PageUp | Action::PageDown => {
            turn_page(state, action);
        }
        Action::Home => scroll_by(state, i32::MIN / 2),
        Action::End => scroll_by(state, i32::MAX / 2),
        action => with_top(state, effects, |screen, ctx| screen.act(action, ctx)),
    }
}

/// Scrolls by one page, keeping one row in view. Returns false if there is nothing more in that
/// direction.
fn turn_page(state: &mut State<'_>, action: Action) -> bool {
    let shown = view::shown(state);
    let (is_end, way) = match action {
        Action::PageUp => (shown.scroll == 0, -1),
        _ => (shown.scroll == shown.most, 1),
    };
    if !is_end {
        scroll_by(state, i32::from(shown.rows.saturating_sub(1).max(1)) * way);
    }
    !is_end
}

/// Runs `act` on the visible screen without scrolling its page.
fn keeping_scroll(state: &mut State<'_>, act: impl FnOnce(&mut State<'_>)) {
    let scroll = view::shown(state).scroll;
    act(state);
    if let Some(layer) = state.layers.last_mut() {
        layer.scroll = Some(scroll);
    }
}

/// Moves a list's focus into the visible page, if something there can be focused.
fn take_focus_along(state: &mut State<'_>, turned: Action, effects: &mut Vec<Effect>) {
    /// Longer than any list.
    const MOST: usize = 100;
    let step = if turned == Action::PageUp { Action::Up } else { Action::Down };
    for _ in 0..MOST {
        let shown = view::shown(state);
        let is_before =
            shown.focus.is_some_and(|row| (row < shown.scroll) == (step == Action::Down));
        if shown.shows_focus || !is_before {
            return;
        }
        keeping_scroll(state, |state| {
            with_top(state, effects, |screen, ctx| screen.act(step, ctx));
        });
        if view::shown(state).focus == shown.focus {
            return;
        }
    }
}

/// Scrolls the page, but not past its ends.
fn scroll_by(state: &mut State<'_>, rows: i32) {
    let shown = view::shown(state);
    if let Some(layer) = state.layers.last_mut() {
        let wanted = i32::from(shown.scroll).saturating_add(rows).clamp(0, i32::from(shown.most));
        layer.scroll = Some(u16::try_from(wanted).unwrap_or_default());
    }
}

/// True if the focused item was scrolled out of view. A key that would activate it scrolls back
/// first.
fn brings_focus_back(state: &mut State<'_>) -> bool {
    let is_turned = state.top().is_some_and(|layer| layer.scroll.is_some());
    let is_away = is_turned && !view::shown(state).shows_focus;
    state.layers.last_mut().filter(|_| is_away).is_some_and(|layer| layer.scroll.take().is_some())
}

fn click(state: &mut State<'_>, column: u16, row: u16, effects: &mut Vec<Effect>) {
    if !main_area(state.app.size).is_some_and(|area| area.contains((column, row).into())) {
        return;
    }
    state.status = None;
    let shown = view::shown(state);
    let target = shown.targets.iter().find(|(at, _)| *at == row).map(|(_, index)| *index);
    if let Some(index) = target {
        with_top(state, effects, |screen, ctx| screen.click(index, ctx));
    }
}

/// Lets the visible screen handle an event, then follows its navigation.
fn with_top(
    state: &mut State<'_>,
    effects: &mut Vec<Effect>,
    act: impl FnOnce(&mut dyn ScreenBehavior, &mut EventCtx<'_, '_>),
) {
    // The page is only laid out if the person scrolled, because layout takes half of a key's time.
    let is_turned = state.top().is_some_and(|layer| layer.scroll.is_some());
    let follows = is_turned && view::shown(state).focus.is_some();
    let Some(layer) = state.layers.last_mut() else {
        return;
    };
    if follows {
        layer.scroll = None;
    }
    let mut ctx = EventCtx {
        session: &mut state.session,
        app: &mut state.app,
        outlook: &state.outlook,
        effects,
        go: None,
        say: None,
    };
    act(&mut *layer.screen, &mut ctx);
    let EventCtx { go, say, .. } = ctx;
    if say.is_some() {
        state.status = say;
    }
    let opening = match go {
        Some(Go::Over(place)) => state.open(place),
        Some(Go::Instead(place)) => {
            state.layers.pop();
            state.open(place)
        }
        Some(Go::To(step)) => state.go_to(step),
        Some(Go::Back) if state.layers.len() > 1 => {
            state.layers.pop();
            refresh_top(state);
            return;
        }
        None | Some(Go::Back) => return,
        Some(Go::Leave(ending)) => {
            state.ending = Some(ending);
            return;
        }
    };
    effects.extend(opening.into_iter().map(Effect::Wizard));
}

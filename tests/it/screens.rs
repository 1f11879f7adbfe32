//! Every screen as a person sees it, driven by keys, at the two sizes the design is drawn for.
//!
//! The day, the prices and the wording are fixed; nothing here touches a terminal or a file.

mod declared_plan;
mod shown;

use std::collections::HashSet;

use std::path::PathBuf;
use std::sync::Arc;

use crate::common::keys::send;
use crate::common::stages::{self, STAGES, Stage, TO_MONTH, kind, stage, to_result};
use crate::common::{month, replayed, shapes, since, unnamed_plan};
use insta::assert_snapshot;
use jiff::civil::date;
use planwise::fit::Digest;
use planwise::measured::Measured;
use planwise::question::{Origin, QuestionId};
use planwise::report::read_answers;
use planwise::tui::effect::Effect;
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::message::Message;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::tui::view;
use planwise::wizard::session::Choices;
use planwise::wizard::{self, News, Progress};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The sizes the design is drawn for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

const FULL: Look = Look::new(Theme::TERMINAL, &Glyphs::FULL);
const PLAIN: Look = Look::new(Theme::TERMINAL, &Glyphs::PLAIN);
const ASCII: Look = Look::new(Theme::MONO, &Glyphs::ASCII);

fn start() -> State<'static> {
    stages::start(FULL)
}

/// The screen as text, one line a row, without trailing blanks.
fn screen(state: &mut State<'_>, (columns, rows): (u16, u16)) -> String {
    let buffer = buffer(state, (columns, rows));
    let mut text = String::new();
    for y in 0..rows {
        let line: String = (0..columns).map(|x| buffer[(x, y)].symbol()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn buffer(state: &mut State<'_>, (columns, rows): (u16, u16)) -> Buffer {
    update(state, Message::Resize(columns, rows));
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    view::draw(state, area, &mut buffer);
    buffer
}

/// The smallest terminal there is a layout for.
const SMALLEST: (u16, u16) = (40, 12);

/// The screens that are looked at whole: each at 80 x 24, some wide, narrow, in plain characters and
/// in ASCII. Everything else says below what it is to show.
const WHOLE: [(&str, (u16, u16), &str); 42] = [
    ("welcome", (80, 24), ""),
    ("welcome_with_kept_answers", (80, 24), ""),
    ("question_4", (80, 24), ""),
    ("why_a_question_is_asked", (80, 24), ""),
    ("quick_check", (80, 24), ""),
    ("month", (80, 24), ""),
    ("more_about_the_month", (80, 24), ""),
    ("a_week", (80, 24), ""),
    ("check_answers", (80, 24), ""),
    ("result", (80, 24), ""),
    ("why_the_result", (80, 24), ""),
    ("next_steps", (80, 24), ""),
    ("compare", (80, 24), ""),
    ("save", (80, 24), ""),
    ("save_over_a_report", (80, 24), ""),
    ("leave_unsaved", (80, 24), ""),
    ("open_a_report", (80, 24), ""),
    ("examples", (80, 24), ""),
    ("settings", (80, 24), ""),
    ("help", (80, 24), ""),
    ("logs", (80, 24), ""),
    ("logs_being_read", (80, 24), ""),
    ("logs_found", (80, 24), ""),
    ("fit", (80, 24), ""),
    ("turned_out_as_estimated", (80, 24), ""),
    ("scenarios", (80, 24), ""),
    ("side_by_side", (80, 24), ""),
    ("question_4", (120, 40), ""),
    ("month", (120, 40), ""),
    ("result", (120, 40), ""),
    ("compare", (120, 40), ""),
    ("fit", (120, 40), ""),
    ("side_by_side", (120, 40), ""),
    ("question_4", SMALLEST, ""),
    ("month", (60, 20), ""),
    ("result", (60, 20), ""),
    ("side_by_side", (60, 20), ""),
    ("compare", (80, 24), "_plain"),
    ("turned_out_otherwise", (80, 24), "_plain"),
    ("question_4", (80, 24), "_ascii"),
    ("compare", (80, 24), "_ascii"),
    ("fit", (40, 30), "_ascii"),
];

#[test]
fn the_screens_that_are_looked_at_whole_are_as_they_were_accepted() {
    for (name, size, characters) in WHOLE {
        let look = match characters {
            "_plain" => PLAIN,
            "_ascii" => ASCII,
            _ => FULL,
        };
        let mut state = stage(name).state(look, size);
        let name = format!("{name}_{}x{}{characters}", size.0, size.1);
        assert_snapshot!(name, screen(&mut state, size));
    }
}

#[test]
fn every_kind_of_screen_is_looked_at_whole() {
    let kind = |stage: &Stage| kind(&stage.state(FULL, (80, 24)));
    let whole: HashSet<_> = WHOLE.iter().map(|(name, ..)| kind(stage(name))).collect();
    for stage in STAGES {
        assert!(whole.contains(&kind(stage)), "'{}' is a screen of its own", stage.name);
    }
}

#[test]
fn the_smallest_terminal_shows_what_is_asked_above_the_first_option() {
    let mut state = start();
    update(&mut state, Message::Resize(SMALLEST.0, SMALLEST.1));
    send(&mut state, "<enter>1<enter>1<enter>1<enter>1<enter>");
    let text = screen(&mut state, SMALLEST);
    let row = |part: &str| text.lines().position(|line| line.contains(part)).expect(part);
    assert!(row("Step 5 of 10") < row("> ( ) 1"), "{text}");
}

#[test]
fn the_smallest_terminal_shows_why_a_file_was_not_opened() {
    let mut state = start();
    update(&mut state, Message::Resize(SMALLEST.0, SMALLEST.1));
    send(&mut state, "<down><down><down><enter>/nope/x/claude-choice.json<enter>");
    let why = "cannot open '/nope/x/claude-choice.json': there is no such file; check the path";
    update(&mut state, Message::Wizard(wizard::Message::Opened(Err(why.to_owned()))));
    let text = screen(&mut state, SMALLEST);
    assert!(text.contains("check the path"), "{text}");
    // Reading on takes nothing away.
    send(&mut state, "<pgdn><pgdn><pgdn><pgup><pgup><pgup>");
    send(&mut state, "<pgdn>");
    let text = screen(&mut state, SMALLEST);
    assert!(text.contains("check the path"), "{text}");
}

#[test]
fn a_what_if_is_called_one_in_the_strip_and_next_steps_are_for_the_real_month() {
    let mut state = start();
    update(&mut state, Message::Resize(60, 20));
    send(&mut state, &format!("{}c<down><right>", script_to_result()));
    let text = screen(&mut state, (60, 20));
    assert!(text.contains("─ Live, if × 1.10 on Opus 5.5 ─ HYBRID: use both"), "{text}");
    assert!(text.contains("Hybrid $29.24"), "{text}");
    let text = screen(&mut state, SMALLEST);
    assert!(text.contains("─ if × 1.10 on Opus 5.5 ─ HYBRID ─"), "{text}");
    send(&mut state, "n");
    let text = screen(&mut state, (60, 20));
    assert!(text.contains("─ Live: HYBRID: use both"), "{text}");
    assert!(text.contains("Hybrid $24.20"), "{text}");
    let text = screen(&mut state, (80, 24));
    assert!(text.contains("─ Your month, estimate ─") && !text.contains("if ×"), "{text}");
}

#[test]
fn the_strip_calls_the_sample_month_a_sample() {
    let mut state = start();
    let text = screen(&mut state, (60, 20));
    assert!(text.contains(" Pro $20.00  API $3.00 / sample month, estimate\n"), "{text}");
    let text = screen(&mut state, SMALLEST);
    assert!(text.contains(" Pro $20  API $3.00, sample month, est.\n"), "{text}");
    // There is no map to clear of fog.
    assert!(!text.contains("fog"), "{text}");
    send(&mut state, TO_MONTH);
    let text = screen(&mut state, (60, 20));
    assert!(!text.contains("sample"), "{text}");
}

/// From the month of the drawings to the answers.
fn to_continue() -> String {
    "<down>".repeat(6) + "<enter>"
}

/// From the start to the result of the drawings.
fn script_to_result() -> String {
    format!("{TO_MONTH}{}<enter>", to_continue())
}

/// The wizard in characters that every terminal has.
#[test]
fn the_screens_in_ascii_hold_nothing_but_ascii() {
    for script in [
        "",
        "<enter>1<enter>2<enter>2<enter>2",
        TO_MONTH,
        &script_to_result(),
        &format!("{}c", script_to_result()),
    ] {
        let mut state = stages::start(ASCII);
        send(&mut state, script);
        for size in [(40, 12), (80, 24), (120, 40)] {
            let text = screen(&mut state, size);
            assert!(text.is_ascii(), "{text}");
        }
    }
}

#[test]
fn the_key_script_from_start_to_report_asks_for_the_right_file_at_both_sizes() {
    for size in SIZES {
        let mut state = start();
        update(&mut state, Message::Resize(size.0, size.1));
        // Format, folder, name, note, then Save: Enter and Tab alone.
        let effects =
            send(&mut state, &format!("{}s<tab><tab><tab><tab><enter>", script_to_result()));
        let order = effects.into_iter().find_map(|effect| match effect {
            Effect::Wizard(wizard::Effect::Save(order)) => Some(order),
            _ => None,
        });
        let order = order.unwrap();
        assert_eq!(order.folder, PathBuf::from("/home/ana/Documents"));
        assert_eq!(order.stem, "claude-choice-2026-11-22");
        assert_eq!(order.assessment.costs.hybrid.to_string(), "24.20");
        let saved = vec![PathBuf::from("/home/ana/Documents/claude-choice-2026-11-22.md")];
        let effects = update(&mut state, Message::Wizard(wizard::Message::Saved(Ok(saved))));
        assert_eq!(
            effects,
            [Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::DropSaved(Box::new(
                state.session.choices().clone()
            ))))]
        );
        assert!(state.is_saved());
        assert!(screen(&mut state, size).contains("your recommendation"));
        // Nothing is left unsaved, so q leaves at once; three lines say how it ended.
        send(&mut state, "q");
        assert!(state.ending.is_some());
        let lines = state.farewell();
        assert_eq!(lines.len(), 3);
        assert!(lines[0].starts_with("planwise: HYBRID, use both (clear)."), "{lines:?}");
        assert!(lines[1].starts_with("About $24.20 a month, estimate"), "{lines:?}");
        assert!(lines[2].contains("claude-choice-2026-11-22.md"), "{lines:?}");
    }
}

#[test]
fn arrows_and_enter_alone_reach_the_saved_report() {
    let mut state = start();
    // Start, then the first option of every question.
    send(&mut state, &"<enter>".repeat(9));
    assert!(screen(&mut state, (80, 24)).contains("Your month"));
    send(&mut state, &("<down>".repeat(7) + "<enter>"));
    assert!(screen(&mut state, (80, 24)).contains("Check"));
    send(&mut state, "<enter><right><enter>");
    assert!(screen(&mut state, (80, 24)).contains("Save the report"));
    let effects = send(&mut state, "<down><down><down><down><enter>");
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Wizard(wizard::Effect::Save(_)))),
        "{effects:?}"
    );
}

#[test]
fn a_change_returns_to_the_answers_and_asks_what_it_newly_needs() {
    let mut state = start();
    // Own code settles the keys, so question 5 is never asked.
    send(&mut state, "<enter>4<enter>1<enter>1<enter>1<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Step 6 of 10"));
    send(&mut state, "1<enter>1<enter>1<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Your month"));
    // Back in the chat app the keys are a question again: it comes before the return.
    send(&mut state, "e<home><enter>1<enter>");
    assert!(
        screen(&mut state, (80, 24)).contains("Step 5 of 10"),
        "{}",
        screen(&mut state, (80, 24))
    );
    send(&mut state, "2<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Check"));
    send(&mut state, "<esc>");
    assert!(screen(&mut state, (80, 24)).contains("Your month"));
}

#[test]
fn undo_says_what_came_back_and_nothing_is_lost_on_the_way() {
    let mut state = start();
    send(&mut state, "<enter>1<enter>2<enter>2<enter>2<space>1");
    let before = *state.session.answers();
    send(&mut state, "u");
    assert!(screen(&mut state, (80, 24)).contains("Undone: Automation Some → None"));
    send(&mut state, "<ctrl-r>");
    assert_eq!(*state.session.answers(), before);
    // Esc goes back through every question and keeps every answer; it never leaves.
    send(&mut state, &"<esc>".repeat(12));
    assert!(screen(&mut state, (80, 24)).contains("Start"));
    assert_eq!(*state.session.answers(), before);
    assert!(state.ending.is_none());
}

#[test]
fn what_the_pane_shows_is_what_enter_does() {
    let mut state = start();
    send(&mut state, "<enter>1<enter>2<enter>2<enter><down><down>");
    let previewed = state.outlook.counts;
    send(&mut state, "<space>");
    assert_eq!(state.outlook.counts, previewed);
    let pane = screen(&mut state, (80, 24));
    assert!(pane.contains("if you pick \"Heavy\""), "{pane}");
}

#[test]
fn the_key_that_says_why_goes_back_from_there() {
    for way in ["<enter>", TO_MONTH, &script_to_result()] {
        let mut state = start();
        send(&mut state, way);
        let title = |state: &mut State<'_>| {
            screen(state, (80, 24)).lines().next().map(str::to_owned).unwrap()
        };
        let before = title(&mut state);
        send(&mut state, "w");
        assert!(title(&mut state).starts_with("┌─ Why"), "{way}");
        send(&mut state, "w");
        assert_eq!(title(&mut state), before, "{way}");
    }
}

#[test]
fn a_typed_number_is_read_in_every_form_and_refused_in_words() {
    let mut state = start();
    send(&mut state, TO_MONTH);
    for (typed, tokens) in [
        ("1,000,000", 1_000_000),
        ("2,5M", 2_500_000),
        ("800k", 800_000),
        ("1e6", 1_000_000),
        ("0", 0),
    ] {
        send(&mut state, &format!("{typed}<enter>"));
        assert_eq!(state.session.usage().volume.output, tokens, "{typed}");
    }
    send(&mut state, "5x");
    assert!(screen(&mut state, (80, 24)).contains("Only digits"));
    send(&mut state, "<ctrl-u>1.5<enter>");
    assert!(screen(&mut state, (80, 24)).contains("not a whole number"));
    assert_eq!(state.session.usage().volume.output, 0);
    send(&mut state, "<esc>");
    assert_eq!(state.session.usage().volume.output, 0);
}

#[test]
fn a_paste_never_confirms_and_never_runs_a_key() {
    let mut state = start();
    send(&mut state, TO_MONTH);
    update(&mut state, Message::Paste("q\n".to_owned()));
    assert!(state.ending.is_none());
    send(&mut state, "1<ctrl-u>");
    update(&mut state, Message::Paste(" 7M \nq".to_owned()));
    assert_eq!(state.session.usage().volume.output, 900_000);
    send(&mut state, "<enter>");
    assert_eq!(state.session.usage().volume.output, 7_000_000);
}

#[test]
fn a_draft_that_cannot_be_read_is_set_aside_before_it_is_written_over() {
    let mut state = start();
    state.app.wizard.unreadable = Some("! Kept answers could not be read".to_owned());
    let effects = send(&mut state, "<enter>1<enter>2");
    let order: Vec<&str> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::SetAside)) => Some("aside"),
            Effect::Wizard(wizard::Effect::Draft(wizard::DraftOrder::Keep(_))) => Some("keep"),
            _ => None,
        })
        .collect();
    assert_eq!(order, ["aside", "keep", "keep"]);
}

/// Four weeks on Pro with six hits in three of them, in a place with a summer time.
fn four_weeks() -> Arc<Measured> {
    let usage = read_answers(month::FILE).unwrap().usage.unwrap();
    let mut measured = (*usage.measured.unwrap()).clone();
    "Europe/Madrid".clone_into(&mut measured.zone);
    measured.doubts.push("Logs on this machine are a lower bound: lines can hold partial counts, and claude.ai and Claude Desktop share the plan's limits but are not in them.".to_owned());
    Arc::new(measured)
}

/// The same, replayed against every plan.
fn four_weeks_replayed() -> Arc<Measured> {
    let mut measured = (*four_weeks()).clone();
    measured.fit = Some(Arc::new(replayed::digest()));
    Arc::new(measured)
}

/// From the first screen to what replayed logs say.
fn to_replayed(state: &mut State<'_>) {
    begin_reading(state);
    update(state, Message::Wizard(wizard::Message::Scan(1, News::Read(four_weeks_replayed()))));
}

fn places(state: &mut State<'_>, places: &[&str]) {
    let places = places.iter().map(|place| (*place).to_owned()).collect();
    update(state, Message::Wizard(wizard::Message::LogPlaces(places)));
}

/// From the first screen to the logs, and their reading begun.
fn begin_reading(state: &mut State<'_>) {
    let effects = send(state, "<down><down><enter>");
    assert_eq!(effects, [Effect::Wizard(wizard::Effect::FindLogs)]);
    places(state, &["~/.claude/projects"]);
    let effects = send(state, "<enter>");
    assert!(
        matches!(&effects[..], [Effect::Wizard(wizard::Effect::Scan(order))] if order.number == 1)
    );
}

fn far(files: u64) -> News {
    let bytes = files * 2_000_000;
    News::At(Progress { files, of_files: 128, bytes, of_bytes: 256_000_000 })
}

/// From the first screen to what the logs say.
fn to_findings(state: &mut State<'_>) {
    begin_reading(state);
    update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
    update(state, Message::Wizard(wizard::Message::Scan(1, News::Read(four_weeks()))));
}

/// Use it, then keys from the first question on.
fn with_logs(state: &mut State<'_>, script: &str) {
    to_findings(state);
    send(state, "<enter>");
    send(state, script);
}

/// From the first screen to the fit of this replay.
fn to_fit_of(state: &mut State<'_>, digest: Option<Digest>) {
    let measured = Measured { fit: digest.map(Arc::new), ..(*four_weeks()).clone() };
    begin_reading(state);
    update(state, Message::Wizard(wizard::Message::Scan(1, News::Read(Arc::new(measured)))));
    send(state, "f");
}

#[test]
fn nothing_to_replay_has_no_fit() {
    assert_eq!(shapes::empty(), None);
}

#[test]
fn fit_opens_and_closes_with_one_key_and_goes_with_the_month() {
    let mut state = start();
    send(&mut state, "f");
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("Fit needs your logs: see Use my own logs."), "{seen}");
    to_findings(&mut state);
    send(&mut state, "f");
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("Nothing in these logs to replay."), "{seen}");

    let mut state = start();
    to_replayed(&mut state);
    send(&mut state, "<enter>");
    let before = screen(&mut state, (80, 24));
    send(&mut state, "f");
    assert!(screen(&mut state, (80, 24)).contains("Fit: your logs against each plan"));
    send(&mut state, "f");
    let bare = |seen: &str| seen.replace("Taken: month, 4 answers; u undoes.", "");
    let after = screen(&mut state, (80, 24));
    assert_eq!(after.lines().next(), before.lines().next(), "{}", bare(&after));
    // A kept draft knows it too.
    let kept = Choices::from_draft(&state.session.choices().draft()).unwrap();
    assert_eq!(kept.usage.measured, Some(four_weeks_replayed()));
    let mut state = start();
    state.begin_with(kept);
    send(&mut state, "f");
    assert!(screen(&mut state, (80, 24)).contains("Fit: your logs against each plan"));
    // Undone, there is nothing to see, and that is said.
    send(&mut state, "u");
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("No logs are taken over now"), "{seen}");
}

#[test]
fn fit_can_be_drawn_at_every_size_and_in_ascii() {
    let mut state = stages::start(ASCII);
    to_replayed(&mut state);
    send(&mut state, "f");
    let sizes = (0..=130).step_by(13).flat_map(|x| (0..=50).step_by(7).map(move |y| (x, y)));
    for size in sizes.chain([(300, 100), (40, 12), (76, 12), (100, 30), (99, 29), (1, 1)]) {
        let text = screen(&mut state, size);
        assert!(text.is_ascii(), "{text}");
    }
}

/// The four answers of the logs confirmed, the other four given.
const TO_LOGS_MONTH: &str = "<enter><enter><enter><enter>2<enter>1<enter>2<enter>2<enter>";
/// From the first number of the month to its Continue.
const TO_LOGS_CHECK: &str = "<down><down><down><down><down><down><down><enter>";

#[test]
fn what_logs_answer_is_marked_until_the_person_says_otherwise() {
    let mut state = start();
    with_logs(&mut state, "");
    let origins = |state: &State<'_>| {
        QuestionId::ALL.map(|question| state.session.answers().given(question).map(|g| g.origin))
    };
    let usage = Some(Origin::Usage);
    let [four, none] = [[usage; 4], [None; 4]];
    assert_eq!(origins(&state)[..4], four);
    assert_eq!(origins(&state)[4..], none);
    // Enter confirms; another option is the person's own.
    send(&mut state, "<enter>1<enter>");
    assert_eq!(origins(&state)[..3], [usage, Some(Origin::User), usage]);
    // One undo for the answer, one for everything that was taken over.
    send(&mut state, "u");
    assert_eq!(origins(&state)[..4], four);
    send(&mut state, "u");
    assert!(screen(&mut state, (80, 24)).contains("Undone: Your own logs"));
    assert_eq!(state.session.choices(), &Choices::default());
    send(&mut state, "<ctrl-r>");
    assert_eq!(state.session.usage().volume.input, 41_234_567);
}

#[test]
fn x_stops_the_reading_on_any_screen_and_late_news_change_nothing() {
    let mut state = start();
    begin_reading(&mut state);
    send(&mut state, "<esc><up><up><enter>");
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, far(41))));
    assert!(screen(&mut state, (80, 24)).contains("Reading logs: 41 of 128 files, x stops"));
    assert!(screen(&mut state, (60, 24)).contains("Reading logs: 41 of 128 files, x stops"));
    assert_eq!(send(&mut state, "x"), [Effect::Wizard(wizard::Effect::StopScan)]);
    assert!(screen(&mut state, (80, 24)).contains("Reading stopped. Nothing was imported."));
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, News::Read(four_weeks()))));
    send(&mut state, "<down>");
    let seen = screen(&mut state, (80, 24));
    assert!(!seen.contains("Reading") && !seen.contains("Logs are read"), "{seen}");
    assert_eq!(send(&mut state, "x"), []);
    assert!(screen(&mut state, (80, 24)).contains("No logs are being read."));
}

#[test]
fn typing_goes_on_while_logs_are_read_and_the_end_is_said_wherever_one_is() {
    let mut state = start();
    begin_reading(&mut state);
    send(&mut state, &format!("<esc><up><up>{TO_MONTH}<up>12"));
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, far(60))));
    // An open field takes letters, so that x stops nothing there.
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("Reading logs: 60 of 128 files ") && !seen.contains("x stops"), "{seen}");
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, far(90))));
    send(&mut state, "M");
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, News::Read(four_weeks()))));
    assert!(screen(&mut state, (80, 24)).contains("Logs are read: open Use my own logs."));
    send(&mut state, "<enter>");
    assert_eq!(state.session.usage().volume.input, 12_000_000, "what was typed is taken");
    // From the month: the last choice of its first line.
    send(&mut state, "<up><right><right><right><right><right><right><enter>");
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("28 days, 2026-10-26 to 2026-11-22."), "{seen}");
    send(&mut state, "<enter>");
    assert!(screen(&mut state, (80, 24)).contains("28 days of logs scaled to an average month."));
    // All eight answers were given before: the two that differ stand.
    assert!(screen(&mut state, (80, 24)).contains("of your own answers stand."));
    assert_eq!(state.session.usage().volume.input, 41_234_567);
}

#[test]
fn a_retired_model_of_the_logs_can_be_left_and_chosen_again_and_the_pane_has_room_for_it() {
    let mut state = start();
    begin_reading(&mut state);
    let model = Some("claude-opus-4-1-20250805".to_owned());
    let measured = Measured { model, ..(*four_weeks()).clone() };
    update(&mut state, Message::Wizard(wizard::Message::Scan(1, News::Read(Arc::new(measured)))));
    send(&mut state, "<enter>1<enter><enter><enter><enter>2<enter>1<enter>1<enter>2<enter>");
    let line = |state: &mut State<'_>, what: &str| {
        let seen = screen(state, (80, 24));
        assert!(seen.contains("Both sides reach 3: Hybrid"), "{seen}");
        let rows = seen.matches("│   API ").count() + seen.matches("│ * API ").count();
        assert_eq!(rows, 5, "{seen}");
        seen.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("{seen}")).to_owned()
    };
    send(&mut state, "<down><down><down>");
    assert!(line(&mut state, "> Model").contains("> Model (retired)     < Opus 4.1 >"));
    assert!(line(&mut state, "* API").contains("API Opus 4.1"));
    send(&mut state, "<left>");
    assert!(line(&mut state, "> Model").contains("> Model for the API   < Fable 5.2 >"));
    send(&mut state, "<left><left><left><right><right><right><right>");
    assert!(line(&mut state, "> Model").contains("> Model (retired)     < Opus 4.1 >"));
    // A low terminal keeps both gauges, and counts the reasons that have no room.
    let low = screen(&mut state, (80, 18));
    for need in ["│ Pro ███│████████         11 │", "│ API ███│███               6 │"]
    {
        assert!(low.contains(need), "{low}");
    }
}

#[test]
fn what_was_found_can_be_left_or_replaced() {
    let mut state = start();
    to_findings(&mut state);
    send(&mut state, "<right><enter>");
    assert_eq!(state.session.choices(), &Choices::default());
    assert!(screen(&mut state, (80, 24)).contains("Left. Nothing was taken."));
    let mut state = start();
    to_findings(&mut state);
    send(&mut state, "<tab><tab><enter><enter>/x/a.zip<enter>");
    let effects = send(&mut state, "<enter>");
    let [Effect::Wizard(wizard::Effect::Scan(order))] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((order.number, order.path.clone()), (2, Some(PathBuf::from("/x/a.zip"))));
}

#[test]
fn the_screens_of_the_logs_can_be_drawn_at_every_size_and_in_ascii() {
    let stages: [fn(&mut State<'_>); 5] = [
        |state| drop(send(state, "<down><down><enter>")),
        |state| {
            begin_reading(state);
            update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
        },
        to_findings,
        |state| with_logs(state, "<enter><enter>"),
        |state| with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}<enter>")),
    ];
    for stage in stages {
        let mut state = stages::start(ASCII);
        stage(&mut state);
        let sizes = (0..=130).step_by(7).flat_map(|x| (0..=50).step_by(3).map(move |y| (x, y)));
        for size in sizes.chain([(300, 100), (40, 12), (76, 12), (100, 30), (99, 29), (1, 1)]) {
            let text = screen(&mut state, size);
            assert!(text.is_ascii(), "{text}");
        }
    }
}

/// From the first screen to how the report of four weeks ago turned out; logs are not read yet.
fn to_turned_out(state: &mut State<'_>) {
    state.app.wizard.reported = Some(date(2026, 10, 20));
    let effects = send(state, "r");
    assert_eq!(
        effects,
        [Effect::Wizard(wizard::Effect::Recall(None)), Effect::Wizard(wizard::Effect::FindLogs)]
    );
    update(state, Message::Wizard(wizard::Message::Recalled(Box::new(Ok(since::report())))));
    places(state, &["~/.claude/projects"]);
}

/// And to what was used since.
fn to_held(state: &mut State<'_>, days: u8, input: u64, output: u64) {
    to_turned_out(state);
    send(state, "<enter>");
    update(
        state,
        Message::Wizard(wizard::Message::Scan(
            1,
            News::Used(Arc::new(since::used(days, input, output)), None),
        )),
    );
}

#[test]
fn how_it_turned_out_can_be_drawn_in_ascii() {
    let mut state = stages::start(ASCII);
    to_held(&mut state, 30, 20_000_000, 3_000);
    let text = screen(&mut state, (60, 24));
    assert!(text.is_ascii(), "{text}");
    assert!(text.contains("608,333,333  above"), "{text}");
}

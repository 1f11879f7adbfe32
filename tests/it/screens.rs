//! Every screen as a person sees it, driven by keys, at the two sizes the design is drawn for.
//!
//! The day, the prices and the wording are fixed; nothing here touches a terminal or a file.

mod declared_plan;

use std::path::PathBuf;
use std::sync::Arc;

use crate::common::keys::send;
use crate::common::{at_hand, month, replayed, shapes, since};
use insta::assert_snapshot;
use jiff::civil::date;
use planwise::advice::World;
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::history::month::Measured;
use planwise::question::{Origin, QuestionId, Wording};
use planwise::report::read_answers;
use planwise::session::{Choices, Session};
use planwise::tui::effect::Effect;
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::message::Message;
use planwise::tui::scan::{News, Progress};
use planwise::tui::state::{AppState, Places, State};
use planwise::tui::update::update;
use planwise::tui::view;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// The sizes the design is drawn for.
const SIZES: [(u16, u16); 2] = [(80, 24), (120, 40)];

/// The keys from the start to the month of the drawings: 3M sent, 900K written.
const TO_MONTH: &str = "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>3M<enter><down>900k<enter>";

fn start() -> State<'static> {
    start_with(Catalog::builtin().unwrap(), Look::new(Theme::TERMINAL, &Glyphs::FULL))
}

fn start_with(catalog: &'static Catalog, look: Look) -> State<'static> {
    let world = World { catalog, facts: Facts::builtin().unwrap(), today: date(2026, 11, 22) };
    let session = Session::new(world, Wording::builtin().unwrap(), Choices::default());
    let places = Places {
        reports: PathBuf::from("/home/ana/Documents"),
        draft: Some(PathBuf::from("/home/ana/.local/state/planwise/draft.json")),
        earlier: None,
        remembered: None,
        last_report: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    };
    let app = AppState::new(look, places);
    State::new(session, app)
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

/// Snapshots a screen reached by a script at both sizes, begun anew for each.
macro_rules! snapshot {
    ($name:ident, $script:expr) => {
        #[test]
        fn $name() {
            for size in SIZES {
                let mut state = start();
                update(&mut state, Message::Resize(size.0, size.1));
                send(&mut state, $script);
                let name = format!("{}_{}x{}", stringify!($name), size.0, size.1);
                assert_snapshot!(name, screen(&mut state, size));
            }
        }
    };
}

snapshot!(welcome, "");
snapshot!(question_1, "<enter>");
snapshot!(question_3_not_sure, "<enter>1<enter>2<enter><end><up><up>");
snapshot!(question_4, "<enter>1<enter>2<enter>2<enter>2");
snapshot!(
    question_8_decided_early,
    "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>"
);
snapshot!(why_a_question_is_asked, "<enter>w");
snapshot!(
    month_of_the_sample,
    "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>"
);
snapshot!(month, TO_MONTH);
snapshot!(month_with_an_open_field, &format!("{TO_MONTH}<up>2.5"));
snapshot!(month_after_another_model, &format!("{TO_MONTH}<down><down><right>"));
snapshot!(more_about_the_month, &format!("{TO_MONTH}<down><down><down><down><down><enter>"));
snapshot!(a_week, &format!("{TO_MONTH}<up><up><up><enter>"));
snapshot!(
    check_answers,
    &format!("{TO_MONTH}<esc><end><enter>").replace("<esc><end><enter>", &to_continue())
);
snapshot!(result, &to_result());
snapshot!(why_the_result, &format!("{}w", to_result()));
snapshot!(next_steps, &format!("{}n", to_result()));
snapshot!(compare, &format!("{}c", to_result()));
snapshot!(compare_another_model_and_month, &format!("{}c<down><right><right>", to_result()));
snapshot!(compare_table_only, &format!("{}cv", to_result()));
snapshot!(save, &format!("{}s", to_result()));
snapshot!(leave_unsaved, &format!("{}q", to_result()));
snapshot!(quick_check, "<down><enter>");
snapshot!(open_a_report, "<down><down><down><enter>");
snapshot!(examples, "<down><down><down><down><enter>");
snapshot!(settings, "<down><down><down><down><down><enter>");
snapshot!(help, "?");
snapshot!(help_on_the_month, &format!("{TO_MONTH}?"));

/// The smallest terminal there is a layout for.
const SMALLEST: (u16, u16) = (40, 12);

#[test]
fn the_smallest_terminal_shows_what_is_asked_above_the_first_option() {
    let mut state = start();
    update(&mut state, Message::Resize(SMALLEST.0, SMALLEST.1));
    send(&mut state, "<enter>1<enter>1<enter>1<enter>1<enter>");
    assert_snapshot!("question_5_40x12", screen(&mut state, SMALLEST));
}

#[test]
fn the_smallest_terminal_shows_why_a_file_was_not_opened() {
    let mut state = start();
    update(&mut state, Message::Resize(SMALLEST.0, SMALLEST.1));
    send(&mut state, "<down><down><down><enter>/nope/x/claude-choice.json<enter>");
    let why = "cannot open '/nope/x/claude-choice.json': there is no such file; check the path";
    update(&mut state, Message::Opened(Err(why.to_owned())));
    assert_snapshot!("open_refused_40x12", screen(&mut state, SMALLEST));
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
    send(&mut state, &format!("{}c<down><right>", to_result()));
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
fn to_result() -> String {
    format!("{TO_MONTH}{}<enter>", to_continue())
}

/// The wizard in characters that every terminal has.
#[test]
fn the_screens_in_ascii_hold_nothing_but_ascii() {
    for script in [
        "",
        "<enter>1<enter>2<enter>2<enter>2",
        TO_MONTH,
        &to_result(),
        &format!("{}c", to_result()),
    ] {
        let mut state =
            start_with(Catalog::builtin().unwrap(), Look::new(Theme::MONO, &Glyphs::ASCII));
        send(&mut state, script);
        for size in [(40, 12), (80, 24), (120, 40)] {
            let text = screen(&mut state, size);
            assert!(text.is_ascii(), "{text}");
        }
    }
    let mut state = start_with(Catalog::builtin().unwrap(), Look::new(Theme::MONO, &Glyphs::ASCII));
    send(&mut state, "<enter>1<enter>2<enter>2<enter>2");
    assert_snapshot!("ascii_question_4_80x24", screen(&mut state, (80, 24)));
}

#[test]
fn the_key_script_from_start_to_report_asks_for_the_right_file_at_both_sizes() {
    for size in SIZES {
        let mut state = start();
        update(&mut state, Message::Resize(size.0, size.1));
        // Format, folder, name, note, then Save: Enter and Tab alone.
        let effects = send(&mut state, &format!("{}s<tab><tab><tab><tab><enter>", to_result()));
        let order = effects.into_iter().find_map(|effect| match effect {
            Effect::Save(order) => Some(order),
            _ => None,
        });
        let order = order.unwrap();
        assert_eq!(order.folder, PathBuf::from("/home/ana/Documents"));
        assert_eq!(order.stem, "claude-choice-2026-11-22");
        assert_eq!(order.assessment.costs.hybrid.to_string(), "24.20");
        let saved = vec![PathBuf::from("/home/ana/Documents/claude-choice-2026-11-22.md")];
        let effects = update(&mut state, Message::Saved(Ok(saved)));
        assert_eq!(effects, [Effect::DropSavedDraft]);
        assert!(state.is_saved());
        assert!(screen(&mut state, size).contains("Your recommendation"));
        // Nothing is left unsaved, so q leaves at once; three lines say what came of it.
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
    assert!(screen(&mut state, (80, 24)).contains("Check your answers"));
    send(&mut state, "<enter><right><enter>");
    assert!(screen(&mut state, (80, 24)).contains("Save the report"));
    let effects = send(&mut state, "<down><down><down><down><enter>");
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Save(_))), "{effects:?}");
}

#[test]
fn a_change_returns_to_the_answers_and_asks_what_it_newly_needs() {
    let mut state = start();
    // Own code settles the keys, so question 5 is never asked.
    send(&mut state, "<enter>3<enter>1<enter>1<enter>1<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Question 6 of 8"));
    send(&mut state, "1<enter>1<enter>1<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Your month"));
    // Back in the chat app the keys are a question again: it comes before the return.
    send(&mut state, "e<home><enter>1<enter>");
    assert!(
        screen(&mut state, (80, 24)).contains("Question 5 of 8"),
        "{}",
        screen(&mut state, (80, 24))
    );
    send(&mut state, "2<enter>");
    assert!(screen(&mut state, (80, 24)).contains("Check your answers"));
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
    for way in ["<enter>", TO_MONTH, &to_result()] {
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
    state.app.unreadable = Some("! Kept answers could not be read".to_owned());
    let effects = send(&mut state, "<enter>1<enter>2");
    let order: Vec<&str> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::SetDraftAside => Some("aside"),
            Effect::KeepDraft(_) => Some("keep"),
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
    update(state, Message::Scan(1, News::Read(four_weeks_replayed())));
}

fn places(state: &mut State<'_>, places: &[&str]) {
    let places = places.iter().map(|place| (*place).to_owned()).collect();
    update(state, Message::LogPlaces(places));
}

/// From the first screen to the logs, and their reading begun.
fn begin_reading(state: &mut State<'_>) {
    let effects = send(state, "<down><down><enter>");
    assert_eq!(effects, [Effect::FindLogs]);
    places(state, &["~/.claude/projects"]);
    let effects = send(state, "<enter>");
    assert!(matches!(&effects[..], [Effect::Scan(order)] if order.number == 1));
}

fn far(files: u64) -> News {
    let bytes = files * 2_000_000;
    News::At(Progress { files, of_files: 128, bytes, of_bytes: 256_000_000 })
}

/// From the first screen to what the logs say.
fn to_findings(state: &mut State<'_>) {
    begin_reading(state);
    update(state, Message::Scan(1, far(41)));
    update(state, Message::Scan(1, News::Read(four_weeks())));
}

/// Snapshots what a few steps lead to, at both sizes.
macro_rules! steps {
    ($name:ident, $steps:expr) => {
        #[test]
        fn $name() {
            for size in SIZES {
                let mut state = start();
                update(&mut state, Message::Resize(size.0, size.1));
                let steps: fn(&mut State<'_>) = $steps;
                steps(&mut state);
                let name = format!("{}_{}x{}", stringify!($name), size.0, size.1);
                assert_snapshot!(name, screen(&mut state, size));
            }
        }
    };
}

/// Use it, then keys from the first question on.
fn with_logs(state: &mut State<'_>, script: &str) {
    to_findings(state);
    send(state, "<enter>");
    send(state, script);
}

steps!(logs_order, |state| {
    send(state, "<down><down><enter>");
    places(state, &["~/.config/claude/projects", "~/.claude/projects"]);
});
steps!(logs_with_a_path, |state| {
    send(state, "<down><down><enter>");
    places(state, &[]);
    send(state, "<enter>~/Downloads/export.zip");
});
steps!(logs_being_read, |state| {
    begin_reading(state);
    update(state, Message::Scan(1, far(41)));
});
steps!(question_while_logs_are_read, |state| {
    begin_reading(state);
    send(state, "<esc><up><up><enter>2");
    update(state, Message::Scan(1, far(41)));
});
steps!(logs_found, to_findings);
steps!(fit, |state| {
    to_replayed(state);
    send(state, "f");
});
steps!(fit_further_down, |state| {
    to_replayed(state);
    send(state, "f<pgdn><pgdn>");
});
steps!(fit_at_its_end, |state| {
    to_replayed(state);
    send(state, "f<end>");
});
steps!(fit_on_the_question_about_limits, |state| {
    to_replayed(state);
    send(state, "<enter><enter><enter>");
});

#[test]
fn fit_shows_histories_of_every_shape() {
    let shapes = [
        ("one_response", shapes::one_response()),
        ("fits_everything", shapes::fits_everything()),
        ("fits_nothing", shapes::fits_nothing()),
        ("hits_on_the_own_plan", shapes::hits_on_the_own_plan()),
    ];
    for (name, digest) in shapes {
        let mut measured = (*four_weeks()).clone();
        measured.fit = Some(Arc::new(digest.unwrap()));
        let mut state = start();
        begin_reading(&mut state);
        update(&mut state, Message::Scan(1, News::Read(Arc::new(measured))));
        send(&mut state, "f");
        for size in [(80, 24), (120, 40)] {
            let shown = format!("fit_of_{name}_{}x{}", size.0, size.1);
            assert_snapshot!(shown, screen(&mut state, size));
        }
    }
    // Nothing to replay is no screen but a sentence.
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
    assert!(seen.contains("Nothing in these logs can be replayed."), "{seen}");

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

steps!(fit_of_a_plan_that_nobody_named, declared_plan::to_unnamed);
steps!(fit_of_a_plan_that_was_said, |state| {
    declared_plan::to_unnamed(state);
    send(state, "<right><right>");
});

#[test]
fn fit_can_be_drawn_at_every_size_and_in_ascii() {
    let mut state = start_with(Catalog::builtin().unwrap(), Look::new(Theme::MONO, &Glyphs::ASCII));
    to_replayed(&mut state);
    send(&mut state, "f");
    assert_snapshot!("fit_ascii_60x24", screen(&mut state, (60, 24)));
    assert_snapshot!("fit_ascii_40x30", screen(&mut state, (40, 30)));
    let sizes = (0..=130).step_by(13).flat_map(|x| (0..=50).step_by(7).map(move |y| (x, y)));
    for size in sizes.chain([(300, 100), (40, 12), (76, 12), (100, 30), (99, 29), (1, 1)]) {
        let text = screen(&mut state, size);
        assert!(text.is_ascii(), "{text}");
    }
}
steps!(logs_that_could_not_be_read, |state| {
    begin_reading(state);
    let why = "cannot read '/home/ana/x': it does not exist; check the path";
    update(state, Message::Scan(1, News::Failed(why.to_owned())));
});
steps!(logs_of_too_few_days, |state| {
    begin_reading(state);
    let mut few = (*four_weeks()).clone();
    few.days = 5;
    few.to = date(2026, 10, 30);
    update(state, Message::Scan(1, News::Read(Arc::new(few))));
});
steps!(logs_question_1, |state| with_logs(state, ""));
steps!(logs_question_3, |state| with_logs(state, "<enter><enter>"));
steps!(logs_question_4_overruled, |state| with_logs(state, "<enter><enter><enter>1"));
steps!(logs_month, |state| with_logs(state, TO_LOGS_MONTH));
steps!(logs_check_answers, |state| with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}")));
steps!(logs_result, |state| {
    with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}<enter>"));
});

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
    update(&mut state, Message::Scan(1, far(41)));
    assert!(screen(&mut state, (80, 24)).contains("Reading logs: 41 of 128 files, x stops"));
    assert!(screen(&mut state, (60, 24)).contains("Reading logs: 41 of 128 files, x stops"));
    assert_eq!(send(&mut state, "x"), [Effect::StopScan]);
    assert!(screen(&mut state, (80, 24)).contains("Reading stopped. Nothing was taken."));
    update(&mut state, Message::Scan(1, News::Read(four_weeks())));
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
    update(&mut state, Message::Scan(1, far(60)));
    // An open field takes letters, so that x stops nothing there.
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("Reading logs: 60 of 128 files ") && !seen.contains("x stops"), "{seen}");
    update(&mut state, Message::Scan(1, far(90)));
    send(&mut state, "M");
    update(&mut state, Message::Scan(1, News::Read(four_weeks())));
    assert!(screen(&mut state, (80, 24)).contains("Logs are read: open Use my own logs."));
    send(&mut state, "<enter>");
    assert_eq!(state.session.usage().volume.input, 12_000_000, "what was typed is taken");
    // From the month: the last choice of its first line.
    send(&mut state, "<up><right><right><right><right><right><right><enter>");
    let seen = screen(&mut state, (80, 24));
    assert!(seen.contains("28 days, 2026-10-26 to 2026-11-22."), "{seen}");
    send(&mut state, "<enter>");
    assert!(screen(&mut state, (80, 24)).contains("28 days of logs scaled to a month."));
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
    update(&mut state, Message::Scan(1, News::Read(Arc::new(measured))));
    send(&mut state, "<enter>1<enter><enter><enter><enter>2<enter>1<enter>1<enter>2<enter>");
    let line = |state: &mut State<'_>, what: &str| {
        let seen = screen(state, (80, 24));
        assert!(seen.contains("┼───") && seen.contains("need Pro ↑ 11  need API → "), "{seen}");
        let rows = seen.matches("│   API ").count() + seen.matches("│ * API ").count();
        assert_eq!(rows, 4, "{seen}");
        seen.lines().find(|line| line.contains(what)).unwrap_or_else(|| panic!("{seen}")).to_owned()
    };
    send(&mut state, "<down><down><down>");
    assert!(line(&mut state, "> Model").contains("> Model (retired)     < Opus 4.1 >"));
    assert!(line(&mut state, "* API").contains("API Opus 4.1"));
    send(&mut state, "<left>");
    assert!(line(&mut state, "> Model").contains("> Model for the API   < Fable 5.2 >"));
    send(&mut state, "<left><left><left><right><right><right><right>");
    assert!(line(&mut state, "> Model").contains("> Model (retired)     < Opus 4.1 >"));
    // Low terminals say with the gauges what they come to.
    let low = screen(&mut state, (80, 18));
    for need in ["│ Pro ↑ 11 ███│█████>  counts │", "│ API →  6 ███│███     counts │"]
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
    let [Effect::Scan(order)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((order.number, order.path.clone()), (2, Some(PathBuf::from("/x/a.zip"))));
}

#[test]
fn the_screens_of_the_logs_can_be_drawn_at_every_size_and_in_ascii() {
    let stages: [fn(&mut State<'_>); 5] = [
        |state| drop(send(state, "<down><down><enter>")),
        |state| {
            begin_reading(state);
            update(state, Message::Scan(1, far(41)));
        },
        to_findings,
        |state| with_logs(state, "<enter><enter>"),
        |state| with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}<enter>")),
    ];
    for stage in stages {
        let mut state =
            start_with(Catalog::builtin().unwrap(), Look::new(Theme::MONO, &Glyphs::ASCII));
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
    state.app.reported = Some(date(2026, 10, 20));
    let effects = send(state, "r");
    assert_eq!(effects, [Effect::Recall(None), Effect::FindLogs]);
    update(state, Message::Recalled(Box::new(Ok(since::report()))));
    places(state, &["~/.claude/projects"]);
}

/// And to what was used since.
fn to_held(state: &mut State<'_>, days: u8, input: u64, output: u64) {
    to_turned_out(state);
    send(state, "<enter>");
    update(state, Message::Scan(1, News::Used(Arc::new(since::used(days, input, output)), None)));
}

steps!(welcome_with_a_report, |state| state.app.reported = Some(date(2026, 10, 20)));
steps!(welcome_with_two_drafts_and_a_report, |state| {
    let kept = |when: &str| planwise::tui::state::Kept {
        choices: Choices::from_draft(r#"{"answers": {"interface": "chat"}}"#).unwrap(),
        when: when.to_owned(),
    };
    state.app.kept = Some(kept("yesterday 18:02"));
    state.app.earlier = Some(kept("2026-11-20"));
    state.app.reported = Some(date(2026, 10, 20));
});
steps!(turned_out_before_logs, to_turned_out);
steps!(turned_out_while_logs_are_read, |state| {
    to_turned_out(state);
    send(state, "<enter>");
    update(state, Message::Scan(1, far(41)));
});
steps!(turned_out_inside_the_range, |state| to_held(state, 30, 100_000, 30_000));
steps!(turned_out_otherwise, |state| to_held(state, 30, 20_000_000, 3_000));
steps!(turned_out_at_its_end, |state| {
    to_held(state, 30, 20_000_000, 3_000);
    send(state, "<end>");
});
steps!(turned_out_of_too_few_days, |state| to_held(state, 3, 100_000, 30_000));
steps!(turned_out_with_a_path, |state| {
    to_turned_out(state);
    send(state, "<right><enter>~/Downloads/export.zip");
});
steps!(open_a_report_to_see_how_it_turned_out, |state| {
    send(state, "<down><down><down><enter>");
    let report = |name: &str| planwise::tui::message::FoundReport {
        path: PathBuf::from("/home/ana/Documents").join(name),
        name: name.to_owned(),
        changed: "2026-10-20".to_owned(),
    };
    let found =
        vec![report("claude-choice-2026-10-20.json"), report("claude-choice-2026-10-02.json")];
    update(state, Message::Found(found));
    send(state, "<down><down>");
});

#[test]
fn how_it_turned_out_can_be_drawn_in_ascii() {
    let ascii = Look::new(Theme::MONO, &Glyphs::ASCII);
    let mut state = start_with(Catalog::builtin().unwrap(), ascii);
    to_held(&mut state, 30, 20_000_000, 3_000);
    let text = screen(&mut state, (60, 24));
    assert!(text.is_ascii(), "{text}");
    assert_snapshot!("turned_out_ascii_60x24", text);
}

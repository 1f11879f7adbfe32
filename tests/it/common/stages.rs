//! Every screen of the wizard in the states a person meets it in, reached by keys and messages.
//!
//! The day, the prices and the wording are fixed; nothing here touches a terminal.

use std::fmt::Write as _;
use std::fs;
use std::mem::{Discriminant, discriminant};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::ToSpan as _;
use jiff::civil::date;
use jiff::tz::TimeZone;
use planwise::advice::World;
use planwise::catalog::Catalog;
use planwise::facts::Facts;
use planwise::fit::{Ask, Digest, Evidence, Fit, Rules, Span, Trace, Yardstick, assumed_reset};
use planwise::measured::Measured;
use planwise::question::{QuestionId, Wording};
use planwise::report::{Listing, SaveFailure, ScenarioDone, Taken, read_answers};
use planwise::shell::logs::{self, Readers, Watch};
use planwise::shell::scenarios::Store;
use planwise::source::claude_code::Prefilter;
use planwise::subject::result::Report;
use planwise::tui::app::AppState;
use planwise::tui::look::Look;
use planwise::tui::message::Message;
use planwise::tui::place::Place;
use planwise::tui::state::State;
use planwise::tui::update::update;
use planwise::wizard::flow::Step;
use planwise::wizard::session::{Choices, Session};
use planwise::wizard::{self, FoundReport, Kept, News, Places, Progress};
use serde_json::json;

use super::{keys, since};

/// Sends keys for the screen they lead to; what they ask for is not carried out.
pub(crate) fn send(state: &mut State<'_>, script: &str) {
    keys::send(state, script);
}

/// The keys from the start to the month of the drawings: 3M sent, 900K written.
pub(crate) const TO_MONTH: &str = "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>3M<enter><down>900k<enter>";
/// From there to the result.
pub(crate) const TO_RESULT: &str = "<down><down><down><down><down><down><enter><enter>";

/// A screen in one of its states.
pub(crate) struct Stage {
    /// What it is called in messages.
    pub(crate) name: &'static str,
    /// Leads there from the first screen.
    pub(crate) reach: fn(&mut State<'static>),
}

impl Stage {
    /// The state, in a terminal of this size from the start.
    pub(crate) fn state(&self, look: Look, (columns, rows): (u16, u16)) -> State<'static> {
        let mut state = start(look);
        update(&mut state, Message::Resize(columns, rows));
        (self.reach)(&mut state);
        state
    }
}

macro_rules! stages {
    ($($name:ident: $reach:expr;)*) => {
        /// Every screen, most of them in several states.
        pub(crate) const STAGES: &[Stage] =
            &[$(Stage { name: stringify!($name), reach: $reach }),*];
    };
}

stages! {
    welcome: |_| {};
    welcome_with_kept_answers: |state| {
        let kept = |input| Kept { choices: month_of(input), when: "today 18:02".to_owned() };
        state.app.wizard.kept = Some(kept(3_000_000));
        state.app.wizard.earlier = Some(kept(1));
    };
    question_1: |state| send(state, "<enter>");
    question_4: |state| send(state, "<enter>1<enter>2<enter>2<enter>2");
    question_8_decided_early: |state| send(state, "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>");
    why_a_question_is_asked: |state| send(state, "<enter>w");
    quick_check: |state| send(state, "<down><enter>");
    month: |state| send(state, TO_MONTH);
    month_with_an_open_field: |state| {
        send(state, TO_MONTH);
        send(state, "2.5");
    };
    more_about_the_month: |state| {
        send(state, TO_MONTH);
        send(state, "<down><down><down><down><down><enter>");
    };
    a_week: |state| {
        send(state, TO_MONTH);
        send(state, "<up><up><up><enter>");
    };
    check_answers: |state| {
        send(state, TO_MONTH);
        send(state, TO_RESULT.strip_suffix("<enter>").unwrap());
    };
    result: to_result;
    why_the_result: |state| with_result(state, "w");
    next_steps: |state| with_result(state, "n");
    compare: |state| with_result(state, "c");
    compare_another_model_and_month: |state| with_result(state, "c<down><right><right>");
    compare_table_only: |state| with_result(state, "cv");
    save: |state| with_result(state, "s");
    save_over_a_report: |state| {
        with_result(state, "s<tab><tab><tab><tab><enter>");
        let path = PathBuf::from("/home/ana/Documents/claude-choice-2026-11-22.md");
        let taken = vec![Taken { path, about: "2026-11-20, 9.1 KB".to_owned() }];
        let free = "claude-choice-2026-11-22-2".to_owned();
        update(state, Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Exists { taken, free }))));
    };
    save_that_failed: |state| {
        with_result(state, "s<tab><tab><tab><tab><enter>");
        let why = "cannot save '/home/ana/Documents/claude-choice-2026-11-22.md': the disk is full";
        update(state, Message::Wizard(wizard::Message::Saved(Err(SaveFailure::Other(why.to_owned())))));
    };
    leave_unsaved: |state| with_result(state, "q");
    open_a_report: |state| {
        send(state, "<down><down><down><enter>");
        let found = |number| FoundReport {
            path: PathBuf::from(format!("/home/ana/Documents/claude-choice-{number}.json")),
            name: format!("claude-choice-{number}.json"),
            changed: "2026-11-20".to_owned(),
        };
        update(state, Message::Wizard(wizard::Message::Found((1..9).map(found).collect())));
    };
    examples: |state| send(state, "<down><down><down><down><enter>");
    settings: |state| send(state, "<down><down><down><down><down><enter>");
    settings_with_a_broken_file: |state| {
        let file = "'/home/ana/.config/planwise/config.toml'";
        state.app.problems = vec![
            format!("{file} line 1, column 9: 'theme' cannot be 'red'; write one of \"terminal\", \"contrast\", \"mono\"; until then it is \"terminal\""),
            format!("{file}: model 'nope' is not in the price list; name one of claude-sonnet-5-5, claude-opus-5-5, claude-haiku-5-5, claude-fable-5-2; until then it is the price list's own"),
        ];
        state.greet(None);
        send(state, "<down><down><down><down><down><enter>");
    };
    help: |state| send(state, "?");
    help_on_the_month: |state| {
        send(state, TO_MONTH);
        send(state, "?");
    };
    logs: |state| {
        send(state, "<down><down><enter>");
        log_places(state);
    };
    logs_being_read: |state| {
        begin_reading(state);
        update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
    };
    logs_found: to_findings;
    logs_that_could_not_be_read: |state| {
        begin_reading(state);
        let why = "cannot read '/home/ana/x': it does not exist; check the path";
        update(state, Message::Wizard(wizard::Message::Scan(1, News::Failed(why.to_owned()))));
    };
    question_answered_by_logs: |state| {
        to_findings(state);
        send(state, "<enter>");
    };
    fit: |state| {
        to_findings(state);
        send(state, "f");
    };
    fit_at_its_end: |state| {
        to_findings(state);
        send(state, "f<end>");
    };
    welcome_with_a_report: |state| state.app.wizard.reported = Some(date(2026, 10, 20));
    turned_out: to_turned_out;
    turned_out_while_logs_are_read: |state| {
        to_turned_out(state);
        send(state, "<enter>");
        update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
    };
    turned_out_as_estimated: |state| to_held(state, 100_000, 30_000);
    turned_out_otherwise: |state| {
        to_held(state, 20_000_000, 3_000);
        send(state, "<end>");
    };
    scenarios_before_the_first: |state| {
        with_result(state, "p");
        hear_of(state, Listing { scenarios: Vec::new(), unread: Vec::new() });
    };
    scenarios: |state| {
        with_result(state, "p");
        hear_of(state, kept().clone());
    };
    scenario_being_named: |state| {
        with_result(state, "p");
        hear_of(state, kept().clone());
        send(state, "<enter>next year");
    };
    side_by_side: |state| {
        with_result(state, "p");
        hear_of(state, kept().clone());
        send(state, "<space><down><space><down><space>c");
    };
}

/// The stage of that name.
pub(crate) fn stage(name: &str) -> &'static Stage {
    STAGES.iter().find(|stage| stage.name == name).unwrap()
}

/// Whether a screen is a text, in which nothing can be chosen.
pub(crate) fn is_text(state: &State<'_>) -> bool {
    matches!(
        state.top().unwrap().place,
        Place::Reading(_) | Place::Fit | Place::SideBySide(_) | Place::Help(_)
    )
}

/// What kind of screen is visible, however it was reached.
pub(crate) fn kind(state: &State<'_>) -> (Discriminant<Place>, Option<Discriminant<Step>>) {
    let place = match &state.top().unwrap().place {
        Place::Change(question) => Place::Step(Step::Question(*question)),
        Place::ChangeMonth(_) => Place::Step(Step::Month),
        Place::Answers => Place::Step(Step::Answers),
        place => place.clone(),
    };
    let step = if let Place::Step(step) = &place { Some(discriminant(step)) } else { None };
    (discriminant(&place), step)
}

/// The first screen of a person who has never been here.
pub(crate) fn start(look: Look) -> State<'static> {
    let session = Session::new(world(), Wording::builtin().unwrap(), Choices::default());
    let places = Places {
        reports: PathBuf::from("/home/ana/Documents"),
        draft: Some(PathBuf::from("/home/ana/.local/state/planwise/draft.json")),
        earlier: None,
        remembered: None,
        last_report: None,
        stem: "claude-choice-2026-11-22".to_owned(),
    };
    State::new(session, AppState::new(look, places))
}

fn world() -> World<'static> {
    World {
        catalog: Catalog::builtin().unwrap(),
        facts: Facts::builtin().unwrap(),
        today: date(2026, 11, 22),
    }
}

/// From the first screen to the result of the drawings.
pub(crate) fn to_result(state: &mut State<'_>) {
    send(state, TO_MONTH);
    send(state, TO_RESULT);
}

fn with_result(state: &mut State<'_>, script: &str) {
    to_result(state);
    send(state, script);
}

/// The answers of the drawings with this many tokens sent.
fn month_of(input: u64) -> Choices {
    let json = format!(
        r#"{{"answers": {{"interface": "chat", "session": "moderate", "limits": "sometimes",
        "automation": "some", "developer": "willing", "control": "no", "features": "core",
        "billing": "either"}}, "usage": {{"input_tokens": {input}, "output_tokens": 900000}}}}"#
    );
    Choices::from_file(&read_answers(&json).unwrap())
}

fn log_places(state: &mut State<'_>) {
    update(
        state,
        Message::Wizard(wizard::Message::LogPlaces(vec!["~/.claude/projects".to_owned()])),
    );
}

fn begin_reading(state: &mut State<'_>) {
    send(state, "<down><down><enter>");
    log_places(state);
    send(state, "<enter>");
}

fn far(files: u64) -> News {
    let bytes = files * 2_000_000;
    News::At(Progress { files, of_files: 128, bytes, of_bytes: 256_000_000 })
}

fn to_findings(state: &mut State<'_>) {
    begin_reading(state);
    update(state, Message::Wizard(wizard::Message::Scan(1, News::Read(four_weeks()))));
}

/// What four weeks of logs say, read from files by the program's own readers.
fn four_weeks() -> Arc<Measured> {
    static READ: OnceLock<Arc<Measured>> = OnceLock::new();
    let read = || {
        let folder = tempfile::tempdir().unwrap();
        write_logs(folder.path());
        let found = logs::find(&[folder.path().to_path_buf()]).unwrap();
        let readers = Readers { threads: 1, filter: Prefilter::On };
        let history = logs::read(&found, readers, &Watch::default(), || {}).history;
        let (catalog, zone) = (Catalog::builtin().unwrap(), TimeZone::UTC);
        let now = date(2026, 11, 22).at(14, 5, 0, 0).to_zoned(zone.clone()).unwrap();
        let ask = Ask {
            catalog,
            facts: Facts::builtin().unwrap(),
            span: Span { zone: zone.clone(), since: None, until: None },
            reset: assumed_reset(),
            yardstick: Yardstick::default(),
            rules: Rules::default(),
            today: now.date(),
            evidence: Evidence::of(&history),
            spend_cap: None,
            hour_value: None,
        };
        let trace = Trace::of_history(&history, catalog, &ask.span, ask.today);
        let fit = Digest::of(&Fit::new(&trace, &ask), &trace, &zone).map(Arc::new);
        let measured = Measured::new(&history, catalog, &zone, now.timestamp()).unwrap();
        Arc::new(Measured { fit, ..measured })
    };
    Arc::clone(READ.get_or_init(read))
}

/// A long Monday, four short days and a look on Sunday, each turn four minutes after the one before; one in
/// six by a helper that nobody typed for, and a limit met on three of the Mondays.
fn write_logs(folder: &Path) {
    for day in 0..28_i64 {
        let turns = match day % 7 {
            0 => 90,
            1..=4 => 22,
            6 => 6,
            _ => 0,
        };
        let first = date(2026, 10, 26).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).unwrap();
        let at = |minutes: i64| {
            let then = first.checked_add(day.days().minutes(minutes)).unwrap();
            then.timestamp()
        };
        let mut lines = String::new();
        for turn in 0..turns {
            let line = json!({"type": "assistant", "timestamp": at(turn * 4).to_string(),
                "sessionId": format!("s{day}"), "requestId": format!("r{day}-{turn}"),
                "uuid": format!("u{day}-{turn}"), "isSidechain": turn % 6 == 5, "entrypoint": "cli",
                "message": {"id": format!("m{day}-{turn}"), "model": "claude-opus-5-5",
                    "content": [], "usage": {"input_tokens": 20, "output_tokens": 2_200,
                        "cache_creation_input_tokens": 14_000, "cache_read_input_tokens": 110_000}}});
            writeln!(lines, "{line}").unwrap();
        }
        if matches!(day, 0 | 7 | 21) {
            let line = json!({"type": "assistant", "timestamp": at(turns * 4).to_string(),
                "sessionId": format!("s{day}"), "uuid": format!("h{day}"),
                "message": {"id": "x", "model": "<synthetic>", "usage": {"input_tokens": 0},
                    "content": [{"type": "text", "text": "You've hit your session limit"}]},
                "error": "rate_limit", "isApiErrorMessage": true,
                "quotaLimits": {"status": "rejected", "rateLimitType": "five_hour",
                    "resetsAt": at(turns * 4 + 60).as_second(), "isUsingOverage": false}});
            writeln!(lines, "{line}").unwrap();
        }
        if !lines.is_empty() {
            fs::write(folder.join(format!("s{day}.jsonl")), lines).unwrap();
        }
    }
}

/// To how the report of four weeks ago turned out; logs are not read yet.
fn to_turned_out(state: &mut State<'_>) {
    state.app.wizard.reported = Some(date(2026, 10, 20));
    send(state, "r");
    update(state, Message::Wizard(wizard::Message::Recalled(Box::new(Ok(since::report())))));
    log_places(state);
}

/// And to what was used since.
fn to_held(state: &mut State<'_>, input: u64, output: u64) {
    to_turned_out(state);
    send(state, "<enter>");
    update(
        state,
        Message::Wizard(wizard::Message::Scan(
            1,
            News::Used(Arc::new(since::used(30, input, output)), None),
        )),
    );
}

fn hear_of(state: &mut State<'_>, listing: Listing) {
    update(
        state,
        Message::Wizard(wizard::Message::Scenarios(Box::new(Ok((ScenarioDone::Listed, listing))))),
    );
}

/// Three scenarios, as the folder of a person holds them.
fn kept() -> &'static Listing {
    static KEPT: OnceLock<Listing> = OnceLock::new();
    KEPT.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path().join("scenarios"));
        for (name, question, rank) in [
            ("more automation", QuestionId::Automation, 2),
            ("all by hand", QuestionId::Automation, 0),
            ("never at a limit", QuestionId::Limits, 0),
        ] {
            let wording = Wording::builtin().unwrap();
            let mut session = Session::new(world(), wording, month_of(3_000_000));
            session.answer(question, rank).unwrap();
            let created = date(2026, 11, 22).at(14, 5, 0, 0).to_zoned(TimeZone::UTC).unwrap();
            let report = Report {
                assessment: session.assessment().unwrap(),
                world: world(),
                wording,
                created: &created,
                title: None,
                note: None,
            };
            store.keep(name, &report.json()).unwrap();
        }
        store.list().unwrap()
    })
}

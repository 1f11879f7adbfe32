//! The one table of keys: dispatch, the footer and the help all read it.
//!
//! A context lists the groups of rows that apply in it, its own first. Rows are in footer order. A
//! test checks that no two rows of one context share a key.

use super::key::Key;

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move to the option, field or line above.
    Up,
    /// Move to the option, field or line below.
    Down,
    /// Move or step left: smaller, earlier.
    Left,
    /// Move or step right: larger, later.
    Right,
    /// Take a small step down.
    Less,
    /// Take a small step up.
    More,
    /// Scroll a page up; on a slider multiply by ten, or add ten percentage points.
    PageUp,
    /// Scroll a page down; on a slider divide by ten, or subtract ten percentage points.
    PageDown,
    /// Go to the top or the smallest value.
    Home,
    /// Go to the end or the largest value.
    End,
    /// Select the focused item and stay.
    Choose,
    /// Select the focused item and continue.
    Enter,
    /// Go back one step.
    Back,
    /// Select the option or line of this number, or type a digit.
    Digit(char),
    /// Show why a question is asked, or every point behind the result.
    Why,
    Answers,
    Compare,
    NextSteps,
    Scenarios,
    /// Compare the plans with real usage.
    Fit,
    /// Compare the report saved last with actual usage.
    OutcomeCheck,
    Delete,
    Rename,
    Save,
    Copy,
    /// Toggle between chart with table and table alone.
    Table,
    Undo,
    Redo,
    /// Switch to the next theme.
    Theme,
    /// Turn the mouse on or off.
    Mouse,
    Help,
    /// Quit, after asking if anything would be lost.
    Quit,
    /// Quit at once.
    Interrupt,
    StopScan,
    Suspend,
    Redraw,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// A list of lines to open.
    List,
    Question,
    /// The month, with its sliders.
    Usage,
    Check,
    Result,
    Compare,
    Scenarios,
    Reading,
    /// Comparison of the plans with real usage.
    Fit,
    /// The same for logs that are no longer available, so the plan cannot be changed.
    KeptFit,
    /// What was found in the logs.
    Findings,
    Help,
    /// A form with text fields: letters belong to the field.
    Form,
    /// A number field that is open: only digits and editing keys act.
    Field,
    /// A question that must be answered first.
    Dialog,
}

impl Context {
    pub const ALL: [Self; 15] = [
        Self::List,
        Self::Question,
        Self::Usage,
        Self::Check,
        Self::Result,
        Self::Compare,
        Self::Scenarios,
        Self::Reading,
        Self::Fit,
        Self::KeptFit,
        Self::Findings,
        Self::Help,
        Self::Form,
        Self::Field,
        Self::Dialog,
    ];
}

#[derive(Debug, Clone, Copy)]
pub struct Binding {
    /// The keys that trigger the action.
    pub keys: &'static [Key],
    /// The keys as footer and help display them.
    pub shown: &'static str,
    /// The footer text; empty if the footer leaves it out.
    pub label: &'static str,
    /// The help text; empty if another row covers it.
    pub help: &'static str,
    pub action: Action,
}

/// The digits: they pick options and lines, or begin a number.
const DIGITS: &[Key] = &[
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
];

const fn row(
    keys: &'static [Key],
    shown: &'static str,
    label: &'static str,
    help: &'static str,
    action: Action,
) -> Binding {
    Binding { keys, shown, label, help, action }
}

/// Available once logs were read or a report was saved.
const FIT: &[Binding] = &[
    row(&[Key::Char('f')], "f", "", "fit: your logs against each plan", Action::Fit),
    row(&[Key::Char('r')], "r", "", "how did it turn out: the last report", Action::OutcomeCheck),
];

const UP: &[Key] = &[Key::Up, Key::Char('k'), Key::BackTab];
const DOWN: &[Key] = &[Key::Down, Key::Char('j'), Key::Tab];
const LEFT: &[Key] = &[Key::Left, Key::Char('h')];
const RIGHT: &[Key] = &[Key::Right, Key::Char('l')];
const LESS: &[Key] = &[Key::Char('-'), Key::Char('[')];
const MORE: &[Key] = &[Key::Char('+'), Key::Char('='), Key::Char(']')];
const ENTER: &[Key] = &[Key::Enter];
const SPACE: &[Key] = &[Key::Char(' ')];
const ESC: &[Key] = &[Key::Esc];

const LIST: &[Binding] = &[
    row(UP, "↑↓", "move", "move", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(ENTER, "Enter", "choose", "open the focused line", Action::Enter),
    row(ESC, "Esc", "back", "back one step; nothing is lost", Action::Back),
    row(DIGITS, "1-9", "", "go to that line", Action::Digit('1')),
    row(SPACE, "Space", "", "choose, without going on", Action::Choose),
    row(LEFT, "←→", "", "another choice", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
];

const QUESTION: &[Binding] = &[
    row(UP, "↑↓", "look", "look at an option; the pane shows it", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(DIGITS, "1-9", "pick", "pick that option, without going on", Action::Digit('1')),
    row(ENTER, "Enter", "pick, go on", "take the focused option and go on", Action::Enter),
    row(SPACE, "Space", "", "take the focused option", Action::Choose),
    row(ESC, "Esc", "back", "back one step; answers stay", Action::Back),
    row(&[Key::Char('w')], "w", "why", "why this is asked", Action::Why),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(&[Key::Char('e')], "e", "answers", "your answers, and back", Action::Answers),
];

const USAGE: &[Binding] = &[
    row(LEFT, "←→", "step", "a step, or another choice", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
    row(LESS, "- +", "fine", "a fine step (also [ ] =)", Action::Less),
    row(MORE, "", "", "", Action::More),
    row(&[Key::PageUp], "PgUp PgDn", "×10", "ten times more, ten times less", Action::PageUp),
    row(&[Key::PageDown], "", "", "", Action::PageDown),
    row(&[Key::Home], "Home End", "ends", "smallest, largest", Action::Home),
    row(&[Key::End], "", "", "", Action::End),
    row(DIGITS, "0-9", "type it", "type the exact number: 2.5M, 800k, 1e6", Action::Digit('1')),
    row(&[Key::Char('0')], "", "", "", Action::Digit('0')),
    row(DOWN, "Tab", "next", "next line, Shift-Tab the one before", Action::Down),
    row(UP, "↑↓", "", "the line above, the line below", Action::Up),
    row(ENTER, "Enter", "", "open the field; press the button", Action::Enter),
    row(SPACE, "Space", "", "press the button", Action::Choose),
    row(ESC, "Esc", "back", "back one step; numbers stay", Action::Back),
    row(&[Key::Char('w')], "w", "why", "why this is asked", Action::Why),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(&[Key::Char('e')], "e", "answers", "your answers, and back", Action::Answers),
];

const CHECK: &[Binding] = &[
    row(UP, "↑↓", "move", "move", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(
        ENTER,
        "Enter",
        "change or see result",
        "change that answer, or see the result",
        Action::Enter,
    ),
    row(DIGITS, "1-9", "go to", "go to that line", Action::Digit('1')),
    row(ESC, "Esc", "back", "back one step", Action::Back),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(&[Key::Char('s')], "s", "save", "save the report", Action::Save),
    row(&[Key::Char('e')], "e", "", "back to where you were", Action::Answers),
    row(SPACE, "Space", "", "open the focused line", Action::Choose),
];

const RESULT: &[Binding] = &[
    row(ENTER, "Enter", "next steps", "press the focused button", Action::Enter),
    row(&[Key::Char('s')], "s", "save", "save the report", Action::Save),
    row(&[Key::Char('c')], "c", "compare", "compare the models", Action::Compare),
    row(&[Key::Char('w')], "w", "why", "why: every point", Action::Why),
    row(&[Key::Char('e')], "e", "edit", "your answers, to change one", Action::Answers),
    row(&[Key::Char('y')], "y", "copy", "copy a summary of four lines", Action::Copy),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(
        &[Key::Char('p')],
        "p",
        "scenarios",
        "scenarios: keep this one, see others",
        Action::Scenarios,
    ),
    row(UP, "↑↓", "", "scroll", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(LEFT, "←→", "", "another button", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
    row(SPACE, "Space", "", "press the focused button", Action::Choose),
    row(ESC, "Esc", "", "back to your answers", Action::Back),
    row(&[Key::Char('n')], "n", "", "next steps", Action::NextSteps),
];

const COMPARE: &[Binding] = &[
    row(UP, "↑↓", "model", "look at another model", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(LEFT, "←→", "what if", "a smaller or larger month, only to look", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
    row(ENTER, "Enter", "use it", "make that month and model yours", Action::Enter),
    row(&[Key::Char('v')], "v", "table", "chart and table, or the table only", Action::Table),
    row(&[Key::Char('s')], "s", "save", "save the report", Action::Save),
    row(ESC, "Esc", "back", "drop the what-if; then back one step", Action::Back),
    row(LESS, "- +", "", "a fine step of the what-if", Action::Less),
    row(MORE, "", "", "", Action::More),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(&[Key::Char('e')], "e", "", "your answers, and back", Action::Answers),
    row(&[Key::Char('w')], "w", "", "why: every point", Action::Why),
    row(&[Key::Char('c')], "c", "", "back to where you were", Action::Compare),
];

const SCENARIOS: &[Binding] = &[
    row(SPACE, "Space", "mark", "mark for comparing, or take the mark off", Action::Choose),
    row(&[Key::Char('c')], "c", "compare", "hold the marked ones side by side", Action::Compare),
    row(ENTER, "Enter", "open", "open it; on 'now': keep it under a name", Action::Enter),
    row(&[Key::Char('d')], "d", "delete", "delete it; u brings it back", Action::Delete),
    row(&[Key::F(2)], "F2", "rename", "give it another name", Action::Rename),
    row(ESC, "Esc", "back", "back one step", Action::Back),
    row(&[Key::Char('u')], "u", "undo", "take the last change of this list back", Action::Undo),
    row(UP, "↑↓", "", "move", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(LEFT, "←→", "", "another button", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
    row(DIGITS, "1-9", "", "go to that line", Action::Digit('1')),
    row(&[Key::Char('p')], "p", "", "back to where you were", Action::Scenarios),
];

const READING: &[Binding] = &[
    row(UP, "↑↓", "scroll", "scroll", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(ESC, "Esc", "back", "back one step", Action::Back),
    row(ENTER, "Enter", "", "back one step", Action::Enter),
    row(SPACE, "Space", "", "a page down", Action::PageDown),
];

const SCROLL: &[Binding] =
    &[row(UP, "↑↓", "scroll", "scroll", Action::Up), row(DOWN, "", "", "", Action::Down)];

const PLAN: &[Binding] = &[
    row(LEFT, "←→", "plan", "say which plan you had; it is replayed anew", Action::Left),
    row(RIGHT, "", "", "", Action::Right),
];

/// Their actions only say what to do first, so neither footer nor help offers them.
const KEPT_PLAN: &[Binding] =
    &[row(LEFT, "", "", "", Action::Left), row(RIGHT, "", "", "", Action::Right)];

const FIT_SCREEN: &[Binding] = &[
    row(ESC, "Esc f", "back", "back to where you were", Action::Back),
    row(&[Key::Char('f')], "", "", "", Action::Fit),
    row(&[Key::Char('u')], "u", "undo", "undo", Action::Undo),
    row(ENTER, "Enter", "", "back one step", Action::Enter),
    row(SPACE, "Space", "", "a page down", Action::PageDown),
    row(&[Key::Char('e')], "e", "", "your answers, and back", Action::Answers),
    row(&[Key::Char('w')], "w", "", "why", Action::Why),
    row(&[Key::Char('r')], "r", "", "how did it turn out: the last report", Action::OutcomeCheck),
];

const FINDINGS: &[Binding] = &[
    row(&[Key::Up, Key::Char('k')], "↑↓", "scroll", "scroll", Action::Up),
    row(&[Key::Down, Key::Char('j')], "", "", "", Action::Down),
    row(&[Key::Right, Key::Char('l'), Key::Tab], "←→", "button", "another button", Action::Right),
    row(&[Key::Left, Key::Char('h'), Key::BackTab], "", "", "", Action::Left),
    row(ENTER, "Enter", "press", "press the focused button", Action::Enter),
    row(SPACE, "Space", "", "press the focused button", Action::Choose),
    row(&[Key::Char('f')], "f", "fit", "fit: your logs against each plan", Action::Fit),
    row(&[Key::Char('r')], "r", "", "how did it turn out: the last report", Action::OutcomeCheck),
    row(ESC, "Esc", "back", "back one step; what was found stays", Action::Back),
];

const HELP: &[Binding] = &[
    row(UP, "↑↓", "scroll", "scroll", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(ESC, "Esc", "close", "close", Action::Back),
    row(ENTER, "Enter", "", "close", Action::Enter),
    row(SPACE, "Space", "", "a page down", Action::PageDown),
];

const PAGES: &[Binding] = &[
    row(&[Key::PageUp], "PgUp PgDn", "", "a page up, a page down", Action::PageUp),
    row(&[Key::PageDown], "", "", "", Action::PageDown),
    row(&[Key::Home], "Home End", "", "the top, the end", Action::Home),
    row(&[Key::End], "", "", "", Action::End),
];

/// For contexts in which Home and End move the cursor or do nothing.
const TURNS: &[Binding] = &[
    row(&[Key::PageUp], "PgUp PgDn", "", "a page up, a page down", Action::PageUp),
    row(&[Key::PageDown], "", "", "", Action::PageDown),
];

/// Screens that can be opened wherever letters are keys.
const DOORS: &[Binding] = &[
    row(&[Key::Char('c')], "c", "", "compare the models", Action::Compare),
    row(&[Key::Char('n')], "n", "", "next steps", Action::NextSteps),
    row(&[Key::Char('p')], "p", "", "scenarios: keep this one, see others", Action::Scenarios),
    row(&[Key::Char('s')], "s", "", "save the report", Action::Save),
    row(&[Key::Char('y')], "y", "", "copy a summary of four lines", Action::Copy),
];

const FORM: &[Binding] = &[
    row(&[Key::Tab], "Tab", "next field", "next field, Shift-Tab the one before", Action::Down),
    row(&[Key::BackTab], "", "", "", Action::Up),
    row(&[Key::Up], "↑↓", "move", "the field above, the field below", Action::Up),
    row(&[Key::Down], "", "", "", Action::Down),
    row(ENTER, "Enter", "go on", "press the focused button; next field", Action::Enter),
    row(ESC, "Esc", "cancel", "cancel; nothing is written", Action::Back),
];

const FIELD: &[Binding] = &[
    row(ENTER, "Enter", "take it", "take the number", Action::Enter),
    row(ESC, "Esc", "leave it", "leave the number as it was", Action::Back),
    row(&[Key::Ctrl('u')], "Ctrl-U", "empty", "empty the field", Action::Less),
];

const DIALOG: &[Binding] = &[
    row(UP, "↑↓", "move", "move", Action::Up),
    row(DOWN, "", "", "", Action::Down),
    row(ENTER, "Enter", "choose", "take the focused line", Action::Enter),
    row(ESC, "Esc", "stay", "close this and stay", Action::Back),
    row(DIGITS, "1-9", "", "go to that line", Action::Digit('1')),
    row(SPACE, "Space", "", "take the focused line", Action::Choose),
];

/// Keys that act wherever letters are keys.
const LETTERS: &[Binding] = &[
    row(&[Key::Char('t')], "t", "theme", "another theme", Action::Theme),
    row(&[Key::Char('x')], "x", "", "stop reading logs", Action::StopScan),
    row(&[Key::Char('m')], "m", "mouse", "mouse on or off", Action::Mouse),
    row(&[Key::Char('?'), Key::F(1)], "?", "help", "help, this screen's keys first", Action::Help),
    row(&[Key::Char('q')], "q", "quit", "quit; asks if a result is not saved", Action::Quit),
];

const UNDO: &[Binding] = &[
    row(&[Key::Char('u')], "u", "", "undo", Action::Undo),
    row(&[Key::Char('e')], "e", "", "your answers, and back", Action::Answers),
    row(&[Key::Char('w')], "w", "", "why", Action::Why),
];

const REDO: &[Binding] = &[row(&[Key::Ctrl('r')], "Ctrl-R", "", "redo", Action::Redo)];

const ALWAYS: &[Binding] = &[
    row(&[Key::Ctrl('c')], "Ctrl-C", "", "quit at once; your answers are kept", Action::Interrupt),
    row(&[Key::Ctrl('l')], "Ctrl-L", "", "draw the screen anew", Action::Redraw),
    #[cfg(unix)]
    row(&[Key::Ctrl('z')], "Ctrl-Z", "", "pause; fg in the shell brings it back", Action::Suspend),
    #[cfg(not(unix))]
    row(&[Key::Ctrl('z')], "Ctrl-Z", "", "undo", Action::Undo),
];

/// Help where text is typed, so that letters belong to the text.
const FORM_HELP: &[Binding] = &[row(&[Key::F(1)], "F1", "help", "help", Action::Help)];

/// Help where no text is typed; its sign is never part of a number.
const HELP_ONLY: &[Binding] = &[row(
    &[Key::Char('?'), Key::F(1)],
    "?",
    "help",
    "help, this screen's keys first",
    Action::Help,
)];

/// The rows of a context, its own first.
pub fn bindings(context: Context) -> impl Iterator<Item = &'static Binding> {
    let groups: &[&'static [Binding]] = match context {
        Context::List => &[LIST, UNDO, PAGES, DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Question => &[QUESTION, PAGES, DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Usage => &[USAGE, DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Check => &[CHECK, PAGES, CHECK_DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Result => &[RESULT, PAGES, FIT, LETTERS, REDO, ALWAYS],
        Context::Compare => &[COMPARE, PAGES, COMPARE_DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Scenarios => &[SCENARIOS, PAGES, SCENARIO_DOORS, FIT, LETTERS, REDO, ALWAYS],
        Context::Reading => &[READING, PAGES, DOORS, FIT, UNDO, LETTERS, REDO, ALWAYS],
        Context::Fit => &[SCROLL, PLAN, FIT_SCREEN, PAGES, DOORS, LETTERS, REDO, ALWAYS],
        Context::KeptFit => &[SCROLL, KEPT_PLAN, FIT_SCREEN, PAGES, DOORS, LETTERS, REDO, ALWAYS],
        Context::Findings => &[FINDINGS, PAGES, DOORS, UNDO, LETTERS, REDO, ALWAYS],
        Context::Help => &[HELP, PAGES, LETTERS, ALWAYS],
        Context::Form => &[FORM, TURNS, FORM_HELP, ALWAYS],
        Context::Field => &[FIELD, TURNS, HELP_ONLY, ALWAYS],
        Context::Dialog => &[DIALOG, TURNS, HELP_ONLY, ALWAYS],
    };
    groups.iter().flat_map(|group| group.iter())
}

const CHECK_DOORS: &[Binding] = &[
    row(&[Key::Char('c')], "c", "", "compare the models", Action::Compare),
    row(&[Key::Char('n')], "n", "", "next steps", Action::NextSteps),
    row(&[Key::Char('p')], "p", "", "scenarios: keep this one, see others", Action::Scenarios),
    row(&[Key::Char('y')], "y", "", "copy a summary of four lines", Action::Copy),
    row(&[Key::Char('w')], "w", "", "why: every point", Action::Why),
];

const SCENARIO_DOORS: &[Binding] = &[
    row(&[Key::Char('e')], "e", "", "your answers, and back", Action::Answers),
    row(&[Key::Char('w')], "w", "", "why", Action::Why),
    row(&[Key::Char('n')], "n", "", "next steps", Action::NextSteps),
    row(&[Key::Char('s')], "s", "", "save the report", Action::Save),
    row(&[Key::Char('y')], "y", "", "copy a summary of four lines", Action::Copy),
];

const COMPARE_DOORS: &[Binding] = &[
    row(&[Key::Char('n')], "n", "", "next steps", Action::NextSteps),
    row(&[Key::Char('p')], "p", "", "scenarios: keep this one, see others", Action::Scenarios),
    row(&[Key::Char('y')], "y", "", "copy a summary of four lines", Action::Copy),
];

pub fn lookup(context: Context, key: Key) -> Option<Action> {
    let binding = bindings(context).find(|binding| binding.keys.contains(&key))?;
    Some(match (binding.action, key) {
        (Action::Digit(_), Key::Char(digit)) => Action::Digit(digit),
        (action, _) => action,
    })
}

/// The footer entries in order: the keys as displayed, and what they do.
pub fn footer(context: Context) -> impl Iterator<Item = (&'static str, &'static str)> {
    bindings(context)
        .filter(|binding| !binding.label.is_empty())
        .map(|binding| (binding.shown, binding.label))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_rows_share_a_key_in_one_context() {
        for context in Context::ALL {
            let mut seen = HashSet::new();
            for binding in bindings(context) {
                for key in binding.keys {
                    assert!(seen.insert(*key), "{context:?} has {key:?} twice");
                }
            }
        }
    }

    #[test]
    fn a_letter_means_one_thing_everywhere() {
        let mut meaning = std::collections::HashMap::new();
        for context in Context::ALL {
            for binding in bindings(context) {
                for key in binding.keys {
                    if let Key::Char(letter @ 'a'..='z') = key {
                        let known = meaning.entry(*letter).or_insert(binding.action);
                        assert_eq!(*known, binding.action, "{letter} in {context:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn help_is_offered_and_leaving_possible_in_every_context() {
        for context in Context::ALL {
            assert_eq!(lookup(context, Key::Ctrl('c')), Some(Action::Interrupt));
            assert_eq!(lookup(context, Key::Esc), Some(Action::Back));
            assert_eq!(lookup(context, Key::F(1)), Some(Action::Help));
            // In a form, letters belong to the text.
            let letter = context != Context::Form;
            assert_eq!(lookup(context, Key::Char('?')), letter.then_some(Action::Help));
            let shown = if letter { "?" } else { "F1" };
            assert!(footer(context).any(|(keys, label)| (keys, label) == (shown, "help")));
        }
    }

    #[test]
    fn every_row_that_is_shown_is_explained() {
        for context in Context::ALL {
            for binding in bindings(context).filter(|binding| !binding.shown.is_empty()) {
                assert!(!binding.help.is_empty(), "{context:?} {}", binding.shown);
            }
        }
    }

    #[test]
    fn a_digit_keeps_its_value() {
        assert_eq!(lookup(Context::Question, Key::Char('3')), Some(Action::Digit('3')));
        assert_eq!(lookup(Context::Question, Key::Char('0')), None);
        assert_eq!(lookup(Context::Usage, Key::Char('0')), Some(Action::Digit('0')));
    }
}

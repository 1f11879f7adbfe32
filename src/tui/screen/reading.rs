//! Texts to read: why this result, why we ask a question, why the month matters, what to do next.

use super::ScreenBehavior;
use crate::advice::{Assessment, Flip, Outcome, answer_points};
use crate::question::QuestionId;
use crate::text::layout::pad_right;
use crate::tui::app::{Cx, EventCtx, Go};
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::place::Reading;
use crate::wizard::session::Session;
use crate::words;

fn heading(page: &mut Page, text: &str) {
    let style = page.look().theme.title;
    page.paragraph(text, 2, style);
}

fn say(page: &mut Page, text: &str) {
    let style = page.look().theme.text;
    page.paragraph(text, 2, style);
}

fn point(page: &mut Page, mark: &str, text: &str) {
    let style = page.look().theme.text;
    page.item(mark, text, 2, style);
}

/// Draws every reason behind the result.
fn why(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    heading(page, words::headline(case.outcome));
    say(page, &words::recommendation(case));
    page.gap();
    if let Some(gate) = words::gate_first(case) {
        say(page, &gate);
    }
    say(page, &words::needs_sentence(case));
    page.gap();
    heading(page, "The rule that decides");
    say(page, words::rule_sentence(case.rule));
    say(page, &words::in_the_article(case.rule));
    if !case.unmet.is_empty() {
        page.gap();
        heading(page, "What Pro leaves open");
        for unmet in &case.unmet {
            page.item("! ", unmet.sentence(), 2, look.theme.warning);
        }
    }
    page.gap();
    side(case, true, page);
    page.gap();
    side(case, false, page);
    page.gap();
    heading(page, "How sure this is");
    say(page, &format!("{}: {}", capital(case.strength.name()), words::strength_sentence(case)));
    page.gap();
    flips(case, cx, page);
    notes(case, page);
    if !case.warnings.is_empty() {
        page.gap();
        heading(page, "Worth a second look");
        for warning in &case.warnings {
            page.item("! ", &warning.text, 2, look.theme.warning);
        }
    }
}

/// Draws every reason on one side: its points, its meaning and the article's section.
fn side(case: &Assessment, is_pro: bool, page: &mut Page) {
    heading(page, &words::need_of(case, is_pro));
    let mut reasons =
        case.reasons.iter().filter(|reason| reason.item.is_pro() == is_pro).peekable();
    if reasons.peek().is_none() {
        say(page, words::NO_POINTS);
    }
    for reason in reasons {
        let mark = format!("{:+}  ", reason.points);
        let text = words::reason_long(reason, case);
        let section = words::section_names(reason.item.section());
        point(page, &mark, &format!("{text} ({section})"));
    }
}

fn flips(case: &Assessment, cx: &Cx<'_, '_>, page: &mut Page) {
    let catalog = cx.session.world.catalog;
    let arrow = page.look().glyphs.right;
    heading(page, "What would change it");
    for flip in &case.flips {
        let line = words::flip_line(flip, case, cx.session.wording, catalog, arrow);
        let kind = match flip {
            Flip::Volume { .. } => "Volume ",
            Flip::Model { .. } => "Model ",
            _ => "",
        };
        page.item("  ", &format!("{kind}{line}"), 2, page.look().theme.text);
    }
    if case.flips.is_empty() {
        say(page, words::NO_FLIP);
    }
    if let Some(nothing) = words::flips_summary(case, catalog) {
        say(page, &nothing);
    }
}

/// Draws facts that are not in the article, each with its date and source.
fn notes(case: &Assessment, page: &mut Page) {
    if case.notes.is_empty() {
        return;
    }
    page.gap();
    heading(page, "Not in the article");
    for (index, note) in case.notes.iter().enumerate() {
        if index > 0 {
            page.gap();
        }
        say(page, &note.text);
        let source = format!("({}, {})", note.date, note.source);
        let style = page.look().theme.secondary;
        page.paragraph(&source, 2, style);
    }
}

/// Draws why we ask a question and what each answer does.
fn why_asked(question: QuestionId, cx: &Cx<'_, '_>, page: &mut Page) {
    let look = page.look();
    let text = cx.session.wording.question(question);
    heading(page, &text.title);
    page.gap();
    say(page, &text.why);
    say(page, &text.more);
    page.gap();
    heading(page, "The article says");
    say(page, &format!("\"{}.\"", text.quote));
    say(page, &format!("({})", text.section));
    page.gap();
    heading(page, "What each answer does");
    let chosen = cx.session.answers().effective(question);
    let widest =
        text.options.iter().map(|option| option.short.chars().count()).max().unwrap_or_default();
    for (index, option) in text.options.iter().enumerate() {
        let Some(rank) = text.rank_at(index) else {
            continue;
        };
        let dot = if chosen == Some(rank) { "(o)" } else { "( )" };
        let points = words::points_words(answer_points(question, rank));
        let mark = format!("{dot} {}   ", pad_right(&option.short, widest));
        page.item(&mark, &points, 2, look.theme.text);
    }
    page.gap();
    if let Some(also) = words::also_does(question) {
        say(page, also);
        page.gap();
    }
    say(page, &words::points_speak());
}

/// Draws why we ask for the month and what its figures include.
fn why_month(cx: &Cx<'_, '_>, page: &mut Page) {
    let catalog = cx.session.world.catalog;
    heading(page, "Why the size of your month matters");
    let [matters, grows, begin] = words::MONTH;
    say(page, matters);
    page.gap();
    heading(page, "How a chat grows");
    say(page, grows);
    page.gap();
    say(page, begin);
    page.gap();
    heading(page, "What is counted, and what is not");
    match &cx.outlook.assessment {
        Some(case) => {
            for line in words::assumptions(case, catalog) {
                point(page, "- ", &line);
            }
        }
        None => say(
            page,
            "Once every question is answered, each assumption behind the figures is listed here.",
        ),
    }
    page.gap();
    heading(page, "Where prices come from");
    say(page, words::PRICES);
    say(
        page,
        &format!(
            "In use: {} of {}. {}",
            super::help::list_name(catalog),
            catalog.as_of,
            words::VERIFY
        ),
    );
}

/// Draws the next steps with the article's sections.
fn next_steps(case: &Assessment, page: &mut Page) {
    let look = page.look();
    heading(page, words::headline(case.outcome));
    say(page, &words::recommendation(case));
    page.gap();
    let steps = words::next_steps(case);
    for (step, number) in steps.iter().zip(1..) {
        let section = words::section_names(step.section);
        let text = format!("{} ({section})", step.text);
        point(page, &format!("{number:>2}  "), &text);
        if page.is_roomy() && number < steps.len() {
            page.gap();
        }
    }
    if case.outcome != Outcome::Pro {
        let (gives_up, gains) = words::trade(case);
        page.gap();
        let what = if case.outcome == Outcome::Api {
            "What you give up by leaving Pro"
        } else {
            "What the API part does without"
        };
        heading(page, what);
        for line in gives_up {
            point(page, "- ", line);
        }
        page.gap();
        heading(page, "What you gain");
        for line in gains {
            point(page, "+ ", line);
        }
    }
    notes(case, page);
    // The steps already end with this line. Repeat it only if more text follows.
    if case.outcome != Outcome::Pro || !case.notes.is_empty() {
        page.gap();
        page.paragraph(words::VERIFY, 2, look.theme.title);
    }
}

/// Draws the problems with the settings file and how to fix them.
fn problems(cx: &Cx<'_, '_>, page: &mut Page) {
    let style = page.look().theme.warning;
    for problem in &cx.app.problems {
        page.item("! ", problem, 2, style);
        page.gap();
    }
    say(
        page,
        "The file is only read: correct it, then start planwise again. 'planwise config check' says whether it is in order, 'planwise config sample' shows every key.",
    );
}

impl ScreenBehavior for Reading {
    fn context(&self) -> Context {
        Context::Reading
    }

    fn title(&self, cx: &Cx<'_, '_>) -> String {
        match self {
            Self::Why => "Why: every point behind the result".to_owned(),
            Self::WhyAsked(question) => {
                let name = &cx.session.wording.question(*question).name;
                format!("Why we ask: {name}")
            }
            Self::WhyMonth => "Why we ask: your month".to_owned(),
            Self::NextSteps => "Next steps".to_owned(),
            Self::Problems => "Your settings file".to_owned(),
        }
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        page.gap();
        match (self, &cx.outlook.assessment) {
            (Self::Why, Some(case)) => why(case, cx, page),
            (Self::NextSteps, Some(case)) => next_steps(case, page),
            (Self::WhyAsked(question), _) => why_asked(*question, cx, page),
            (Self::WhyMonth, _) => why_month(cx, page),
            (Self::Problems, _) => problems(cx, page),
            (Self::Why | Self::NextSteps, None) => {}
        }
        page.gap();
    }

    fn act(&mut self, action: Action, ctx: &mut EventCtx<'_, '_>) {
        if matches!(action, Action::Back | Action::Enter) {
            ctx.go = Some(Go::Back);
        }
    }

    fn why(&self, session: &Session<'_>) -> Option<Reading> {
        // On an explanation, `w` goes back.
        let more = !self.is_why() && session.is_complete();
        more.then_some(Self::Why)
    }

    fn needs_result(&self) -> bool {
        matches!(self, Self::Why | Self::NextSteps)
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

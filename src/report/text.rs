//! The report for a terminal: 80 columns, no colour, letters that any terminal has.

use unicode_width::UnicodeWidthStr;

use super::Report;
use crate::advice::{Assessment, Outcome};
use crate::number::{tokens_short, usd, usd_signed};
use crate::question::Origin;
use crate::text::layout::{pad_left, pad_right, wrap};
use crate::words::{self, VERIFY};

/// The widest line.
const WIDTH: usize = 80;

pub(super) fn render(report: &Report<'_>) -> String {
    let mut page = Page::default();
    verdict(report, &mut page);
    ways(report.assessment, &mut page);
    models(report.assessment, &mut page);
    reasons(report.assessment, &mut page);
    changes(report, &mut page);
    answers(report, &mut page);
    real_usage(report.assessment, &mut page);
    fit(report.assessment, &mut page);
    if let Some(days) = report.days() {
        page.heading("What you really used");
        page.hanging("  ", &super::used::sentence(days));
    }
    remarks(report.assessment, &mut page);
    page.heading("Next steps");
    for (index, step) in words::next_steps(report.assessment).iter().enumerate() {
        // The last step is the last line of all.
        if step.text != VERIFY {
            page.hanging(&format!("{:>3}. ", index + 1), &step.text);
        }
    }
    page.blank();
    page.text(&format!(
        "Made {} with prices of {} and facts of {}.",
        report.created.strftime("%Y-%m-%d %H:%M %:z"),
        report.prices(),
        report.world.facts.as_of
    ));
    page.hanging("", VERIFY);
    page.0
}

#[derive(Default)]
struct Page(String);

impl Page {
    fn line(&mut self, text: &str) {
        self.0.push_str(text.trim_end());
        self.0.push('\n');
    }

    fn blank(&mut self) {
        self.line("");
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.line(text);
    }

    fn text(&mut self, text: &str) {
        self.hanging("", text);
    }

    /// A text with something before its first line; the other lines stand under it.
    fn hanging(&mut self, before: &str, text: &str) {
        let indent = " ".repeat(before.width());
        let room = WIDTH.saturating_sub(before.width());
        for (index, line) in wrap(text, room).iter().enumerate() {
            let lead = if index == 0 { before } else { &indent };
            self.line(&format!("{lead}{line}"));
        }
    }
}

fn verdict(report: &Report<'_>, page: &mut Page) {
    let assessment = report.assessment;
    let costs = &assessment.costs;
    page.line(&format!("{} ({})", words::headline(assessment.outcome), assessment.strength.name()));
    page.text(&words::recommendation(assessment));
    page.text(words::strength_sentence(assessment));
    for unmet in &assessment.unmet {
        page.hanging("  - ", unmet.sentence());
    }
    if let Some(notice) = words::assumed(assessment) {
        page.text(notice);
    }
    let model = &assessment.model_name;
    page.text(&match assessment.outcome {
        Outcome::Pro => format!("{} a month, one flat price.", usd(costs.pro)),
        Outcome::Api => format!("About {} a month on {model}, an estimate.", usd(costs.api)),
        Outcome::Hybrid => format!(
            "About {} a month, an estimate: Pro {} + API {} on {model}.",
            usd(costs.hybrid),
            usd(costs.pro),
            usd(words::api_part(costs)),
        ),
    });
    if let Some(title) = report.title() {
        page.hanging("Title: ", &title);
    }
    if let Some(note) = report.note() {
        page.hanging("Note: ", &note);
    }
}

fn ways(assessment: &Assessment, page: &mut Page) {
    page.blank();
    page.line(&format!("{}{}   covers (estimates)", " ".repeat(12), pad_left("a month", 16)));
    for (outcome, name) in
        [(Outcome::Pro, "Pro alone"), (Outcome::Api, "API alone"), (Outcome::Hybrid, "Hybrid")]
    {
        let mark = if outcome == assessment.outcome { "*" } else { " " };
        let before = format!(
            "{mark} {}{}   ",
            pad_right(name, 10),
            format_args!("{:>16}", usd(assessment.costs.of(outcome)))
        );
        page.hanging(&before, &words::covers(assessment, outcome).line);
        let (low, high) = assessment.costs.range_of(outcome);
        if low != high {
            let indent = " ".repeat(before.width());
            page.hanging(&indent, &format!("{} to {} in eight cases of ten", usd(low), usd(high)));
        }
    }
    page.text(&format!("The API alone costs less than Pro: {}.", words::chances(assessment)));
}

fn models(assessment: &Assessment, page: &mut Page) {
    let volume = assessment.usage.volume;
    page.heading(&format!(
        "The same month on each model ({} sent, {} written)",
        tokens_short(volume.input),
        tokens_short(volume.output)
    ));
    let mut rows = vec![["", "API alone", "beside Pro", "Hybrid", "= Pro at"].map(str::to_owned)];
    rows.extend(assessment.models.iter().map(|model| {
        let chosen = model.id == assessment.model_id;
        let money = |amount: Option<_>, show: fn(_) -> String| {
            amount.map_or_else(|| "unpriced".to_owned(), show)
        };
        [
            format!("{} {}", if chosen { "*" } else { " " }, model.name),
            money(model.api, usd),
            money(model.vs_pro, usd_signed),
            money(model.hybrid, usd),
            model.break_even.map_or_else(|| "-".to_owned(), |at| format!("x {}", words::times(at))),
        ]
    }));
    table(&rows, page);
}

/// Rows of a name and figures. Figures are never cut; a name is, where it has to.
fn table<const N: usize>(rows: &[[String; N]], page: &mut Page) {
    const NAME: usize = 14;
    let mut widths = [0_usize; N];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let figures: usize = widths.iter().skip(1).sum();
    let count = N.saturating_sub(1);
    let room = |gap: usize| WIDTH.saturating_sub(figures + gap * count);
    let gap = if room(4) >= NAME { 4 } else { 1 };
    let name = widths.first().copied().unwrap_or_default().max(NAME).min(room(gap));
    for row in rows {
        let mut line = String::new();
        for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
            if index == 0 {
                line.push_str(&pad_right(cell, name));
            } else {
                let blanks = gap + width.saturating_sub(cell.width());
                line.push_str(&" ".repeat(blanks));
                line.push_str(cell);
            }
        }
        page.line(&line);
    }
}

fn reasons(assessment: &Assessment, page: &mut Page) {
    page.heading(&format!("Why ({})", words::ENOUGH));
    if let Some(gate) = words::gate(assessment) {
        page.line(&format!("  {} {gate}", pad_right("first", 8)));
    }
    for reason in words::reasons_ranked(assessment, usize::MAX) {
        let side = if reason.item.is_pro() { "Pro" } else { "API" };
        let against = if reason.supports { "" } else { " (against)" };
        page.hanging(
            &format!("  {} {:+}   ", pad_right(side, 4), reason.points),
            &format!("{}{against}", words::reason_short(reason, assessment)),
        );
    }
    page.text(&words::needs_sentence(assessment));
    page.text(words::rule_sentence(assessment.rule));
}

fn changes(report: &Report<'_>, page: &mut Page) {
    let catalog = report.world.catalog;
    page.heading("What would change it");
    for flip in &report.assessment.flips {
        page.hanging("  ", &words::flip_line(flip, report.wording, catalog, "->"));
    }
    if let Some(sentence) = words::flips_summary(report.assessment, catalog) {
        page.hanging("  ", &sentence);
    }
}

fn answers(report: &Report<'_>, page: &mut Page) {
    let assessment = report.assessment;
    let answers = &assessment.answers;
    page.heading("Your answers");
    for (question, origin) in crate::question::QuestionId::ALL
        .into_iter()
        .map(|question| (question, answers.origin(question)))
    {
        let text = report.wording.question(question);
        let from = match origin {
            Origin::User => String::new(),
            other => format!(" ({})", super::origin_words(other)),
        };
        page.hanging(
            &format!("  {} ", pad_right(&text.name, 18)),
            &format!("{}{from}", text.short_label(answers.profile.rank(question))),
        );
    }
    let assumed = if assessment.usage.volume_origin == Origin::Assumed { " (assumed)" } else { "" };
    let volume = assessment.usage.volume;
    page.hanging(
        &format!("  {} ", pad_right("Volume a month", 18)),
        &format!(
            "{} {} sent, {} written{assumed}; {} % outside the app",
            tokens_short(volume.input),
            if volume.input == 1 { "token" } else { "tokens" },
            tokens_short(volume.output),
            assessment.split.outside_pct
        ),
    );
}

/// What the month and some answers were read from, where they were.
fn real_usage(assessment: &Assessment, page: &mut Page) {
    let Some(real) = words::real_usage(&assessment.usage) else {
        return;
    };
    page.heading("Your own logs");
    for (name, value) in &real.figures {
        page.hanging("  ", &format!("{name}: {value}"));
    }
    for line in real.evidence.iter().chain(&real.doubts) {
        page.hanging("  - ", line);
    }
}

/// Which plan would have carried it, where logs were replayed.
fn fit(assessment: &Assessment, page: &mut Page) {
    let Some(fit) = assessment.usage.measured.as_deref().and_then(|real| real.fit.as_deref())
    else {
        return;
    };
    page.heading(words::fit::QUESTION);
    page.hanging("  ", &words::fit::plan_had(fit));
    for sentence in &fit.answer {
        page.hanging("  - ", sentence);
    }
    for [plan, carries, blocked, paying] in words::fit::brief_rows(&fit.plans) {
        page.hanging("  ", &format!("{plan}: {carries}; blocked {blocked}; paying {paying}"));
    }
    page.hanging("  ", &words::fit::ranges_sentence(fit));
    for line in words::fit::legend(&fit.plans, fit.unnamed_hits) {
        page.hanging("  ", &line);
    }
    let costs = words::fit::interruption_rows(&fit.plans);
    if let Some(value) = fit.hour_value.filter(|_| !costs.is_empty()) {
        page.hanging("  ", &format!("{}:", words::fit::interruption_heading(value)));
        for [plan, blocked, cost, with_fee] in costs {
            let text = format!("{plan}: blocked {blocked}, {cost}; with the fee {with_fee}");
            page.hanging("  ", &text);
        }
        if let Some(note) = words::fit::interruption_note(fit.unnamed_hits) {
            page.hanging("  ", &note);
        }
    }
    for sentence in fit.holds.iter().chain(&fit.assumptions).chain(&fit.doubts) {
        page.hanging("  - ", sentence);
    }
}

fn remarks(assessment: &Assessment, page: &mut Page) {
    if !assessment.warnings.is_empty() {
        page.heading("Look again");
        for warning in &assessment.warnings {
            page.hanging("  ! ", &warning.text);
        }
    }
    if !assessment.notes.is_empty() {
        page.heading("Not in the article");
        for note in &assessment.notes {
            page.hanging("  - ", &format!("{} ({})", note.text, note.date));
        }
    }
}

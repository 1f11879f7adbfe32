//! The strip below a narrow screen: the pane's content in three lines.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Looked, OPEN, PaneWriter, Whose, looked_at, prices_line, state_words, whose_month};
use crate::advice::Outcome;
use crate::number::{brief_usd, grouped, short_usd, usd};
use crate::text::layout::first_that_fits;
use crate::tui::state::State;
use crate::tui::widget::label;
use crate::wizard::session::Preview;

/// The strip of a narrow terminal: a rule, three lines, a rule with the price date.
pub(in crate::tui) fn strip(state: &State<'_>, area: Rect, buf: &mut Buffer) {
    let horizontal = state.app.look.glyphs.horizontal;
    let bottom = area.bottom().saturating_sub(1);
    for x in area.left()..area.right() {
        for y in [area.top(), bottom] {
            buf.set_string(x, y, horizontal, state.app.look.theme.border);
        }
    }
    // Room that `label` leaves: a line and a blank before, a blank and an arrow's place after.
    let room = usize::from(area.width.saturating_sub(5));
    label(state.app.look, (1, area.top()), area.right(), &title(state, room), buf);
    label(state.app.look, (1, bottom), area.right(), &prices_line(state), buf);
    let inside = Rect::new(
        area.x.saturating_add(1),
        area.y.saturating_add(1),
        area.width.saturating_sub(2),
        area.height.saturating_sub(2),
    );
    let mut pen = PaneWriter { state, area, inside, row: inside.y, buf };
    let is_open = state.outlook.assessment.is_none() && state.outlook.points.is_some();
    let first =
        if is_open { possible(state, pen.width()) } else { "A side counts at 3 points".to_owned() };
    pen.plain(&first);
    let points = state.outlook.points.map_or_else(
        || "Pro or API counts from 3 points".to_owned(),
        |points| {
            let given = points.given;
            format!("Points: Pro {}, API {}", given.pro, given.api)
        },
    );
    pen.plain(&points);
    let bill = match &state.outlook.month {
        Ok(month) => {
            let recommended =
                state.outlook.assessment.as_ref().filter(|a| a.outcome == Outcome::Hybrid);
            let (pro, api) = (month.pro, month.api);
            let wordings = if let Some(hybrid) = recommended.map(|a| a.costs.hybrid) {
                [
                    format!("Pro {}  API {}  Hybrid {}", usd(pro), usd(api), usd(hybrid)),
                    format!("Pro {}  Hybrid {}", short_usd(pro), usd(hybrid)),
                    format!("Hybrid {}", brief_usd(hybrid)),
                ]
            } else {
                [
                    format!("Pro {}  API {}", usd(pro), usd(api)),
                    format!("Pro {}  API {}", short_usd(pro), usd(api)),
                    format!("Pro {}  API {}", short_usd(pro), brief_usd(api)),
                ]
            };
            let steps: &[&str] = if is_sample(state) {
                &[" / sample month, estimate", " / sample month, est.", ", sample month, est."]
            } else {
                &[" / month, estimate", " / month, est."]
            };
            let brief = is_sample(state).then(|| format!("{}, sample, est.", wordings[2]));
            let stepped = wordings
                .iter()
                .flat_map(|amounts| steps.iter().map(move |step| format!("{amounts}{step}")));
            first_that_fits(stepped.chain(brief), pen.width())
        }
        Err(error) => error.to_string(),
    };
    pen.line(&bill, pen.state.app.look.theme.text);
}

/// True if the bill is the sample month's.
fn is_sample(state: &State<'_>) -> bool {
    matches!(whose_month(state), Whose::Sample | Whose::ChosenSample)
}

/// How many of the open ways end in each outcome.
fn possible(state: &State<'_>, width: usize) -> String {
    let counts = state.outlook.counts;
    let parts = [("Pro", counts.pro), ("Hybrid", counts.hybrid), ("API", counts.api)].map(
        |(name, ways)| match ways {
            0 => format!("{name} out"),
            ways => format!("{name} {}", grouped(u64::from(ways))),
        },
    );
    let total = grouped(u64::from(counts.total()));
    let bare = parts.join(" ").replace(',', "");
    let wordings =
        [format!("Of {total} ways: {}", parts.join(", ")), parts.join("  "), parts.join(" "), bare];
    first_that_fits(wordings, width)
}

/// The verdict and any preview; while the outcome is open, how many paths remain.
fn title(state: &State<'_>, width: usize) -> String {
    let (verdict, note) = state_words(state).into_iter().next().unwrap_or_default();
    let is_open = verdict.starts_with(OPEN);
    let plain = format!("Live: {verdict}{}{note}", if note.is_empty() { "" } else { ", " });
    let (what, is_option) = match looked_at(state) {
        None => return plain,
        Some(Looked::AtOption { is_chosen: true, .. }) if !is_open => return plain,
        Some(Looked::AtOption { label, .. }) => (format!("if \"{label}\""), true),
        // The result is the same for every option, so this is not marked as a preview.
        Some(Looked::At(_)) if matches!(state.preview(), Preview::Answer(..)) => return plain,
        Some(Looked::At(what)) => (what, false),
    };
    if is_open {
        let brief = if is_option { plain } else { what.clone() };
        return first_that_fits([format!("Live, {what} ─ {verdict}"), brief], width);
    }
    let outcome = state.outlook.assessment.as_ref().map(|case| case.outcome.name().to_uppercase());
    let brief = outcome.as_ref().unwrap_or(&verdict);
    first_that_fits(
        [
            if note.is_empty() {
                format!("Live, {what} ─ {verdict}")
            } else {
                format!("Live, {what} ─ {verdict}, {note}")
            },
            format!("Live, {what} ─ {verdict}"),
            format!("Live, {what} ─ {brief}"),
            format!("{what} ─ {brief}"),
            format!("Live, only looked at ─ {brief}"),
            "Live, only looked at".to_owned(),
        ],
        width,
    )
}

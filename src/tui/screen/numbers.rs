//! Numbers with a slider: the field is the control, the track is its picture.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use rust_decimal::prelude::ToPrimitive;

use crate::number::{NumberError, Percent, grouped, parse_tokens};
use unicode_width::UnicodeWidthStr;

use crate::text::layout::{columns, pad_right};
use crate::tui::field::Field;
use crate::tui::key::{Key, Press};
use crate::tui::keymap::Action;
use crate::tui::page::Page;
use crate::tui::state::EventCtx;
use crate::tui::widget::slider::{Scale, Slider};

/// The smallest step of a token slider: Right from 0 comes here, Left from here goes to 0.
const FIRST: u64 = 10_000;
/// The right end of a token slider. Larger numbers can be typed.
const LAST: u64 = 1_000_000_000;
/// The steps within a power of ten, times ten.
const STEPS: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];

/// A number of tokens after a key of its slider; `None` where the key means nothing here.
pub(super) fn stepped_tokens(value: u64, action: Action) -> Option<u64> {
    Some(match action {
        Action::Right => nice_values().find(|nice| *nice > value).unwrap_or(value),
        Action::Left => nice_values().take_while(|nice| *nice < value).last().unwrap_or(0),
        Action::More if value < FIRST => FIRST,
        Action::More => value.saturating_add(fine(value)).min(crate::number::MOST_TOKENS),
        Action::Less | Action::PageDown if value <= FIRST => 0,
        // One below 1,000,000 is 990,000, so that going down and up again meets.
        Action::Less => value.saturating_sub(fine(value - 1)),
        Action::PageUp if value == 0 => FIRST,
        Action::PageUp => value.saturating_mul(10).min(LAST.max(value)),
        Action::PageDown => value / 10,
        Action::Home => 0,
        Action::End => LAST,
        _ => return None,
    })
}

fn nice_values() -> impl Iterator<Item = u64> {
    (3..9_u32)
        .flat_map(|power| STEPS.into_iter().map(move |step| step * 10_u64.pow(power)))
        .take_while(|nice| *nice <= LAST)
}

/// One in the second digit.
fn fine(value: u64) -> u64 {
    value.checked_ilog10().map_or(1, |digits| 10_u64.pow(digits.saturating_sub(1)))
}

/// A percentage after a key of its slider; `None` where the key means nothing here.
pub(super) fn stepped_percent(value: Percent, most: u16, action: Action) -> Option<Percent> {
    let whole = value.value().trunc().to_u16().unwrap_or_default();
    let next = match action {
        Action::Right => (whole / 5 + 1) * 5,
        Action::Left => {
            let below = whole.div_ceil(5).saturating_sub(1) * 5;
            if value.value().fract().is_zero() { below } else { whole / 5 * 5 }
        }
        Action::More => whole + 1,
        Action::Less => whole.saturating_sub(u16::from(value.value().fract().is_zero())),
        Action::PageUp => whole + 10,
        Action::PageDown => whole.saturating_sub(10),
        Action::Home => 0,
        Action::End => most,
        _ => return None,
    };
    Some(Percent::whole(next.min(most)))
}

/// Where the knob of a token slider stands, 0 to 1: the scale is logarithmic from 10K to 1B.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "pixels")]
pub(super) fn token_position(value: u64) -> f64 {
    if value <= FIRST { 0.0 } else { ((value as f64 / FIRST as f64).log10() / 5.0).min(1.0) }
}

/// Where the knob of a percent slider stands, 0 to 1.
#[expect(clippy::float_arithmetic, reason = "pixels")]
pub(super) fn percent_position(value: Percent, most: u16) -> f64 {
    value.value().to_f64().unwrap_or_default() / f64::from(most.max(1))
}

/// The numbers under a token slider.
pub(super) const TOKEN_SCALE: &[(f64, &str)] =
    &[(0.0, "10K"), (0.2, "100K"), (0.4, "1M"), (0.6, "10M"), (0.8, "100M"), (1.0, "1B")];

/// The numbers under a percent slider.
pub(super) const PERCENT_SCALE: &[(f64, &str)] =
    &[(0.0, "0"), (0.2, "20"), (0.4, "40"), (0.6, "60"), (0.8, "80"), (1.0, "100")];

/// A number field that is open.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    field: Field,
    /// Why the last Enter did not take it.
    problem: Option<String>,
}

/// What an open field waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A number of tokens.
    Tokens,
    /// A percentage up to this.
    Percent(u16),
    /// A count up to this.
    Count(u64),
    /// A price in USD.
    Price,
}

impl Entry {
    /// Opens a field on the present value.
    pub(super) fn on(value: impl Into<String>) -> Self {
        Self { field: Field::new(value, 24), problem: None }
    }

    /// Opens a field with its first digit.
    pub(super) fn begun(digit: char) -> Self {
        Self::on(digit.to_string())
    }

    /// The text as it is typed.
    pub(super) fn text(&self) -> &str {
        self.field.text()
    }

    /// Takes a key. Letters that no number has are refused in words.
    pub(super) fn press(&mut self, press: Press) -> Option<String> {
        self.problem = None;
        let allowed = |letter: char| {
            letter.is_ascii_digit()
                || matches!(letter, '.' | ',' | '_' | 'k' | 'm' | 'b' | 'g' | 'e')
        };
        match press.key {
            Key::Char(letter) if !allowed(letter) => {
                Some("Only digits . , _ and k M B. Esc leaves it.".to_owned())
            }
            _ => self.field.press(press).map(str::to_owned),
        }
    }

    /// Takes pasted text; confirms nothing.
    pub(super) fn paste(&mut self, text: &str) -> Option<String> {
        self.problem = None;
        self.field.paste(text).map(str::to_owned)
    }

    /// Empties the field.
    pub(super) fn clear(&mut self) {
        self.field = Field::new("", 24);
        self.problem = None;
    }

    /// Says why the text was not taken.
    pub(super) fn refuse(&mut self, error: &dyn std::fmt::Display) {
        self.problem = Some(error.to_string());
    }

    /// What the typed text stands for: `= 2,500,000`, or what is wrong with it.
    fn reading(&self, kind: Kind) -> String {
        if let Some(problem) = &self.problem {
            return format!("! {problem}");
        }
        match kind {
            Kind::Tokens | Kind::Count(_) => match parse_tokens(self.text()) {
                Ok(value) => format!("= {}", grouped(value)),
                Err(NumberError::Empty) => "such as 2.5M, 800k, 1,000,000 or 1e6".to_owned(),
                Err(_) => "not a number yet".to_owned(),
            },
            Kind::Percent(most) => match Percent::parse(self.text(), most) {
                Ok(value) => format!("= {value} %"),
                Err(_) => format!("0 to {most}, at most four decimals"),
            },
            Kind::Price => match crate::number::parse_price(self.text()) {
                Ok(price) => format!("= {} a month", crate::number::usd(price)),
                Err(_) => "dollars, such as 17 or 16.67".to_owned(),
            },
        }
    }
}

/// Gives a key to the open field, if one is open.
pub(super) fn press_into(entry: &mut Option<Entry>, press: Press, ctx: &mut EventCtx<'_, '_>) {
    if let Some(entry) = entry {
        ctx.say = entry.press(press);
    }
}

/// Gives pasted text to the open field, or says how to open one.
pub(super) fn paste_into(entry: &mut Option<Entry>, text: &str, ctx: &mut EventCtx<'_, '_>) {
    ctx.say = match entry {
        Some(entry) => entry.paste(text),
        None => Some("Open a field first: Enter on a number.".to_owned()),
    };
}

/// One line of numbers as it is drawn.
pub(super) struct NumberLine<'a> {
    /// What it is.
    pub label: &'a str,
    /// The value, as it is read.
    pub value: String,
    /// What stands right of the track: a human size, `default`.
    pub aside: String,
    /// Where the knob stands; `None` for a line without a track.
    pub position: Option<f64>,
    /// The numbers under the track, where there is room.
    pub scale: &'a [(f64, &'a str)],
    /// What the field waits for.
    pub kind: Kind,
    /// Whether it is focused.
    pub focused: bool,
    /// The open field.
    pub entry: Option<&'a Entry>,
}

/// Draws a line of numbers: label and value, and below it the track.
pub(super) fn draw_number(page: &mut Page, line: &NumberLine<'_>) {
    let look = page.look();
    let margin = if page.is_roomy() { 3 } else { 1 };
    let room = usize::from(page.width().saturating_sub(4 + margin));
    let from = page.row();
    let style = if line.focused { look.theme.focus } else { look.theme.text };
    let mark = if line.focused { ">" } else { " " };
    if let Some(entry) = line.entry {
        let label = format!("{mark} {}: ", line.label);
        let column = 2 + u16::try_from(label.chars().count()).unwrap_or_default();
        page.line(Line::from(vec![
            Span::raw("  "),
            Span::styled(label, look.theme.title),
            Span::styled(format!(" {} ", pad_right(entry.text(), 16)), look.theme.focus),
        ]));
        let cursor = u16::try_from(entry.field.cursor()).unwrap_or_default();
        page.cursor_at(column + 1 + cursor, from);
        page.paragraph(&entry.reading(line.kind), 4, look.theme.text);
    } else {
        page.line(Line::from(vec![
            Span::raw("  "),
            Span::styled(format!("{mark} "), style),
            Span::styled(columns(line.label, &line.value, room), style),
        ]));
        if let Some(position) = line.position {
            let row = page.row();
            let aside = 13;
            let track = page.width().saturating_sub(4 + margin + aside).max(8);
            page.text(
                &format!("    {}", columns("", &line.aside, room)),
                Style::new().patch(look.theme.text),
            );
            page.overlay(
                Rect::new(4, row, track, 1),
                &Slider { position, focused: line.focused, look },
            );
            if page.is_roomy() && !line.scale.is_empty() {
                page.widget(4, track + 3, 1, &Scale { labels: line.scale, look });
            }
        }
        if line.focused {
            page.cursor_at(2, from);
        }
    }
    page.mark_focusable(from, line.focused);
}

/// Draws a line with a choice: `Model for the API    < Sonnet 5.5 >   $2 in, $10 out`.
pub(super) fn draw_choice(page: &mut Page, label: &str, choice: &str, aside: &str, focused: bool) {
    let look = page.look();
    let pad = if page.is_roomy() { 25 } else { 20 };
    draw_line(
        page,
        &pad_right(label, pad),
        &format!("< {choice} >"),
        aside,
        look.theme.text,
        focused,
    );
}

/// Draws a line that opens something: `More   caching, batches ...`.
pub(super) fn draw_door(page: &mut Page, label: &str, about: &str, focused: bool) {
    let look = page.look();
    let pad = if page.is_roomy() { 25 } else { 20 };
    draw_line(page, &pad_right(label, pad), about, "", look.theme.text, focused);
}

fn draw_line(page: &mut Page, label: &str, value: &str, aside: &str, style: Style, focused: bool) {
    let look = page.look();
    let margin = if page.is_roomy() { 3 } else { 1 };
    let room = usize::from(page.width().saturating_sub(4 + margin));
    let from = page.row();
    let (mark, style) = if focused { (">", look.theme.focus) } else { (" ", style) };
    let text = format!("{label}{value}");
    // The value matters more than what is said about it.
    let aside = if text.width() + 1 + aside.width() > room { "" } else { aside };
    page.line(Line::from(vec![
        Span::raw("  "),
        Span::styled(format!("{mark} {}", columns(&text, aside, room)), style),
    ]));
    page.mark_focusable(from, focused);
    if focused {
        page.cursor_at(2, from);
    }
}

/// Draws buttons on one line, close together or on a second line where they need it; `focus` is
/// the index of the focused one.
pub(super) fn draw_buttons(page: &mut Page, labels: &[&str], focus: Option<usize>) {
    /// The columns before the first button, and those of the frame of one.
    const MARGIN: usize = 2;
    const FRAME: usize = 4;
    let look = page.look();
    let from = page.row();
    let room = usize::from(page.width());
    let taken = |gap: usize| -> usize {
        let widths = labels.iter().map(|label| label.width() + FRAME + gap);
        MARGIN + widths.sum::<usize>().saturating_sub(gap)
    };
    let gap = if taken(3) <= room { 3 } else { 1 };
    let mut line = Line::from(" ".repeat(MARGIN));
    let mut column = MARGIN;
    for (index, label) in labels.iter().enumerate() {
        let focused = focus == Some(index);
        let style = if focused { look.theme.focus } else { look.theme.text };
        let width = label.width() + FRAME;
        if column > MARGIN && column + width > room {
            page.line(std::mem::replace(&mut line, Line::from(" ".repeat(MARGIN))));
            column = MARGIN;
        }
        if focused {
            page.cursor_at(u16::try_from(column).unwrap_or_default(), page.row());
        }
        column += width + gap;
        line.push_span(Span::styled(format!("[ {label} ]"), style));
        line.push_span(Span::raw(" ".repeat(gap)));
    }
    page.line(line);
    page.mark_focusable(from, focus.is_some());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_slider_walks_the_nice_numbers() {
        let mut value = 0;
        let mut seen = Vec::new();
        for _ in 0..12 {
            value = stepped_tokens(value, Action::Right).unwrap();
            seen.push(value);
        }
        assert_eq!(
            seen,
            [
                10_000, 12_000, 15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 60_000, 80_000,
                100_000, 120_000
            ]
        );
        assert_eq!(stepped_tokens(10_000, Action::Left), Some(0));
        assert_eq!(stepped_tokens(3_100_000, Action::Left), Some(3_000_000));
        assert_eq!(stepped_tokens(3_100_000, Action::Right), Some(4_000_000));
        assert_eq!(stepped_tokens(1_000_000_000, Action::Right), Some(1_000_000_000));
        assert_eq!(stepped_tokens(5_000_000_000, Action::Right), Some(5_000_000_000));
        assert_eq!(stepped_tokens(5_000_000_000, Action::PageUp), Some(5_000_000_000));
        assert_eq!(stepped_tokens(0, Action::PageUp), Some(10_000));
        assert_eq!(stepped_tokens(7, Action::End), Some(1_000_000_000));
    }

    #[test]
    fn a_fine_step_is_one_in_the_second_digit_and_comes_back() {
        assert_eq!(stepped_tokens(3_000_000, Action::More), Some(3_100_000));
        assert_eq!(stepped_tokens(1_000_000, Action::Less), Some(990_000));
        assert_eq!(stepped_tokens(990_000, Action::More), Some(1_000_000));
        assert_eq!(stepped_tokens(5, Action::Less), Some(0));
    }

    #[test]
    fn a_percent_slider_steps_by_five_one_and_ten() {
        let at = |value: &str, action| {
            stepped_percent(Percent::parse(value, 100).unwrap(), 100, action).unwrap().to_string()
        };
        assert_eq!(at("20", Action::Right), "25");
        assert_eq!(at("22", Action::Right), "25");
        assert_eq!(at("22", Action::Left), "20");
        assert_eq!(at("20", Action::Left), "15");
        assert_eq!(at("20.5", Action::Left), "20");
        assert_eq!(at("20.5", Action::Less), "20");
        assert_eq!(at("99", Action::PageUp), "100");
        assert_eq!(at("3", Action::PageDown), "0");
    }
}

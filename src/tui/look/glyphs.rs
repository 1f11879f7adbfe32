//! The characters of the program, in three sets: full, plain and ASCII.
//!
//! A terminal with a UTF-8 locale gets the full set. A console font with few characters gets the
//! plain one: no braille and no part blocks. Anything else gets ASCII, in which the whole program
//! can be drawn: every field below is pure ASCII there, and [`ascii`] turns the wording into it.

use std::borrow::Cow;

use ratatui::symbols::border;
use unicode_width::UnicodeWidthChar;

/// One set of characters, by role. Every field but [`eighths`](Self::eighths) is one column wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// The name in the settings.
    pub name: &'static str,
    /// True if the set is pure ASCII.
    pub is_ascii: bool,
    /// True if fog and lines may use braille dots.
    pub has_braille: bool,
    /// True if big letters may use half blocks.
    pub has_half_blocks: bool,
    /// `─`: a border, and the flat Pro line.
    pub horizontal: &'static str,
    /// `│`: a border.
    pub vertical: &'static str,
    /// `┌`
    pub top_left: &'static str,
    /// `┐`
    pub top_right: &'static str,
    /// `└`
    pub bottom_left: &'static str,
    /// `┘`
    pub bottom_right: &'static str,
    /// `├`
    pub tee_right: &'static str,
    /// `┤`
    pub tee_left: &'static str,
    /// `┬`
    pub tee_down: &'static str,
    /// `┴`
    pub tee_up: &'static str,
    /// `┼`
    pub cross: &'static str,
    /// `═`: the part of a track up to its knob.
    pub track_filled: &'static str,
    /// `─`: the part of a track after its knob.
    pub track_empty: &'static str,
    /// `●`: the knob of a track.
    pub knob: &'static str,
    /// `█`: a whole cell of a bar.
    pub block: &'static str,
    /// One to seven eighths of a cell, or empty if the set has only whole blocks.
    pub eighths: &'static [&'static str],
    /// The part of a cell that stands for a bill too small for a whole one, if the set has no eighths.
    pub sliver: &'static str,
    /// `░`: what open answers can still add, and the room on the map that is yours.
    pub shade: &'static str,
    /// `▒`: the API part on top of Pro, and where answers can still lead.
    pub hatch: &'static str,
    /// `┊`: today in the chart, Pro's price in the bars.
    pub marker: &'static str,
    /// `↑`
    pub up: &'static str,
    /// `↓`
    pub down: &'static str,
    /// `←`
    pub left: &'static str,
    /// `→`
    pub right: &'static str,
    /// `◆`: you.
    pub you: &'static str,
    /// `◇`: you so far, or you before the change.
    pub before: &'static str,
    /// `○`: API alone and Pro cost the same.
    pub crossing: &'static str,
    /// `●`: the what-if volume in the chart.
    pub what_if: &'static str,
    /// `·`: a fog cell, if the set has no braille.
    pub fog: &'static str,
    /// `A`: the API line of the chart, if the set has no braille.
    pub api_line: &'static str,
    /// `H`: the hybrid line of the chart, if the set has no braille.
    pub hybrid_line: &'static str,
    /// `●`: an answered question.
    pub done: &'static str,
    /// `○`: an unanswered question.
    pub open: &'static str,
    /// `▲`: more above.
    pub more_above: &'static str,
    /// `▼`: more below.
    pub more_below: &'static str,
    /// `…`: text was cut off.
    pub ellipsis: &'static str,
    /// `×`
    pub times: &'static str,
    /// `÷`
    pub divide: &'static str,
    /// `·`: separates two items on a line.
    pub middle_dot: &'static str,
    /// `–`: between the ends of a range.
    pub dash: &'static str,
    pub open_quote: &'static str,
    pub close_quote: &'static str,
    pub apostrophe: &'static str,
}

impl Glyphs {
    /// Light box lines, part blocks and braille.
    pub const FULL: Self = Self {
        name: "full",
        is_ascii: false,
        has_braille: true,
        has_half_blocks: true,
        horizontal: "─",
        vertical: "│",
        top_left: "┌",
        top_right: "┐",
        bottom_left: "└",
        bottom_right: "┘",
        tee_right: "├",
        tee_left: "┤",
        tee_down: "┬",
        tee_up: "┴",
        cross: "┼",
        track_filled: "═",
        track_empty: "─",
        knob: "●",
        block: "█",
        eighths: &["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
        sliver: "▏",
        shade: "░",
        hatch: "▒",
        marker: "┊",
        up: "↑",
        down: "↓",
        left: "←",
        right: "→",
        you: "◆",
        before: "◇",
        crossing: "○",
        what_if: "●",
        fog: "·",
        api_line: "A",
        hybrid_line: "H",
        done: "●",
        open: "○",
        more_above: "▲",
        more_below: "▼",
        ellipsis: "…",
        times: "×",
        divide: "÷",
        middle_dot: "·",
        dash: "–",
        open_quote: "\"",
        close_quote: "\"",
        apostrophe: "'",
    };

    /// No braille and no part blocks, for the fonts of text consoles.
    pub const PLAIN: Self = Self {
        name: "plain",
        has_braille: false,
        has_half_blocks: false,
        eighths: &[],
        sliver: "─",
        ..Self::FULL
    };

    /// Nothing but ASCII.
    pub const ASCII: Self = Self {
        name: "ascii",
        is_ascii: true,
        has_braille: false,
        has_half_blocks: false,
        horizontal: "-",
        vertical: "|",
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        tee_right: "+",
        tee_left: "+",
        tee_down: "+",
        tee_up: "+",
        cross: "+",
        track_filled: "=",
        track_empty: "-",
        knob: "O",
        block: "#",
        eighths: &[],
        sliver: "-",
        shade: ".",
        hatch: ":",
        marker: "|",
        up: "^",
        down: "v",
        left: "<",
        right: ">",
        you: "@",
        before: "o",
        crossing: "o",
        what_if: "*",
        fog: ".",
        api_line: "A",
        hybrid_line: "H",
        done: "#",
        open: ".",
        more_above: "^",
        more_below: "v",
        ellipsis: "~",
        times: "x",
        divide: "/",
        middle_dot: "-",
        dash: "-",
        open_quote: "\"",
        close_quote: "\"",
        apostrophe: "'",
    };

    /// The three sets, in the order of the settings.
    pub const ALL: [&'static Self; 3] = [&Self::FULL, &Self::PLAIN, &Self::ASCII];

    /// The set with this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.into_iter().find(|set| set.name == name)
    }

    /// The text, limited to the characters of this set: unchanged, or passed through [`ascii`].
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.is_ascii { ascii(text) } else { Cow::Borrowed(text) }
    }

    /// The box lines in the form that ratatui's blocks expect.
    pub const fn border(&self) -> border::Set<'static> {
        border::Set {
            top_left: self.top_left,
            top_right: self.top_right,
            bottom_left: self.bottom_left,
            bottom_right: self.bottom_right,
            vertical_left: self.vertical,
            vertical_right: self.vertical,
            horizontal_top: self.horizontal,
            horizontal_bottom: self.horizontal,
        }
    }
}

/// The text in pure ASCII.
///
/// A character that our texts or shapes use becomes its counterpart in [`Glyphs::ASCII`]. The
/// widths are equal, so this works before or after a line is laid out; only `≤` and `≥` grow by one
/// column. Any other character becomes as many `?` as it is wide.
pub fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            out.push(letter);
        } else if let Some(known) = ascii_of(letter) {
            out.push_str(known);
        } else {
            let width = letter.width().unwrap_or(0);
            out.extend(std::iter::repeat_n('?', width));
        }
    }
    Cow::Owned(out)
}

const fn ascii_of(letter: char) -> Option<&'static str> {
    Some(match letter {
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{2800}' => " ",
        '×' => "x",
        '÷' => "/",
        '·' | '–' | '—' | '‑' | '−' | '─' => "-",
        '’' | '‘' => "'",
        '“' | '”' | '„' => "\"",
        '…' | '±' | '≈' => "~",
        '→' | '▶' => ">",
        '←' | '◀' => "<",
        '↑' | '▲' => "^",
        '↓' | '▼' => "v",
        '≤' => "<=",
        '≥' => ">=",
        '◆' => "@",
        '◇' | '○' => "o",
        '●' => "O",
        '•' => "*",
        '│' | '┊' => "|",
        '═' => "=",
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╰' | '╯' | '▓' => {
            "+"
        }
        '█' | '▉' | '▊' | '▋' | '▌' | '▍' | '▎' | '▏' | '▀' | '▄' => "#",
        '▒' => ":",
        '░' | '\u{2801}'..='\u{28ff}' => ".",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    fn fields(set: &Glyphs) -> Vec<&'static str> {
        vec![
            set.horizontal,
            set.vertical,
            set.top_left,
            set.top_right,
            set.bottom_left,
            set.bottom_right,
            set.tee_right,
            set.tee_left,
            set.tee_down,
            set.tee_up,
            set.cross,
            set.track_filled,
            set.track_empty,
            set.knob,
            set.block,
            set.shade,
            set.hatch,
            set.marker,
            set.up,
            set.down,
            set.left,
            set.right,
            set.you,
            set.before,
            set.crossing,
            set.what_if,
            set.fog,
            set.api_line,
            set.hybrid_line,
            set.done,
            set.open,
            set.more_above,
            set.more_below,
            set.ellipsis,
            set.times,
            set.divide,
            set.middle_dot,
            set.dash,
            set.open_quote,
            set.close_quote,
            set.apostrophe,
        ]
    }

    #[test]
    fn every_glyph_is_one_column_wide() {
        for set in Glyphs::ALL {
            for glyph in
                fields(set).into_iter().chain(set.eighths.iter().copied()).chain([set.sliver])
            {
                assert_eq!(glyph.width(), 1, "{glyph:?} of the set {}", set.name);
            }
        }
    }

    #[test]
    fn the_ascii_set_is_ascii_and_the_mapping_agrees_with_it() {
        assert!(fields(&Glyphs::ASCII).iter().all(|glyph| glyph.is_ascii()));
        for (full, plain) in fields(&Glyphs::FULL).into_iter().zip(fields(&Glyphs::ASCII)) {
            // `●` is a knob, a what-if and a done question; `○` a crossing and an open one;
            // `·` fog and a separator. The mapping can only know one of them.
            if !matches!(full, "●" | "○" | "·") {
                assert_eq!(ascii(full), plain, "{full}");
            }
        }
    }

    #[test]
    fn wording_keeps_its_width_in_ascii() {
        let line = "÷/× 1.5 · “it’s” – 2 → 3 ↑ ±1…";
        assert_eq!(ascii(line), "//x 1.5 - \"it's\" - 2 > 3 ^ ~1~");
        assert_eq!(ascii(line).width(), line.width());
        assert_eq!(ascii("naïve 漢"), "na?ve ??");
        assert!(matches!(ascii("plain"), Cow::Borrowed("plain")));
    }

    #[test]
    fn sets_are_found_by_name() {
        for set in Glyphs::ALL {
            assert_eq!(Glyphs::named(set.name), Some(set));
        }
        assert_eq!(Glyphs::named("fancy"), None);
    }
}

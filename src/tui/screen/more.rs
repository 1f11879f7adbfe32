//! The rest of the month: how it is billed, and what Pro is thought to carry.

use super::numbers::{
    Entry, Kind, NumberLine, draw_buttons, draw_door, draw_number, percent_position,
    stepped_percent, stepped_tokens, token_position,
};
use super::{Behave, Reading, Screen, moved};
use crate::advice::PricedModel;
use crate::cost::Mix;
use crate::number::{Percent, grouped, human_size, parse_tokens, tokens_short, usd_rate};
use crate::session::{Run, Session};
use crate::text::layout::pad_left;
use crate::tui::key::Press;
use crate::tui::keymap::{Action, Context};
use crate::tui::page::Page;
use crate::tui::state::{Cx, Go, Turn};
use crate::usage::Usage;

/// The rest of the month: caching, batches, thinking, and Pro's limits.
#[derive(Debug, Default)]
pub struct More {
    focus: Row,
    entry: Option<Entry>,
    /// Why the last change was not made, until the next key.
    problem: Option<String>,
}

/// A line that can be focused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Row {
    #[default]
    CacheRead,
    CacheWrite5m,
    CacheWrite1h,
    Batch,
    Thinking,
    Prompt,
    Overflow,
    CapacityInput,
    CapacityOutput,
    Reset,
    Back,
}

const ROWS: [Row; 11] = [
    Row::CacheRead,
    Row::CacheWrite5m,
    Row::CacheWrite1h,
    Row::Batch,
    Row::Thinking,
    Row::Prompt,
    Row::Overflow,
    Row::CapacityInput,
    Row::CapacityOutput,
    Row::Reset,
    Row::Back,
];

/// The runs of this screen's sliders begin here, clear of those of the month.
const FIRST_RUN: u16 = 100;

/// A number of one of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Number {
    Percent(Percent),
    Tokens(u64),
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{percent} %"),
            Self::Tokens(tokens) => f.write_str(&grouped(*tokens)),
        }
    }
}

impl Row {
    const fn label(self) -> &'static str {
        match self {
            Self::CacheRead => "Read from cache",
            Self::CacheWrite5m => "Written for 5 minutes",
            Self::CacheWrite1h => "Written for 1 hour",
            Self::Batch => "Sent as batches",
            Self::Thinking => "Thinking allowance",
            Self::Prompt => "Typical prompt size",
            Self::Overflow => "Chat stopped by limits",
            Self::CapacityInput => "Pro carries, input",
            Self::CapacityOutput => "Pro carries, output",
            Self::Reset => "Reset all",
            Self::Back => "Back",
        }
    }

    /// What its field waits for; `None` for a line without a number.
    const fn kind(self) -> Option<Kind> {
        match self {
            Self::Thinking => Some(Kind::Percent(1_000)),
            Self::CacheRead
            | Self::CacheWrite5m
            | Self::CacheWrite1h
            | Self::Batch
            | Self::Overflow => Some(Kind::Percent(100)),
            Self::Prompt | Self::CapacityInput | Self::CapacityOutput => Some(Kind::Tokens),
            Self::Reset | Self::Back => None,
        }
    }

    const fn share(self, mix: &mut Mix) -> Option<&mut Percent> {
        match self {
            Self::CacheRead => Some(&mut mix.cache_read),
            Self::CacheWrite5m => Some(&mut mix.cache_write_5m),
            Self::CacheWrite1h => Some(&mut mix.cache_write_1h),
            Self::Batch => Some(&mut mix.batch),
            Self::Thinking => Some(&mut mix.thinking),
            _ => None,
        }
    }

    /// The number that counts at present; `None` where only the answers could say.
    fn number(self, session: &Session<'_>) -> Option<Number> {
        let usage = session.usage();
        let facts = session.world.facts;
        Some(match self {
            Self::Prompt => Number::Tokens(usage.prompt_tokens.unwrap_or(0)),
            Self::CapacityInput => {
                Number::Tokens(usage.capacity_input.unwrap_or(facts.capacity_input()))
            }
            Self::CapacityOutput => {
                Number::Tokens(usage.capacity_output.unwrap_or(facts.capacity_output()))
            }
            Self::Overflow => {
                let part = usage.overflow_pct.or_else(|| answers_overflow(session))?;
                Number::Percent(Percent::whole(u16::from(part)))
            }
            row => {
                let mut mix = usage.mix;
                Number::Percent(*row.share(&mut mix)?)
            }
        })
    }

    /// Whether the person set it.
    fn is_set(self, usage: &Usage) -> bool {
        let mut mix = usage.mix;
        match self {
            Self::Prompt => usage.prompt_tokens.is_some(),
            Self::Overflow => usage.overflow_pct.is_some(),
            Self::CapacityInput => usage.capacity_input.is_some(),
            Self::CapacityOutput => usage.capacity_output.is_some(),
            row => row.share(&mut mix).is_some_and(|share| !share.is_zero()),
        }
    }

    /// What it is unless it is set: `0 %`, `by answers`.
    fn default_words(self, session: &Session<'_>) -> String {
        let facts = session.world.facts;
        match self {
            Self::Prompt => "small".to_owned(),
            Self::CapacityInput => tokens_short(facts.capacity_input()),
            Self::CapacityOutput => tokens_short(facts.capacity_output()),
            Self::Overflow => match answers_overflow(session) {
                Some(part) => format!("{part} %"),
                None => "by answers".to_owned(),
            },
            _ => "0 %".to_owned(),
        }
    }

    /// The value as it is read; with `brief`, `30M` where that is exact.
    fn value_words(self, session: &Session<'_>, brief: bool) -> String {
        match (self, self.number(session)) {
            (Self::Prompt, Some(Number::Tokens(0))) => "small".to_owned(),
            (_, Some(Number::Tokens(tokens))) if brief => {
                let short = tokens_short(tokens);
                if parse_tokens(&short) == Ok(tokens) {
                    short
                } else {
                    grouped(tokens)
                }
            }
            (_, Some(number)) => number.to_string(),
            (_, None) => "open".to_owned(),
        }
    }

    /// The usage with this number on this line, or why that cannot be; `None` is the default.
    fn put(self, number: Option<Number>, session: &Session<'_>) -> Result<Usage, String> {
        let mut usage = session.usage().clone();
        let facts = session.world.facts;
        match (self, number) {
            (Self::Prompt, Some(Number::Tokens(tokens))) => {
                usage.prompt_tokens = (tokens > 0).then_some(tokens);
            }
            (Self::Prompt, _) => usage.prompt_tokens = None,
            (Self::CapacityInput, Some(Number::Tokens(tokens))) => {
                usage.capacity_input = (tokens != facts.capacity_input()).then_some(tokens);
            }
            (Self::CapacityInput, _) => usage.capacity_input = None,
            (Self::CapacityOutput, Some(Number::Tokens(tokens))) => {
                usage.capacity_output = (tokens != facts.capacity_output()).then_some(tokens);
            }
            (Self::CapacityOutput, _) => usage.capacity_output = None,
            (Self::Overflow, Some(Number::Percent(part))) => {
                usage.overflow_pct = Some(whole(part)?);
            }
            (Self::Overflow, _) => usage.overflow_pct = None,
            (row, number) => {
                let share = match number {
                    Some(Number::Percent(share)) => share,
                    _ => Percent::ZERO,
                };
                if let Some(slot) = row.share(&mut usage.mix) {
                    *slot = share;
                }
                let mix = &usage.mix;
                let cached = mix.cache_read.value()
                    + mix.cache_write_5m.value()
                    + mix.cache_write_1h.value();
                if cached > Percent::whole(100).value() {
                    return Err(format!(
                        "The three cache shares would be {} % together; at most 100 fit. Lower another one first.",
                        cached.normalize()
                    ));
                }
            }
        }
        Ok(usage)
    }
}

fn whole(part: Percent) -> Result<u8, String> {
    use rust_decimal::prelude::ToPrimitive;
    let value = part.value();
    value
        .to_u8()
        .filter(|_| value.fract().is_zero())
        .ok_or_else(|| format!("{part} % is not a whole percentage; type one such as 15"))
}

/// The share of the chat that the method takes as stopped; `None` while a question is open.
fn answers_overflow(session: &Session<'_>) -> Option<u8> {
    let usage = Usage {
        overflow_pct: None,
        ..session.usage().clone()
    };
    let case = session.assess_month(&usage)?;
    Some(case.split.overflow_pct)
}

impl More {
    fn index(&self) -> usize {
        ROWS.iter()
            .position(|row| *row == self.focus)
            .unwrap_or_default()
    }

    /// Puts a number on the focused line. Where that cannot be, nothing changes and it says why.
    fn set(
        &self,
        number: Option<Number>,
        slides: bool,
        turn: &mut Turn<'_, '_>,
    ) -> Result<(), String> {
        let usage = self.focus.put(number, turn.session)?;
        let old = self.focus.value_words(turn.session, true);
        let what = format!("{} {old}", self.focus.label());
        let index = u16::try_from(self.index()).unwrap_or_default();
        let run = slides.then_some(Run(FIRST_RUN + index));
        turn.session
            .set_usage(usage, what, run)
            .map_err(|error| error.to_string())
    }

    fn step(&mut self, action: Action, turn: &mut Turn<'_, '_>) {
        let zero = match self.focus.kind() {
            Some(Kind::Percent(_)) => Number::Percent(Percent::ZERO),
            Some(_) => Number::Tokens(0),
            None => return,
        };
        let now = self.focus.number(turn.session).unwrap_or(zero);
        let next = match (now, self.focus.kind()) {
            (Number::Percent(percent), Some(Kind::Percent(most))) => {
                stepped_percent(percent, most, action).map(Number::Percent)
            }
            (Number::Tokens(tokens), _) => stepped_tokens(tokens, action).map(Number::Tokens),
            _ => None,
        };
        if let Some(next) = next
            && let Err(why) = self.set(Some(next), true, turn)
        {
            self.refuse(why, turn);
        }
    }

    fn refuse(&mut self, why: String, turn: &mut Turn<'_, '_>) {
        turn.say = Some("! Not changed.".to_owned());
        self.problem = Some(why);
    }

    fn open(&mut self, turn: &Turn<'_, '_>) {
        let value = match self.focus.number(turn.session) {
            Some(Number::Percent(percent)) => percent.to_string(),
            Some(Number::Tokens(tokens)) => grouped(tokens),
            None => String::new(),
        };
        self.entry = Some(Entry::on(value));
    }

    /// Takes the typed number, or says what is wrong with it and keeps the field open.
    fn take(&mut self, turn: &mut Turn<'_, '_>) {
        let (Some(mut entry), Some(kind)) = (self.entry.take(), self.focus.kind()) else {
            return;
        };
        let text = entry.text();
        let number = match kind {
            // An emptied field takes the default back.
            _ if text.trim().is_empty() => Ok(None),
            Kind::Percent(most) => Percent::parse(text, most)
                .map(|percent| Some(Number::Percent(percent)))
                .map_err(|error| error.to_string()),
            _ => parse_tokens(text)
                .map(|tokens| Some(Number::Tokens(tokens)))
                .map_err(|error| error.to_string()),
        };
        if let Err(why) = number.and_then(|number| self.set(number, false, turn)) {
            entry.refuse(&why);
            self.entry = Some(entry);
        }
    }

    fn reset(&mut self, turn: &mut Turn<'_, '_>) {
        let usage = Usage {
            mix: Mix::default(),
            prompt_tokens: None,
            overflow_pct: None,
            capacity_input: None,
            capacity_output: None,
            ..turn.session.usage().clone()
        };
        if usage == *turn.session.usage() {
            turn.say = Some("All of them are at their defaults.".to_owned());
            return;
        }
        match turn.session.set_usage(usage, "Reset all", None) {
            Ok(()) => turn.say = Some("All back to the defaults. u takes it back.".to_owned()),
            Err(error) => self.refuse(error.to_string(), turn),
        }
    }

    fn press_row(&mut self, turn: &mut Turn<'_, '_>) {
        match self.focus {
            Row::Reset => self.reset(turn),
            Row::Back => turn.go = Some(Go::Back),
            _ => self.open(turn),
        }
    }

    fn draw_row(&self, row: Row, cx: &Cx<'_, '_>, page: &mut Page) {
        let Some(kind) = row.kind() else {
            return;
        };
        let focused = self.focus == row;
        let position = match row.number(cx.session) {
            Some(Number::Tokens(tokens)) => token_position(tokens),
            Some(Number::Percent(percent)) => match kind {
                Kind::Percent(most) => percent_position(percent, most),
                _ => 0.0,
            },
            None => 0.0,
        };
        let default = row.default_words(cx.session);
        let roomy = page.is_roomy();
        let value = row.value_words(cx.session, !roomy);
        let is_set = row.is_set(cx.session.usage());
        let tokenizer = cx.outlook.month.as_ref().ok().map(|m| m.model.tokenizer);
        let size = match (row.number(cx.session), tokenizer) {
            (Some(Number::Tokens(tokens @ 1..)), Some(tokenizer)) => {
                human_size(tokens, tokenizer.per_word())
            }
            _ => String::new(),
        };
        // A narrow page has room for the default only beside the track.
        let (value, aside) = if page.width() < 46 {
            let aside = if is_set {
                format!("else {default}")
            } else {
                "default".to_owned()
            };
            (value, aside)
        } else {
            let default = match (is_set, row) {
                (true, _) => format!("default {default}"),
                (false, Row::Overflow) => "by answers".to_owned(),
                (false, _) => "default".to_owned(),
            };
            (format!("{value}{}", pad_left(&default, 15)), size)
        };
        let from = page.row();
        draw_number(
            page,
            &NumberLine {
                label: row.label(),
                value,
                aside,
                position: (focused || roomy).then_some(position),
                scale: &[],
                kind,
                focused,
                entry: self.entry.as_ref().filter(|_| focused),
            },
        );
        page.target_since(from, row as usize);
    }

    /// What the focused line means, with the prices of the chosen model.
    fn about(&self, cx: &Cx<'_, '_>) -> String {
        let month = cx.outlook.month.as_ref().ok();
        let chosen = month.and_then(|month| {
            let of = |priced: &&PricedModel<'_>| priced.model.id == month.model.id;
            let row = month.models.iter().find(of)?.row?;
            Some((month.model.short_name(), row))
        });
        match self.focus {
            Row::CacheRead => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_read, row.input)
                });
                format!("The share of what you send that the API has kept and reads again.{price}")
            }
            Row::CacheWrite5m => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_write_5m, row.input)
                });
                format!("The share of what you send that the API keeps for five minutes.{price}")
            }
            Row::CacheWrite1h => {
                let price = chosen.map_or_else(String::new, |(name, row)| {
                    cache_price(name, row.cache_write_1h, row.input)
                });
                format!("The share of what you send that the API keeps for an hour.{price}")
            }
            Row::Batch => {
                "The share that can wait and is sent as batches: it costs half of everything."
                    .to_owned()
            }
            Row::Thinking => {
                "Thinking is billed as output, on top of what is written. With Opus and Fable 50 to 100 % is usual."
                    .to_owned()
            }
            Row::Prompt => steps_words(cx.session),
            Row::Overflow => {
                "The share of the chat that Pro's limits would stop; with both it goes to the API. The answers set it unless you do."
                    .to_owned()
            }
            Row::CapacityInput => {
                "More chat a month than this counts as too much for Pro, re-read cache left out. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            Row::CapacityOutput => {
                "More chat a month than this counts as too much for Pro. A soft figure: Anthropic gives none."
                    .to_owned()
            }
            Row::Reset => "Sets all nine lines back to their defaults; u undoes it.".to_owned(),
            Row::Back => "Back to the month. Everything here counts already.".to_owned(),
        }
    }
}

/// ` On Sonnet 5.5 $0.20 per million, else $2.`
fn cache_price(
    name: &str,
    price: Option<rust_decimal::Decimal>,
    input: Option<rust_decimal::Decimal>,
) -> String {
    match price.zip(input) {
        Some((price, input)) => format!(
            " On {name} {} per million, else {}.",
            usd_rate(price),
            usd_rate(input)
        ),
        None => format!(" {name} has no price for it."),
    }
}

/// Which models cost more for large prompts, and from where on.
fn steps_words(session: &Session<'_>) -> String {
    let catalog = session.world.catalog;
    let steps: Vec<String> = catalog
        .current_models(session.world.today)
        .into_iter()
        .filter_map(|model| {
            let small = model.row(catalog.as_of, 0)?;
            let large = model.row(catalog.as_of, u64::MAX)?;
            if large.above_prompt_tokens == 0 {
                return None;
            }
            Some(format!(
                "{} over {} tokens: {} in, {} out per million instead of {}, {}.",
                model.short_name(),
                grouped(large.above_prompt_tokens),
                usd_rate(large.input?),
                usd_rate(large.output?),
                usd_rate(small.input?),
                usd_rate(small.output?)
            ))
        })
        .collect();
    if steps.is_empty() {
        "Tokens of one request. No current model of this list costs more for large ones.".to_owned()
    } else {
        format!("Tokens of one request. {}", steps.join(" "))
    }
}

impl Behave for More {
    fn context(&self) -> Context {
        if self.entry.is_some() {
            Context::Field
        } else {
            Context::Usage
        }
    }

    fn title(&self, _cx: &Cx<'_, '_>) -> String {
        "More about your month, estimate".to_owned()
    }

    fn draw(&self, cx: &Cx<'_, '_>, page: &mut Page) {
        let look = page.look();
        let roomy = page.is_roomy();
        if roomy {
            page.gap();
        }
        page.text("  How it is billed on the API", look.theme.title);
        for row in ROWS.into_iter().take(6) {
            self.draw_row(row, cx, page);
        }
        page.gap();
        page.text("  What Pro is thought to carry", look.theme.title);
        for row in ROWS.into_iter().skip(6).take(3) {
            self.draw_row(row, cx, page);
        }
        page.gap();
        let from = page.row();
        draw_door(
            page,
            Row::Reset.label(),
            "to the defaults",
            self.focus == Row::Reset,
        );
        page.target_since(from, Row::Reset as usize);
        page.gap();
        match &self.problem {
            Some(problem) => page.paragraph(&format!("! {problem}"), 2, look.theme.title),
            None => page.paragraph(&self.about(cx), 2, look.theme.text),
        }
        if roomy {
            page.gap();
            page.paragraph(
                "Digits type the exact number, a percentage with up to four decimals; an emptied field takes the default back.",
                2,
                look.theme.text,
            );
            page.gap();
        } else {
            page.fill(1);
        }
        let from = page.row();
        draw_buttons(
            page,
            &["Back to the month"],
            (self.focus == Row::Back).then_some(0),
        );
        page.target_since(from, Row::Back as usize);
    }

    fn act(&mut self, action: Action, turn: &mut Turn<'_, '_>) {
        self.problem = None;
        if let Some(entry) = &mut self.entry {
            match action {
                Action::Enter => self.take(turn),
                Action::Back => self.entry = None,
                Action::Less => entry.clear(),
                _ => {}
            }
            return;
        }
        match action {
            Action::Up | Action::Down => {
                turn.session.end_run();
                let next = moved(self.index(), action, ROWS.len());
                self.focus = ROWS.get(next).copied().unwrap_or_default();
            }
            Action::Digit(digit) if self.focus.kind().is_some() => {
                self.entry = Some(Entry::begun(digit));
            }
            Action::Digit(_) => turn.say = Some("Numbers go into the lines above.".to_owned()),
            Action::Enter | Action::Choose => self.press_row(turn),
            Action::Back => turn.go = Some(Go::Back),
            action => self.step(action, turn),
        }
    }

    fn press(&mut self, press: Press, turn: &mut Turn<'_, '_>) {
        if let Some(entry) = &mut self.entry {
            turn.say = entry.press(press);
        }
    }

    fn paste(&mut self, text: &str, turn: &mut Turn<'_, '_>) {
        match &mut self.entry {
            Some(entry) => turn.say = entry.paste(text),
            None => turn.say = Some("Open a field first: Enter on a number.".to_owned()),
        }
    }

    fn click(&mut self, index: usize, turn: &mut Turn<'_, '_>) {
        self.entry = None;
        self.problem = None;
        if let Some(row) = ROWS.into_iter().find(|row| *row as usize == index) {
            turn.session.end_run();
            self.focus = row;
            if row.kind().is_none() {
                self.press_row(turn);
            }
        }
    }

    fn why(&self, _session: &Session<'_>) -> Option<Screen> {
        Some(Screen::Reading(Reading::WhyMonth))
    }
}

#[cfg(test)]
mod tests {
    use super::super::save::tests::{complete, press, seen, state, typed, walk, words};
    use super::*;
    use crate::tui::key::Key;
    use crate::tui::state::State;

    fn more() -> State<'static> {
        state(complete(), |_, _| Screen::More(More::default()))
    }

    /// Goes to a line and types a number into it.
    fn put(state: &mut State<'_>, row: Row, number: &str) {
        go_to(state, row);
        press(state, Key::Enter);
        press(state, Key::Ctrl('u'));
        typed(state, number);
        press(state, Key::Enter);
    }

    fn go_to(state: &mut State<'_>, row: Row) {
        for _ in ROWS {
            press(state, Key::Up);
        }
        for _ in 0..row as usize {
            press(state, Key::Down);
        }
    }

    #[test]
    fn the_screen_is_drawn_at_every_size() {
        walk(&mut more(), ROWS.len());
    }

    #[test]
    fn every_line_steps_and_says_its_default() {
        let mut state = more();
        for (index, row) in ROWS.into_iter().enumerate().take(9) {
            assert_eq!(row as usize, index);
            go_to(&mut state, row);
            press(&mut state, Key::Right);
            assert!(row.is_set(state.session.usage()), "{row:?}");
            let text = seen(&state);
            assert!(text.contains("default"), "{text}");
            press(&mut state, Key::Char('u'));
            assert!(!row.is_set(state.session.usage()), "{row:?}");
        }
    }

    #[test]
    fn typed_numbers_are_exact_and_an_emptied_field_takes_the_default() {
        let mut state = more();
        put(&mut state, Row::Thinking, "62.1234");
        assert_eq!(state.session.usage().mix.thinking.to_string(), "62.1234");
        put(&mut state, Row::Prompt, "150k");
        assert_eq!(state.session.usage().prompt_tokens, Some(150_000));
        put(&mut state, Row::Overflow, "15");
        assert_eq!(state.session.usage().overflow_pct, Some(15));
        put(&mut state, Row::CapacityOutput, "2M");
        assert_eq!(state.session.usage().capacity_output, Some(2_000_000));
        put(&mut state, Row::CapacityInput, "30M");
        assert_eq!(state.session.usage().capacity_input, None, "the default");
        put(&mut state, Row::Overflow, "");
        assert_eq!(state.session.usage().overflow_pct, None);
        put(&mut state, Row::Overflow, "15.5");
        assert!(words(&state).contains("15.5 % is not a whole percentage"));
        assert_eq!(state.session.usage().overflow_pct, None);
        press(&mut state, Key::Esc);
        put(&mut state, Row::Thinking, "1001");
        assert!(
            words(&state).contains("from 0 to 1000"),
            "{}",
            words(&state)
        );
        press(&mut state, Key::Esc);
        put(&mut state, Row::Batch, "12.34567");
        assert!(state.session.usage().mix.batch.is_zero());
    }

    #[test]
    fn the_cache_shares_fit_together_or_nothing_changes() {
        let mut state = more();
        put(&mut state, Row::CacheRead, "80");
        put(&mut state, Row::CacheWrite5m, "20");
        go_to(&mut state, Row::CacheWrite1h);
        let before = state.session.choices().clone();
        press(&mut state, Key::Right);
        assert_eq!(*state.session.choices(), before);
        let text = words(&state);
        assert!(
            text.contains("would be 105 % together; at most 100 fit"),
            "{text}"
        );
        put(&mut state, Row::CacheWrite1h, "0.0001");
        assert_eq!(*state.session.choices(), before);
        assert!(words(&state).contains("would be 100.0001 %"));
    }

    #[test]
    fn a_model_without_that_price_is_named_and_nothing_changes() {
        let mut choices = complete();
        let unpriced = ROWS.into_iter().take(4).find_map(|row| {
            let state = state(choices.clone(), |_, _| Screen::More(More::default()));
            let part = Some(Number::Percent(Percent::whole(10)));
            let usage = row.put(part, &state.session).ok()?;
            let catalog = state.session.world.catalog;
            catalog.models.iter().find_map(|model| {
                let fits = |usage: &Usage| crate::advice::billing_cost(usage, &state.session.world);
                let on = |usage: &Usage| Usage {
                    model: Some(model.id.clone()),
                    ..usage.clone()
                };
                let plain = on(state.session.usage());
                (fits(&plain).is_ok() && fits(&on(&usage)).is_err())
                    .then(|| (row, model.id.clone()))
            })
        });
        // Only where the list has such a model.
        if let Some((row, id)) = unpriced {
            choices.usage.model = Some(id.clone());
            let mut state = state(choices.clone(), |_, _| Screen::More(More::default()));
            go_to(&mut state, row);
            press(&mut state, Key::Right);
            assert_eq!(*state.session.choices(), choices);
            assert!(words(&state).contains(&id), "{}", words(&state));
        }
    }

    #[test]
    fn one_line_resets_everything_and_undo_brings_it_back() {
        let mut state = more();
        put(&mut state, Row::CacheRead, "80");
        put(&mut state, Row::Prompt, "1M");
        put(&mut state, Row::CapacityInput, "1M");
        let set = state.session.usage().clone();
        go_to(&mut state, Row::Reset);
        press(&mut state, Key::Enter);
        assert_eq!(*state.session.usage(), complete().usage);
        press(&mut state, Key::Char('u'));
        assert_eq!(*state.session.usage(), set);
        press(&mut state, Key::Esc);
        assert_eq!(state.layers.len(), 1);
    }

    #[test]
    fn the_step_of_a_price_is_named() {
        let mut state = more();
        go_to(&mut state, Row::Prompt);
        assert!(words(&state).contains("Haiku 5.5 over 100,000 tokens:"));
    }
}

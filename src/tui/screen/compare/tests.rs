//! The compare screen: drawing and keys.

use super::fixture::{DRAWN, SIZES, has_focus, month, open, press, screen, state, with};
use super::*;
use crate::advice::Bend;
use crate::question::{Answers, Origin, QuestionId};
use crate::tui::key::Key;
use crate::tui::place::Place;
use crate::tui::state::State;
use crate::usage::ProPrice;
use crate::wizard::flow::Step;
use crate::wizard::session::{Choices, Month};

fn comparing(usage: Usage) -> State<'static> {
    let mut state = state(DRAWN, usage, false);
    open(&mut state, Place::Compare);
    state
}

fn drawn_month() -> Usage {
    month(3_000_000, 900_000)
}

/// The left side of the screen without its border.
fn left(state: &mut State<'_>, size: (u16, u16), width: usize) -> Vec<String> {
    let lines = screen(state, size);
    let inside = lines.iter().skip(1).take(usize::from(size.1) - 3);
    let cut = |line: &String| line.chars().skip(1).take(width).collect::<String>();
    inside.map(|line| cut(line).trim_end().to_owned()).collect()
}

#[test]
fn the_narrow_screen_is_as_drawn() {
    // The line of advice differs from the reference drawing: it shares the chart's scale, so that
    // each change of advice lines up with its volume.
    let drawing = "
  Model         API alone    Hybrid    = Pro at
  > Sonnet 5.5     $15.00    $24.20      × 1.33
    Opus 5.5       $30.00    $28.40      × 0.67
    Haiku 5.5       $0.75    $20.21     × 26.67
    Fable 5.2      $60.00    $36.80      × 0.33

   $40┤             ┊                 ⢀⡠ API
      │             ┊              ⣀⠤⠒⠁
      │             ┊          ⢀⣠⠔⠊⡠⠤  ⠒ Hybrid
      │            ⢀◆  ⠤⠤  ⠒⣒⠤⠒⠉
      │⣀⣀  ⠤⠤  ⠒⠊  ⠁┊   ⢀⡠⠔⠉
   $20┤──────────────⣀⠤⠊○─────────────── Pro
      │          ⢀⡠⠔⠉
      │       ⣀⠤⠊⠁  ┊
      │   ⢀⡠⠔⠉      ┊
      │⣀⠤⠊⠁         ┊
   $0 └─────────────┬───────────────────
       0          today   ○ × 1.33  × 2.5
  advice├─────────── Hybrid ───────────┤
  What if  × 1.00   3.00M sent   900K written
  Pro alone never covers the automated 20%.";
    let drawing: Vec<&str> = drawing.lines().skip(1).collect();
    let mut state = comparing(drawn_month());
    assert_eq!(left(&mut state, (80, 24), 48), drawing);
}

#[test]
fn every_month_is_drawn_at_every_size() {
    let other_pro = Usage { pro_price: ProPrice::Other(Decimal::new(1667, 2)), ..drawn_month() };
    let legacy = Usage { model: Some("claude-sonnet-4-5".to_owned()), ..drawn_month() };
    let most = crate::number::MOST_TOKENS;
    let pro = ["chat", "short", "never", "none", "no", "no", "core", "flat"];
    let api = ["code", "short", "never", "heavy", "yes", "yes", "none", "metered"];
    for (ids, usage, article) in [
        (DRAWN, drawn_month(), false),
        (DRAWN, drawn_month(), true),
        (DRAWN, other_pro, false),
        (DRAWN, legacy, false),
        (DRAWN, month(0, 0), false),
        (DRAWN, month(most, most), false),
        (DRAWN, month(1, 0), false),
        (DRAWN, month(60_000_000, 900_000), false),
        (pro, month(500_000, 200_000), false),
        (api, month(10_000_000, 4_000_000), true),
    ] {
        let mut state = state(ids, usage, article);
        open(&mut state, Place::Compare);
        for keys in [
            &[][..],
            &[Key::Down, Key::Right][..],
            &[Key::End, Key::Left, Key::Left][..],
            &[Key::Char('v')][..],
            &[Key::Char('t')][..],
        ] {
            press(&mut state, keys);
            for size in SIZES {
                screen(&mut state, size);
                assert!(has_focus(&mut state, size), "{size:?} {keys:?}");
            }
        }
    }
}

#[test]
fn the_focus_previews_a_model_and_enter_takes_it() {
    let mut state = comparing(drawn_month());
    press(&mut state, &[Key::Down]);
    let seen = state.outlook.assessment.as_ref().unwrap();
    assert_eq!(seen.model_id, "claude-opus-5-5");
    assert_eq!(state.session.usage().model, None);
    assert!(screen(&mut state, (80, 24)).iter().any(|line| line.contains("if Opus 5.5")));
    press(&mut state, &[Key::Enter]);
    assert_eq!(state.session.usage().model.as_deref(), Some("claude-opus-5-5"));
    press(&mut state, &[Key::Char('u')]);
    assert_eq!(state.status.as_deref(), Some("Undone: Compare Opus 5.5"));
    assert_eq!(state.session.usage().model, None);
}

#[test]
fn a_what_if_month_is_looked_at_dropped_and_taken() {
    let mut state = comparing(drawn_month());
    press(&mut state, &[Key::Right; 5]);
    let seen = state.outlook.assessment.as_ref().unwrap();
    assert_eq!(seen.usage.volume.input, 4_500_000);
    assert_eq!(seen.costs.hybrid, Decimal::new(263, 1));
    assert_eq!(state.session.usage().volume.input, 3_000_000);
    let lines = screen(&mut state, (80, 24));
    assert!(lines.iter().any(|line| line.contains("What if  × 1.50   4.50M sent   1.35M written")));
    assert!(lines.iter().any(|line| line.contains('●')));
    press(&mut state, &[Key::Esc]);
    assert!(matches!(state.layers.last().unwrap().place, Place::Compare));
    assert_eq!(state.outlook.assessment.as_ref().unwrap().usage.volume.input, 3_000_000);
    press(&mut state, &[Key::Right, Key::Char('+'), Key::Char('-'), Key::Enter]);
    assert_eq!(state.session.usage().volume.input, 3_300_000);
    press(&mut state, &[Key::Char('u')]);
    assert_eq!(state.status.as_deref(), Some("Undone: Compare × 1.10"));
    press(&mut state, &[Key::Enter]);
    assert!(state.status.as_deref().unwrap().contains("already"));
    press(&mut state, &[Key::Esc]);
    assert!(matches!(state.layers.last().unwrap().place, Place::Step(Step::Start)));
}

#[test]
fn an_empty_month_asks_what_if_in_tokens() {
    let mut state = comparing(month(0, 0));
    let lines = screen(&mut state, (80, 24));
    assert!(lines.iter().any(|line| line.contains("3.33M sent")), "{lines:#?}");
    press(&mut state, &[Key::Right, Key::Enter]);
    assert_eq!(state.session.usage().volume.input, 500_000);
    assert_eq!(state.session.usage().volume.output, 200_000);
}

#[test]
fn a_bend_of_the_hybrid_line_is_said_and_stands_where_the_split_changes() {
    // Pro's estimated capacity is 30M of chat a month; 80 % of 25M is 20M.
    let bend = |state: &State<'_>| {
        let seen = Compare::new(&state.session).seen(&state.session, None).unwrap();
        let most = Decimal::new(25, 1);
        let bend = crate::advice::bend(seen.unit().unwrap(), most, &state.session.world);
        (bend.unwrap(), seen.remarks)
    };
    let (at, remarks) = bend(&comparing(month(25_000_000, 900_000)));
    assert_eq!(at, Bend { at: Decimal::new(151, 2), is_above: true });
    assert!(remarks[0].starts_with("From × 1.51 Pro's limits would stop you"), "{remarks:?}");
    let (at, _) = bend(&comparing(month(60_000_000, 900_000)));
    assert_eq!(at, Bend { at: Decimal::new(62, 2), is_above: false });
}

/// The advice under the chart and `planwise sweep --vary volume` change at the same volumes.
#[test]
fn the_advice_along_the_volume_is_that_of_a_sweep() {
    use crate::sweep::{Axis, Span, Sweep, Value};

    /// A sweep works in ten-thousandths.
    const FINE: Decimal = Decimal::from_parts(2, 0, 0, false, 4);
    // Every 31st combination of answers. Only those whose advice changes with the volume count.
    let ranks = QuestionId::ALL.map(|question| question.ranks().collect::<Vec<_>>());
    let ways: usize = ranks.iter().map(Vec::len).product();
    let (mut cases, mut turns) = (0, 0);
    for way in (0..ways).step_by(31) {
        let (mut rest, mut answers) = (way, Answers::default());
        for (question, ranks) in QuestionId::ALL.into_iter().zip(&ranks) {
            answers.give(question, ranks[rest % ranks.len()], Origin::User);
            rest /= ranks.len();
        }
        let usage = if way % 2 == 0 { month(3_000_000, 900_000) } else { month(700_000, 90_000) };
        let choices = Choices { answers, usage, month: Month::Own };
        let mut state = with(choices, false);
        let seen = Compare::new(&state.session).seen(&state.session, None).unwrap();
        let (picture, most) = (Picture::new(&seen, None, None).unwrap(), seen.most);
        let strip = picture.stretches();
        if strip.len() < 2 {
            continue;
        }
        if cases == 12 {
            break;
        }
        cases += 1;
        let span = Span { from: "0".to_owned(), to: most.to_string(), steps: 251 };
        let axis = Axis::named("volume").unwrap();
        let (answers, usage) = (state.session.assessment().unwrap().answers, state.session.usage());
        let (world, wording) = (state.session.world, state.session.wording);
        let sweep = Sweep::new(axis, Some(&span), &answers, usage, world, wording).unwrap();
        let number = |value: &Value| match value {
            Value::Number(number) => *number,
            other => panic!("{other:?}"),
        };
        assert_eq!(strip.len(), sweep.turns.len() + 1, "way {way}");
        for ((here, next), ctx) in strip.iter().zip(&strip[1..]).zip(&sweep.turns) {
            assert_eq!((here.1, next.1), (ctx.from.name(), ctx.to.name()), "way {way}");
            let (last, first) = (number(&ctx.last), number(&ctx.first));
            assert!(here.0 + FINE >= last && here.0 <= first + FINE, "{here:?} {ctx:?}");
            assert!(first - last <= FINE, "{ctx:?}");
            turns += 1;
        }
        // The screen shows the same.
        open(&mut state, Place::Compare);
        let lines = screen(&mut state, (120, 40)).join("\n");
        let advice = lines.lines().find(|line| line.contains("advice")).unwrap();
        let wide = |from: Decimal, to: Decimal| (to - from) * Decimal::TEN > most * Decimal::TWO;
        let mut from = Decimal::ZERO;
        for (to, name) in strip {
            assert!(!wide(from, *to) || advice.contains(name), "{name}: {advice}");
            from = *to;
        }
    }
    assert!(cases == 12 && turns >= 12, "{turns} turns of {cases} cases");
}

#[test]
fn v_puts_the_chart_away_and_back_where_there_is_room_or_swaps_them() {
    let mut state = comparing(drawn_month());
    let has = |state: &mut State<'_>, size, text: &str| {
        screen(state, size).iter().any(|line| line.contains(text))
    };
    assert!(has(&mut state, (80, 24), "today"));
    press(&mut state, &[Key::Char('v')]);
    assert!(!has(&mut state, (80, 24), "today"));
    assert!(has(&mut state, (40, 16), "today"));
    press(&mut state, &[Key::Char('v')]);
    assert!(has(&mut state, (40, 16), "Opus 5.5"));
}

#[test]
fn a_model_that_is_not_current_is_marked_in_words() {
    let usage = Usage { model: Some("claude-sonnet-4-5".to_owned()), ..drawn_month() };
    let mut state = comparing(usage);
    let lines = screen(&mut state, (80, 24)).join("\n");
    assert!(lines.contains("> Sonnet 4.5 !"), "{lines}");
    assert!(lines.contains("deprecated"), "{lines}");
    let lines = screen(&mut state, (120, 40)).join("\n");
    assert!(lines.contains("Sonnet 4.5, deprecated"), "{lines}");
}

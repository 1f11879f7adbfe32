//! The widgets against the drawings they were made from, and against every small size.

use planwise::advice::Outcome;
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::widget::bars::{Bar, Bars, Gauge};
use planwise::tui::widget::bigtext::{BigText, big_width};
use planwise::tui::widget::chart::{Chart, Line, Stretches, Words};
use planwise::tui::widget::map::{Dot, Map, MapSize, Point};
use planwise::tui::widget::slider::{Scale, Slider};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use ratatui::widgets::Widget;

const FULL: Look = Look::new(Theme::TERMINAL, &Glyphs::FULL);
const PLAIN: Look = Look::new(Theme::TERMINAL, &Glyphs::PLAIN);
const ASCII: Look = Look::new(Theme::MONO, &Glyphs::ASCII);

/// The lines of a buffer, without the blanks at their ends.
fn lines(buf: &Buffer) -> Vec<String> {
    let row = |y| {
        let cell = |x| buf.cell((x, y)).map_or("", ratatui::buffer::Cell::symbol);
        (0..buf.area.width).map(cell).collect::<String>().trim_end().to_owned()
    };
    (0..buf.area.height).map(row).collect()
}

fn draw<W: Widget>(widget: W, width: u16, height: u16) -> Buffer {
    let mut buf = Buffer::empty(Rect::new(0, 0, width, height));
    widget.render(buf.area, &mut buf);
    buf
}

/// The lines of a drawing: the first line is empty, the frame is not part of the widget.
fn drawn(picture: &str) -> Vec<String> {
    picture.lines().skip(1).map(|line| line.trim_end().to_owned()).collect()
}

/// The points formulas at the sample month, where the API is cheaper for any share.
mod ends {
    use std::collections::BTreeMap;

    use super::{Dot, Outcome};

    /// One value for each question, by its place among the question's options.
    #[derive(Clone, Copy)]
    pub(super) struct Answers {
        pub(super) interface: &'static str,
        pub(super) session: &'static str,
        pub(super) limits: &'static str,
        pub(super) automation: &'static str,
        pub(super) developer: &'static str,
        pub(super) control: &'static str,
        pub(super) features: &'static str,
        pub(super) billing: &'static str,
    }

    pub(super) fn all() -> Vec<Answers> {
        let mut all = vec![];
        for interface in ["chat", "tools", "code"] {
            for session in ["short", "moderate", "marathon"] {
                for limits in ["never", "unknown", "sometimes", "often"] {
                    for automation in ["none", "some", "heavy"] {
                        for developer in ["no", "willing", "yes"] {
                            for control in ["no", "yes"] {
                                for features in ["core", "nice", "none"] {
                                    for billing in ["flat", "either", "metered"] {
                                        all.push(Answers {
                                            interface,
                                            session,
                                            limits,
                                            automation,
                                            developer,
                                            control,
                                            features,
                                            billing,
                                        });
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        all
    }

    fn needs(a: Answers) -> (i8, i8) {
        let pro = [
            i8::from(a.interface == "chat") * 3,
            i8::from(a.interface == "chat" && a.session != "marathon"),
            i8::from(a.features == "core") * 8 + i8::from(a.features == "nice"),
            i8::from(a.billing == "flat") - i8::from(a.billing == "metered"),
            -i8::from(a.limits == "sometimes") - i8::from(a.limits == "often") * 3,
            -1,
        ];
        let api = [
            i8::from(a.interface == "tools") * 3 + i8::from(a.interface == "code") * 4,
            i8::from(a.automation == "some") * 3 + i8::from(a.automation == "heavy") * 5,
            i8::from(controls(a)) * 2,
            i8::from(a.developer == "yes"),
            i8::from(a.limits == "sometimes") + i8::from(a.limits == "often") * 3,
            i8::from(a.session == "marathon"),
            2,
            i8::from(a.billing == "metered"),
        ];
        (api.iter().sum(), pro.iter().sum())
    }

    fn controls(a: Answers) -> bool {
        a.control == "yes" && a.developer != "no"
    }

    fn outcome(a: Answers) -> Outcome {
        let (api, pro) = needs(a);
        let often = a.limits == "often";
        let job = a.automation != "none" || a.interface != "chat" || controls(a) || often;
        let stays = a.interface == "chat" && (a.features == "core" || a.billing == "flat");
        let sign = a.automation == "heavy"
            || a.interface == "code"
            || (a.interface == "tools" && a.automation != "none" && a.billing != "flat")
            || (often && !stays);
        match (a.developer != "no", api >= 3, pro >= 3) {
            (false, true, true) if sign => Outcome::Hybrid,
            (false, true, false) if sign => Outcome::Api,
            (true, true, true) if job => Outcome::Hybrid,
            (true, true, false) => Outcome::Api,
            _ => Outcome::Pro,
        }
    }

    pub(super) fn dots(keep: impl Fn(&Answers) -> bool) -> Vec<Dot> {
        let mut count: BTreeMap<(i8, i8, &str), Dot> = BTreeMap::new();
        for a in all().into_iter().filter(keep) {
            let (api, pro) = needs(a);
            let outcome = outcome(a);
            let name = match outcome {
                Outcome::Pro => "pro",
                Outcome::Hybrid => "hybrid",
                Outcome::Api => "api",
            };
            let empty = Dot { api, pro, outcome, weight: 0 };
            count.entry((api, pro, name)).or_insert(empty).weight += 1;
        }
        count.into_values().collect()
    }

    pub(super) fn midway(a: &Answers) -> bool {
        a.interface == "chat"
            && a.session == "moderate"
            && a.limits == "sometimes"
            && a.automation == "some"
    }

    pub(super) fn early(a: &Answers) -> bool {
        midway(a) && a.developer == "willing" && a.control == "no" && a.features == "core"
    }

    /// The ways to each outcome, as the pane counts them.
    pub(super) fn ways(dots: &[Dot]) -> [u16; 3] {
        [Outcome::Pro, Outcome::Hybrid, Outcome::Api]
            .map(|side| dots.iter().filter(|dot| dot.outcome == side).map(|dot| dot.weight).sum())
    }
}

const CORNERS: [&str; 4] = ["Pro", "Hybrid", "Pro", "API"];

fn map(dots: &[Dot], now: Option<Point>, size: MapSize, look: Look) -> Map<'_> {
    Map { dots, now, now_final: false, before: None, corners: CORNERS, size, look }
}

const fn at(api: i8, pro: i8) -> Point {
    Point { api, pro }
}

const fn measure(size: MapSize) -> (u16, u16) {
    (size.width(), size.height())
}

fn map_lines(map: &Map<'_>) -> Vec<String> {
    let (width, height) = measure(map.size);
    lines(&draw(map, width, height))
}

#[test]
fn the_completions_are_those_of_the_drawings() {
    assert_eq!(ends::all().len(), 5832);
    assert_eq!(ends::ways(&ends::dots(ends::midway)), [18, 24, 12]);
    assert_eq!(ends::ways(&ends::dots(ends::early)), [0, 3, 0]);
    assert_eq!(ends::ways(&ends::dots(|_| true)).iter().sum::<u16>(), 5832);
}

#[test]
fn small_map_without_answers() {
    let dots = ends::dots(|_| true);
    let picture = "
Pro      ↑           Hybrid
       ⢠ │⢠⢠⢠⢠⢠⢠⢠⢠⢀
         │⠈⠘⢸⢸⢸⢸⢸⢸⢸⢸⢰⢠⢠⢀
       ⢰ │⢰⢰⢰⢸⢸⢸⢸⢸⢸⢸⢸⢸⢸⢸⢰⢰⢀
─────────┼────────────────→
         │⠈⠘⢸⢸⢸⢸⢸⢸⢸⢸⢸⢰⢰⢠
         │   ⠈⠘⠸⢸⢸⢸⢸⢸⢸⢸⢸⢸⢸⢠
Pro      │              API";
    assert_eq!(map_lines(&map(&dots, None, MapSize::Small, FULL)), drawn(picture));
}

#[test]
fn small_map_midway() {
    let dots = ends::dots(ends::midway);
    let picture = "
Pro      ↑           Hybrid
         │   ⢀⢀⢀⢀
         │   ⠈⠘⠘⠘⠐
         │   ⢠⢠⢠⢠
─────────┼────────────────→
         │   ◇⠘⠘⠘⠘
         │
Pro      │              API";
    assert_eq!(map_lines(&map(&dots, Some(at(6, 2)), MapSize::Small, FULL)), drawn(picture));
}

#[test]
fn small_map_midway_in_ascii_and_plain() {
    let dots = ends::dots(ends::midway);
    let picture = "
Pro      ^           Hybrid
         |   ....
         |   .....
         |   ....
---------+---------------->
         |   o....
         |
Pro      |              API";
    assert_eq!(map_lines(&map(&dots, Some(at(6, 2)), MapSize::Small, ASCII)), drawn(picture));
    let picture = "
Pro      ↑           Hybrid
         │   ····
         │   ·····
         │   ····
─────────┼────────────────→
         │   ◇····
         │
Pro      │              API";
    assert_eq!(map_lines(&map(&dots, Some(at(6, 2)), MapSize::Small, PLAIN)), drawn(picture));
}

#[test]
fn small_map_decided_early() {
    let dots = ends::dots(ends::early);
    let picture = "
Pro      ↑           Hybrid
         │   ⢀
         │   ◇⠐
         │
─────────┼────────────────→
         │
         │
Pro      │              API";
    assert_eq!(map_lines(&map(&dots, Some(at(6, 10)), MapSize::Small, FULL)), drawn(picture));
}

#[test]
fn small_map_decided_and_after_a_change() {
    let mut decided = Map { now_final: true, ..map(&[], Some(at(6, 10)), MapSize::Small, FULL) };
    let picture = "
Pro      ↑           Hybrid
         │
         │   ◆
         │
─────────┼────────────────→
         │
         │
Pro      │              API";
    assert_eq!(map_lines(&decided), drawn(picture));
    decided.before = decided.now;
    decided.now = Some(at(4, 11));
    let picture = "
Pro      ↑           Hybrid
         │ ◆
         │   ◇
         │
─────────┼────────────────→
         │
         │
Pro      │              API";
    assert_eq!(map_lines(&decided), drawn(picture));
}

#[test]
fn large_map_without_answers() {
    let dots = ends::dots(|_| true);
    let picture = "
Pro            ↑                   Hybrid
               │
               │
            ⢐  │⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢀
               │⠐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢀
               │   ⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡀
            ⢀  │⢀ ⡀⢀ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢀ ⡀
            ⢐  │⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢐ ⡂⢀
───────────────┼────────────────────────→
               │⠈ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠄⠠
               │   ⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅
               │     ⠁⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅
               │        ⠁⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨ ⠅⠨
Pro            │                      API";
    assert_eq!(map_lines(&map(&dots, None, MapSize::Large, FULL)), drawn(picture));
}

#[test]
fn large_map_midway_and_decided() {
    let dots = ends::dots(ends::midway);
    let picture = "
Pro            ↑                   Hybrid
               │
               │
               │     ⡀⢀ ⡀⢀
               │     ⠂⢐ ⡂⢐ ⡀
               │
               │
               │     ⡂⢐ ⡂⢐
───────────────┼────────────────────────→
               │     ◇⠨ ⠅⠨ ⠅
               │
               │
               │
Pro            │                      API";
    assert_eq!(map_lines(&map(&dots, Some(at(6, 2)), MapSize::Large, FULL)), drawn(picture));
    let decided = Map { now_final: true, ..map(&[], Some(at(6, 10)), MapSize::Large, FULL) };
    let picture = "
Pro            ↑                   Hybrid
               │
               │
               │
               │     ◆
               │
               │
               │
───────────────┼────────────────────────→
               │
               │
               │
               │
Pro            │                      API";
    assert_eq!(map_lines(&decided), drawn(picture));
}

#[test]
fn fog_has_the_colour_of_its_outcome_and_mono_has_none() {
    let dots = ends::dots(ends::midway);
    let (width, height) = measure(MapSize::Small);
    let buf = draw(&map(&dots, None, MapSize::Small, FULL), width, height);
    let colours = |buf: &Buffer| {
        let mut all: Vec<Color> = buf.content().iter().map(|cell| cell.fg).collect();
        all.sort_by_key(ToString::to_string);
        all.dedup();
        all
    };
    // Bottom right: Pro for most who want no keys, the API for those who like them.
    assert_eq!(buf[(13, 5)].fg, Color::Cyan);
    assert_eq!(buf[(15, 5)].fg, Color::Magenta);
    // Top right, with keys: hybrid, bold in the default colour.
    assert_eq!(buf[(15, 2)].fg, Color::Reset);
    assert!(buf[(15, 2)].modifier.contains(Modifier::BOLD));
    let mono = Look::new(Theme::MONO, &Glyphs::FULL);
    let buf = draw(&map(&dots, Some(at(6, 2)), MapSize::Small, mono), width, height);
    assert_eq!(colours(&buf), [Color::Reset]);
}

const LABELS: Words<'_> = Words { zero: "0", today: "today", crossing: "× 1.33", most: "× 2.5" };
const TICKS: [(f64, &str); 3] = [(40.0, "$40"), (20.0, "$20"), (0.0, "$0")];

/// The chart of the drawings: Sonnet 5.5 at 3M + 900K.
const fn compare(look: Look) -> Chart<'static> {
    Chart {
        x_max: 2.5,
        y_max: 40.0,
        y_ticks: &TICKS,
        pro: Line { fixed: 20.0, slope: 0.0, label: "Pro" },
        api: Line { fixed: 0.0, slope: 15.0, label: "API" },
        hybrid: Line { fixed: 20.0, slope: 4.2, label: "Hybrid" },
        recommended: Outcome::Hybrid,
        today: 1.0,
        what_if: None,
        crossing: Some(1.333_333),
        words: LABELS,
        look,
    }
}

#[test]
fn chart_of_the_narrow_screen() {
    let picture = "
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
    0          today   ○ × 1.33  × 2.5";
    assert_eq!(lines(&draw(&compare(FULL), 44, 12)), drawn(picture));
}

#[test]
fn chart_of_the_wide_screen() {
    let picture = "
$40┤                      ┊                                 ⢀ API
   │                      ┊                             ⢀⡠⠔⠊⠁
   │                      ┊                         ⢀⡠⠔⠊⠁
   │                      ┊                     ⢀⡠⠔⠊⠁   ⣀⣀  ⠤ Hybrid
   │                      ┊             ⣀⣀  ⢤⡤⠔⠊⠓⠒  ⠉⠉
   │                     ⢀◆ ⣀⡠  ⠤⠒  ⠊⠉  ⢀⡠⠔⠊⠁
   │        ⣀⣀  ⠤⠤  ⠒⠒  ⠉⠁┊         ⢀⡠⠔⠊⠁
$20┤⠒⠒──⠉⠉──────────────────────⢀⡠○⠊⠁──────────────────────── Pro
   │                      ┊ ⢀⡠⠔⠊⠁
   │                    ⢀⡠⠔⠊⠁
   │                ⣀⠤⠒⠊⠁ ┊
   │            ⣀⠤⠒⠉      ┊
   │        ⣀⠤⠒⠉          ┊
   │    ⣀⠤⠒⠉              ┊
   │⣀⠤⠒⠉                  ┊
$0 └──────────────────────┬───────┬──────────────────────────
    0                   today    × 1.33                 × 2.5";
    assert_eq!(lines(&draw(&compare(FULL), 68, 17)), drawn(picture));
}

#[test]
fn chart_in_ascii() {
    let picture = "
$40+             :                  A API
   |             :              AAAA
   |             :           HHHHHHHH Hybrid
   |             @HHHHHHHHHHH
   |HHHHHHHHHHHHH:    AAA
$20+--------------AAAo--------------- Pro
   |           AAA
   |       AAAA  :
   |    AAA      :
   |AAAA         :
$0 +-------------+-------------------
    0          today   o x 1.33  x 2.5";
    assert_eq!(lines(&draw(&compare(ASCII), 44, 12)), drawn(picture));
}

/// The first cell that shows a symbol, from the top.
fn find(buf: &Buffer, symbol: &str) -> Option<(u16, u16)> {
    let index = buf.content().iter().position(|cell| cell.symbol() == symbol)?;
    Some(buf.pos_of(index))
}

#[test]
fn chart_marks_stand_on_their_lines() {
    let mut chart = compare(FULL);
    chart.recommended = Outcome::Api;
    chart.what_if = Some(2.0);
    let buf = draw(&chart, 44, 12);
    // $15 of $40 on ten lines, $30 of $40.
    assert_eq!(find(&buf, "◆"), Some((17, 6)));
    assert_eq!(find(&buf, "●"), Some((4 + 26, 2)));
    assert_eq!(find(&buf, "○"), Some((4 + 17, 5)));
    assert_eq!(find(&buf, "┴"), Some((4 + 26, 10)));
    chart.what_if = Some(9.0);
    chart.crossing = None;
    let buf = draw(&chart, 44, 12);
    assert_eq!(find(&buf, "●"), None);
    assert_eq!(find(&buf, "○"), None);
}

#[test]
fn chart_lines_that_leave_by_the_top_are_named_there() {
    let mut chart = compare(FULL);
    chart.api.slope = 60.0;
    let buf = draw(&chart, 44, 12);
    let text = lines(&buf);
    let top = text.first().map(String::as_str);
    assert_eq!(top, Some("$40┤        ⡜ API┊"), "{text:#?}");
    for look in [FULL, PLAIN, ASCII] {
        for slope in [0.0, 0.1, 5.0, 8.0, 15.0, 16.0, 30.0, 100.0, 1000.0] {
            let mut chart = compare(look);
            chart.api.slope = slope;
            chart.hybrid.slope = slope / 3.0;
            let text = lines(&draw(&chart, 44, 12)).join("\n");
            for name in ["API", "Hybrid", "Pro"] {
                assert!(text.contains(name), "{name} at {slope}\n{text}");
            }
        }
    }
}

#[test]
fn a_crossing_before_today_is_named_on_its_side() {
    let mut chart = compare(FULL);
    chart.crossing = Some(0.5);
    chart.api.slope = 40.0;
    let text = lines(&draw(&chart, 68, 17));
    let under = text.last().map_or("", String::as_str);
    assert_eq!(under, "    0         × 1.33    today                           × 2.5");
}

#[test]
fn a_chart_without_today_s_volume_begins_at_it() {
    let mut chart = compare(FULL);
    chart.today = 0.0;
    let text = lines(&draw(&chart, 44, 12));
    let under = text.last().map_or("", String::as_str);
    assert!(under.starts_with("    today "), "{under}");
}

#[test]
fn stretches_of_advice() {
    let one = Stretches { ends: &[(2.5, "Hybrid")], x_max: 2.5, look: FULL };
    let text = lines(&draw(&one, 35, 1));
    assert_eq!(text, ["├───────────── Hybrid ────────────┤"]);
    let text = lines(&draw(&one, 58, 1));
    assert_eq!(text, ["├──────────────────────── Hybrid ────────────────────────┤"]);
    let two = Stretches { ends: &[(1.0, "API"), (2.5, "Hybrid")], x_max: 2.5, look: ASCII };
    let text = lines(&draw(&two, 36, 1));
    assert_eq!(text, ["+---- API ----+------ Hybrid ------+"]);
    let narrow = Stretches { ends: &[(0.3, "API"), (2.5, "Hybrid")], x_max: 2.5, look: FULL };
    let text = lines(&draw(&narrow, 35, 1));
    assert_eq!(text, ["├ … ┼─────────── Hybrid ──────────┤"]);
}

#[test]
fn slider_at_its_ends_and_as_drawn() {
    let track = |position, width, look| {
        lines(&draw(&Slider { position, focused: false, look }, width, 1)).concat()
    };
    assert_eq!(track(0.495_424, 31, FULL), "═══════════════●───────────────");
    assert_eq!(track(0.390_848, 31, FULL), "════════════●──────────────────");
    assert_eq!(track(0.2, 31, FULL), "══════●────────────────────────");
    assert_eq!(track(0.495_424, 51, FULL), "═════════════════════════●─────────────────────────");
    assert_eq!(track(0.390_848, 51, FULL), "════════════════════●──────────────────────────────");
    assert_eq!(track(0.0, 5, FULL), "●────");
    assert_eq!(track(1.0, 5, FULL), "════●");
    assert_eq!(track(-3.0, 5, ASCII), "O----");
    assert_eq!(track(7.0, 5, ASCII), "====O");
    assert_eq!(track(0.5, 7, ASCII), "===O---");
    assert_eq!(track(0.5, 1, FULL), "●");
    let focused = draw(&Slider { position: 0.5, focused: true, look: FULL }, 5, 1);
    assert!(focused[(2, 0)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn scale_as_drawn() {
    let volumes =
        [(0.0, "10K"), (0.2, "100K"), (0.4, "1M"), (0.6, "10M"), (0.8, "100M"), (1.0, "1B")];
    let scale = Scale { labels: &volumes, look: FULL };
    let text = lines(&draw(&scale, 51, 1));
    assert_eq!(text, ["10K       100K      1M        10M       100M     1B"]);
    let text = lines(&draw(&scale, 12, 1));
    assert_eq!(text, ["10K 1M    1B"]);
    let shares = [(0.0, "0"), (0.2, "20"), (0.4, "40"), (0.6, "60"), (0.8, "80"), (1.0, "100")];
    let text = lines(&draw(&Scale { labels: &shares, look: FULL }, 51, 1));
    assert_eq!(text, ["0         20        40        60        80      100"]);
}

fn bar(side: Outcome, solid: f64, hatched: f64) -> Bar {
    Bar { solid, hatched, side }
}

#[test]
fn bars_as_drawn() {
    let sample = [
        bar(Outcome::Pro, 4.0, 0.0),
        bar(Outcome::Hybrid, 4.0, 0.0),
        bar(Outcome::Api, 0.6, 0.0),
        bar(Outcome::Api, 1.2, 0.0),
        bar(Outcome::Api, 0.03, 0.0),
        bar(Outcome::Api, 2.4, 0.0),
    ];
    let text = lines(&draw(&Bars { rows: &sample, mark: Some(4), look: FULL }, 13, 6));
    assert_eq!(text, ["████┊", "████┊", "▌   ┊", "█▏  ┊", "▏   ┊", "██▍ ┊"]);
    let month = [
        bar(Outcome::Pro, 4.0, 0.0),
        bar(Outcome::Hybrid, 4.0, 0.84),
        bar(Outcome::Api, 3.0, 0.0),
        bar(Outcome::Api, 6.0, 0.0),
        bar(Outcome::Api, 0.15, 0.0),
        bar(Outcome::Api, 12.0, 0.0),
        bar(Outcome::Api, 13.1, 0.0),
        bar(Outcome::Api, 0.0, 0.0),
        bar(Outcome::Api, -2.0, -2.0),
    ];
    let bars = Bars { rows: &month, mark: Some(4), look: FULL };
    let text = lines(&draw(&bars, 13, 9));
    let expected = [
        "████┊",
        "████▒",
        "███ ┊",
        "██████",
        "▏   ┊",
        "████████████",
        "████████████>",
        "    ┊",
        "    ┊",
    ];
    assert_eq!(text, expected);
    let text = lines(&draw(&Bars { look: ASCII, ..bars }, 13, 4));
    assert_eq!(text, ["####:", "####%", "### :", "######"]);
    let text = lines(&draw(&Bars { look: PLAIN, ..bars }, 13, 5));
    assert_eq!(text.last().map(String::as_str), Some("█   ┊"));
    let shares = [bar(Outcome::Pro, 14.4, 0.0), bar(Outcome::Api, 5.6, 0.0)];
    let text = lines(&draw(&Bars { rows: &shares, mark: None, look: FULL }, 20, 2));
    assert_eq!(text, ["██████████████▍", "█████▌"]);
}

#[test]
fn gauges_as_drawn() {
    let gauge = |points, width, look| {
        let gauge = Gauge { points, mark: 3, side: Outcome::Pro, look };
        lines(&draw(&gauge, width, 1)).concat()
    };
    assert_eq!(gauge(10, 18, FULL), "███│███████");
    assert_eq!(gauge(6, 18, FULL), "███│███");
    assert_eq!(gauge(2, 18, FULL), "██ │");
    assert_eq!(gauge(3, 18, FULL), "███│");
    assert_eq!(gauge(-5, 18, FULL), "   │");
    assert_eq!(gauge(19, 18, FULL), "███│█████████████>");
    assert_eq!(gauge(19, 20, FULL), "███│████████████████");
    assert_eq!(gauge(4, 18, ASCII), "###|#");
}

#[test]
fn big_letters_as_drawn() {
    let big = |text, look| {
        let style = FULL.theme.hybrid;
        lines(&draw(&BigText { text, style, look }, 40, 3))
    };
    let name = [
        "█▀█ █   █▀█ █▄ █ █   █ █ █▀▀ █▀▀",
        "█▀▀ █   █▀█ █ ▀█ █ █ █ █ ▀▀█ █▀▀",
        "▀   ▀▀▀ ▀ ▀ ▀  ▀  ▀ ▀  ▀ ▀▀▀ ▀▀▀",
    ];
    assert_eq!(big("PLANWISE", FULL), name);
    let hybrid = ["█ █ █ █ █▀▄ █▀█ █ █▀▄", "█▀█ ▀█▀ █▀▄ █▀▄ █ █ █", "▀ ▀  ▀  ▀▀  ▀ ▀ ▀ ▀▀"];
    assert_eq!(big("HYBRID", FULL), hybrid);
    assert_eq!(big("PRO", FULL), ["█▀█ █▀█ █▀█", "█▀▀ █▀▄ █ █", "▀   ▀ ▀ ▀▀▀"]);
    assert_eq!(big("API", FULL), ["█▀█ █▀█ █", "█▀█ █▀▀ █", "▀ ▀ ▀   ▀"]);
    assert_eq!(big("HYBRID", ASCII), ["HYBRID", "", ""]);
    assert_eq!(big("HYBRID", PLAIN), ["HYBRID", "", ""]);
    assert_eq!(big("QUIZ", FULL), ["QUIZ", "", ""]);
    assert_eq!(big_width("PLANWISE"), Some(32));
    assert_eq!(big_width(""), Some(0));
    assert_eq!(big_width("QUIZ"), None);
}

/// Renders into a buffer larger than the area, and looks for a cell touched outside of it.
fn stays_inside<W: Widget + Copy>(widget: W, what: &str) {
    let outside = ratatui::buffer::Cell::new("!");
    for height in 0..=30 {
        for width in 0..=60 {
            let area = Rect::new(2, 1, width, height);
            let mut buf = Buffer::filled(Rect::new(0, 0, width + 4, height + 3), outside.clone());
            widget.render(area, &mut buf);
            for (index, cell) in buf.content().iter().enumerate() {
                let inside = area.contains(buf.pos_of(index).into());
                assert!(inside || *cell == outside, "{what} at {width} x {height}");
            }
        }
    }
    // Partly and wholly off the buffer.
    let mut buf = Buffer::empty(Rect::new(0, 0, 20, 10));
    for area in [
        Rect::new(15, 5, 60, 30),
        Rect::new(20, 10, 5, 5),
        Rect::new(u16::MAX, u16::MAX, 0, 0),
        Rect::new(u16::MAX - 3, 0, 3, 3),
        Rect::new(0, 0, u16::MAX, 1),
        Rect::new(0, 0, 1, u16::MAX),
    ] {
        widget.render(area, &mut buf);
    }
}

#[test]
fn every_widget_stays_inside_at_every_size() {
    let mut dots = ends::dots(|_| true);
    for (api, pro) in [(i8::MIN, i8::MIN), (i8::MAX, i8::MAX), (-1, 15), (19, -6)] {
        dots.push(Dot { api, pro, outcome: Outcome::Api, weight: u16::MAX });
    }
    for look in [FULL, ASCII] {
        for size in [MapSize::Small, MapSize::Large] {
            let long =
                ["a very long corner name indeed", "a name longer than the whole map, by far"];
            let [left, right] = long;
            let corners = [left, right, right, ""];
            let map = Map {
                before: Some(at(-128, 127)),
                corners,
                ..map(&dots, Some(at(127, -128)), size, look)
            };
            stays_inside(&map, "map");
        }
        let chart = compare(look);
        stays_inside(&chart, "chart");
        stays_inside(&Slider { position: 0.5, focused: true, look }, "slider");
        let labels = [(0.0, "a long first name"), (0.5, "middle"), (1.0, "a long last name")];
        stays_inside(&Scale { labels: &labels, look }, "scale");
        let ends = [(0.5, "API"), (0.2, "a longer name than fits"), (9.0, ""), (2.5, "Pro")];
        stays_inside(&Stretches { ends: &ends, x_max: 2.5, look }, "stretches");
        let rows = [
            bar(Outcome::Api, 1e300, 1e300),
            bar(Outcome::Pro, 0.5, 0.0),
            bar(Outcome::Pro, 2.0, 9.5),
        ];
        stays_inside(&Bars { rows: &rows, mark: Some(4), look }, "bars");
        stays_inside(&Gauge { points: i16::MAX, mark: 3, side: Outcome::Api, look }, "gauge");
        let style = look.theme.hybrid;
        stays_inside(&BigText { text: "PLANWISE", style, look }, "big text");
        stays_inside(&BigText { text: "漢字", style, look }, "wide letters");
    }
}

#[test]
fn no_number_makes_a_widget_panic() {
    let numbers = [
        0.0,
        -0.0,
        1.0,
        -1.0,
        1e-300,
        1e300,
        -1e300,
        f64::MAX,
        f64::MIN,
        f64::MIN_POSITIVE,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
    ];
    for look in [FULL, PLAIN, ASCII] {
        for a in numbers {
            for b in numbers {
                let ticks = [(a, "$40"), (b, "")];
                let chart = Chart {
                    x_max: a,
                    y_max: b,
                    y_ticks: &ticks,
                    api: Line { fixed: b, slope: a, label: "API" },
                    hybrid: Line { fixed: a, slope: b, label: "Hybrid" },
                    what_if: Some(a),
                    crossing: Some(b),
                    ..compare(look)
                };
                for chart in [chart, Chart { x_max: 2.5, y_max: 40.0, today: a, ..chart }] {
                    for (width, height) in [(0, 0), (9, 2), (12, 3), (13, 4), (44, 12), (200, 60)] {
                        draw(&chart, width, height);
                    }
                }
                let ends = [(a, "API"), (b, "Pro")];
                draw(&Stretches { ends: &ends, x_max: b, look }, 30, 1);
                draw(&Slider { position: a, focused: false, look }, 30, 1);
                draw(&Scale { labels: &ends, look }, 30, 1);
                let rows = [bar(Outcome::Api, a, b)];
                draw(&Bars { rows: &rows, mark: None, look }, 30, 1);
            }
        }
    }
}

#[test]
fn ascii_widgets_have_nothing_but_ascii() {
    let dots = ends::dots(|_| true);
    let look = ASCII;
    let mut all = lines(&draw(&map(&dots, Some(at(6, 2)), MapSize::Large, look), 41, 14));
    let chart = Chart { what_if: Some(2.0), ..compare(look) };
    all.extend(lines(&draw(&chart, 68, 17)));
    all.extend(lines(&draw(&BigText { text: "API", style: look.theme.api, look }, 20, 3)));
    for line in all {
        assert!(line.is_ascii(), "{line}");
    }
}

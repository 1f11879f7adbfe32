//! The widgets against the drawings they were made from, and against every small size.

use planwise::advice::Outcome;
use planwise::tui::look::{Glyphs, Look, Theme};
use planwise::tui::widget::bars::{Bar, Bars, Gauge};
use planwise::tui::widget::bigtext::{BigText, big_width};
use planwise::tui::widget::chart::{Chart, Line, Stretches, Words};
use planwise::tui::widget::map::{Land, Map, MapScale, Point};
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

const fn at(api: i8, pro: i8) -> Point {
    Point { api, pro }
}

/// Question 4 of the drawings, with "Some": where the open answers can lead.
fn lands() -> Vec<Land> {
    let mut lands = vec![];
    for (pro, apis) in [(2, 6..=10), (3, 6..=9), (11, 6..=9), (10, 6..=10)] {
        let outcome = if pro >= 3 { Outcome::Hybrid } else { Outcome::Api };
        lands.extend(apis.map(|api| Land { at: at(api, pro), outcome }));
    }
    lands
}

fn map(lands: &[Land], scale: MapScale, look: Look) -> Map<'_> {
    Map {
        lands,
        you: Some(at(4, 3)),
        decided: None,
        rooms: [Outcome::Pro, Outcome::Hybrid, Outcome::Api],
        walk: &[],
        scale,
        look,
    }
}

fn map_lines(map: &Map<'_>) -> Vec<String> {
    lines(&draw(map, map.scale.width(), map.scale.height()))
}

#[test]
fn the_map_of_open_answers_in_twelve_rows() {
    let lands = lands();
    let open = Map {
        rooms: [Outcome::Pro, Outcome::Hybrid, Outcome::Api],
        ..map(&lands, MapScale::MIDDLE, FULL)
    };
    assert_eq!(map_lines(&open), drawn(MIDDLE_OPEN));
    let ascii = map_lines(&Map { look: ASCII, ..open });
    assert!(ascii.iter().all(|line| line.is_ascii()), "{ascii:?}");
    assert!(ascii[6].contains("o  ::::::::"), "{ascii:?}");
}

const MIDDLE_OPEN: &str = "
 PRO  │                     HYBRID
 out  │
      │      ▒▒▒▒▒▒▒▒
      │      ▒▒▒▒▒▒▒▒▒▒
      │
      │
      │   ◇  ▒▒▒▒▒▒▒▒
      ├──────────────────────────────────
      │      ▒▒▒▒▒▒▒▒▒▒
      │
      │
      │                       API";

#[test]
fn a_decided_map_lights_its_room_and_names_the_person() {
    let decided = Map {
        you: Some(at(6, 10)),
        decided: Some(Outcome::Hybrid),
        ..map(&[], MapScale::SMALL, FULL)
    };
    assert_eq!(map_lines(&decided), drawn(SMALL_DECIDED));
}

const SMALL_DECIDED: &str = "
 PRO  │░░░░░░░░░░░░░░░░░░░░ HYBRID ░░░░░░
      │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
      │░░░░░░ ◆ you ░░░░░░░░░░░░░░░░░░░░░
      │░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
      ├──────────────────────────────────
      │
      │                       API";

#[test]
fn a_room_that_cannot_be_reached_says_out_and_a_walk_shows_its_steps() {
    let lands = [Land { at: at(4, 8), outcome: Outcome::Hybrid }];
    let walk = [(at(0, 3), '1'), (at(1, 3), '3')];
    let large = Map { walk: &walk, ..map(&lands, MapScale::LARGE, FULL) };
    let text = map_lines(&large);
    assert!(text[1].contains("out"), "{text:#?}");
    assert!(text[12].starts_with("  3  1  3"), "{text:#?}");
    assert_eq!(MapScale::LARGE.width(), 65);
    assert_eq!(MapScale::LARGE.height(), 22);
}

#[test]
fn what_can_still_be_reached_has_the_colour_of_its_outcome_and_mono_has_none() {
    let lands = lands();
    let scale = MapScale::MIDDLE;
    let buf = draw(&map(&lands, scale, FULL), scale.width(), scale.height());
    let colours: Vec<Color> =
        buf.content().iter().filter(|c| c.symbol() == "▒").map(|c| c.fg).collect();
    assert!(colours.contains(&Color::Green) && colours.contains(&Color::Magenta));
    let mono = Look::new(Theme::MONO, &Glyphs::FULL);
    let buf = draw(&map(&lands, scale, mono), scale.width(), scale.height());
    assert!(buf.content().iter().all(|cell| cell.fg == Color::Reset));
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
$40+             |                  A API
   |             |              AAAA
   |             |           HHHHHHHH Hybrid
   |             @HHHHHHHHHHH
   |HHHHHHHHHHHHH|    AAA
$20+--------------AAAo--------------- Pro
   |           AAA
   |       AAAA  |
   |    AAA      |
   |AAAA         |
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

const fn bar(side: Outcome, solid: u16, hatched: u16) -> Bar {
    Bar { solid, hatched, side }
}

#[test]
fn bars_as_drawn() {
    let month = [
        bar(Outcome::Pro, 32, 0),
        bar(Outcome::Pro, 32, 7),
        bar(Outcome::Pro, 32, 17),
        bar(Outcome::Api, 24, 0),
        bar(Outcome::Api, 48, 0),
        bar(Outcome::Api, 1, 0),
        bar(Outcome::Api, 96, 0),
        bar(Outcome::Api, 0, 0),
    ];
    let bars = Bars { rows: &month, line: Some(4), look: FULL };
    let expected =
        ["████┊", "████┊▉", "████┊▒▒▏", "███ ┊", "████┊██", "▏   ┊", "████┊████████", "    ┊"];
    assert_eq!(lines(&draw(&bars, 13, 8)), expected);
    let text = lines(&draw(&Bars { look: ASCII, ..bars }, 13, 6));
    assert_eq!(text, ["####|", "####|:", "####|::", "### |", "####|##", "-   |"]);
    let text = lines(&draw(&Bars { look: PLAIN, ..bars }, 13, 6));
    assert_eq!(text.last().map(String::as_str), Some("─   ┊"));
    let shares = [bar(Outcome::Pro, 115, 0), bar(Outcome::Api, 45, 0)];
    let text = lines(&draw(&Bars { rows: &shares, line: None, look: FULL }, 20, 2));
    assert_eq!(text, ["██████████████▍", "█████▋"]);
}

#[test]
fn gauges_as_drawn() {
    let gauge = |given, highest, width, look| {
        let gauge = Gauge { given, highest, mark: 3, side: Outcome::Pro, look };
        lines(&draw(&gauge, width, 1)).concat()
    };
    assert_eq!(gauge(10, 10, 18, FULL), "███│███████");
    assert_eq!(gauge(4, 10, 18, FULL), "███│█░░░░░░");
    assert_eq!(gauge(0, 15, 18, FULL), "░░░│░░░░░░░░░░░░");
    assert_eq!(gauge(2, 2, 18, FULL), "██ │");
    assert_eq!(gauge(3, 3, 18, FULL), "███│");
    assert_eq!(gauge(-5, 1, 18, FULL), "░  │");
    assert_eq!(gauge(19, 19, 20, FULL), "███│████████████████");
    assert_eq!(gauge(4, 6, 18, ASCII), "###|#..");
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
    let mut lands = lands();
    for (api, pro) in [(i8::MIN, i8::MIN), (i8::MAX, i8::MAX), (-1, 15), (19, -6)] {
        lands.push(Land { at: at(api, pro), outcome: Outcome::Api });
    }
    for look in [FULL, ASCII] {
        for scale in [MapScale::SMALL, MapScale::MIDDLE, MapScale::LARGE] {
            let walk = [(at(-128, 127), '漢')];
            let open = map(&lands, scale, look);
            stays_inside(&Map { you: Some(at(127, -128)), walk: &walk, ..open }, "map");
            let decided = Some(Outcome::Pro);
            stays_inside(&Map { decided, lands: &[], ..open }, "decided map");
        }
        let chart = compare(look);
        stays_inside(&chart, "chart");
        stays_inside(&Slider { position: 0.5, focused: true, look }, "slider");
        let labels = [(0.0, "a long first name"), (0.5, "middle"), (1.0, "a long last name")];
        stays_inside(&Scale { labels: &labels, look }, "scale");
        let ends = [(0.5, "API"), (0.2, "a longer name than fits"), (9.0, ""), (2.5, "Pro")];
        stays_inside(&Stretches { ends: &ends, x_max: 2.5, look }, "stretches");
        let rows = [
            bar(Outcome::Api, u16::MAX, u16::MAX),
            bar(Outcome::Pro, 4, 0),
            bar(Outcome::Pro, 16, 76),
        ];
        stays_inside(&Bars { rows: &rows, line: Some(4), look }, "bars");
        let (given, highest) = (i8::MAX, i8::MIN);
        stays_inside(&Gauge { given, highest, mark: 3, side: Outcome::Api, look }, "gauge");
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
            }
        }
    }
}

#[test]
fn ascii_widgets_have_nothing_but_ascii() {
    let lands = lands();
    let look = ASCII;
    let mut all = map_lines(&map(&lands, MapScale::LARGE, look));
    let chart = Chart { what_if: Some(2.0), ..compare(look) };
    all.extend(lines(&draw(&chart, 68, 17)));
    all.extend(lines(&draw(&BigText { text: "API", style: look.theme.api, look }, 20, 3)));
    for line in all {
        assert!(line.is_ascii(), "{line}");
    }
}

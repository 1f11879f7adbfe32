//! What a person must see of each state that is not kept whole.

use super::*;

/// A state that is not looked at whole: the way there, and what a person must see of it.
struct Shown {
    name: &'static str,
    reach: fn(&mut State<'static>),
    parts: &'static [&'static str],
    /// At 80 x 24 alone, and at 120 x 40 alone.
    more: [&'static [&'static str]; 2],
}

impl Shown {
    const fn new(
        name: &'static str,
        reach: fn(&mut State<'static>),
        parts: &'static [&'static str],
    ) -> Self {
        Self { name, reach, parts, more: [&[]; 2] }
    }

    const fn usual(mut self, parts: &'static [&'static str]) -> Self {
        self.more[0] = parts;
        self
    }

    const fn wide(mut self, parts: &'static [&'static str]) -> Self {
        self.more[1] = parts;
        self
    }
}

fn keys(state: &mut State<'_>, script: &str) {
    send(state, script);
}

const SHOWN: &[Shown] = &[
    Shown::new(
        "question 1",
        |state| keys(state, "<enter>"),
        &["> ( ) 1  In the Claude app", "STILL OPEN: all three", "if you pick \"Claude app\""],
    )
    .usual(&["─ Step 1 of 10  ●○○○○○○○○○ ─", "of 1,944 ways, not chances"])
    .wide(&["─ Step 1 of 10  ●○○○○○○○○○  Where you work ─", "what open answers can still add"]),
    Shown::new(
        "not sure about the limits",
        |state| keys(state, "<enter>1<enter>2<enter><end><up><up>"),
        &["> ( ) 4  I have not used Pro, or I am not", "A side counts at 3 points"],
    )
    .usual(&["─ Step 3 of 10  ●●●○○○○○○○ ─", "So far  Claude app · Moderate"])
    .wide(&["─ Step 3 of 10  ●●●○○○○○○○  Usage limits ─", "2 Session length Moderate"]),
    Shown::new(
        "the last question decided early",
        |state| {
            keys(state, "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>");
        },
        &["─ Step 8 of 10  ●●●●●●●●○○", "DECIDED: HYBRID", "whatever you pick here"],
    ),
    Shown::new(
        "the sample month",
        |state| {
            keys(state, "<enter>1<enter>2<enter>2<enter>2<enter>2<enter>1<enter>1<enter>2<enter>");
        },
        &[
            "< the sample month >",
            "> Sent to Claude, input        500,000 tokens",
            "HYBRID so far",
            "with a sample month",
            "─ Sample month, estimate ─",
        ],
    )
    .usual(&[
        "Goes to API   140K sent 56K written     $0.84",
        "API alone = Pro at × 6.67 of this volume",
    ])
    .wide(&["140K + 56K $0.84", "API alone costs what Pro costs at × 6.67 of this month."]),
    Shown::new(
        "an open field",
        |state| {
            keys(state, TO_MONTH);
            keys(state, "<up>2.5");
        },
        &["> Sent to Claude, input:  2.5", "not a number yet"],
    ),
    Shown::new(
        "another model for the month",
        |state| {
            keys(state, TO_MONTH);
            keys(state, "<down><down><right>");
        },
        &["HYBRID: use both"],
    )
    .usual(&[
        "> Model for the API   < Opus 5.5 >",
        "Goes to API   840K sent 252K written    $8.40",
        "* API Opus ",
        "$30.00",
    ])
    .wide(&[
        "> Model for the API part < Opus 5.5 > $4 in, $20 out per million",
        "840K + 252K $8.40",
    ]),
    Shown::new(
        "what if it were another model and a larger month",
        |state| {
            to_result(state);
            keys(state, "c<down><right><right>");
        },
        &[
            "─ Compare: a month × 1.20, estimate ─",
            "if × 1.20 on Opus 5.5",
            "× 1.20   3.60M sent   1.08M written",
            "─ What if, estimate ─",
        ],
    )
    .usual(&["> Opus 5.5       $36.00    $30.08      × 0.67"])
    .wide(&["> Opus 5.5 $4 / $20 $36.00 $30.08 +$16.00 × 0.67"]),
    Shown::new(
        "the table of Compare alone",
        |state| {
            to_result(state);
            keys(state, "cv");
        },
        &[],
    )
    .usual(&[
        "Model         API alone    Hybrid    = Pro at",
        "> Sonnet 5.5     $15.00    $24.20      × 1.33",
        "Haiku 5.5       $0.75    $20.21     × 26.67",
        "Pro alone never covers the automated 20%.",
    ])
    .wide(&[
        "> Sonnet 5.5 $2 / $10 $15.00 $24.20 -$5.00 × 1.33",
        "Haiku 5.5 $0.10 / $0.50 $0.75 $20.21 -$19.25 × 26.67",
    ]),
    Shown::new(
        "help on the month",
        |state| {
            keys(state, TO_MONTH);
            keys(state, "?");
        },
        &["Keys of the month", "←→         a step, or another choice", "2.5M, 800k,"],
    ),
    Shown::new(
        "logs in two places",
        |state| {
            keys(state, "<down><down><enter>");
            places(state, &["~/.config/claude/projects", "~/.claude/projects"]);
        },
        &[
            "Nothing is sent, and nothing is written.",
            "  ~/.config/claude/projects",
            "  ~/.claude/projects",
            "> Start    read the usual places",
        ],
    ),
    Shown::new(
        "logs at a path",
        |state| {
            keys(state, "<down><down><enter>");
            places(state, &[]);
            keys(state, "<enter>~/Downloads/export.zip");
        },
        &[
            "No logs of Claude Code in the usual places on",
            "  Start    read this path",
            "> Path     ~/Downloads/export.zip",
        ],
    ),
    Shown::new(
        "a question while logs are read",
        |state| {
            begin_reading(state);
            keys(state, "<esc><up><up><enter>2");
            update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
        },
        &["> (o) 2  In Claude Code", "─ Reading logs: 41 of 128 files, x stops ─"],
    ),
    Shown::new(
        "what replayed logs say of every plan",
        |state| {
            to_replayed(state);
            keys(state, "f<pgdn><pgdn><down><down><down><down>");
        },
        &[],
    )
    .usual(&["Your hardest week, hour by hour", "0     6     12    18", "Mon 26 Oct "])
    .wide(&["Assumptions", "Ultra, a week: $187.50 to $1,325.84, likely $781.25 [1]."]),
    Shown::new(
        "the end of the fit",
        |state| {
            to_replayed(state);
            keys(state, "f<end>");
        },
        &["Team is sold per seat, from two seats;", "Verify current prices at claude.com/pricing"],
    ),
    Shown::new(
        "the question about limits after a replay",
        |state| {
            to_replayed(state);
            keys(state, "<enter><enter><enter>");
        },
        &[
            "> (o) 3  Most weeks, and it costs me work",
            "(from your usage)",
            "Your logs: 6 limit hits in 28 days. Replayed",
        ],
    )
    .usual(&["4 to 12 windows used up."])
    .wide(&["Replayed on Pro (estimate): 4 to", "windows used up."]),
    Shown::new(
        "the fit of one response",
        |state| to_fit_of(state, shapes::one_response()),
        &[
            "Pro would have covered all of it, even at the",
            "Free           not in plan        -",
            "Pro            yes              0 h",
            "API            pays all           -",
        ],
    )
    .usual(&["Free would not: it does not"]),
    Shown::new(
        "the fit of what fits everywhere",
        |state| to_fit_of(state, shapes::fits_everything()),
        &[
            "Pro would have covered all of it, even at the",
            "Free           perhaps   0 to 33.8 h",
            "Ultra          yes               0 h",
        ],
    ),
    Shown::new(
        "the fit of what fits nowhere",
        |state| to_fit_of(state, shapes::fits_nothing()),
        &["No plan would have covered all of it at the", "Ultra          not in plan        -"],
    )
    .usual(&["Pro                 $1,383.68", "Max                 $1,463.68"])
    .wide(&["$1,383.68", "$1,463.68"]),
    Shown::new(
        "the fit of hits on the own plan",
        |state| to_fit_of(state, shapes::hits_on_the_own_plan()),
        &[
            "Plan you had: Pro (from your logs).",
            "it stopped you 5 times.",
            "Pro*           no, 5 hits    <=15 h",
        ],
    )
    .usual(&["Pro*                 >=$20.00"])
    .wide(&["Pro* no, 5 hits <=15 h >=$20.00"]),
    Shown::new(
        "the fit of a plan that nobody named",
        declared_plan::to_unnamed,
        &["Plan you had        < not said >", "Max            likely         0 to 2 h"],
    )
    .usual(&["Pro             $48.08 to $239.96"])
    .wide(&["$48.08 to $239.96"]),
    Shown::new(
        "the fit of a plan that was named",
        |state| {
            declared_plan::to_unnamed(state);
            keys(state, "<right><right>");
        },
        &["Plan you had        < Pro >     your choice", "Pro*           no, 4 hits     <=8 h"],
    )
    .usual(&["Pro*                 >=$20.00"])
    .wide(&["Pro* no, 4 hits <=8 h >=$20.00"]),
    Shown::new(
        "logs that could not be read",
        |state| {
            begin_reading(state);
            let why = "cannot read '/home/ana/x': it does not exist; check the path";
            update(state, Message::Wizard(wizard::Message::Scan(1, News::Failed(why.to_owned()))));
        },
        &["! cannot read '/home/ana/x': it does not", "> Start    read the usual places"],
    ),
    Shown::new(
        "logs of too few days",
        |state| {
            begin_reading(state);
            let few = Measured {
                days: 5,
                days_of_use: 5,
                to: date(2026, 10, 30),
                ..(*four_weeks()).clone()
            };
            update(state, Message::Wizard(wizard::Message::Scan(1, News::Read(Arc::new(few)))));
        },
        &[
            "5 days, 2026-10-26 to 2026-10-30.",
            "Under 7 days of use, so they answer no",
            "Input a month         41,234,567",
            "NOTHING DECIDED YET",
        ],
    ),
    Shown::new(
        "question 1 from logs",
        |state| with_logs(state, ""),
        &[
            "> (o) 2  In Claude Code (from your usage)",
            "Your logs: Claude Code, signed in with a",
            "─ Taken: month, 4 answers; u undoes. ─",
        ],
    ),
    Shown::new(
        "question 3 from logs",
        |state| with_logs(state, "<enter><enter>"),
        &[
            "> (o) 3  Most weeks, and it costs me work",
            "(from your usage)",
            "Your logs: 6 limit hits in 28 days.",
            "of 54 ways, not chances",
        ],
    ),
    Shown::new(
        "question 4 against the logs",
        |state| with_logs(state, "<enter><enter><enter>1"),
        &["> (o) 1  None", "Your logs: 12.3% of the output was written"],
    )
    .usual(&["A side counts at 3 points"]),
    Shown::new(
        "the month of logs",
        |state| with_logs(state, TO_LOGS_MONTH),
        &["< my own logs >", "> Sent to Claude, input     41,234,567 tokens"],
    )
    .usual(&[
        "< measured >   87-115 %",
        "Goes to API  18.1M sent 543K written   $24.98",
        "28 days of logs scaled to an average month.",
        "$44.98",
    ])
    .wide(&[
        "< measured > between 87 and 115 % of this",
        "18.1M + 543K $24.98",
        "28 days of logs scaled to an average month (2026-10-26 to 2026-11-22),",
        "$44.98",
    ]),
    Shown::new(
        "the answers of logs",
        |state| with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}")),
        &["41,234,567", "28 days of logs scaled to an average month", "ok No conflicts found"],
    )
    .usual(&["1 Where       Claude Code (usage)"])
    .wide(&["1 Where you work Claude Code (from your usage) change"]),
    Shown::new(
        "the result of logs",
        |state| with_logs(state, &format!("{TO_LOGS_MONTH}{TO_LOGS_CHECK}<enter>")),
        &["$44.98 a month", "Volume below 22.7M in + 680K out → API"],
    )
    .usual(&["likely $42 to $49", "-3 limits stop you often"])
    .wide(&["28 days of logs scaled to an average month.", "-3 limits stop you most weeks"]),
    Shown::new(
        "the first screen with a report",
        |state| state.app.wizard.reported = Some(date(2026, 10, 20)),
        &[],
    )
    .usual(&[
        "> Start            8 questions, 3 minutes",
        "  Last report      how did it turn out?",
    ])
    .wide(&[
        "> Start 8 questions and your month, about 3 minutes",
        "Last report of 2026-10-20: how did it turn out?",
    ]),
    Shown::new(
        "the first screen with two drafts and a report",
        |state| {
            let kept = |when: &str| planwise::wizard::Kept {
                choices: Choices::from_draft(r#"{"answers": {"interface": "chat"}}"#).unwrap(),
                when: when.to_owned(),
            };
            state.app.wizard.kept = Some(kept("yesterday 18:02"));
            state.app.wizard.earlier = Some(kept("2026-11-20"));
            state.app.wizard.reported = Some(date(2026, 10, 20));
        },
        &["  Earlier draft  question 2 of 8, 2026-11-20", "  Start over     the draft is kept"],
    )
    .usual(&[
        "> Continue       question 2, yesterday 18:02",
        "  Last report    how did it turn out?",
    ])
    .wide(&[
        "> Continue question 2 of 8, yesterday 18:02",
        "Last report of 2026-10-20: how did it turn out?",
    ]),
    Shown::new(
        "a report before logs are read",
        to_turned_out,
        &[
            "─ How did it turn out? 2026-10-20 ─",
            "Still: HYBRID: use both (clear)",
            "* Hybrid     $24.20  $24.20       -",
            "[ Read my logs ]",
            "─ Reported month, estimate ─",
        ],
    ),
    Shown::new(
        "a report while logs are read",
        |state| {
            to_turned_out(state);
            keys(state, "<enter>");
            update(state, Message::Wizard(wizard::Message::Scan(1, far(41))));
        },
        &["41 of 128 files", "[ Go on meanwhile ]   [ Stop ]"],
    ),
    Shown::new(
        "a report inside the range",
        |state| to_held(state, 30, 100_000, 30_000),
        &[
            "Sent     3,000,000  3,041,667  inside",
            "Written    900,000    912,500  inside",
            "On API      $15.00     $15.21  inside",
            "30 days covered, 30 responses;",
            "with what you used",
        ],
    ),
    Shown::new(
        "a report that was wrong",
        |state| to_held(state, 30, 20_000_000, 3_000),
        &[
            "Sent     3,000,000  608,333,333  above",
            "Written    900,000       91,250  below",
            "On API      $15.00    $1,217.58  above",
            "(fairly clear): $1,179.14 a",
        ],
    ),
    Shown::new(
        "the end of a report that was wrong",
        |state| {
            to_held(state, 30, 20_000_000, 3_000);
            keys(state, "<end>");
        },
        &[
            "What changed, and why",
            "Verify current prices at claude.com/pricing",
            "608M sent, 91.2K written",
        ],
    ),
    Shown::new(
        "a report of too few days",
        |state| to_held(state, 3, 100_000, 30_000),
        &["If it went on like this: Hybrid still stands", "3 days covered, 3 responses;"],
    ),
    Shown::new(
        "a report with a path",
        |state| {
            to_turned_out(state);
            keys(state, "<right><enter>~/Downloads/export.zip");
        },
        &["> Path     ~/Downloads/export.zip", "Usual places: ~/.claude/projects."],
    ),
    Shown::new(
        "reports to look back on",
        |state| {
            keys(state, "<down><down><down><enter>");
            let report = |name: &str| planwise::wizard::FoundReport {
                path: PathBuf::from("/home/ana/Documents").join(name),
                name: name.to_owned(),
                changed: "2026-10-20".to_owned(),
            };
            let names = ["claude-choice-2026-10-20.json", "claude-choice-2026-10-02.json"];
            update(state, Message::Wizard(wizard::Message::Found(names.map(report).to_vec())));
            keys(state, "<down><down>");
        },
        &[
            "  claude-choice-2026-10-20.json   2026-10-20",
            "[ How did it turn out? ]   [ Back ]",
            "claude-choice-2026-10-02.json: with today's",
        ],
    ),
];

/// A text with one blank where there are several: a wide screen sets columns further apart.
fn closed_up(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn what_a_state_is_for_can_be_seen_at_both_sizes() {
    let mut missing = Vec::new();
    for shown in SHOWN {
        for (size, more) in SIZES.into_iter().zip(shown.more) {
            let mut state = start();
            update(&mut state, Message::Resize(size.0, size.1));
            (shown.reach)(&mut state);
            let seen = screen(&mut state, size);
            let words = closed_up(&seen);
            let parts = shown.parts.iter().chain(more);
            assert!(parts.clone().count() > 0, "{}", shown.name);
            for part in parts.filter(|part| !words.contains(&closed_up(part))) {
                missing.push(format!("{}, {size:?}: '{part}' is not in\n{seen}", shown.name));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

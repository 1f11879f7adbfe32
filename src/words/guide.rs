//! Explanations: terms, the method in brief, privacy, the article's sections.

use crate::advice::{Assessment, Cap, Needs, Note, Strength};
use crate::question::{Answers, Origin, QuestionId, QuestionText, Step};

/// The method in five sentences.
pub const METHOD: [&str; 5] = [
    "Your answers and your month give points to two needs, one for Pro and one for the API.",
    "A need counts from 3 points: each such reason is enough by itself.",
    "One of seven rules from the article turns both needs into Pro, API or hybrid. Without API keys the result is Pro, unless your work clearly needs the API.",
    "Price is one reason among others and never decides alone.",
    "The same rules are then tried with other answers, volumes, models and prices. That shows what would change the result and how clear it is.",
];

pub const PRIVATE: [&str; 4] = [
    "Nothing is sent anywhere: planwise never uses the network.",
    "It never asks for a key or a password, and refuses text that looks like a key.",
    "Logs are read only where you ask for it. Login files are never opened, and a report holds figures only: no prompt, no path, no account name.",
    "Your answers stay on this computer: a draft for next time, the reports you save, and a copy of the last one, to compare with your actual usage later.",
];

/// Why we ask for the month, and how it is counted.
pub const MONTH: [&str; 3] = [
    "Pro costs the same every month; the API bills what you send and what Claude writes. So your volume sets the price of the API, and decides whether Pro can cover your chat.",
    "Each message resends the whole chat, so input grows quickly: ten messages send about fifty messages' worth of text. Documents in a chat are resent too. That is why input is usually several times the output.",
    "If you do not know the numbers, start with one of the article's months, describe a week, or import your own logs, which hold the real figures. Then choose how sure you are; the ranges follow from that.",
];

/// What is read from logs, and what never is.
pub const LOGS: &str = "Prompts and replies are not kept: only times, models and token counts are. Login files are never opened.";

/// The files that the usage reader accepts.
pub const LOG_FILES: &str = "A path may be a file or a folder: Claude Code logs, a claude.ai export (.zip), Console files, a saved usage report, ccusage --json.";

/// The source of prices.
pub const PRICES: &str = "Prices come from a dated list in the program, with a source for each row. Use --catalog FILE for your own list, or --catalog article for the article's prices.";

/// The strength in one line of at most 46 columns.
pub fn strength_brief(assessment: &Assessment) -> &'static str {
    match assessment.strength {
        Strength::Clear => "Clear: no small change alters this.",
        Strength::Likely => match assessment.cap {
            Some(Cap::Logs) => "Fairly clear: your logs contradict it.",
            Some(Cap::Answers) => "Fairly clear: two of your answers conflict.",
            Some(Cap::LargerPlan) => "Fairly clear: a larger plan may cost less.",
            Some(Cap::Assumed) => "Fairly clear: some of it is assumed.",
            None => "Fairly clear: one or two answers decide it.",
        },
        Strength::Close => "Close call: test it for a month.",
    }
}

/// Why the recommendation is as strong as it is, in at most 27 columns, to stand beside its name.
pub(crate) const fn strength_reason(assessment: &Assessment) -> &'static str {
    match assessment.strength {
        Strength::Clear => "no small change alters it",
        Strength::Likely => match assessment.cap {
            Some(Cap::Logs) => "your own logs disagree",
            Some(Cap::Answers) => "two answers disagree",
            Some(Cap::LargerPlan) => "a larger plan may cost less",
            Some(Cap::Assumed) => "part of it is assumed",
            None => "one or two answers decide",
        },
        Strength::Close => "test it for a month",
    }
}

/// Why the recommendation is as clear as it is, in one sentence.
pub fn strength_sentence(assessment: &Assessment) -> &'static str {
    match assessment.cap {
        Some(Cap::Logs) => "Your own logs contradict it: see the warnings.",
        Some(Cap::Answers) => "Two of your answers contradict each other: see the warnings.",
        Some(Cap::LargerPlan) => {
            "A larger plan may cover this for less than half the price: see the warnings."
        }
        Some(Cap::Assumed) => "Some of it is assumed: see what would change it.",
        None => assessment.strength.sentence(),
    }
}

/// The assumed parts of the result, for a text read outside the program.
pub fn assumed(assessment: &Assessment) -> Option<&'static str> {
    match assumptions_made(assessment) {
        (false, false) => None,
        (true, false) => Some("The month is a sample: its volume is assumed."),
        (false, true) => Some("Some answers are assumed."),
        (true, true) => Some("The month is a sample, and some answers are assumed."),
    }
}

/// Whether the volume is assumed, and whether any answer is.
fn assumptions_made(assessment: &Assessment) -> (bool, bool) {
    (assessment.usage.volume_origin == Origin::Assumed, assessment.answers.has_assumed())
}

/// Like [`assumed`], for the result screen: adds the key that changes it.
pub fn rests_on(assessment: &Assessment) -> Option<&'static str> {
    match assumptions_made(assessment) {
        (false, false) => None,
        (true, false) => Some("Based on a sample month. Set yours: e, then line 9."),
        (false, true) => Some("Some answers are assumed. Change them: e."),
        (true, true) => Some("Based on a sample month and assumed answers. Change them: e."),
    }
}

/// The origin of an answer not given by the person: `assumed`.
pub const fn origin_words(question: QuestionId, origin: Origin) -> Option<&'static str> {
    match (origin, question) {
        (Origin::User, _) => None,
        (Origin::Derived, QuestionId::Developer) => Some("own code"),
        (Origin::Derived, QuestionId::Control) => Some("no keys"),
        (Origin::Derived, _) => Some("follows"),
        (Origin::Assumed, _) => Some("assumed"),
        (Origin::Usage, _) => Some("from your usage"),
    }
}

/// An answer and its origin if not given by the person: `None (assumed)`.
pub fn answer_in_words(answers: &Answers, question: QuestionId, text: &QuestionText) -> String {
    let origin = match answers.step(question) {
        Step::Given(given) => Some(given.origin),
        Step::Settled { .. } => Some(Origin::Derived),
        Step::Open => None,
    };
    let Some(rank) = answers.effective(question) else {
        return "not answered".to_owned();
    };
    let label = text.short_label(rank);
    match origin.and_then(|origin| origin_words(question, origin)) {
        Some(origin) => format!("{label} ({origin})"),
        None => label.to_owned(),
    }
}

/// The effect of an answer besides its points.
pub const fn also_does(question: QuestionId) -> Option<&'static str> {
    match question {
        QuestionId::Interface | QuestionId::Automation | QuestionId::Features => Some(
            "It also sets the usual share of work outside the app, and so the cost of hybrid. You can set that share yourself.",
        ),
        QuestionId::Limits => Some(
            "It also sets how much chat hybrid moves to the API: none, 10% for now and then, 30% for most weeks.",
        ),
        QuestionId::Developer => Some(
            "Without API keys, points do not decide: the result is Pro, unless your work clearly needs the API and a product can hold the key for you.",
        ),
        QuestionId::Control => {
            Some("If everything else is chat, hybrid moves 20% of it to the API.")
        }
        QuestionId::Session | QuestionId::Billing => None,
    }
}

/// The points of one answer: `Pro +3`, `Pro -1, API +1`, `no points`.
pub fn points_words(needs: Needs) -> String {
    let sides = [("Pro", needs.pro), ("API", needs.api)];
    let parts: Vec<String> = sides
        .into_iter()
        .filter(|(_, points)| *points != 0)
        .map(|(side, points)| format!("{side} {points:+}"))
        .collect();
    if parts.is_empty() { "no points".to_owned() } else { parts.join(", ") }
}

/// The first sentence of a note.
pub fn note_brief(note: &Note) -> String {
    match note.text.split_once(". ") {
        Some((first, _)) => format!("{first}."),
        None => note.text.clone(),
    }
}

/// The article's sections by name: `Decision Framework: Choose Pro, point 4`.
pub fn section_names(codes: &str) -> String {
    let names: Vec<String> =
        codes.split([';', '/', ',']).map(|code| section_name(code.trim())).collect();
    let mut known: Vec<String> = Vec::new();
    for name in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known.join("; ")
}

fn section_name(code: &str) -> String {
    if let Some(point) = code.strip_prefix("DF-Pro ") {
        return format!("Decision Framework: Choose Pro, point {point}");
    }
    if let Some(point) = code.strip_prefix("DF-API ") {
        return format!("Decision Framework: Choose API, point {point}");
    }
    if code == "BL1 over BL2" {
        return "The Bottom Line, paragraph 1 before 2".to_owned();
    }
    if let Some(paragraph) = code.strip_prefix("BL") {
        return format!("The Bottom Line, paragraph {paragraph}");
    }
    let name = match code {
        "Core" => "The Core Difference",
        "ProBill" => "How Claude Pro billing works",
        "APIBill" => "How Claude API billing works",
        "Why" => "Why Anthropic throttles Pro but not API",
        "ProBest" => "Claude Pro: Strengths and Limits",
        "Peak" => "The peak-hour throttling problem",
        "Heavy" => "What heavy users actually run into",
        "APIBest" => "Claude API: Strengths and Limits",
        "Cost" => "Real cost at different usage levels",
        "Setup" => "Setup friction and learning curve",
        "Hybrid" => "Hybrid approach: use both for different tasks",
        "Switch" => "Switching Costs and What Changes",
        "Tools" => "Tools that simplify API access for non-developers",
        other => other,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::advice::{Item, Rule, World, answer_points, assess};
    use crate::catalog::Catalog;
    use crate::facts::Facts;
    use crate::report::read_answers;

    #[test]
    fn every_section_has_a_name_and_none_is_named_twice() {
        let codes = Item::ALL.map(Item::section).into_iter().chain(Rule::ALL.map(Rule::section));
        for code in codes {
            let names = section_names(code);
            assert!(!names.contains("DF-") && !names.contains("BL"), "{names}");
        }
        assert_eq!(
            section_names("DF-Pro 4; Switch"),
            "Decision Framework: Choose Pro, point 4; Switching Costs and What Changes"
        );
    }

    #[test]
    fn the_answers_of_the_drawn_person_give_what_the_tally_says() {
        let options = ["chat", "moderate", "sometimes", "some", "willing", "no", "core", "either"];
        let mut sum = Needs::default();
        for (question, option) in QuestionId::ALL.into_iter().zip(options) {
            let needs = answer_points(question, question.rank_of(option).unwrap());
            sum.pro += needs.pro;
            sum.api += needs.api;
        }
        // The prices add to the tally: minus one point for Pro, plus two for the API.
        assert_eq!(sum, Needs { pro: 11, api: 4 });
        assert_eq!(points_words(sum), "Pro +11, API +4");
        assert_eq!(points_words(Needs { pro: -1, api: 0 }), "Pro -1");
        assert_eq!(points_words(Needs::default()), "no points");
    }

    #[test]
    fn strength_fits_on_its_line_and_names_what_is_assumed() {
        let given = r#"{"answers": {"interface": "chat", "session": "moderate",
            "limits": "sometimes", "automation": "some", "developer": "willing", "control": "no",
            "features": "core", "billing": "either"}}"#;
        let (answers, usage) = read_answers(given).unwrap().complete(true).unwrap();
        let world = World {
            catalog: Catalog::builtin().unwrap(),
            facts: Facts::builtin().unwrap(),
            today: date(2026, 11, 22),
        };
        let mut assessment = assess(&answers, &usage, &world).unwrap();
        let caps = [Cap::Logs, Cap::Answers, Cap::LargerPlan, Cap::Assumed];
        for strength in [Strength::Clear, Strength::Likely, Strength::Close] {
            for cap in caps.into_iter().map(Some).chain([None]) {
                (assessment.strength, assessment.cap) = (strength, cap);
                assert!(strength_brief(&assessment).len() <= 46);
            }
        }
        (assessment.strength, assessment.cap) = (Strength::Likely, Some(Cap::Assumed));
        let sentence = |assessment: &Assessment| strength_sentence(assessment).to_owned();
        assert!(sentence(&assessment).starts_with("Some of it is assumed"));
        assessment.cap = None;
        assert!(sentence(&assessment).starts_with("It depends on one or two of your answers"));
        assert_eq!(strength_brief(&assessment), "Fairly clear: one or two answers decide it.");
    }
}

//! How the report speaks: what `CONTRIBUTING.md` asks of every sentence, as far as a test can tell.

use crate::common::cases::{Case, assessed, cases, with, world};

/// Words that sound translated, or that name the inside of the program.
const NOT_SAID: [&str; 12] = [
    "hold against",
    "take for granted",
    "takes for granted",
    "is thought to",
    "taken for granted",
    "plainly belongs",
    "speaks for",
    "given up",
    "pass over",
    "passed over",
    "carried",
    "carries",
];

/// The most words of a sentence.
const MOST_WORDS: usize = 30;

/// True for the private names of items, rules, warnings and notes: `P3`, `R6`, `W12`.
fn is_code(word: &str) -> bool {
    let Some((letter, digits)) = word.split_at_checked(1) else { return false };
    let most = match letter {
        "P" => 6,
        "A" => 8,
        "R" => 7,
        "W" => 13,
        "X" => 9,
        _ => return false,
    };
    digits.parse::<u8>().is_ok_and(|number| (1..=most).contains(&number))
}

/// The sentences of a page, without the headings, brackets and tables between them.
fn sentences(page: &str) -> impl Iterator<Item = String> {
    let paragraphs = page.split("\n\n").flat_map(|part| part.split("\n  - "));
    let joined = paragraphs.map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
    let ends = [". ", ": ", "; ", "? ", " (", ") "];
    joined.flat_map(move |text| {
        let cut = ends.iter().fold(text, |text, end| text.replace(end, "\n"));
        cut.lines().map(str::to_owned).collect::<Vec<_>>()
    })
}

#[test]
fn the_first_page_is_plain_english() {
    for Case { name, file } in cases() {
        let a = assessed(&file, &world());
        let text = with(&a, world(), None, |report| report.text());
        let (page, appendix) = text.split_once("\nAPPENDIX\n").unwrap();
        let code = page.split(|c: char| !c.is_alphanumeric()).find(|word| is_code(word));
        assert_eq!(code, None, "{name}: {page}");
        for part in [page, appendix] {
            let spaced = part.match_indices(" %").find(|(at, _)| {
                part.get(..*at).is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
            });
            assert_eq!(spaced, None, "{name}: {part}");
        }
        for words in NOT_SAID {
            assert!(!page.contains(words), "{name}: '{words}'\n{page}");
        }
        for sentence in sentences(page) {
            let words = sentence.split_whitespace().count();
            assert!(words <= MOST_WORDS, "{name}: {words} words: {sentence}");
        }
    }
}

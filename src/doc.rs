//! A document, independent of its output format.
//!
//! A subject (`crate::subject`) builds one from figures; the modules below render it. Texts in a
//! document are not escaped, wrapped or coloured: the renderers do that.

pub(crate) mod figure;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod text;

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

pub(crate) use self::figure::{Figure, Picture};
use crate::number::{grouped, usd, usd_rate, usd_signed};

/// Fixed text, or text formatted from figures. Never text from outside the program.
pub(crate) type Words = Cow<'static, str>;

/// The addresses that pages link to wherever a sentence names them.
pub(crate) const LINKS: [(&str, &str); 2] = [
    ("claude.com/pricing", "https://claude.com/pricing"),
    ("platform.claude.com", "https://platform.claude.com"),
];

/// Splits a text at the addresses of [`LINKS`]: each piece with the address behind it, if one follows.
pub(crate) fn linked(text: &str) -> Vec<(&str, Option<(&'static str, &'static str)>)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let next = LINKS.iter().filter_map(|link| Some((rest.find(link.0)?, *link))).min();
        let found = next.and_then(|(at, link)| {
            let (before, after) = rest.split_at_checked(at)?;
            Some((before, after.strip_prefix(link.0)?, link))
        });
        let Some((before, after, link)) = found else {
            pieces.push((rest, None));
            return pieces;
        };
        pieces.push((before, Some(link)));
        rest = after;
    }
}

/// A title, the verdict, and the parts that follow in order.
#[derive(Debug, Default)]
pub(crate) struct Document {
    pub title: Words,
    pub note: Option<Words>,
    /// Subject, time and sources of the document.
    pub about: Vec<Words>,
    pub verdict: Option<Verdict>,
    /// What a reader needs to act.
    pub parts: Vec<Part>,
    /// Everything behind it.
    pub appendix: Vec<Part>,
    pub last: Words,
}

/// The recommendation and its cost.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub heading: &'static str,
    /// The CSS class.
    pub class: String,
    pub headline: &'static str,
    pub strength: &'static str,
    /// USD a month, and a label for the amount.
    pub bill: (Decimal, &'static str),
    /// Starts with the advice.
    pub blocks: Vec<Block>,
}

/// A section with its own heading, which the first section may lack.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Used in links and style sheets.
    pub id: &'static str,
    pub heading: Words,
    pub blocks: Vec<Block>,
}

/// One piece of a part.
#[derive(Debug)]
pub(crate) enum Block {
    Paragraph(Words),
    /// Explains the block above it.
    Footnote(Words),
    /// Starts a subsection.
    Heading(Words),
    List(List),
    Numbered(Vec<Words>),
    /// Terms, each with a text indented behind it: `  Price     Opus 5.5, input: ...`.
    Terms(Vec<(Words, Words)>),
    Table(Table),
    /// Preformatted character art. Only plain text shows it.
    Lines(Vec<String>),
    /// Only formats that can draw show it.
    Figure(Box<Figure>),
    /// An empty line, in formats that have lines.
    Gap,
}

/// Independent sentences.
#[derive(Debug)]
pub(crate) struct List {
    /// The marker of each item in plain text, including blanks: `- `, `  ! `.
    pub lead: &'static str,
    pub items: Vec<Words>,
}

/// A table whose first cell in each row names the row.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Describes the table for readers who do not see its context.
    pub caption: Words,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The label of a long table that pages fold away. `None` if it is always open.
    pub folded: Option<&'static str>,
    pub fit: Fit,
}

/// A column and the kind of its content.
#[derive(Debug)]
pub(crate) struct Column {
    pub name: Words,
    /// True for figures: aligned right and never cut.
    pub has_figures: bool,
    /// The maximum width in plain text. Longer cells are cut.
    pub most: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    pub mark: Mark,
}

/// How a row is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    /// The person's choice. Its name says so.
    Chosen,
    /// The recommendation. No other cell says so.
    Recommended,
}

/// How a plain-text table shrinks to the page width: it cuts the first column, then shortens the
/// names, then splits the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// Blanks between columns.
    pub gap: usize,
    /// Blanks between columns where [`Fit::gap`] leaves too little room for the names.
    pub narrow_gap: usize,
    /// The minimum width of the first column, even if the names are shorter.
    pub name: usize,
    /// The first column is never cut below this width; lines overflow instead.
    pub name_floor: usize,
    /// True if names are cut, down to [`Fit::name`], before the gap narrows.
    pub cuts_first: bool,
    /// Columns left free on the right.
    pub margin: usize,
    /// Shortens a name that does not fit.
    pub shorten: Option<fn(&str) -> String>,
    /// True for columns of equal width whose cells wrap. The head is printed once above all such
    /// tables, by the table without rows.
    pub side_by_side: bool,
    /// The column groups of the split tables, if one table does not fit.
    pub split: &'static [&'static [usize]],
}

impl Default for Fit {
    fn default() -> Self {
        Self {
            gap: 2,
            narrow_gap: 2,
            name: 0,
            name_floor: 8,
            cuts_first: false,
            margin: 0,
            shorten: None,
            side_by_side: false,
            split: &[],
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(Words),
    /// A name from a file or a person. Spreadsheet exports must make it harmless.
    Foreign(String),
    /// USD.
    Money(Decimal),
    /// A difference in USD.
    Change(Decimal),
    /// USD per million tokens.
    Rate(Decimal),
    /// A count of tokens, requests or anything else.
    Count(u64),
    /// Percent.
    Percent(Decimal),
    /// A range in USD.
    Range(Decimal, Decimal),
}

impl Cell {
    /// The content of an empty cell.
    pub(crate) const NOTHING: Self = Self::Text(Cow::Borrowed("-"));

    /// An amount built by `kind`, or `unpriced` if there is none.
    pub(crate) fn priced(amount: Option<Decimal>, kind: fn(Decimal) -> Self) -> Self {
        amount.map_or_else(|| "unpriced".into(), kind)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Foreign(text) => f.write_str(text),
            Self::Money(amount) => f.write_str(&usd(*amount)),
            Self::Change(amount) => f.write_str(&usd_signed(*amount)),
            Self::Rate(amount) => f.write_str(&usd_rate(*amount)),
            Self::Count(count) => f.write_str(&grouped(*count)),
            Self::Percent(percent) => write!(f, "{percent}%"),
            Self::Range(low, high) => write!(f, "{} to {}", usd(*low), usd(*high)),
        }
    }
}

impl From<&'static str> for Cell {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl Block {
    pub(crate) fn paragraph(text: impl Into<Words>) -> Self {
        Self::Paragraph(text.into())
    }

    /// An unordered list of sentences.
    pub(crate) fn sentences<T: Into<Words>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::list("  - ", items)
    }

    pub(crate) fn figure(figure: Figure) -> Self {
        Self::Figure(Box::new(figure))
    }

    pub(crate) fn heading(text: impl Into<Words>) -> Self {
        Self::Heading(text.into())
    }

    /// A list of sentences, each behind `lead`.
    pub(crate) fn list<T: Into<Words>>(
        lead: &'static str,
        items: impl IntoIterator<Item = T>,
    ) -> Self {
        Self::List(List { lead, items: items.into_iter().map(Into::into).collect() })
    }
}

impl Part {
    pub(crate) fn new(id: &'static str, heading: impl Into<Words>, blocks: Vec<Block>) -> Self {
        Self { id, heading: heading.into(), blocks }
    }
}

impl Column {
    /// A head that starts with `>` marks a column of figures.
    pub(crate) fn new(head: &'static str) -> Self {
        Self {
            name: head.trim_start_matches('>').into(),
            has_figures: head.starts_with('>'),
            most: None,
        }
    }
}

impl Table {
    pub(crate) fn new<const N: usize, C: Into<Cell>>(
        caption: &'static str,
        head: [&'static str; N],
        rows: impl IntoIterator<Item = [C; N]>,
    ) -> Self {
        let mut table = Self {
            caption: caption.into(),
            columns: head.map(Column::new).into(),
            ..Self::default()
        };
        for row in rows {
            table.push(Mark::Plain, row);
        }
        table
    }

    pub(crate) fn push<const N: usize, C: Into<Cell>>(&mut self, mark: Mark, cells: [C; N]) {
        self.rows.push(Row { cells: cells.map(Into::into).into(), mark });
    }

    pub(crate) fn with(mut self, fit: Fit) -> Self {
        self.fit = fit;
        self
    }
}

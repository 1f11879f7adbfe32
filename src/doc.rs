//! A document: what is to be said, before it is written in a format.
//!
//! A subject (`crate::subject`) builds one from figures, once; the files below write it. No text in
//! here is escaped, wrapped or coloured: whoever writes it down does that.

pub(crate) mod figure;
pub(crate) mod html;
pub(crate) mod markdown;
pub(crate) mod text;

use std::borrow::Cow;
use std::fmt;

use rust_decimal::Decimal;

pub(crate) use self::figure::{Figure, Picture};
use crate::number::{grouped, usd, usd_rate, usd_signed};

/// Words of our own, or made of figures.
pub(crate) type Words = Cow<'static, str>;

/// How much a document says: a terminal has less room than a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    Brief,
    Full,
}

/// What stands above everything, the verdict, and the parts behind it in their order.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// A page has it; lines of text begin with the verdict.
    pub title: Words,
    pub note: Option<Words>,
    /// Of what, when and from what it was made.
    pub about: Vec<Words>,
    pub verdict: Option<Verdict>,
    pub parts: Vec<Part>,
    /// The last line.
    pub last: Words,
}

/// What is recommended and what it costs.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub heading: &'static str,
    /// What style sheets call it.
    pub class: &'static str,
    pub headline: &'static str,
    pub strength: &'static str,
    /// USD a month, and what the amount is.
    pub bill: (Decimal, &'static str),
    /// The advice first.
    pub blocks: Vec<Block>,
}

/// A part with a heading of its own; the first part may have none.
#[derive(Debug, Default)]
pub(crate) struct Part {
    /// Its name in links and style sheets.
    pub id: &'static str,
    pub heading: Words,
    pub blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Debug)]
pub(crate) enum Block {
    Paragraph(Words),
    /// Explains what stands above it.
    Footnote(Words),
    /// Begins a smaller part within a part.
    Heading(Words),
    List(List),
    Numbered(Vec<Words>),
    /// Each text hangs behind its lead: `  Price     Opus 5.5, input: ...`.
    Terms(Vec<(Words, Words)>),
    Table(Table),
    /// Lines drawn with letters, which stand as they are; other formats leave them out.
    Lines(Vec<String>),
    /// Left to pages that can draw.
    Figure(Box<Figure>),
    /// An empty line, where a format has lines.
    Gap,
}

/// Sentences that stand for themselves.
#[derive(Debug)]
pub(crate) struct List {
    /// What stands before each in lines of text, with its blanks: `- `, `  ! `.
    pub lead: &'static str,
    pub items: Vec<Words>,
}

/// A table whose first cell in each row names the row.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// What it shows, for those who do not see what stands around it.
    pub caption: Words,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// Long: a page that can, shows these words and opens it where someone wants it.
    pub folded: Option<&'static str>,
    pub fit: Fit,
}

/// A column and what it holds.
#[derive(Debug)]
pub(crate) struct Column {
    pub name: Words,
    /// True for figures, which are set to the right and never cut.
    pub has_figures: bool,
    /// The widest that its cells are shown in lines of text; a longer cell is cut.
    pub most: Option<usize>,
}

#[derive(Debug)]
pub(crate) struct Row {
    pub cells: Vec<Cell>,
    pub mark: Mark,
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    /// It is what the person chose; its name says so.
    Chosen,
    /// It is what is recommended, and nothing else says so.
    Recommended,
}

/// How a table of text gives way to the width of the page: the first column is cut, then the
/// names are shortened, then the table is split.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fit {
    /// Blanks between two columns.
    pub gap: usize,
    /// Blanks between two columns where [`Fit::gap`] leaves the names too little room.
    pub narrow_gap: usize,
    /// The first column is never narrower than this, in however short names.
    pub name: usize,
    /// The first column is never cut below this; the lines run over instead.
    pub name_floor: usize,
    /// True where names are cut before the gap narrows, down to [`Fit::name`].
    pub cuts_first: bool,
    /// Columns that stay free on the right.
    pub margin: usize,
    /// How a name that does not fit is said in short.
    pub shorten: Option<fn(&str) -> String>,
    /// True for columns of one width whose cells wrap. The head stands once above all such
    /// tables: it is printed where there are no rows.
    pub side_by_side: bool,
    /// The columns of each of several tables where one has no room.
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

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(Words),
    /// A name from a file or a person; a page that goes into a spreadsheet makes it harmless.
    Foreign(String),
    /// USD.
    Money(Decimal),
    /// A difference in USD.
    Change(Decimal),
    /// USD per million tokens.
    Rate(Decimal),
    /// Tokens, requests, or whatever else is counted.
    Count(u64),
    /// Percent.
    Percent(Decimal),
    /// From one amount in USD to another.
    Range(Decimal, Decimal),
}

impl Cell {
    /// In a cell with nothing to say.
    pub(crate) const NOTHING: Self = Self::Text(Cow::Borrowed("-"));

    /// An amount by `kind`, `unpriced` where nobody knows it.
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
            Self::Percent(percent) => write!(f, "{percent} %"),
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

    /// Sentences of which none belongs before another.
    pub(crate) fn sentences<T: Into<Words>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::list("  - ", items)
    }

    pub(crate) fn figure(figure: Figure) -> Self {
        Self::Figure(Box::new(figure))
    }

    pub(crate) fn heading(text: impl Into<Words>) -> Self {
        Self::Heading(text.into())
    }

    /// Sentences behind `lead`.
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
    /// A head that begins with `>` is of a column of figures.
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

    /// Adds a row.
    pub(crate) fn push<const N: usize, C: Into<Cell>>(&mut self, mark: Mark, cells: [C; N]) {
        self.rows.push(Row { cells: cells.map(Into::into).into(), mark });
    }

    pub(crate) fn with(mut self, fit: Fit) -> Self {
        self.fit = fit;
        self
    }
}

//! What the report says, before it is written in a format: the parts in their order, made of plain
//! text. Markdown and HTML are two ways of writing the same [`Content`].
//!
//! No text in here is escaped; whoever writes it down escapes all of it.

mod fit;
mod sections;

use super::Report;

/// The whole report.
pub(super) struct Content {
    pub head: Head,
    pub verdict: Verdict,
    /// Everything behind the verdict, in order.
    pub parts: Vec<Part>,
}

/// What stands above everything: of what, when and from what it was made.
pub(super) struct Head {
    pub title: String,
    pub note: Option<String>,
    pub about: [String; 3],
}

/// What is recommended and what it costs.
pub(super) struct Verdict {
    pub headline: &'static str,
    pub strength: &'static str,
    pub advice: String,
    pub surety: &'static str,
    pub cost: String,
    /// What is assumed, if anything is.
    pub assumed: Option<&'static str>,
    pub unmet: Vec<&'static str>,
}

/// A part with a heading of its own.
pub(super) struct Part {
    pub id: PartId,
    pub heading: &'static str,
    pub blocks: Vec<Block>,
}

/// The parts behind the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PartId {
    Ways,
    Reasons,
    Rule,
    Split,
    Models,
    Changes,
    Trade,
    Assumptions,
    Answers,
    Month,
    Logs,
    Fit,
    Used,
    Warnings,
    Steps,
    Notes,
}

/// A piece of a part.
pub(super) enum Block {
    Paragraph(String),
    /// Explains what stands above it.
    Footnote(&'static str),
    /// Begins a smaller part within a part.
    Heading(&'static str),
    List(Vec<String>),
    Numbered(Vec<String>),
    Table(Table),
    /// Where a page that has pictures draws the week of the replay.
    Week,
}

/// A table whose first cell in each row names the row.
pub(super) struct Table {
    /// What it shows, for those who do not see what stands around it.
    pub caption: &'static str,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

/// A column and what it holds.
pub(super) struct Column {
    pub name: &'static str,
    /// Whether it holds figures, which are set to the right.
    pub has_figures: bool,
}

pub(super) struct Row {
    pub cells: Vec<String>,
    pub mark: Mark,
}

/// How a row stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Plain,
    /// It is what the person chose; its name says so.
    Chosen,
    /// It is what is recommended, and nothing else says so.
    Recommended,
}

impl Content {
    pub(super) fn new(report: &Report<'_>) -> Self {
        sections::content(report)
    }
}

impl Table {
    /// A head that begins with `>` is of a column of figures.
    pub(super) fn new<const N: usize>(
        caption: &'static str,
        head: [&'static str; N],
        rows: impl IntoIterator<Item = ([String; N], Mark)>,
    ) -> Self {
        Self {
            caption,
            columns: head
                .map(|name| Column {
                    name: name.trim_start_matches('>'),
                    has_figures: name.starts_with('>'),
                })
                .into(),
            rows: rows.into_iter().map(|(cells, mark)| Row { cells: cells.into(), mark }).collect(),
        }
    }

    /// The same without a row that stands out.
    pub(super) fn plain<const N: usize>(
        caption: &'static str,
        head: [&'static str; N],
        rows: impl IntoIterator<Item = [String; N]>,
    ) -> Self {
        Self::new(caption, head, rows.into_iter().map(|cells| (cells, Mark::Plain)))
    }
}

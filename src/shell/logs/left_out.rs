//! Files that were found but not read, and how they are reported.

use crate::source::kind::{Family, Kind};
use crate::text::quoted;

/// At most this many files of a kind are named; the rest are counted.
const MOST_NAMED: usize = 3;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// File name without folders.
    pub(super) name: String,
    /// True if the user named the file.
    pub(super) is_named: bool,
    pub(super) why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    /// Not a known kind.
    Unknown,
    /// A known kind that is not supported.
    NotRead(Kind),
    /// Another family was requested.
    NotAsked(Kind, Family),
    /// An archive without any supported file.
    NothingInside,
}

impl LeftOut {
    fn sentence(&self) -> String {
        let name = quoted(&self.name);
        match self.why {
            Why::Empty => format!("{name} is empty."),
            Why::Unknown => format!("{name} is of no kind that is known; it is not read."),
            Why::NotRead(kind) => format!("{name} is {}, which is not read.", kind.name()),
            Why::NotAsked(kind, family) => {
                format!("{name} is {}; '--from {}' leaves it out.", kind.name(), family.word())
            }
            Why::NothingInside => {
                format!("{name} is a zip archive with nothing in it that is read.")
            }
        }
    }
}

/// Sentences about files the user named, sorted.
pub(super) fn sentences(left_out: &[LeftOut]) -> Vec<String> {
    let mut found: Vec<String> =
        left_out.iter().filter(|file| file.is_named).map(LeftOut::sentence).collect();
    found.sort();
    found.dedup();
    found
}

/// Caveats about the figures: the sentences about named files, and the known but unsupported kinds
/// found in folders.
pub(super) fn doubts(left_out: &[LeftOut]) -> Vec<String> {
    let mut doubts = sentences(left_out);
    for kind in [Kind::Codex, Kind::StatsCache, Kind::StreamJson, Kind::ExportIndex] {
        let mut names: Vec<&LeftOut> = left_out
            .iter()
            .filter(|file| !file.is_named && file.why == Why::NotRead(kind))
            .collect();
        names.sort_by(|a, b| a.name.cmp(&b.name));
        if names.len() > MOST_NAMED {
            doubts.push(format!("Files that are {} and not read: {}.", kind.name(), names.len()));
        } else {
            doubts.extend(names.into_iter().map(LeftOut::sentence));
        }
    }
    doubts
}

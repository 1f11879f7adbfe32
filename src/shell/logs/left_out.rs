//! Files that were found and not read, and how that is told.

use crate::source::kind::{Family, Kind};
use crate::text::quoted;

/// More files of one kind than this are counted and not named.
const MOST_NAMED: usize = 3;

/// A file that was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// Its name without its folders.
    pub(super) name: String,
    /// Whether it was given by name.
    pub(super) is_named: bool,
    /// Why it was not read.
    pub(super) why: Why,
}

/// Why a file was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// There is nothing in it.
    Empty,
    /// It is of no kind that is known.
    Unknown,
    /// It is of a kind that is known and not read.
    NotRead(Kind),
    /// Another kind was asked for.
    NotAsked(Kind, Family),
    /// An archive without anything that is read.
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

/// What is said about files that were given by name, in order.
pub(super) fn sentences(left_out: &[LeftOut]) -> Vec<String> {
    let mut found: Vec<String> =
        left_out.iter().filter(|file| file.is_named).map(LeftOut::sentence).collect();
    found.sort();
    found.dedup();
    found
}

/// What a reader of the figures should know: the same, and what folders hold that is known and not
/// read.
pub(super) fn doubts(left_out: &[LeftOut]) -> Vec<String> {
    let mut doubts = sentences(left_out);
    for kind in [Kind::Codex, Kind::StatsCache] {
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

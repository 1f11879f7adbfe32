//! Which file of the source uses which, read from the paths in its code.
#![expect(clippy::string_slice, reason = "places come from matches of text")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// A file by its module path: `tui/screen/fit.rs` is `["tui", "screen", "fit"]`.
type File = Vec<String>;

/// For each file those that it uses.
type Arrows = BTreeMap<File, BTreeSet<File>>;

/// A path in the code of a file.
struct Named {
    path: Vec<String>,
    /// Whether the file only hands the name on: `pub use`.
    handed_on: bool,
}

/// The source, without its tests.
pub(super) struct House {
    code: BTreeMap<File, String>,
    named: BTreeMap<File, Vec<Named>>,
}

impl House {
    /// Reads a folder with source.
    pub(super) fn read(source: &Path) -> Self {
        let mut files = Vec::new();
        super::rust_files(source, &mut files);
        let mut code = BTreeMap::new();
        for path in files {
            let inner = path.strip_prefix(source).unwrap().with_extension("");
            let file: File = inner.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            let is_test =
                file.iter().any(|part| ["tests", "properties", "fixture"].contains(&part.as_str()));
            if !is_test {
                code.insert(file, without_tests(&fs::read_to_string(path).unwrap()));
            }
        }
        Self::from_code(code)
    }

    /// A house of these files and their code.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let parts = |path: &str| path.split('/').map(str::to_owned).collect();
        Self::from_code(
            files.iter().map(|(path, code)| (parts(path), without_tests(code))).collect(),
        )
    }

    fn from_code(code: BTreeMap<File, String>) -> Self {
        let named = code.iter().map(|(file, code)| (file.clone(), paths_in(code))).collect();
        Self { code, named }
    }

    /// Which file uses which. A name that a file hands on counts for the file that defines it.
    pub(super) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (file, named) in &self.named {
            let uses = arrows.entry(file.clone()).or_default();
            for Named { path, .. } in named.iter().filter(|named| !named.handed_on) {
                let Some(whole) = self.whole(file, path) else { continue };
                // Of a module that is imported by name, each use is an arrow.
                if self.code.contains_key(&whole) && file != &whole {
                    let module = format!("{}::", whole.last().unwrap());
                    let names = names_after(&self.code[file], &module);
                    let each = names
                        .into_iter()
                        .map(|name| whole.iter().cloned().chain([name]).collect::<Vec<_>>());
                    uses.extend(each.filter_map(|path| self.home(&path, 0)));
                } else {
                    uses.extend(self.home(&whole, 0));
                }
            }
            uses.remove(file);
        }
        arrows
    }

    /// A path from the root of the crate; `None` for one that leads out of it.
    fn whole(&self, file: &File, path: &[String]) -> Option<Vec<String>> {
        let (first, rest) = path.split_first()?;
        let mut whole = match first.as_str() {
            "crate" => Vec::new(),
            "self" | "super" => file.clone(),
            inner => {
                let inner = [file.as_slice(), &[inner.to_owned()]].concat();
                self.code.contains_key(&inner).then_some(inner)?
            }
        };
        let ups = path.iter().take_while(|part| *part == "super").count();
        whole.truncate(whole.len().saturating_sub(ups));
        whole.extend(rest.iter().filter(|part| *part != "super").cloned());
        whole.pop_if(|last| last == "self" || last == "*");
        Some(whole)
    }

    /// The file in which what a whole path names is defined.
    fn home(&self, whole: &[String], depth: u8) -> Option<File> {
        let length = (1..=whole.len()).rev().find(|end| self.code.contains_key(&whole[..*end]))?;
        let (file, rest) = whole.split_at(length);
        let file = file.to_vec();
        let Some(name) = rest.first().filter(|_| depth < 6) else { return Some(file) };
        let handed = self.named[&file].iter().filter(|named| named.handed_on);
        let handed = handed.filter(|named| named.path.last() == Some(name));
        let mut found = handed.filter_map(|named| self.whole(&file, &named.path));
        found.find_map(|path| self.home(&path, depth + 1)).or(Some(file))
    }
}

/// The code without comments and without the tests at its end.
fn without_tests(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut rest = code.as_str();
    let mut kept = String::new();
    // What is marked as a test ends with a semicolon, or is the module that ends the file.
    while let Some((before, after)) = rest.split_once("#[cfg(test)]") {
        kept.push_str(before);
        let end = after.find(';').unwrap_or(after.len());
        if after.find('{').is_some_and(|body| body < end) && !after.trim_start().starts_with("use ")
        {
            let is_last = after.trim_start().trim_start_matches("pub(crate) ").starts_with("mod ");
            if is_last {
                return kept;
            }
            rest = after;
        } else {
            rest = after.get(end + 1..).unwrap_or_default();
        }
    }
    kept + rest
}

/// Every path that the code names: those of `use`, and those written out.
fn paths_in(code: &str) -> Vec<Named> {
    let mut named = Vec::new();
    let mut others = String::new();
    let mut statement: Option<String> = None;
    for line in code.lines() {
        let text = line.trim();
        let begins = ["use ", "pub use ", "pub(crate) use ", "pub(super) use "];
        if statement.is_none() && begins.iter().any(|begin| text.starts_with(begin)) {
            statement = Some(String::new());
        }
        match &mut statement {
            None => others.extend([line, "\n"]),
            Some(statement_so_far) => {
                statement_so_far.push_str(text);
                if text.ends_with(';') {
                    let whole = statement.take().unwrap();
                    let handed_on = whole.starts_with("pub");
                    let tree = whole.split_once("use ").unwrap().1.trim_end_matches(';');
                    let paths = tree_paths(tree);
                    named.extend(paths.into_iter().map(|path| Named { path, handed_on }));
                }
            }
        }
    }
    for root in ["crate::", "super::", "self::"] {
        for (at, _) in others.match_indices(root) {
            let before = others[..at].chars().next_back();
            // A name goes on here, or a visibility ends: neither uses anything.
            let goes_on = before.is_some_and(|it| it.is_alphanumeric() || "_:".contains(it));
            if goes_on || others[..at].ends_with("pub(in ") {
                continue;
            }
            let is_path = |letter: char| letter.is_alphanumeric() || "_:".contains(letter);
            let path = others[at..].split(|letter| !is_path(letter)).next().unwrap();
            let parts = path.split("::").filter(|part| !part.is_empty()).map(str::to_owned);
            named.push(Named { path: parts.collect(), handed_on: false });
        }
    }
    named
}

/// The paths of a tree as in `use a::{b, c::d}`.
fn tree_paths(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let parts = |path: &str| -> Vec<String> {
        path.split("::")
            .map(|part| part.trim().to_owned())
            .filter(|part| !part.is_empty())
            .collect()
    };
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![parts(tree.split(" as ").next().unwrap())];
    };
    let (mut depth, mut begin, mut branches) = (0, 0, Vec::new());
    let inner = &rest[..rest.rfind('}').unwrap()];
    for (at, letter) in inner.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => branches.push(&inner[std::mem::replace(&mut begin, at + 1)..at]),
            _ => {}
        }
    }
    branches.push(&inner[begin..]);
    let branches = branches.into_iter().filter(|branch| !branch.trim().is_empty());
    let paths = branches.flat_map(tree_paths);
    paths.map(|path| [parts(head), path].concat()).collect()
}

/// The names that stand behind this in the code: `fit::` is followed by `Digest` in `fit::Digest`.
fn names_after(code: &str, module: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(module) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || "_:".contains(before)) {
            continue;
        }
        let is_name = |letter: char| letter.is_alphanumeric() || letter == '_';
        let name = code[at + module.len()..].split(|letter| !is_name(letter)).next().unwrap();
        names.insert(name.to_owned());
    }
    names.remove("");
    names
}

/// The sets of files that reach each other, each in order, written as paths.
pub(super) fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reach = |from: &File| {
        let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
        while let Some(file) = open.pop() {
            for used in arrows.get(file).into_iter().flatten() {
                if reached.insert(used) {
                    open.push(used);
                }
            }
        }
        reached
    };
    let reached: BTreeMap<&File, BTreeSet<&File>> =
        arrows.keys().map(|file| (file, reach(file))).collect();
    let mut circles = BTreeSet::new();
    for (file, there) in &reached {
        let back = |other: &&&File| reached.get(**other).is_some_and(|there| there.contains(*file));
        let circle: Vec<String> = there.iter().filter(back).map(|file| file.join("/")).collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

//! Finds usage data in the default places or under the given paths.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::{env, fs, io, thread};

use directories::BaseDirs;
use foldhash::HashSet;
use thiserror::Error;

use crate::shell::quoted;

/// More threads than this only use more memory.
pub(super) const MOST_THREADS: usize = 8;

#[derive(Debug, Error)]
pub enum LogsError {
    /// A given path does not exist.
    #[error("cannot read {path}: it does not exist; check the path")]
    Missing {
        /// The path in quotes.
        path: String,
    },
    /// A given path is named like a credentials file.
    #[error("refused to open {path}: it is named like a file of credentials; name a log instead")]
    Credentials {
        /// The path in quotes.
        path: String,
    },
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogFile {
    pub path: PathBuf,
    /// Its size when it was found.
    pub bytes: u64,
    /// The root it was found under.
    pub root: usize,
    /// True if the user named the file, rather than a folder above it.
    pub is_named: bool,
}

/// The files to read, largest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub files: Vec<LogFile>,
    /// Total size of the files when they were found.
    pub bytes: u64,
    /// What could not be read, each with its cause: see `unreadable`.
    pub unreadable: Vec<String>,
}

/// The variable that moves Claude Code's folder.
const VARIABLE: &str = "CLAUDE_CONFIG_DIR";

/// A path that could not be read and why: `'/a/b': permission denied`.
pub(super) fn unreadable(path: &Path, cause: &io::Error) -> String {
    let why = match cause.kind() {
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => "it does not exist".to_owned(),
        _ => {
            let text = cause.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_owned()
        }
    };
    format!("{}: {why}", quoted(path))
}

/// The nearest folder above a path that can be seen; it is the one that hides the path.
fn nearest_seen(path: &Path) -> &Path {
    path.ancestors().skip(1).find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(path)
}

/// The default places on this machine; they may not exist.
pub fn default_roots() -> Vec<PathBuf> {
    roots_of(
        env::var_os(VARIABLE).as_deref(),
        env::var_os("XDG_CONFIG_HOME").as_deref(),
        BaseDirs::new().as_ref().map(BaseDirs::home_dir),
    )
}

/// The default places, from `CLAUDE_CONFIG_DIR`, `XDG_CONFIG_HOME` and the home folder. If the
/// first variable is set, only its folders are used; otherwise both places that Claude Code has used.
pub fn roots_of(list: Option<&OsStr>, config: Option<&OsStr>, home: Option<&Path>) -> Vec<PathBuf> {
    let mut roots = listed(list, home);
    if roots.is_empty() {
        let config = config.map(PathBuf::from).filter(|path| path.is_absolute());
        let config = config.or_else(|| home.map(|home| home.join(".config")));
        roots.extend(config.map(|config| config.join("claude/projects")));
        roots.extend(home.map(|home| home.join(".claude/projects")));
    }
    roots
}

/// The `projects` folders that `CLAUDE_CONFIG_DIR` names: one folder, or several with commas between
/// them. Each is a configuration folder or its `projects` folder; `~` is the home folder.
fn listed(list: Option<&OsStr>, home: Option<&Path>) -> Vec<PathBuf> {
    let Some(list) = list else {
        return Vec::new();
    };
    let text = list.to_string_lossy();
    let entry = |entry: &str| match (entry.strip_prefix('~'), home) {
        (Some(""), Some(home)) => home.to_path_buf(),
        (Some(rest), Some(home)) if rest.starts_with(['/', '\\']) => {
            home.join(rest.trim_start_matches(['/', '\\']))
        }
        _ => PathBuf::from(entry),
    };
    // The name of a folder may have a comma itself.
    let folders: Vec<PathBuf> = if Path::new(list).is_dir() {
        vec![PathBuf::from(list)]
    } else {
        text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(entry).collect()
    };
    let is_inner = |path: &PathBuf| path.file_name().is_some_and(|name| name == "projects");
    folders
        .into_iter()
        .map(|path| if is_inner(&path) { path } else { path.join("projects") })
        .collect()
}

/// More places to look in: other folders with logs, and files that name the plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct More {
    /// Folders with logs.
    folders: Vec<PathBuf>,
    /// Folders in which only a `projects` folder contains logs.
    outer_folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl More {
    fn system() -> Self {
        let dirs = BaseDirs::new();
        let home = dirs.as_ref().map(BaseDirs::home_dir);
        let list = env::var_os(VARIABLE);
        let has_list = !listed(list.as_deref(), home).is_empty();
        let config = env::var_os("XDG_CONFIG_HOME");
        let desktops = dirs.as_ref().map(desktop_folders).unwrap_or_default();
        // With the variable set, all of Claude Code's files are there, including its state file.
        let state = if has_list { None } else { home };
        Self::of(&roots_of(list.as_deref(), config.as_deref(), home), state, &desktops)
    }

    /// Places near these roots and in the Claude Desktop folders. The state file is in `state`, the
    /// home folder, or near the roots if that is `None`.
    fn of(roots: &[PathBuf], state: Option<&Path>, desktops: &[PathBuf]) -> Self {
        const STATE: &str = ".claude.json";
        let beside = || roots.iter().filter_map(|root| root.parent());
        let mut files: Vec<PathBuf> = match state {
            Some(home) => vec![home.join(STATE)],
            None => beside().map(|folder| folder.join(STATE)).collect(),
        };
        files.extend(desktops.iter().map(|folder| folder.join("plan-usage-history.json")));
        Self {
            folders: beside().map(|folder| folder.join("transcripts")).collect(),
            outer_folders: desktops
                .iter()
                .map(|folder| folder.join("local-agent-mode-sessions"))
                .collect(),
            files,
        }
    }
}

/// The data folders of Claude Desktop: the one in the user's configuration folder and, on Windows,
/// the private one of a Store package.
fn desktop_folders(dirs: &BaseDirs) -> Vec<PathBuf> {
    let mut folders = vec![dirs.config_dir().join("Claude")];
    if cfg!(windows) {
        let packages = fs::read_dir(dirs.data_local_dir().join("Packages"));
        for package in packages.into_iter().flatten().flatten() {
            if package.file_name().to_string_lossy().starts_with("Claude_") {
                folders.push(package.path().join("LocalCache").join("Roaming").join("Claude"));
            }
        }
    }
    folders
}

/// Finds the logs in the default places and the files that name the plan. If paths are given, only
/// they are searched. Given folders are searched at any depth for files that may hold usage data; a
/// given file is read whatever its name is.
///
/// # Errors
/// If a given path does not exist or is named like a credentials file.
pub fn find(given: &[PathBuf]) -> Result<Found, LogsError> {
    let mut search = Search::default();
    if given.is_empty() {
        // A usual place that does not exist is no error, but one that the person named is.
        let is_named = !listed(env::var_os(VARIABLE).as_deref(), None).is_empty();
        for (root, path) in default_roots().into_iter().enumerate() {
            search.root = root;
            match path.symlink_metadata() {
                Ok(_) => search.look(&path),
                Err(cause) if !is_missing(&cause) => {
                    search.found.unreadable.push(unreadable(nearest_seen(&path), &cause));
                }
                Err(_) if is_named => search.found.unreadable.push(format!(
                    "{}: {VARIABLE} leads there, but it does not exist",
                    quoted(&path)
                )),
                Err(_) => {}
            }
        }
        search.look_further(&More::system());
    }
    search.scope = Scope::Given;
    for (root, path) in given.iter().enumerate() {
        search.root = root;
        if is_credentials(path) {
            return Err(LogsError::Credentials { path: quoted(path) });
        }
        match fs::metadata(path) {
            Err(cause) if is_missing(&cause) => {
                return Err(LogsError::Missing { path: quoted(path) });
            }
            Ok(about) if !about.is_dir() => search.name(path)?,
            _ => search.look(path),
        }
    }
    let mut found = search.found;
    // Largest first, so that no thread starts on a large file when the others are done.
    found.files.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.path.cmp(&b.path)));
    found.bytes = found.files.iter().map(|file| file.bytes).fold(0, u64::saturating_add);
    found.unreadable.sort();
    Ok(found)
}

fn is_missing(cause: &io::Error) -> bool {
    matches!(cause.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// True if the name is that of a credentials file.
pub(super) fn is_credentials(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let known = ["auth.json", "oauth.json", ".netrc", ".env", "id_rsa", "id_ed25519"];
    let is_key =
        [".pem", ".key", ".keychain", ".keychain-db"].iter().any(|end| name.ends_with(end));
    name.contains("credential") || is_key || known.contains(&name.as_str())
}

/// Which files in a folder to read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Scope {
    /// Claude Code logs.
    #[default]
    Logs,
    /// Logs in a folder named `projects`.
    LogsOfProjects,
    /// Everything that may hold usage data.
    Given,
}

impl Scope {
    /// True if the extension allows the file to be usage data.
    fn takes(self, path: &Path) -> bool {
        const ENDINGS: [&str; 8] = ["jsonl", "ndjson", "json", "csv", "tsv", "txt", "log", "zip"];
        let ending = path.extension().unwrap_or_default();
        let is = |known: &&str| ending.eq_ignore_ascii_case(known);
        match self {
            Self::Logs => is(&"jsonl"),
            Self::LogsOfProjects => {
                is(&"jsonl") && path.components().any(|part| part.as_os_str() == "projects")
            }
            Self::Given => ENDINGS.iter().any(is),
        }
    }
}

#[derive(Default)]
struct Search {
    found: Found,
    root: usize,
    scope: Scope,
    /// Real paths already visited, so that a loop of links is walked only once.
    seen: HashSet<OsString>,
}

impl Search {
    /// Searches the extra places that exist.
    fn look_further(&mut self, more: &More) {
        let there = |path: &&PathBuf| path.symlink_metadata().is_ok();
        for path in more.folders.iter().filter(there) {
            self.root += 1;
            self.look(path);
        }
        self.scope = Scope::LogsOfProjects;
        for path in more.outer_folders.iter().filter(there) {
            self.root += 1;
            self.look(path);
        }
        for path in more.files.iter().filter(there) {
            match path.canonicalize() {
                Ok(real) if !is_credentials(&real) => self.take(real, false),
                Ok(_) => {}
                Err(cause) => self.found.unreadable.push(unreadable(path, &cause)),
            }
        }
    }

    /// Adds a file named by the user.
    fn name(&mut self, path: &Path) -> Result<(), LogsError> {
        match path.canonicalize() {
            Ok(real) if is_credentials(&real) => {
                return Err(LogsError::Credentials { path: quoted(path) });
            }
            Ok(real) => self.take(real, true),
            Err(cause) => self.found.unreadable.push(unreadable(path, &cause)),
        }
        Ok(())
    }

    /// Searches a folder and everything below it, breadth first.
    fn look(&mut self, root: &Path) {
        let real = match root.canonicalize() {
            Ok(real) => real,
            Err(cause) => return self.found.unreadable.push(unreadable(root, &cause)),
        };
        let mut folders = vec![real];
        while !folders.is_empty() {
            folders.retain(|folder| self.seen.insert(folder.clone().into_os_string()));
            let mut next = Vec::new();
            for listing in list_all(&folders, self.scope) {
                self.found.unreadable.extend(listing.unreadable);
                for (path, bytes) in listing.files {
                    self.keep(path, bytes, false);
                }
                next.extend(listing.folders);
            }
            folders = next;
        }
    }

    /// Resolves the path and adds the file.
    fn take(&mut self, path: PathBuf, is_named: bool) {
        match size(&path) {
            Ok(bytes) => self.keep(path, bytes, is_named),
            Err(cause) => self.found.unreadable.push(unreadable(&path, &cause)),
        }
    }

    /// Adds a file by its real path.
    fn keep(&mut self, path: PathBuf, bytes: u64, is_named: bool) {
        if self.seen.insert(path.clone().into_os_string()) {
            self.found.files.push(LogFile { path, bytes, root: self.root, is_named });
        }
    }
}

/// The size of a regular file. A pipe or a device could block or never end.
fn size(path: &Path) -> io::Result<u64> {
    let about = fs::metadata(path)?;
    if about.is_file() { Ok(about.len()) } else { Err(io::Error::other("it is no regular file")) }
}

/// The contents of some folders.
#[derive(Default)]
struct Listing {
    /// Files to read, by real path, with their sizes in bytes.
    files: Vec<(PathBuf, u64)>,
    folders: Vec<PathBuf>,
    unreadable: Vec<String>,
}

/// Lists folders, in several threads if there are many.
fn list_all(folders: &[PathBuf], scope: Scope) -> Vec<Listing> {
    /// With fewer folders than this, a thread costs more than it saves.
    const WORTH: usize = 4;
    let list = |folders: &[PathBuf]| {
        let mut listing = Listing::default();
        for folder in folders {
            listing.add(folder, scope);
        }
        listing
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    let size = folders.len().div_ceil(threads).max(WORTH);
    let mut parts = folders.chunks(size);
    let own = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let others: Vec<_> = parts.map(|part| (part, scope.spawn(move || list(part)))).collect();
        let mut listings = vec![list(own)];
        for (part, other) in others {
            // If a thread panicked, list its share here.
            listings.push(other.join().unwrap_or_else(|_| list(part)));
        }
        listings
    })
}

impl Listing {
    /// Adds the contents of a folder.
    fn add(&mut self, folder: &Path, scope: Scope) {
        let listed = fs::read_dir(folder).and_then(|mut entries| {
            entries.try_for_each(|entry| {
                self.sort_in(&entry?, scope);
                Ok(())
            })
        });
        if let Err(cause) = listed {
            self.unreadable.push(unreadable(folder, &cause));
        }
    }

    fn sort_in(&mut self, entry: &fs::DirEntry, scope: Scope) {
        let path = entry.path();
        let is_log = scope.takes(&path);
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(cause) => return self.unreadable.push(unreadable(&path, &cause)),
        };
        if kind.is_dir() {
            self.folders.push(path);
        } else if kind.is_symlink() {
            match (path.canonicalize(), fs::metadata(&path)) {
                (Ok(real), Ok(about)) if about.is_dir() => self.folders.push(real),
                (Ok(real), Ok(_)) if is_log && !is_passed_over(&real) => self.take(real),
                // Report dangling and circular links, but only those named like a log.
                (Err(cause), _) | (_, Err(cause)) if is_log => {
                    self.unreadable.push(unreadable(&path, &cause));
                }
                _ => {}
            }
        } else if is_log && !is_passed_over(&path) {
            self.take(path);
        }
    }

    fn take(&mut self, path: PathBuf) {
        match size(&path) {
            Ok(bytes) => self.files.push((path, bytes)),
            Err(cause) => self.unreadable.push(unreadable(&path, &cause)),
        }
    }
}

/// True for files to skip in a folder: credentials and workflow journals.
fn is_passed_over(path: &Path) -> bool {
    let is_journal = path.file_name().is_some_and(|name| name == "journal.jsonl")
        && path.components().any(|part| part.as_os_str() == "subagents");
    is_journal || is_credentials(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_is_found_beside_the_roots_and_with_claude_desktop() {
        let roots = [PathBuf::from("/h/.config/claude/projects"), "/h/.claude/projects".into()];
        let desktop = [PathBuf::from("/h/Library/Application Support/Claude")];
        let more = More::of(&roots, Some(Path::new("/h")), &desktop);
        assert_eq!(
            more.folders,
            [Path::new("/h/.config/claude/transcripts"), Path::new("/h/.claude/transcripts")]
        );
        assert_eq!(
            more.files,
            [Path::new("/h/.claude.json"), &desktop[0].join("plan-usage-history.json")]
        );
        assert_eq!(more.outer_folders, [desktop[0].join("local-agent-mode-sessions")]);
        let more = More::of(&[PathBuf::from("/c/projects")], None, &[]);
        assert_eq!(more.files, [Path::new("/c/.claude.json")]);
    }

    #[test]
    fn a_folder_that_is_given_is_searched_for_more_than_logs() {
        for name in ["a.jsonl", "a.NDJSON", "a.json", "a.csv", "a.tsv", "a.txt", "a.log", "a.zip"] {
            assert!(Scope::Given.takes(Path::new(name)), "{name}");
            assert_eq!(Scope::Logs.takes(Path::new(name)), name == "a.jsonl", "{name}");
        }
        for name in ["jsonl", "a.rs", ".csv", "a.jsonl.gz"] {
            assert!(!Scope::Given.takes(Path::new(name)), "{name}");
        }
        assert!(!Scope::LogsOfProjects.takes(Path::new("/s/a/audit.jsonl")));
        assert!(Scope::LogsOfProjects.takes(Path::new("/s/a/projects/p/a.jsonl")));
    }
}

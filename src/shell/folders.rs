//! Our own folders, and the default folder for a report.
//!
//! They follow each system's conventions: the XDG variables on Linux (relative values are ignored,
//! as that standard requires), the system folders on macOS and Windows. This module only names
//! places; [`create_private`] alone changes the disk.

use std::{
    fs::DirBuilder,
    io,
    path::{Path, PathBuf},
};

use directories::{BaseDirs, ProjectDirs, UserDirs};
use thiserror::Error;

use super::save::SaveError;

/// The folders of one user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// Settings and the user's own price list, written by the user.
    pub config: PathBuf,
    /// State kept between runs; may be deleted at any time.
    pub state: PathBuf,
    /// Reports, if there is no better place for them.
    pub data: PathBuf,
    /// The documents folder; `None` on most servers and containers.
    pub documents: Option<PathBuf>,
}

impl Folders {
    /// The folders on this machine; `None` if the user has no home folder.
    pub fn system() -> Option<Self> {
        let project = ProjectDirs::from("", "", "planwise")?;
        let documents = UserDirs::new().and_then(|user| user.document_dir().map(Path::to_path_buf));
        Some(Self {
            config: project.config_dir().to_path_buf(),
            state: project.state_dir().unwrap_or_else(|| project.data_local_dir()).to_path_buf(),
            data: project.data_dir().to_path_buf(),
            documents,
        })
    }

    /// The user's own price list; may not exist.
    pub fn own_catalog(&self) -> PathBuf {
        self.config.join("catalog.json")
    }

    /// The settings file; may not exist.
    pub fn settings(&self) -> PathBuf {
        self.config.join("config.toml")
    }

    /// The unfinished interview; may not exist.
    pub fn draft(&self) -> PathBuf {
        self.state.join("draft.json")
    }

    /// The previous draft, set aside when other answers replaced it; may not exist.
    pub fn earlier(&self) -> PathBuf {
        self.state.join("earlier.json")
    }

    /// The file that remembers the last report folder; may not exist.
    pub fn remembered(&self) -> PathBuf {
        self.state.join("last.json")
    }

    /// The last saved report as JSON, whatever formats it was saved in; may not exist.
    pub fn last_report(&self) -> PathBuf {
        self.state.join("report.json")
    }

    /// The folder of saved scenarios; may not exist.
    pub fn scenarios(&self) -> PathBuf {
        self.data.join("scenarios")
    }

    /// The default folder for a report: the last one used, else the documents, else our own.
    ///
    /// The first two count only if they exist, as the last one may have been on a removable drive.
    /// Our own may have to be created, see [`Folders::is_own`].
    pub fn report_folder(&self, last_used: Option<&Path>) -> PathBuf {
        last_used
            .filter(|folder| folder.is_absolute())
            .into_iter()
            .chain(self.documents.as_deref())
            .find(|folder| folder.is_dir())
            .map_or_else(|| self.data.join("reports"), Path::to_path_buf)
    }

    /// True if the path is in one of our own folders, which are created without asking.
    pub fn is_own(&self, path: &Path) -> bool {
        [&self.config, &self.state, &self.data].iter().any(|own| path.starts_with(own))
    }
}

/// Expands a leading `~` to the home folder.
///
/// An error if there is no home folder.
pub fn at_home(path: &Path) -> Result<PathBuf, NoHome> {
    match path.strip_prefix("~") {
        Ok(rest) => Ok(BaseDirs::new().ok_or(NoHome)?.home_dir().join(rest)),
        Err(_) => Ok(path.to_path_buf()),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("cannot tell which folder '~' is; type the path in full")]
pub struct NoHome;

/// Creates one of our own folders and its missing parents, for this user only (0700).
///
/// An existing folder keeps its mode.
pub fn create_private(folder: &Path) -> Result<(), SaveError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    create(&builder, folder)
}

/// Creates a folder with the given builder. Shared with the folders that users ask for.
pub(super) fn create(builder: &DirBuilder, folder: &Path) -> Result<(), SaveError> {
    builder.create(folder).map_err(|cause| match cause.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            SaveError::NotAFolder { folder: folder.to_path_buf() }
        }
        _ => SaveError::NotCreated { folder: folder.to_path_buf(), cause },
    })
}

#[cfg(test)]
mod tests {
    use std::{env, fs, process::Command};

    use super::*;

    fn folders(root: &Path) -> Folders {
        Folders {
            config: root.join("config"),
            state: root.join("state"),
            data: root.join("data"),
            documents: None,
        }
    }

    #[test]
    fn each_file_has_its_place() {
        let folders = folders(Path::new("/h"));
        assert_eq!(folders.own_catalog(), Path::new("/h/config/catalog.json"));
        assert_eq!(folders.settings(), Path::new("/h/config/config.toml"));
        assert_eq!(folders.draft(), Path::new("/h/state/draft.json"));
        assert_eq!(folders.remembered(), Path::new("/h/state/last.json"));
        assert_eq!(folders.last_report(), Path::new("/h/state/report.json"));
    }

    #[test]
    fn a_report_goes_to_the_last_folder_then_documents_then_our_own() {
        let root = tempfile::tempdir().unwrap();
        let mut folders = folders(root.path());
        let last = root.path().join("last");
        let documents = root.path().join("documents");
        let own = root.path().join("data/reports");

        assert_eq!(folders.report_folder(None), own);
        assert_eq!(folders.report_folder(Some(&last)), own, "last is gone");
        folders.documents = Some(documents.clone());
        assert_eq!(folders.report_folder(None), own, "documents are not there");
        fs::create_dir(&documents).unwrap();
        assert_eq!(folders.report_folder(Some(&last)), documents);
        fs::create_dir(&last).unwrap();
        assert_eq!(folders.report_folder(Some(&last)), last);
        assert_eq!(folders.report_folder(Some(Path::new("."))), documents);
    }

    #[test]
    fn only_our_own_folders_are_created_without_asking() {
        let folders = folders(Path::new("/h"));
        assert!(folders.is_own(&folders.report_folder(None)));
        assert!(folders.is_own(&folders.draft()));
        assert!(!folders.is_own(Path::new("/h/data-of-others")));
    }

    #[test]
    #[cfg(unix)]
    fn our_own_folders_are_for_the_user_only() {
        use std::os::unix::fs::PermissionsExt;

        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("new/planwise");
        create_private(&folder).unwrap();
        create_private(&folder).unwrap();
        for made in [folder.as_path(), folder.parent().unwrap()] {
            let mode = fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", made.display());
        }
    }

    #[test]
    fn a_file_in_the_way_of_a_folder_is_named() {
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("file");
        fs::write(&file, "x").unwrap();
        for folder in [file.clone(), file.join("below")] {
            assert_eq!(
                create_private(&folder).unwrap_err().to_string(),
                format!(
                    "cannot save into '{}': it is not a folder; choose another folder",
                    folder.display()
                )
            );
        }
    }

    /// Prints this machine's folders for the test below, which sets the variables.
    #[test]
    #[ignore = "started by 'linux_folders_follow_xdg'"]
    fn show_system() {
        println!("{:#?}", Folders::system());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn linux_folders_follow_xdg() {
        let shown = |config_home: &str| {
            let output = Command::new(env::current_exe().unwrap())
                .args(["shell::folders::tests::show_system", "--exact"])
                .args(["--ignored", "--nocapture"])
                .env_clear()
                .env("HOME", "/h")
                .env("XDG_CONFIG_HOME", config_home)
                .env("XDG_STATE_HOME", "/s")
                .output()
                .unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let text = shown("/c");
        for line in [
            r#"config: "/c/planwise""#,
            r#"state: "/s/planwise""#,
            r#"data: "/h/.local/share/planwise""#,
            "documents: None",
        ] {
            assert!(text.contains(line), "no {line} in {text}");
        }
        let text = shown("relative");
        assert!(text.contains(r#"config: "/h/.config/planwise""#), "{text}");
    }
}

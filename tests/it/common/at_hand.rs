//! Programs that some tests need and not every machine has.

use std::env;
use std::path::PathBuf;

/// The first of these programs on the path. Without one the test that needs it says that it is
/// skipped; with `CI=true`, where everything must run, it fails instead.
pub(crate) fn at_hand(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = names.iter().find_map(|name| {
        env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    });
    or_skip(found, &names.join(" or "), env::var("CI").is_ok_and(|value| value == "true"))
}

fn or_skip(found: Option<PathBuf>, what: &str, must_run: bool) -> Option<PathBuf> {
    if found.is_none() {
        assert!(!must_run, "there is no {what}, and with CI=true nothing is skipped: install it");
        eprintln!("skipped: there is no {what} on this machine");
    }
    found
}

#[test]
fn a_test_without_its_program_is_skipped_here_and_fails_where_everything_must_run() {
    assert!(or_skip(Some("/bin/sh".into()), "sh", true).is_some());
    assert!(or_skip(None, "sh", false).is_none());
    assert!(std::panic::catch_unwind(|| or_skip(None, "sh", true)).is_err());
    assert!(at_hand(&["no-program-of-this-name", "sh"]).is_some());
}

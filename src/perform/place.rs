//! Paths as the person typed them.

use std::path::{Path, PathBuf};

use crate::shell::folders;

/// The absolute path, with `~` at its start expanded to the home folder.
pub(super) fn absolute(typed: &Path) -> Result<PathBuf, String> {
    let path = folders::at_home(typed).map_err(|error| error.to_string())?;
    std::path::absolute(&path).map_err(|cause| {
        let shown = crate::text::quoted(&typed.to_string_lossy());
        format!("cannot use the path {shown}: {cause}; type it in full")
    })
}

//! The files that a job writes: there as a whole or not at all, and readable only by their owner.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Context, Failure, Result};

/// A file that can be written, again and again.
pub struct WholeFile {
    file: PathBuf,
}

impl WholeFile {
    /// Refuses before the job what would fail at its end, and what no new file may take the place of: a link, a device, a
    /// pipe, a folder, or one of the `other` files of the same call.
    pub fn new(file: &Path, other: &[&Path]) -> Result<Self> {
        if fs::symlink_metadata(file).is_ok_and(|known| !known.is_file()) {
            return Err(Failure::usage(format!(
                "{} is no ordinary file but a link, a folder or a device. Name another file.",
                file.display()
            )));
        }
        if other.iter().any(|other| place(other).is_some_and(|other| place(file) == Some(other))) {
            return Err(Failure::usage(format!(
                "{} is named twice. Name another file for each of plan, checkpoint and report.",
                file.display()
            )));
        }
        NamedTempFile::new_in(folder(file)).context(format!("write {}", file.display()))?;
        Ok(Self { file: file.to_owned() })
    }

    /// The old file is there until the new one is, also after a crash.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let folder = folder(&self.file);
        let mut new = NamedTempFile::new_in(folder)?;
        new.write_all(bytes)?;
        new.as_file().sync_all()?;
        new.persist(&self.file)?;
        #[cfg(unix)]
        File::open(folder)?.sync_all()?;
        Ok(())
    }
}

fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a file is, however its path is written. It need not exist; its folder must.
fn place(file: &Path) -> Option<PathBuf> {
    Some(fs::canonicalize(folder(file)).ok()?.join(file.file_name()?))
}

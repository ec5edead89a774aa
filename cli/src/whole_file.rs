//! Files that a job writes. They are complete or not there, and readable only by their owner.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::failure::{Context, Failure, Result};

/// Refuses paths that must not be replaced by a file: a link, a device, a pipe, a folder, or another file of the same call.
pub fn check<'f>(written: impl Iterator<Item = &'f Path>, read: impl Iterator<Item = &'f Path>) -> Result<()> {
    let mut places: Vec<_> = read.filter_map(place).collect();
    for file in written {
        if fs::symlink_metadata(file).is_ok_and(|known| !known.is_file()) {
            return Err(Failure::usage(format!(
                "{} is a link, a folder or a device. Name an ordinary file.",
                file.display()
            )));
        }
        let Some(place) = place(file) else { continue };
        if places.contains(&place) {
            return Err(Failure::usage(format!(
                "{} would be used twice. Name another file for each of plan, --ca, --checkpoint and --report. The name of the \
                 checkpoint with .lock is taken, too.",
                file.display()
            )));
        }
        places.push(place);
    }
    Ok(())
}

/// A file that is replaced as a whole at each write.
pub struct WholeFile {
    file: PathBuf,
}

impl WholeFile {
    /// Checks that the file can be written, so that this does not fail at the end of a job.
    pub fn new(file: &Path) -> Result<Self> {
        let whole = Self { file: file.to_owned() };
        let is_new = |why: &io::Error| why.kind() == io::ErrorKind::NotFound;
        // A name that is too long is found only if it is used.
        let known = fs::symlink_metadata(file).map(drop).or_else(|why| if is_new(&why) { Ok(()) } else { Err(why) });
        known.and_then(|()| whole.temporary().map(drop)).context(format!("write {}", file.display()))?;
        Ok(whole)
    }

    /// A new file in the same folder. The error does not have its name, which the user does not know.
    fn temporary(&self) -> io::Result<NamedTempFile> {
        let folder = folder(&self.file);
        NamedTempFile::new_in(folder).map_err(|why| match why.kind() {
            kind @ io::ErrorKind::NotFound => io::Error::new(kind, format!("there is no folder {}", folder.display())),
            kind => kind.into(),
        })
    }

    /// Replaces the file. The old one remains until the new one is complete, also after a crash.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut new = self.temporary()?;
        new.write_all(bytes)?;
        new.as_file().sync_all()?;
        new.persist(&self.file)?;
        #[cfg(unix)]
        File::open(folder(&self.file))?.sync_all()?;
        Ok(())
    }
}

fn folder(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The canonical path of a file. It need not exist, but its folder must.
fn place(file: &Path) -> Option<PathBuf> {
    fs::canonicalize(file).ok().or_else(|| {
        // Some file systems do not distinguish upper from lower case, which shows only in files that exist.
        let name = file.file_name()?.to_string_lossy().to_lowercase();
        Some(fs::canonicalize(folder(file)).ok()?.join(name))
    })
}

//! Lists, copies and fingerprints of files, and stamps that record what was done for them.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::step::{Context, Result};

/// All files below a folder, sorted; none if the folder does not exist. Folders with one of the names `without` are
/// skipped.
pub fn files_below(folder: &Path, without: &[&str]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).context(format!("list {}", folder.display()))? {
            let path = entry.context(format!("list {}", folder.display()))?.path();
            if !path.is_dir() {
                files.push(path);
            } else if !without.iter().any(|name| path.ends_with(name)) {
                folders.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Copies files below `from` to the same paths below `to`.
pub fn copy(files: &[PathBuf], from: &Path, to: &Path) -> Result<()> {
    for file in files {
        let copy = to.join(file.strip_prefix(from).unwrap_or(file));
        let created = copy.parent().map_or(Ok(()), fs::create_dir_all);
        created.and_then(|()| fs::copy(file, &copy)).context(format!("copy {}", file.display()))?;
    }
    Ok(())
}

/// Removes a folder with its contents, if it exists.
pub fn remove_folder(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).context(format!("remove {}", folder.display()))
}

/// Does `work` unless `stamp` says that it was done for this state. Removing the result must remove the stamp, too.
pub fn if_stale(stamp: &Path, state: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    if fs::read_to_string(stamp).is_ok_and(|found| found == state) {
        return Ok(());
    }
    work()?;
    fs::write(stamp, state).context(format!("write {}", stamp.display()))
}

/// A hash of the names and contents of files. A file may be missing.
pub fn fingerprint(files: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        if file.exists() {
            fs::read(file).context(format!("read {}", file.display()))?.hash(&mut hasher);
        }
    }
    Ok(format!("{:016x}", hasher.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_for_a_state_is_done_again_for_another() {
        let stamp = std::env::temp_dir().join(format!("xtask-stamp-{}", std::process::id()));
        let mut done = 0;
        for state in ["one", "one", "two"] {
            if_stale(&stamp, state, || {
                done += 1;
                Ok(())
            })
            .expect("the stamp can be written");
        }
        fs::remove_file(&stamp).expect("remove");
        assert_eq!(done, 2);
    }
}

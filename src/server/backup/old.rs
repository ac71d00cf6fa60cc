//! Removing backups that have had their time. Nothing else in their folder is touched.

use super::names;
use crate::server::config::ConfigError;
use std::{fs, io, path::Path, time::Duration};

/// How many backups are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// All of so many newest days.
    pub days: usize,
    /// The newest of so many newest weeks.
    pub weeks: usize,
}

/// A file that is still being written is younger.
const ABANDONED: Duration = Duration::from_secs(24 * 3600);

/// Removes what is older than is to be kept, but never the one of the name `new`; says how many.
///
/// # Errors
/// A sentence that says that the new backup is there all the same.
pub fn remove(folder: &Path, keep: Keep, new: &str) -> Result<usize, ConfigError> {
    expire(folder, keep, new).map_err(|error| {
        ConfigError(format!("The backup {new} was made, but older ones cannot be removed: {error}."))
    })
}

fn expire(folder: &Path, keep: Keep, new: &str) -> io::Result<usize> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if is_abandoned(&entry, &name) {
            fs::remove_file(entry.path())?;
        }
        if entry.file_type()?.is_file() {
            files.push(name);
        }
    }
    let expired = names::expired(&files, keep.days, keep.weeks);
    let gone: Vec<_> = expired.iter().filter(|name| *name != new).collect();
    for name in &gone {
        fs::remove_file(folder.join(name))?;
    }
    Ok(gone.len())
}

/// What a backup that was killed has left.
fn is_abandoned(entry: &fs::DirEntry, name: &str) -> bool {
    let unfinished = name.strip_prefix('.').and_then(|name| name.strip_suffix(".part"));
    let changed = entry.metadata().and_then(|metadata| metadata.modified());
    let age = changed.ok().and_then(|at| at.elapsed().ok());
    unfinished.is_some_and(names::is_name) && age.is_some_and(|age| age > ABANDONED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::SystemTime;

    #[test]
    fn only_its_own_old_files_go() {
        let dir = tempfile::tempdir().unwrap();
        let new = "vatra-20261127T050000Z.backup.age";
        let old = "vatra-20261126T050000Z.backup.age";
        let (part, young) = (format!(".{old}.part"), format!(".{new}.part"));
        for name in [new, old, &part, &young, "vatra.backup.age", "notes.txt"] {
            fs::write(dir.path().join(name), "").unwrap();
        }
        let file = fs::File::options().write(true).open(dir.path().join(&part)).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(48 * 3600)).unwrap();
        assert_eq!(remove(dir.path(), Keep { days: 0, weeks: 0 }, new).unwrap(), 1);
        let entries = fs::read_dir(dir.path()).unwrap();
        let mut left: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, [&young, "notes.txt", new, "vatra.backup.age"]);
    }
}

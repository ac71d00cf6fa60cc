//! The folder of this installation: can it be written, and is there room?

use super::Finding;
use std::{fs, io, path::Path};

const ABOUT: &str = "disk";

/// Pictures, the embedded database and its log need some.
const LITTLE: u64 = 1 << 30;
/// Less, and a database stops.
const TOO_LITTLE: u64 = 100 << 20;

pub(super) fn look(folder: &Path) -> Finding {
    match room(folder) {
        Ok(free) => judge(folder, free),
        Err(error) => Finding::wrong(
            ABOUT,
            format!("{} cannot be written: {error}", folder.display()),
            "Give the folder to the user that runs Vatra, or name another in VATRA_DATA_DIR.",
        ),
    }
}

fn judge(folder: &Path, free: u64) -> Finding {
    let found = format!("{} MB free in {}", free >> 20, folder.display());
    let remedy = "Make room: old backups and logs first, then a larger disk.";
    match free {
        ..TOO_LITTLE => Finding::wrong(ABOUT, found, remedy),
        TOO_LITTLE..LITTLE => Finding::doubtful(ABOUT, found, remedy),
        LITTLE.. => Finding::good(ABOUT, found),
    }
}

/// The bytes that are free, once something was written.
fn room(folder: &Path) -> io::Result<u64> {
    fs::create_dir_all(folder)?;
    let probe = folder.join(format!(".doctor-{}", std::process::id()));
    fs::write(&probe, b"?")?;
    fs::remove_file(&probe)?;
    let found = rustix::fs::statvfs(folder)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::doctor::Verdict;

    #[test]
    fn room_is_judged_and_a_folder_that_is_none_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        assert!(room(folder.path()).unwrap() > 0);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let verdict = |free| judge(folder.path(), free).verdict;
        assert_eq!([0, TOO_LITTLE, LITTLE].map(verdict), [Verdict::Wrong, Verdict::Doubtful, Verdict::Good]);
        let file = folder.path().join("file");
        fs::write(&file, b"").unwrap();
        assert_eq!(look(&file.join("data")).verdict, Verdict::Wrong);
    }
}

//! Pictures as files of one folder. A file is written under another name and renamed when it is
//! whole and on the disk, so a reader finds all of it or nothing.

use super::{PictureName, PictureStore};
use crate::server::{config::ConfigError, secrets};
use async_trait::async_trait;
use std::{
    fs::{self, File},
    io::{self, ErrorKind, Write},
    path::{Path, PathBuf},
    time::Duration,
};

/// What a file is called while it is written; no picture's name begins like this.
const UNFINISHED: &str = ".new-";
/// An unfinished file of this age belongs to nobody any more.
const ABANDONED: Duration = Duration::from_secs(3600);

/// A folder of pictures.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder, makes it where it is missing, and tries whether it can be written.
    ///
    /// # Errors
    /// A sentence that names the folder.
    pub fn open(path: PathBuf) -> Result<Folder, ConfigError> {
        let ready = fs::create_dir_all(&path).and_then(|()| {
            remove_abandoned(&path);
            write_new(&path, b"")
        });
        match ready.and_then(fs::remove_file) {
            Ok(()) => Ok(Folder { path }),
            Err(error) => Err(ConfigError(format!(
                "The folder for pictures, {}, cannot be written: {error}.",
                path.display()
            ))),
        }
    }

    fn file(&self, name: &PictureName) -> PathBuf {
        self.path.join(name.as_str())
    }
}

#[async_trait]
impl PictureStore for Folder {
    async fn put(&self, name: &PictureName, picture: &[u8]) -> io::Result<()> {
        let (folder, file, picture) = (self.path.clone(), self.file(name), picture.to_vec());
        off_the_async_threads(move || {
            let new = write_new(&folder, &picture)?;
            if let Err(error) = fs::rename(&new, file) {
                let _ = fs::remove_file(new);
                return Err(error);
            }
            // The name is part of the folder, which has to reach the disk, too.
            File::open(folder)?.sync_all()
        })
        .await
    }

    async fn get(&self, name: &PictureName) -> io::Result<Option<Vec<u8>>> {
        match tokio::fs::read(self.file(name)).await {
            Ok(picture) => Ok(Some(picture)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn names(&self) -> io::Result<Vec<PictureName>> {
        let folder = self.path.clone();
        off_the_async_threads(move || {
            let mut names = Vec::new();
            for entry in fs::read_dir(folder)? {
                // Whatever has another name is not ours.
                names.extend(entry?.file_name().to_str().and_then(PictureName::parse));
            }
            names.sort();
            Ok(names)
        })
        .await
    }

    async fn delete(&self, name: &PictureName) -> io::Result<()> {
        match tokio::fs::remove_file(self.file(name)).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

async fn off_the_async_threads<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// Writes a file to the disk under a name that nobody asks for; nothing is left if that fails.
fn write_new(folder: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let path = folder.join(format!("{UNFINISHED}{}", secrets::token()));
    let write = || {
        let mut file = File::create_new(&path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    match write() {
        Ok(()) => Ok(path),
        Err(error) => {
            let _ = fs::remove_file(path);
            Err(error)
        }
    }
}

/// What a server that was killed has left.
fn remove_abandoned(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let changed = entry.metadata().and_then(|metadata| metadata.modified());
        let age = changed.ok().and_then(|at| at.elapsed().ok());
        if unfinished && age.is_some_and(|age| age > ABANDONED) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_picture_comes_back_as_it_was_put() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::open(dir.path().join("a").join("pictures")).unwrap();
        let name = PictureName::of(b"picture");
        assert_eq!(folder.get(&name).await.unwrap(), None);
        folder.put(&name, b"picture").await.unwrap();
        folder.put(&name, b"picture").await.unwrap();
        assert_eq!(folder.get(&name).await.unwrap().as_deref(), Some(&b"picture"[..]));
        assert_eq!(names(&folder.path), [name.as_str()]);
        fs::write(folder.path.join("Thumbs.db"), b"").unwrap();
        assert_eq!(folder.names().await.unwrap(), std::slice::from_ref(&name));
        fs::remove_file(folder.path.join("Thumbs.db")).unwrap();
        folder.delete(&name).await.unwrap();
        folder.delete(&name).await.unwrap();
        assert_eq!(folder.get(&name).await.unwrap(), None);
        assert!(names(&folder.path).is_empty());
    }

    #[test]
    fn a_folder_that_cannot_be_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "").unwrap();
        let error = Folder::open(file.join("pictures")).err().unwrap();
        assert!(error.0.contains(&file.display().to_string()), "{error}");
        assert!(error.0.ends_with('.'), "{error}");
    }

    #[test]
    fn only_what_was_abandoned_is_removed() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, age: u64| {
            let file = File::create_new(dir.path().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::now() - Duration::from_secs(age)).unwrap();
        };
        file(".new-old", 7200);
        file(".new-young", 0);
        file("other", 7200);
        Folder::open(dir.path().to_owned()).unwrap();
        let mut left = names(dir.path());
        left.sort();
        assert_eq!(left, [".new-young", "other"]);
    }
}

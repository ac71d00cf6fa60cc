//! Pictures in the database, so that all instances have them (MongoDB's GridFS).

use super::{PictureName, PictureStore};
use crate::server::store::picture_files::PictureFiles;
use async_trait::async_trait;
use mongodb::bson::DateTime;
use std::{
    io,
    time::{Duration, SystemTime},
};

/// An unfinished file of this age belongs to nobody any more.
const ABANDONED: Duration = Duration::from_secs(3600);

/// The database's own pictures.
pub struct GridFs {
    files: PictureFiles,
}

impl GridFs {
    /// Opens the bucket and removes what an instance that was killed has left in it. That this
    /// fails harms nobody: the next start tries again.
    pub async fn open(files: PictureFiles) -> GridFs {
        let before = SystemTime::now() - ABANDONED;
        if let Err(error) = files.remove_abandoned(DateTime::from_system_time(before)).await {
            tracing::warn!(%error, "unfinished pictures stay");
        }
        GridFs { files }
    }
}

#[async_trait]
impl PictureStore for GridFs {
    async fn put(&self, name: &PictureName, picture: &[u8]) -> io::Result<()> {
        self.files.put(name.as_str(), picture).await.map_err(io::Error::other)
    }

    async fn get(&self, name: &PictureName) -> io::Result<Option<Vec<u8>>> {
        self.files.get(name.as_str()).await.map_err(io::Error::other)
    }

    async fn names(&self) -> io::Result<Vec<PictureName>> {
        let names = self.files.names().await.map_err(io::Error::other)?;
        Ok(names.iter().filter_map(|name| PictureName::parse(name)).collect())
    }

    async fn delete(&self, name: &PictureName) -> io::Result<()> {
        self.files.delete(name.as_str()).await.map_err(io::Error::other)
    }
}

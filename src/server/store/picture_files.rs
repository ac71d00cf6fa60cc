//! The GridFS bucket `pictures`: files of pictures that several instances share (collections
//! `pictures.files` and `pictures.chunks`, made when the first is put).

use futures::{AsyncReadExt, AsyncWriteExt, TryStreamExt};
use mongodb::{
    Collection, Database,
    bson::{Bson, DateTime, Document, doc, oid::ObjectId},
    error::{ErrorKind, GridFsErrorKind, Result},
    gridfs::GridFsBucket,
    options::GridFsBucketOptions,
};

const NAME: &str = "pictures";

/// Reads and writes files of pictures.
#[derive(Clone)]
pub struct PictureFiles {
    bucket: GridFsBucket,
    chunks: Collection<Document>,
}

impl PictureFiles {
    pub(crate) fn of(database: &Database) -> PictureFiles {
        let options = GridFsBucketOptions::builder().bucket_name(NAME.to_owned()).build();
        PictureFiles {
            bucket: database.gridfs_bucket(options),
            chunks: database.collection(&format!("{NAME}.chunks")),
        }
    }

    /// Keeps a file; one of this name that is there stays. Two instances at once may keep two, which
    /// are the same and go together.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        if self.bucket.find_one(doc! { "filename": name }).await?.is_some() {
            return Ok(());
        }
        let mut stream = self.bucket.open_upload_stream(name).await?;
        stream.write_all(bytes).await?;
        // The file is named when its last piece is there: a reader finds all of it or nothing.
        Ok(stream.close().await?)
    }

    /// The file, if there is one of this name.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let mut stream = match self.bucket.open_download_stream_by_name(name).await {
            Ok(stream) => stream,
            Err(error) if is_missing(&error) => return Ok(None),
            Err(error) => return Err(error),
        };
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        Ok(Some(bytes))
    }

    /// The names of all files.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn names(&self) -> Result<Vec<String>> {
        let mut found = self.bucket.find(doc! {}).await?;
        let mut names = Vec::new();
        while let Some(file) = found.try_next().await? {
            names.extend(file.filename);
        }
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Removes a file; one that is not there is no error.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn delete(&self, name: &str) -> Result<()> {
        let mut found = self.bucket.find(doc! { "filename": name }).await?;
        while let Some(file) = found.try_next().await? {
            match self.bucket.delete(file.id).await {
                // Another instance was quicker.
                Err(error) if is_missing(&error) => {}
                result => result?,
            }
        }
        Ok(())
    }

    /// Removes the pieces of files that were never finished: what an instance that was killed
    /// before this moment has left.
    ///
    /// # Errors
    /// What the driver says.
    pub async fn remove_abandoned(&self, before: DateTime) -> Result<()> {
        for id in self.chunks.distinct("files_id", doc! {}).await? {
            let Bson::ObjectId(id) = id else { continue };
            if ObjectId::timestamp(&id) < before && self.bucket.find_one(doc! { "_id": id }).await?.is_none()
            {
                self.chunks.delete_many(doc! { "files_id": id }).await?;
            }
        }
        Ok(())
    }
}

fn is_missing(error: &mongodb::error::Error) -> bool {
    matches!(error.kind.as_ref(), ErrorKind::GridFs(GridFsErrorKind::FileNotFound { .. }))
}

//! The database and the pictures of an installation, without a shop that would bring them up to date.

use crate::server::{
    config::{Config, ConfigError, Pictures},
    pictures::{Folder, GridFs, PictureStore},
    store::{connect::reach, embedded::Embedded, picture_files::PictureFiles},
};
use mongodb::Client;
use std::sync::Arc;

/// What backups are taken from and restored to.
pub struct Place {
    pub client: Client,
    pub database: mongodb::Database,
    /// Where it listens.
    pub uri: String,
    /// The database's process, when it is ours. Dropping it stops it.
    _embedded: Option<Embedded>,
}

impl Place {
    /// Reaches the database, and starts the embedded one if none is configured.
    pub async fn open(config: &Config) -> Result<Place, ConfigError> {
        let (embedded, uri) = Embedded::if_ours(config).await?;
        let client = reach(&uri).await?;
        let database = client.database(&config.database_name);
        Ok(Place { client, database, uri, _embedded: embedded })
    }
}

/// Where the pictures of this installation are kept.
pub async fn pictures(config: &Config, files: PictureFiles) -> Result<Arc<dyn PictureStore>, ConfigError> {
    Ok(match config.pictures {
        Pictures::Folder => Arc::new(Folder::open(config.data_dir.join("pictures"))?),
        Pictures::GridFs => Arc::new(GridFs::open(files).await),
    })
}

/// What is said of an error of the database.
pub fn failed(error: &mongodb::error::Error) -> ConfigError {
    ConfigError(format!("The database cannot be used: {error}"))
}

//! `vatra restore`: the whole file is checked before anything is touched, and the database stays shut
//! until all of it is there.

use super::{
    fill,
    keys::Keys,
    place::{self, Place, failed},
    progress::Progress,
    sealed_file::{Checked, check_all},
};
use crate::server::{
    config::{Config, ConfigError},
    failpoint::reached,
    store::refill::{Content, Refill},
};
use std::path::Path;

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    /// What the file held.
    pub checked: Checked,
    /// Messages that were still to be sent, and are not sent any more.
    pub withdrawn: u64,
}

/// Restores a backup into the configured database.
///
/// # Errors
/// A sentence, which says whether anything was touched.
pub async fn restore(
    config: &Config,
    file: &Path,
    keys: &Keys,
    replace: bool,
    progress: &mut Progress,
) -> Result<Restored, ConfigError> {
    let checked = check_all(file, keys).await?;
    let place = Place::open(config).await?;
    let refill = Refill::of(&place.database);
    match refill.content().await.map_err(|error| failed(&error))? {
        Content::Something(collection) if !replace => {
            return Err(ConfigError(format!(
                "The database {} is not empty (it has {collection}), and nothing was changed: stop the shop, \
                 take a backup, and say --replace if all of it may go.",
                config.database_name
            )));
        }
        _ => {}
    }
    // A folder that cannot be written is known before anything is dropped.
    place::pictures(config, refill.picture_files()).await?;
    let stopped = |error: ConfigError| {
        let database = &config.database_name;
        ConfigError(format!(
            "{} The restore has not ended, and nobody opens the database {database} before it has: run it again.",
            error.0
        ))
    };
    let withdrawn = into(config, &refill, (file, keys, &checked), progress).await.map_err(stopped)?;
    Ok(Restored { checked, withdrawn })
}

async fn into(
    config: &Config,
    refill: &Refill,
    backup: (&Path, &Keys, &Checked),
    progress: &mut Progress,
) -> Result<u64, ConfigError> {
    let said = |error: mongodb::error::Error| failed(&error);
    refill.begin().await.map_err(said)?;
    reached("restore.emptied");
    // Opened when the old pictures are gone.
    let pictures = place::pictures(config, refill.picture_files()).await?;
    fill::fill(refill, &*pictures, backup, progress).await?;
    reached("restore.filled");
    refill.bring_up_to_date().await.map_err(said)?;
    let withdrawn = refill.withdraw_messages().await.map_err(said)?;
    refill.finish().await.map_err(said)?;
    Ok(withdrawn)
}

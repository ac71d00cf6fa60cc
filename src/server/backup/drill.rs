//! `vatra drill`: a backup is restored into a database of its own beside the shop's, compared with the
//! file, looked through for faults, and removed.

use super::{
    fill,
    keys::Keys,
    place::{Place, failed},
    progress::Progress,
    sealed_file::{Checked, check_all},
};
use crate::server::{
    config::{Config, ConfigError},
    pictures::GridFs,
    store::{
        deep::{self, Fault, Kind},
        refill::{Content, Refill},
    },
};
use std::path::Path;

/// The database of drills.
pub fn scratch(config: &Config) -> String {
    format!("{}_drill", config.database_name)
}

/// Tries whether a backup can be restored; the shop may be open meanwhile.
///
/// # Errors
/// A sentence; nothing is left behind.
pub async fn drill(
    config: &Config,
    file: &Path,
    keys: &Keys,
    progress: &mut Progress,
) -> Result<Checked, ConfigError> {
    let checked = check_all(file, keys).await?;
    let place = Place::open(config).await?;
    let name = scratch(config);
    let refill = Refill::of(&place.client.database(&name));
    // An earlier drill that was killed has left its mark; whatever has none is somebody's.
    if let Content::Something(collection) = refill.content().await.map_err(|error| failed(&error))? {
        return Err(ConfigError(format!(
            "The database {name}, which drills use, is not empty (it has {collection}), and nothing was changed."
        )));
    }
    let tried = rehearse(&place.uri, &name, &refill, (file, keys, &checked), progress).await;
    let removed = refill.remove().await.map_err(|error| {
        ConfigError(format!("The database {name}, which the drill has used, cannot be removed: {error}"))
    });
    tried.and_then(|faults| removed.map(|()| faults)).and_then(judge)?;
    Ok(checked)
}

/// The mark stays in the scratch database until that is removed.
async fn rehearse(
    uri: &str,
    name: &str,
    refill: &Refill,
    backup: (&Path, &Keys, &Checked),
    progress: &mut Progress,
) -> Result<Vec<Fault>, ConfigError> {
    let said = |error: mongodb::error::Error| failed(&error);
    refill.begin().await.map_err(said)?;
    // In the scratch database wherever the shop keeps its own: they go with it.
    let pictures = GridFs::open(refill.picture_files()).await;
    fill::fill(refill, &pictures, backup, progress).await?;
    refill.bring_up_to_date().await.map_err(said)?;
    refill.withdraw_messages().await.map_err(said)?;
    Ok(deep::look(uri, name).await?.faults)
}

fn judge(faults: Vec<Fault>) -> Result<(), ConfigError> {
    // A shop that runs sets these right itself; in a backup they are what was under way.
    let own = |kind| matches!(kind, Kind::Overdue | Kind::Waiting | Kind::Customer | Kind::Day);
    let faults: Vec<Fault> = faults.into_iter().filter(|fault| !own(fault.kind)).collect();
    match faults.first() {
        None => Ok(()),
        Some(first) => Err(ConfigError(format!(
            "The backup can be restored, but its data do not agree ({} faults, for example {:?}: {}): see vatra \
             doctor --deep.",
            faults.len(),
            first.kind,
            first.which
        ))),
    }
}

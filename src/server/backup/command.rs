//! The commands of backups as the terminal gives them. What they say are names of files, counts and
//! sizes, never what is in a document.

use super::{
    drill, keys,
    keys::Keys,
    old::Keep,
    progress::{Progress, megabytes},
    restore,
    take::{self, Taken, Wanted},
};
use crate::server::config::{Config, ConfigError};
use clap::Args;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// `vatra backup`
#[derive(Args)]
pub struct Backup {
    /// The file, or a folder in which it is named by its time (default: `VATRA_BACKUP_DIR`)
    #[arg(long)]
    to: Option<PathBuf>,
    /// The public key of whoever may open it, age1… (default: `VATRA_BACKUP_RECIPIENT`)
    #[arg(long)]
    recipient: Option<String>,
    /// Keep the backups of so many newest days, and remove older ones from the folder
    #[arg(long, value_name = "N")]
    keep_days: Option<usize>,
    /// Keep also the newest backup of each of so many newest weeks
    #[arg(long, value_name = "W")]
    keep_weeks: Option<usize>,
}

/// `vatra restore`
#[derive(Args)]
pub struct Restore {
    /// The backup
    file: PathBuf,
    /// The file with the secret key
    #[arg(long, value_name = "KEYFILE")]
    identity: PathBuf,
    /// Empty the database first if something is in it
    #[arg(long)]
    replace: bool,
}

/// `vatra drill`
#[derive(Args)]
pub struct Drill {
    /// The backup
    file: PathBuf,
    /// The file with the secret key
    #[arg(long, value_name = "KEYFILE")]
    identity: PathBuf,
}

impl Backup {
    /// Takes one.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn run(self) -> Result<(), ConfigError> {
        let setting = |name| env::var(name).ok().filter(|value: &String| !value.trim().is_empty());
        let folder = || setting("VATRA_BACKUP_DIR").map(|folder| Path::new(&folder).join(""));
        let to = self.to.or_else(folder).ok_or_else(|| {
            ConfigError("Where to? Say --to FILE or --to FOLDER, or set VATRA_BACKUP_DIR.".into())
        })?;
        // A path that ends with a slash names a folder.
        if to.as_os_str().as_encoded_bytes().ends_with(b"/") && !to.is_dir() {
            return Err(ConfigError(format!("There is no folder {}.", to.display())));
        }
        let recipient = self.recipient.or_else(|| setting("VATRA_BACKUP_RECIPIENT")).ok_or_else(|| {
            ConfigError(
                "For whom? Say --recipient age1…, or set VATRA_BACKUP_RECIPIENT; vatra backup-key makes a key."
                    .into(),
            )
        })?;
        let keep = match (self.keep_days, self.keep_weeks) {
            (None, None) => None,
            (days, weeks) => Some(Keep { days: days.unwrap_or(0), weeks: weeks.unwrap_or(0) }),
        };
        let wanted = Wanted { to, recipient: keys::recipient(&recipient)?, keep };
        let taken = take::take(&Config::from_env()?, &wanted, &mut Progress::to_stderr()).await?;
        println!("{}", summary(&taken));
        Ok(())
    }
}

fn summary(taken: &Taken) -> String {
    let Taken { file, total, removed, noted } = taken;
    let bytes = u64::try_from(total.bytes).unwrap_or(0);
    let size = fs::metadata(file).map_or(0, |file| file.len());
    let older = if *removed == 0 { String::new() } else { format!(" {removed} older ones were removed.") };
    let unknown =
        if *noted { "" } else { " The database could not be told of it: the doctor will not know." };
    format!(
        "{} holds {} documents and pictures ({}, {} in the file) and was read again.{older}{unknown}",
        file.display(),
        total.documents,
        megabytes(bytes),
        megabytes(size)
    )
}

impl Restore {
    /// Restores it.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn run(self) -> Result<(), ConfigError> {
        let (config, keys) = (Config::from_env()?, Keys::File(self.identity));
        let progress = &mut Progress::to_stderr();
        let restored = restore::restore(&config, &self.file, &keys, self.replace, progress).await?;
        println!(
            "The database {} is as it was at {}: {} documents and pictures.",
            config.database_name, restored.checked.header.at, restored.checked.total.documents
        );
        if restored.withdrawn > 0 {
            println!("{} messages that were still to be sent then will not be sent.", restored.withdrawn);
        }
        Ok(())
    }
}

impl Drill {
    /// Tries it.
    ///
    /// # Errors
    /// A sentence for the terminal.
    pub async fn run(self) -> Result<(), ConfigError> {
        let (config, keys) = (Config::from_env()?, Keys::File(self.identity));
        let checked = drill::drill(&config, &self.file, &keys, &mut Progress::to_stderr()).await?;
        println!(
            "{} can be restored: {} documents and pictures of {} came back as they were.",
            self.file.display(),
            checked.total.documents,
            checked.header.at
        );
        Ok(())
    }
}

/// `vatra backup-key`: makes a key and prints its public half.
///
/// # Errors
/// A sentence for the terminal.
pub fn make_key(file: &Path) -> Result<(), ConfigError> {
    println!("{}", keys::make(file)?);
    Ok(())
}

//! Backups: taking one, restoring it, and the drill; what stands in the file, its keys and names
//! (docs/decisions/0037).

pub mod command;
pub mod drill;
pub mod fault;
mod fill;
pub mod format;
pub mod keys;
pub mod names;
pub mod old;
mod pictures;
mod place;
pub mod progress;
pub mod restore;
pub mod sealed_file;
pub mod take;

//! Backups: what stands in them, the file around it, its keys and names.

pub mod fault;
pub mod format;
pub mod keys;
pub mod names;
pub mod progress;
pub mod sealed_file;

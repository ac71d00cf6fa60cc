//! Vatra: the ordering shop of one local food producer.
//!
//! The only place with feature gates: `ssr` builds the server, `hydrate` the browser's half.

pub mod app;
pub mod model;
#[cfg(feature = "ssr")]
pub mod server;

//! The server: HTTP at the edge, services with the rules, the store with the queries.

pub mod clock;
pub mod config;
pub mod context;
pub mod error;
pub mod secrets;
pub mod service;
pub mod sms;
pub mod state;
pub mod store;
pub mod visitor;

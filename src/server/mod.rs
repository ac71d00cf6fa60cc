//! The server: HTTP at the edge, services with the rules, the store with the queries.

pub mod admins;
pub mod backup;
pub mod built;
pub mod clock;
pub mod config;
pub mod context;
pub mod demo;
pub mod doctor;
pub mod error;
pub mod http;
pub mod origin;
pub mod pictures;
pub mod qr;
pub mod rest;
pub mod sealed;
pub mod secrets;
pub mod serve;
pub mod service;
pub mod settings;
pub mod sms;
pub mod spreadsheet;
pub mod state;
pub mod store;
pub mod telemetry;
pub mod trail;
pub mod visitor;

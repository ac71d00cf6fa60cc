//! Everything that needs a database: mirrors `src/server`. Each test has a database of its own on
//! one real server process, started with the first test and stopped by the kernel with the last.

#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod backup;
mod console_sms;
mod demonstration;
mod doctor;
mod faults;
mod harness;
mod http;
mod metrics;
mod overload;
mod rest;
mod security;
mod service;
mod settings;
mod store;
mod twilio;

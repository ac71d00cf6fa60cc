//! The JSON API, through the whole router.

mod access;
pub mod admin;
pub mod answer;
pub mod api;
mod auth;
mod cart;
mod catalog;
mod choices;
mod database;
mod envelope;
mod food;
mod images;
mod images_refused;
mod junk;
mod order_fields;
mod orders;
mod sms;
pub mod upload;

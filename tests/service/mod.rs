//! The rules of the shop.

mod auth;
mod blocks;
mod board;
mod cart;
mod catalogue;
mod catalogue_watch;
mod checkout;
mod customer_desk;
mod customers;
mod expiry;
mod food;
mod idempotency;
mod media;
pub mod order_feed;
mod orders;
mod oversell;
mod pictures;
mod privacy;
mod replacing;
mod resending;
mod settings;
mod sign_in;
mod sms_budget;
mod tokens;
mod undo;
mod variants;
mod verification;

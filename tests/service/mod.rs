//! The rules of the shop.

mod auth;
mod cart;
mod catalogue;
mod catalogue_watch;
mod checkout;
mod customers;
mod expiry;
mod figures;
mod food;
mod idempotency;
mod kitchen;
mod media;
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
mod variants;
mod verification;

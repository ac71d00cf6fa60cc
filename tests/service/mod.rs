//! The rules of the shop.

mod auth;
mod cart;
mod catalogue;
mod catalogue_watch;
mod checkout;
mod choices;
mod customers;
mod expiry;
mod food;
mod idempotency;
mod media;
mod orders;
mod oversell;
mod pictures;
mod privacy;
mod replacing;
mod resending;
mod settings;
mod settings_desk;
mod sign_in;
mod sms_budget;
mod tokens;
mod variants;
mod verification;

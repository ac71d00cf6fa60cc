//! The rules of the shop.

mod admins;
mod audit;
mod auth;
mod cart;
mod catalogue;
mod catalogue_watch;
mod checkout;
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
mod second_factor;
mod settings;
mod sign_in;
mod sms_budget;
mod tokens;
mod variants;
mod verification;

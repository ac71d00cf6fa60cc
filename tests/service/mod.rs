//! The rules of the shop.

mod auth;
mod cart;
mod checkout;
mod customers;
mod expiry;
mod food;
mod idempotency;
mod media;
mod orders;
mod oversell;
mod pictures;
mod replacing;
mod resending;
mod sms_budget;
mod tokens;
mod verification;

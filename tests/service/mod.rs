//! The rules of the shop.

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
mod messages;
mod order_items;
mod orders;
mod oversell;
mod phone_orders;
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

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
mod orders;
mod oversell;
mod picture_order;
mod pictures;
mod privacy;
mod products_many;
mod replacing;
mod resending;
mod settings;
mod sheet;
mod shelves;
mod sign_in;
mod sms_budget;
mod tokens;
mod variants;
mod verification;

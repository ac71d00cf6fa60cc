//! The words of the shop, shared by server and browser: types that are parsed once at the edge,
//! the rules that need no database, and the one error enum. No I/O, no framework.

pub mod account;
pub mod allergen;
pub mod audit;
pub mod cart;
pub mod category;
pub mod checkout;
pub mod day;
pub mod error;
pub mod field;
pub mod food;
pub mod ids;
pub mod image;
pub mod locale;
pub mod measure;
pub mod money;
pub mod opening_hours;
pub mod order;
pub mod page;
pub mod phone;
pub mod product;
pub mod quantity;
pub mod session;
pub mod shop_facts;
pub mod status;
#[cfg(test)]
pub(crate) mod strange;
pub mod text;
pub mod time;
pub mod vat;

//! The words of the shop, shared by server and browser: types that are parsed once at the edge,
//! the rules that need no database, and the one error enum. No I/O, no framework.

pub mod allergen;
pub mod board;
pub mod cancel_reason;
pub mod cart;
pub mod category;
pub mod checkout;
pub mod customer;
pub mod day;
pub mod error;
pub mod field;
pub mod figures;
pub mod food;
pub mod ids;
pub mod image;
pub mod kitchen;
pub mod locale;
pub mod measure;
pub mod message;
pub mod message_texts;
pub mod money;
pub mod news;
pub mod opening_hours;
pub mod order;
pub mod order_items;
pub mod order_record;
pub mod page;
pub mod phone;
pub mod phone_order;
pub mod product;
pub mod qr;
pub mod quantity;
pub mod session;
pub mod shop_facts;
pub mod sms_text;
pub mod status;
#[cfg(test)]
pub(crate) mod strange;
pub mod text;
pub mod time;
pub mod undo;
pub mod vat;
pub mod words;

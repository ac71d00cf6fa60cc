//! What the shop says of itself and of what it keeps: contact, delivery, terms, privacy, cookies,
//! and the pages by which customers sign in and decide over their data.

pub mod api;
pub mod away;
pub mod contact;
pub mod erase;
pub mod facts;
pub mod hours;
pub mod my_data;
pub mod pages;
pub mod places;
pub mod sign_in;
pub mod written;

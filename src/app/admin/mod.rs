//! The producer's pages. They are rendered by the server and work without JavaScript; there is no
//! island among them, so nothing of this is in what customers download.

pub mod account;
pub mod admins;
pub mod api;
pub mod categories;
pub mod category_form;
pub mod desk;
pub mod filled;
pub mod food_fields;
pub mod header;
pub mod invite;
pub mod log;
pub mod log_sentence;
pub mod login;
pub mod login_code;
pub mod order;
pub mod orders;
pub mod orders_table;
pub mod product_form;
pub mod product_pictures;
pub mod product_row;
pub mod products;
pub mod rows;
pub mod second_factor;
pub mod way;

//! The customer's pages.

pub mod add_to_cart;
pub mod api;
pub mod cart;
pub mod cart_button;
pub mod cart_changes;
pub mod cart_drawer;
pub mod cart_lines;
pub mod cart_news;
pub mod checkout;
pub mod checkout_form;
pub mod code_form;
pub mod home;
pub mod my_orders;
pub mod offline;
pub mod order;
pub mod order_summary;
pub mod product;
pub mod product_card;
pub mod products;
pub mod verify;

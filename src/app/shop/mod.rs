//! The customer's pages.

pub mod add_to_cart;
pub mod allergen_filter;
pub mod api;
pub mod cart;
pub mod cart_button;
pub mod cart_drawer;
pub mod cart_lines;
pub mod checkout;
pub mod checkout_choices;
pub mod checkout_form;
pub mod facts;
pub mod hero;
pub mod home;
pub mod my_orders;
pub mod offline;
pub mod order;
pub mod order_summary;
pub mod product;
pub mod product_card;
pub mod products;
pub mod verify;

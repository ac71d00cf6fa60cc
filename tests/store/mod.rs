//! The database: what it keeps, refuses and finds.

mod allergens;
mod carts;
mod customers;
mod figures;
mod indexes;
mod migrations;
mod orders;
mod rate_limits;
mod search;
mod standalone;
mod ten_thousand;
mod validators;

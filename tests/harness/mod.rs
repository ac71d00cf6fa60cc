//! A shop on a real database, one database for each test. Only the SMS are not sent.

mod clock;
mod customers;
pub mod pictures;
mod recorder;
mod server;
mod shop;

pub use clock::within_one_window;
pub use customers::{at_once, bani, checkout_form, key, phone, pieces, request, reserved, wrong};
pub use recorder::Recorder;
pub use server::{database_uri, error_code};
pub use shop::TestShop;

//! A shop on a real database, one database for each test. Only the SMS are not sent.

mod cable;
mod clock;
mod customers;
pub mod pictures;
mod recorder;
mod server;
mod shop;
mod watch;

pub use cable::Cable;
pub use clock::within_one_window;
pub use customers::{ADDRESS, at_once, bani, checkout_form, key, phone, pieces, request, reserved, wrong};
pub use recorder::Recorder;
pub use server::{database_uri, error_code};
pub use shop::TestShop;
pub use watch::{Watched, eventually};

//! A shop on a real database, one database for each test. Only the SMS are not sent.

mod buyer;
mod cable;
mod clock;
mod customers;
mod database;
mod logs;
pub mod pictures;
mod process;
mod recorder;
mod server;
mod shop;
mod watch;

pub use buyer::{Acknowledged, Caller, Failure};
pub use cable::{Cable, Way};
pub use clock::within_one_window;
pub use customers::{ADDRESS, at_once, bani, checkout_form, key, phone, pieces, request, reserved, wrong};
pub use database::OwnDatabase;
pub use logs::Logs;
pub use process::{Server, Settings};
pub use recorder::Recorder;
pub use server::{database_uri, error_code};
pub use shop::TestShop;
pub use watch::{Watched, eventually};

//! The server functions of the producer's pages: ask who it is, call a service, say where to go
//! next.

pub mod account;
pub mod admins;
pub mod board;
pub mod categories;
pub mod customers;
pub mod faults;
pub mod figures;
pub mod invite;
pub mod kitchen;
pub mod log;
pub mod messages;
pub mod order_desk;
pub mod orders;
pub mod pictures;
pub mod products;
pub mod session;
pub mod settings;
pub mod sheet;

use crate::model::session::Admin;
use serde::{Deserialize, Serialize};

/// What a page shows, and the producer who may see it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signed<T> {
    /// Who has logged in.
    pub admin: Admin,
    /// What the page shows.
    pub data: T,
}

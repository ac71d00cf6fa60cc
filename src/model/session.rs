//! Who is asking.

use super::phone::Phone;
use serde::{Deserialize, Serialize};

/// A customer who has proved a phone number within the last 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The proved number.
    pub phone: Phone,
    /// The name of the last order.
    pub name: String,
}

/// A producer who has logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {
    /// The name used to log in.
    pub username: String,
    /// Stands in every form of this session and comes back with it.
    pub csrf_token: String,
}

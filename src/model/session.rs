//! Who is asking.

use super::{
    ids::{OrderId, OrderNumber},
    locale::Locale,
    phone::Phone,
    text,
};
use serde::{Deserialize, Serialize};

/// A customer who has proved a phone number within the last 24 hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// The proved number.
    pub phone: Phone,
    /// The name of the last order.
    pub name: String,
}

/// A try to sign in by phone, as whoever began it may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The number, [masked](Phone::masked).
    pub phone: String,
    /// How many digits the code has.
    pub digits: u32,
    /// Seconds until another code can be asked for.
    pub resend_after: u32,
}

/// How much is kept of a customer's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Whose.
    pub customer: Customer,
    /// How many orders.
    pub orders: usize,
    /// Those that are being worked on: until they are finished the number cannot be forgotten.
    pub open: Vec<(OrderId, OrderNumber)>,
}

/// A producer who has logged in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {
    /// The name used to log in.
    pub username: String,
    /// Stands in every form of this session and comes back with it.
    pub csrf_token: String,
    /// What they may do.
    pub rights: Rights,
}

/// What an admin may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rights {
    /// Everything.
    Owner,
    /// The daily work: orders, kitchen, products, categories.
    Staff,
}

impl Rights {
    /// Both, the wider first.
    pub const ALL: [Rights; 2] = [Rights::Owner, Rights::Staff];

    /// As it is stored and sent.
    pub const fn name(self) -> &'static str {
        match self {
            Rights::Owner => "owner",
            Rights::Staff => "staff",
        }
    }

    /// The rights of this name.
    pub fn from_name(name: &str) -> Option<Rights> {
        Rights::ALL.into_iter().find(|rights| rights.name() == name)
    }

    /// In words.
    pub const fn label(self, l: Locale) -> &'static str {
        match self {
            Rights::Owner => text::admins::owner(l),
            Rights::Staff => text::admins::staff(l),
        }
    }

    /// Everything?
    pub const fn is_owner(self) -> bool {
        matches!(self, Rights::Owner)
    }
}

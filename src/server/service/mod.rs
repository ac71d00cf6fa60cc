//! The rules of the shop. A service knows no HTTP and no pages: server functions and the JSON API
//! both call these.

pub mod account;
pub mod addresses;
pub mod admins;
pub mod audit;
pub mod auth;
pub mod blocks;
pub mod board;
pub mod calling;
pub mod cancelling;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod customer_counts;
pub mod customer_desk;
pub mod customers;
pub mod expiry;
pub mod faults;
pub mod figures;
pub mod invitations;
pub mod kitchen;
pub mod login;
pub mod media;
pub mod message_texts;
pub mod messages;
pub mod order_feed;
pub mod order_items;
pub mod order_record;
pub mod orders;
pub mod outbox;
mod pace;
pub mod passwords;
mod patience;
pub mod phone;
pub mod phone_orders;
pub mod privacy;
pub mod reports;
pub mod requests;
pub mod second_factor;
pub mod settings;
pub mod sheet;
pub mod shelves;
pub mod sign_in;
pub mod sms_budget;
pub mod time_keeping;
pub mod undo;
pub mod variants;
pub mod verification;

use super::{config::Config, pictures::PictureStore, sms::Sms, store::Store};
use media::Media;
use order_feed::OrderFeed;
use pace::Pace;
use passwords::Passwords;
use requests::Requests;
use settings::KeptFacts;
use shelves::Shelves;
use std::sync::{Arc, atomic::AtomicI64};

/// The shop: what every service works with. Cheap to clone.
#[derive(Clone)]
pub struct Shop {
    /// The database.
    pub store: Store,
    /// The settings.
    pub config: Arc<Config>,
    /// What happens to orders.
    pub feed: OrderFeed,
    sms: Arc<dyn Sms>,
    media: Media,
    memory: catalog::Memory,
    passwords: Passwords,
    shelves: Shelves,
    requests: Requests,
    pace: Pace,
    /// The day of which was told that half of its budget for SMS is used.
    half_told: Arc<AtomicI64>,
    facts: KeptFacts,
    unwritten: faults::Unwritten,
}

impl Shop {
    /// Opens the shop.
    pub fn new(store: Store, config: Config, sms: Arc<dyn Sms>, pictures: Arc<dyn PictureStore>) -> Shop {
        Shop {
            store,
            config: Arc::new(config),
            feed: OrderFeed::default(),
            sms,
            media: Media::new(pictures),
            memory: catalog::Memory::default(),
            passwords: Passwords::new(),
            shelves: Shelves::default(),
            requests: Requests::default(),
            pace: Pace::default(),
            half_told: Arc::default(),
            facts: KeptFacts::default(),
            unwritten: faults::Unwritten::default(),
        }
    }
}

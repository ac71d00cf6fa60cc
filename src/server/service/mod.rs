//! The rules of the shop. A service knows no HTTP and no pages: server functions and the JSON API
//! both call these.

pub mod account;
pub mod addresses;
pub mod admins;
pub mod audit;
pub mod auth;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod customers;
pub mod expiry;
pub mod invitations;
pub mod login;
pub mod media;
pub mod orders;
pub mod passwords;
pub mod phone;
pub mod privacy;
pub mod requests;
pub mod second_factor;
pub mod settings;
pub mod shelves;
pub mod sign_in;
pub mod sms_budget;
pub mod variants;
pub mod verification;

use super::{config::Config, pictures::PictureStore, sms::Sms, store::Store};
use media::Media;
use passwords::Passwords;
use requests::Requests;
use settings::KeptFacts;
use shelves::Shelves;
use std::sync::Arc;

/// The shop: what every service works with. Cheap to clone.
#[derive(Clone)]
pub struct Shop {
    /// The database.
    pub store: Store,
    /// The settings.
    pub config: Arc<Config>,
    sms: Arc<dyn Sms>,
    media: Media,
    memory: catalog::Memory,
    passwords: Passwords,
    shelves: Shelves,
    requests: Requests,
    facts: KeptFacts,
}

impl Shop {
    /// Opens the shop.
    pub fn new(store: Store, config: Config, sms: Arc<dyn Sms>, pictures: Arc<dyn PictureStore>) -> Shop {
        Shop {
            store,
            config: Arc::new(config),
            sms,
            media: Media::new(pictures),
            memory: catalog::Memory::default(),
            passwords: Passwords::new(),
            shelves: Shelves::default(),
            requests: Requests::default(),
            facts: KeptFacts::default(),
        }
    }
}

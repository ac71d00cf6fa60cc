//! What the requests are about: an order of Zamfira's, her cart, and things that only the producer
//! may see.

use super::table::Stage;
use crate::{
    harness::{TestShop, phone},
    rest::api::{Api, Visitor},
};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        account::InviteForm,
        category::{Category, CategoryForm},
        checkout::CheckoutForm,
        ids::CartId,
        order::Order,
        product::{Product, ProductForm},
        session::{Customer, Rights},
        settings::Settings,
        time::Timestamp,
    },
    server::{clock::now, secrets, settings::read, visitor::Cookies},
};

/// Words of the order's that nobody else may read.
const SECRETS: [&str; 6] = [
    "Zamfira Ascunsa",
    "Strada Tainica 7",
    "Valea Ascunsa",
    "poarta albastra",
    "dupa slujba",
    "la vecina Safta",
];
const HIDDEN: &str = "Nepublicat";

const SETTINGS: &str = r#"
name = "Vatra din poveste"
holidays = [{ from = "2024-12-24", to = "2024-12-26" }]
places = [{ id = "piata", name = { ro = "Piața" }, active = false }]
areas = [{ id = "sate", name = { ro = "Sate" }, fee = "15.00", active = false }]
"#;

pub struct Scene {
    pub bread: Product,
    /// Not on sale, on a shelf that is not shown.
    pub hidden: Product,
    pub hidden_shelf: Category,
    /// A shelf with nothing on it.
    pub empty_shelf: Category,
    /// The address of a picture of the bread's. There is no file.
    pub picture: String,
    pub order: Order,
    pub phone: String,
    /// A number that is not the order's.
    pub other_phone: String,
    pub code: String,
    pub cart: CartId,
    /// A cart with something in it that no order came from.
    pub spare_cart: CartId,
    /// The other customer's cart.
    pub other_cart: CartId,
    /// With a place and an area that nobody can choose, and a holiday that is over.
    pub settings: Settings,
    /// An admin to work on, who never logs in.
    pub helper: String,
    /// An invitation that waits, and what opens it.
    pub invitation: String,
    pub invitation_token: String,
}

impl Scene {
    pub async fn set(shop: &TestShop, stage: Stage) -> Scene {
        clear(shop).await;
        shop.set_facts(read(SETTINGS, false).expect("facts")).await.expect("settings");
        let (phone, other_phone) = (phone(), phone());
        let bread = shop.product("Pâine", 1250, 900).await;
        let honey = shop.product("Miere", 3000, 900).await;
        let (hidden_shelf, hidden) = hidden(shop).await;
        let empty_shelf = shelf(shop).await;
        let cart = shop.cart_with(&[(&bread, 1)]).await;
        let mut order = shop.place_form(&cart, checkout(&phone)).await.order;
        let code = shop.code_for(&phone);
        if stage == Stage::Confirmed {
            order = shop.confirm(&phone, &order.id, &code).await.expect("confirmed").order;
        }
        let picture = format!("/media/{}.jpg", "0".repeat(32));
        let (helper, invitation, invitation_token) = helpers(shop).await;
        shop.set_product(&bread.id, doc! { "images": [{ "address": &picture, "width": 800, "height": 600, "colour": 0, "widths": [] }] }).await;
        Scene {
            settings: shop.settings().await.expect("settings"),
            picture,
            spare_cart: shop.cart_with(&[(&bread, 1)]).await,
            other_cart: shop.cart_with(&[(&honey, 1)]).await,
            helper,
            invitation,
            invitation_token,
            bread,
            hidden,
            hidden_shelf,
            empty_shelf,
            order,
            phone,
            other_phone,
            code,
            cart,
        }
    }

    /// What stands in this text that an outsider may not read.
    pub fn leaks(&self, text: &str) -> Vec<String> {
        let phone = &self.phone[3..];
        let grouped = format!("{} {} {}", &phone[..3], &phone[3..6], &phone[6..]);
        let own = [self.order.number.as_str(), phone, &grouped, HIDDEN];
        own.into_iter().chain(SECRETS).filter(|secret| text.contains(*secret)).map(str::to_owned).collect()
    }

    /// What in the database is the order's: of these ids and numbers.
    pub fn owns(&self, document: &str) -> bool {
        [self.order.id.as_str(), self.cart.as_str(), &self.phone].iter().any(|id| document.contains(id))
    }

    /// A browser with a session that proves this number.
    pub async fn signed_in(api: &Api, visitor: &Visitor<'_>, phone: &str, until: Timestamp) {
        let token = secrets::token();
        let phone = vatra::server::service::phone::read(phone).expect("a number");
        let customer = Customer { phone, name: "Bogdan".into() };
        api.shop.store.sessions.insert(secrets::token_hash(&token), &customer, until).await.expect("stored");
        let cookie = Cookies::new(&api.shop.config).customer(token);
        visitor.keep(cookie.to_str().expect("a cookie"));
    }

    /// An hour from now.
    pub fn soon() -> Timestamp {
        now().plus_seconds(3600)
    }
}

/// Takes away what an earlier scene left, so that there is little to compare.
async fn clear(shop: &TestShop) {
    for name in [
        "orders",
        "messages",
        "cart_sessions",
        "sessions",
        "verifications",
        "products",
        "revocations",
        "invitations",
    ] {
        shop.raw(name).delete_many(doc! {}).await.expect("cleared");
    }
    let hidden = doc! { "name": { "$regex": HIDDEN } };
    shop.raw("categories").delete_many(hidden).await.expect("cleared");
    let helpers = doc! { "role": "admin", "username": { "$regex": "^(ajutor|invitat) " } };
    shop.raw("users").delete_many(helpers).await.expect("cleared");
}

/// Somebody who works there with a second factor of theirs, and somebody who is invited. No password
/// fits, which would cost the time of a hash.
async fn helpers(shop: &TestShop) -> (String, String, String) {
    let name = format!("ajutor {}", mark());
    shop.store.users.insert_admin(&name, "$argon2id$", Rights::Staff).await.expect("an admin");
    let helper = shop.store.users.admin(&name).await.expect("read").expect("the admin");
    let factor = doc! { "secret": "x", "since": DateTime::now(), "last_step": 1_i64, "recovery": [] };
    shop.set("users", doc! { "username": &name }, doc! { "second_factor": factor }).await;
    let form = InviteForm { username: format!("invitat {}", mark()), rights: "staff".into() };
    let token = shop.invite(&form, "ana").await.expect("invited");
    let all = shop.invited().await.expect("read");
    let invited = all.iter().find(|invited| invited.username == form.username).expect("the invitation");
    (helper.id.to_string(), invited.id.to_string(), token)
}

fn checkout(phone: &str) -> CheckoutForm {
    let [name, street, city, notes, time, wish] = SECRETS.map(str::to_owned);
    CheckoutForm {
        name,
        street,
        city,
        phone: phone.to_owned(),
        delivery_type: "delivery".into(),
        postal_code: String::new(),
        address_notes: notes,
        preferred_time: time,
        special_instructions: wish,
        ..CheckoutForm::default()
    }
}

/// A word that nothing else has.
fn mark() -> String {
    secrets::token().replace(['-', '_'], "")[..8].to_owned()
}

async fn shelf(shop: &TestShop) -> Category {
    let form = CategoryForm { name: format!("Raft {HIDDEN} {}", mark()), ..CategoryForm::default() };
    shop.create_category(&form).await.expect("a shelf")
}

async fn hidden(shop: &TestShop) -> (Category, Product) {
    let shelf = shelf(shop).await;
    let form = ProductForm {
        category_id: shelf.id.to_string(),
        active: false,
        ..shop.product_form(&format!("Produs {HIDDEN} {}", mark()), 1000, 5).await
    };
    let product = shop.create_product(&form).await.expect("a product");
    (shelf, product)
}

//! A shop of one test.

use super::{Cable, Recorder, Settings, bani, database_uri, pieces, request};
use mongodb::{
    Collection,
    bson::{Document, doc, oid::ObjectId},
};
use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use vatra::{
    model::{
        category::CategoryForm,
        checkout::CheckoutForm,
        ids::{CartId, CategoryId, OrderId, ProductId},
        locale::Locale,
        order::{Order, Placed},
        product::{Product, ProductForm},
        session::Customer,
    },
    server::{
        config::{Config, Pictures},
        pictures::{Folder, GridFs, PictureStore},
        service::{Shop, checkout::PlaceOrder, phone::read, verification::Confirmed},
        sms::Sms,
        store::{
            Store,
            connect::connect,
            deep::{self, Fault},
        },
    },
};

/// A shop with a database and an SMS recorder of its own.
pub struct TestShop {
    shop: Shop,
    pub sms: Arc<Recorder>,
    uri: String,
    settings: Settings,
    files: TempDir,
    shelf: OnceCell<CategoryId>,
}

impl Deref for TestShop {
    type Target = Shop;
    fn deref(&self) -> &Shop {
        &self.shop
    }
}

impl TestShop {
    /// With the settings of `.env.example`, except those limits that tests of other things exceed.
    pub async fn open() -> TestShop {
        TestShop::open_with(&[]).await
    }

    /// With some settings of its own.
    pub async fn open_with(settings: &[(&str, &str)]) -> TestShop {
        let sms = Arc::new(Recorder::default());
        TestShop::open_sending(settings, sms.clone(), sms).await
    }

    /// With another sender than the recorder.
    pub async fn open_sending(
        settings: &[(&str, &str)],
        sender: Arc<dyn Sms>,
        sms: Arc<Recorder>,
    ) -> TestShop {
        // Several tests share the server, so none may take all of its connections.
        let uri = format!("{}&maxPoolSize=32&minPoolSize=0", database_uri().await);
        TestShop::whole(&uri, settings, sender, sms).await
    }

    /// At another database server.
    pub async fn open_at(uri: &str, settings: &[(&str, &str)]) -> TestShop {
        let sms = Arc::new(Recorder::default());
        TestShop::whole(uri, settings, sms.clone(), sms).await
    }

    async fn whole(
        uri: &str,
        settings: &[(&str, &str)],
        sender: Arc<dyn Sms>,
        sms: Arc<Recorder>,
    ) -> TestShop {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("vatra_test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        let files = tempfile::tempdir().expect("a folder");
        let mut all = vec![("VATRA_DATA_DIR", files.path().to_str().expect("UTF-8"))];
        all.extend(settings);
        let (uri, settings) = (uri.to_owned(), environment(uri, &name, &all));
        let config = Config::read(|name| value(&settings, name)).expect("settings");
        let store = connect(&uri, &name).await.expect("a database");
        let pictures = pictures(&config, &store, files.path()).await;
        let shop = Shop::new(store, config, sender, pictures);
        TestShop { shop, sms, uri, settings, files, shelf: OnceCell::new() }
    }

    /// What a process of this shop finds in its environment.
    pub fn environment(&self) -> Settings {
        let mut all = self.settings.clone();
        all.push(("SMS_OUTBOX".to_owned(), self.outbox().to_str().expect("UTF-8").to_owned()));
        all
    }

    /// Where processes of this shop write what they would send.
    pub fn outbox(&self) -> PathBuf {
        self.files.path().join("outbox.jsonl")
    }

    /// What `vatra doctor --deep` finds in its data.
    pub async fn faults(&self) -> Vec<Fault> {
        deep::look(&self.uri, &self.config.database_name).await.expect("readable data").faults
    }

    /// Another server of the same shop: same database, settings, files and SMS, nothing else in common.
    pub async fn second_instance(&self) -> Shop {
        let config = Config::clone(&self.shop.config);
        let store = connect(&self.uri, &config.database_name).await.expect("a database");
        let pictures = pictures(&config, &store, self.files.path()).await;
        Shop::new(store, config, self.sms.clone(), pictures)
    }

    /// Another server of the same shop, whose way to the database can be cut.
    pub async fn by_cable(&self) -> (Shop, Cable) {
        let cable = Cable::to(&self.uri).await;
        let config = Config::clone(&self.shop.config);
        let store = connect(&cable.uri(), &config.database_name).await.expect("a database");
        let pictures = pictures(&config, &store, self.files.path()).await;
        (Shop::new(store, config, self.sms.clone(), pictures), cable)
    }

    /// The shop itself, to take into a task.
    pub fn instance(&self) -> Shop {
        self.shop.clone()
    }

    /// A collection as other hands find it.
    pub fn raw(&self, collection: &str) -> Collection<Document> {
        self.store.database().collection(collection)
    }

    /// Where its pictures are kept.
    pub async fn pictures(&self) -> Arc<dyn PictureStore> {
        pictures(&self.config, &self.store, self.files.path()).await
    }

    /// The names of the files in the folder of pictures, whatever they are.
    pub fn kept_files(&self) -> BTreeSet<String> {
        let entries = std::fs::read_dir(self.files.path().join("pictures")).expect("the folder");
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// A category on sale.
    pub async fn category(&self, name: &str) -> CategoryId {
        let form = CategoryForm { name: name.into(), active: true, ..CategoryForm::default() };
        self.create_category(&form).await.expect("a category").id
    }

    /// The form of a product on sale, on the test's one shelf.
    pub async fn product_form(&self, name: &str, price_bani: i64, stock: u32) -> ProductForm {
        let shelf = self.shelf.get_or_init(|| self.category("Raft")).await;
        ProductForm {
            name: name.into(),
            price: bani(price_bani).decimal(),
            category_id: shelf.to_string(),
            stock_quantity: stock.to_string(),
            active: true,
            ..ProductForm::default()
        }
    }

    /// A product on sale.
    pub async fn product(&self, name: &str, price_bani: i64, stock: u32) -> Product {
        let form = self.product_form(name, price_bani, stock).await;
        self.create_product(&form).await.expect("a product")
    }

    /// What is left of a product.
    pub async fn stock_of(&self, product: &Product) -> u32 {
        self.any_product(product.id.as_str()).await.expect("the product").stock
    }

    /// Changes a product behind the back of those who have it in their carts.
    pub async fn set_product(&self, id: &ProductId, change: Document) {
        self.set("products", doc! { "_id": object_id(id.as_str()) }, change).await;
    }

    /// Changes exactly one document.
    pub async fn set(&self, collection: &str, filter: Document, change: Document) {
        let result = self.raw(collection).update_one(filter, doc! { "$set": change }).await;
        assert_eq!(result.expect("a change").matched_count, 1, "{collection}");
    }

    /// How many documents a collection has.
    pub async fn count(&self, collection: &str) -> u64 {
        self.raw(collection).count_documents(doc! {}).await.expect("a count")
    }

    /// A cart with these products.
    pub async fn cart_with(&self, wanted: &[(&Product, i64)]) -> CartId {
        let mut cart: Option<CartId> = None;
        for (product, quantity) in wanted {
            let added = self.add_to_cart(cart.as_ref(), &product.id, pieces(*quantity), Locale::Ro).await;
            cart = added.expect("added").id;
        }
        cart.expect("a cart with something in it")
    }

    /// Places an order that waits for its code.
    pub async fn place(&self, cart: &CartId, phone: &str) -> Placed {
        self.place_order(request(cart, phone)).await.expect("placed")
    }

    /// Places an order with another form.
    pub async fn place_form(&self, cart: &CartId, form: CheckoutForm) -> Placed {
        let phone = form.phone.clone();
        self.place_order(PlaceOrder { form, ..request(cart, &phone) }).await.expect("placed")
    }

    /// A new cart with these products, ordered but not confirmed.
    pub async fn pending(&self, wanted: &[(&Product, i64)], phone: &str) -> Order {
        let cart = self.cart_with(wanted).await;
        self.place(&cart, phone).await.order
    }

    /// Orders and enters the code.
    pub async fn confirmed(&self, cart: &CartId, phone: &str) -> Confirmed {
        let placed = self.place(cart, phone).await;
        self.confirm(phone, &placed.order.id, &self.code_for(phone)).await.expect("confirmed")
    }

    /// Somebody who has proved this number with an earlier order.
    pub async fn proved(&self, phone: &str) -> Customer {
        let bread = self.product("Covrig", 100, 1).await;
        let cart = self.cart_with(&[(&bread, 1)]).await;
        let token = self.confirmed(&cart, phone).await.token;
        self.customer(Some(&token)).await.unwrap().expect("a session")
    }

    /// The code in the last SMS to a number, however it is written.
    pub fn code_for(&self, phone: &str) -> String {
        self.sms.code_for(&read(phone).expect("a number"))
    }

    /// The document of an order.
    pub async fn order_document(&self, id: &OrderId) -> Document {
        let filter = doc! { "_id": object_id(id.as_str()) };
        self.raw("orders").find_one(filter).await.unwrap().expect("the order")
    }
}

/// An id as the database keeps it.
fn object_id(hex: &str) -> ObjectId {
    ObjectId::parse_str(hex).expect("an id")
}

/// Where a shop with these settings keeps its pictures; the folder is there in any case.
async fn pictures(config: &Config, store: &Store, files: &Path) -> Arc<dyn PictureStore> {
    let folder = Folder::open(files.join("pictures")).expect("a folder");
    match config.pictures {
        Pictures::Folder => Arc::new(folder),
        Pictures::GridFs => Arc::new(GridFs::open(store.picture_files.clone()).await),
    }
}

fn environment(uri: &str, database: &str, settings: &[(&str, &str)]) -> Settings {
    let mut values = HashMap::from([
        ("MONGODB_URI", uri),
        ("MONGODB_DB", database),
        ("RATE_LIMIT_PER_MINUTE", "0"),
        ("SMS_PER_ADDRESS_PER_HOUR", "10000"),
        ("SMS_PER_NETWORK_PER_HOUR", "10000"),
        ("SMS_PER_DAY", "100000"),
        ("SMS_BUDGET_LEI_PER_DAY", "100000"),
        ("SMS_DELAY_SECONDS", "0"),
        ("JWT_SECRET", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        ("SESSION_KEY", "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8="),
    ]);
    values.extend(settings.iter().copied());
    values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn value(settings: &Settings, name: &str) -> Option<String> {
    settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

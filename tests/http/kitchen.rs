//! The lists of the kitchen as pages.

use crate::{
    harness::{TestShop, checkout_form, phone},
    rest::{
        admin::producer,
        answer::Answer,
        api::{Api, Visitor},
    },
};
use http::{Request, header};
use mongodb::bson::{doc, oid::ObjectId};
use vatra::{
    model::{
        allergen::{Allergens, Declaration},
        checkout::CheckoutForm,
        food::FoodForm,
        order::Order,
        product::ProductForm,
    },
    server::qr,
};

async fn page(visitor: &Visitor<'_>, path: &str) -> Answer {
    let answer = visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer
}

#[track_caller]
fn shows(page: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(page.text.contains(text), "{text} is not in {}", page.text);
    }
}

/// A confirmed delivery of two buns.
async fn delivery(shop: &TestShop) -> Order {
    let food = FoodForm { net_amount: "80".into(), net_unit: "g".into(), ..FoodForm::default() };
    let declared =
        Declaration::new(Allergens::parse("gluten,milk").unwrap(), Allergens::parse("nuts").unwrap());
    let form = shop.product_form("Corn cu unt", 450, 9).await;
    let bun =
        shop.create_product(&ProductForm { food: food.declaring(Some(declared)), ..form }).await.unwrap();
    let cart = shop.cart_with(&[(&bun, 2)]).await;
    let form = CheckoutForm {
        name: "Ileana".into(),
        delivery_type: "delivery".into(),
        street: "Str. Morii 4".into(),
        city: "Turda".into(),
        address_notes: "poarta verde".into(),
        preferred_time: "după 18".into(),
        ..checkout_form(&phone())
    };
    let order = shop.place_form(&cart, form).await.order;
    let id = doc! { "_id": ObjectId::parse_str(order.id.as_str()).unwrap() };
    shop.set("orders", id, doc! { "status": "confirmed" }).await;
    order
}

#[tokio::test]
async fn a_slip_says_what_goes_into_the_bag_and_leads_to_the_order() {
    let api = Api::open_at("public", &[("PUBLIC_URL", "https://shop.example")]).await;
    let order = delivery(&api.shop).await;
    let producer = producer(&api).await;
    let slips = page(&producer.visitor, "/ro/admin/kitchen/slips?paper=receipt").await;
    let address = format!("https://shop.example/ro/admin/orders/{}", order.id);
    let code = qr::drawing(&address).unwrap();
    shows(
        &slips,
        &[
            order.number.as_str(),
            "2 × Corn cu unt",
            "80\u{a0}g",
            "Conține: gluten, lapte. Poate conține urme de: fructe cu coajă lemnoasă.",
            "9,00\u{a0}lei",
            "Str. Morii 4, Turda (poarta verde)",
            "după 18",
            "fără zi aleasă",
            "sheet-receipt",
            &address,
            &code.path,
            &format!("aria-label=\"Cod QR: deschide comanda {}\"", order.number),
        ],
    );
    let one = page(&producer.visitor, &format!("/en/admin/kitchen/slips?order={}", order.id)).await;
    shows(&one, &["sheet-a4", "https://shop.example/en/admin/orders/", "Slip of order"]);
    let gone = producer.get("/ro/admin/kitchen/slips?order=65a1b2c3d4e5f60718293000").await;
    assert_eq!(gone.status, 404);
}

#[tokio::test]
async fn every_list_is_there_with_orders_and_without() {
    let api = Api::open_at("public", &[]).await;
    let producer = producer(&api).await;
    let lists = ["", "/slips", "/pickups", "/deliveries"];
    for list in lists {
        let empty = page(&producer.visitor, &format!("/ro/admin/kitchen{list}?day=2031-05-06")).await;
        shows(&empty, &["class=\"empty\"", "value=\"2031-05-06\"", "data-print"]);
    }
    let order = delivery(&api.shop).await;
    let pickups = page(&producer.visitor, "/ro/admin/kitchen/pickups").await;
    assert!(!pickups.text.contains(order.number.as_str()));
    let deliveries = page(&producer.visitor, "/ro/admin/kitchen/deliveries").await;
    let map = "https://www.google.com/maps/search/?api=1&amp;query=Str.%20Morii%204%2C%20Turda";
    shows(&deliveries, &[order.number.as_str(), "Ileana", "poarta verde", map, "tel:+40"]);
    let bake = page(&producer.visitor, "/ro/admin/kitchen").await;
    shows(&bake, &["Corn cu unt", "1 comandă, din care 0 gata.", "Fără zi aleasă: 1 comandă."]);
    // Without an address of its own a shop that is not on this machine has no code to show.
    let slips = page(&producer.visitor, "/ro/admin/kitchen/slips").await;
    shows(&slips, &["PUBLIC_URL"]);
}

//! The producer's forms with files, and the lists and forms around them, as a browser without
//! JavaScript sends them.

use crate::{
    harness::pictures::png,
    rest::{
        answer::Answer,
        api::Api,
        upload::{Producer, form, multipart},
    },
};
use http::{Request, StatusCode, header};
use std::collections::BTreeMap;
use vatra::{
    app::forms::escape,
    model::product::{Product, ProductForm},
};

/// A browser that shows what it gets.
struct Desk<'a> {
    producer: Producer<'a>,
    csrf: String,
}

impl<'a> Desk<'a> {
    async fn of(api: &'a Api) -> Desk<'a> {
        let producer = Producer::of(api).await;
        let csrf = producer.csrf().to_owned();
        Desk { producer, csrf }
    }

    async fn page(&self, path: &str) -> Answer {
        self.producer.visitor.send(Request::get(path).header(header::ACCEPT, "text/html"), "").await
    }

    async fn upload(&self, path: &str, page: &str, parts: &[(&str, &[u8])]) -> Answer {
        let kind = multipart("").headers_ref().unwrap()[header::CONTENT_TYPE].clone();
        let request = Request::post(format!("{path}?page={}", escape(page)))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, kind);
        self.producer.visitor.send_bytes(request, form(parts)).await
    }

    async fn post(&self, path: &str, page: &str, fields: &[(&str, &str)]) -> Answer {
        let fields: BTreeMap<&str, &str> = fields.iter().copied().chain([("csrf", &*self.csrf)]).collect();
        let request = Request::post(format!("{path}?page={}", escape(page)))
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.producer.visitor.send(request, &serde_html_form::to_string(&fields).unwrap()).await
    }
}

fn location(answer: &Answer) -> &str {
    answer.headers[header::LOCATION].to_str().unwrap()
}

async fn images(api: &Api, product: &Product) -> usize {
    api.shop.any_product(product.id.as_str()).await.unwrap().images.len()
}

#[tokio::test]
async fn pictures_come_in_by_a_plain_form() {
    let api = Api::open_at("public", &[]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let desk = Desk::of(&api).await;
    let path = format!("/admin/products/{}/pictures", bread.id);
    let page = format!("/ro/admin/products/{}", bread.id);
    let csrf = desk.csrf.clone();
    let token = ("csrf", csrf.as_bytes());
    let files = [png(1), png(2)];

    let done =
        desk.upload(&path, &page, &[token, ("image", &files[0]), ("image", &files[1]), ("image", b"")]).await;
    assert_eq!((done.status, location(&done)), (StatusCode::SEE_OTHER, &*format!("{page}#pictures")));
    assert_eq!(images(&api, &bread).await, 2);
    let shown = desk.page(&page).await;
    assert_eq!(shown.text.matches("data-testid=\"picture\"").count(), 2);

    // What is wrong with a file is told in words, on the page.
    let wrong = desk.upload(&path, &page, &[token, ("image", b"<svg/>")]).await;
    assert_eq!(wrong.status, 400, "{}", wrong.text);
    assert!(wrong.text.contains("data-picture-error"), "{}", wrong.text);
    let none = desk.upload(&path, &page, &[token, ("image", b"")]).await;
    assert_eq!(none.status, 400);
    let many: Vec<Vec<u8>> = (3..7).map(png).collect();
    let mut parts = vec![token];
    parts.extend(many.iter().map(|file| ("image", &file[..])));
    assert_eq!(desk.upload(&path, &page, &parts).await.status, 400);
    let large = vec![0; (8 << 20) + 1];
    assert_eq!(desk.upload(&path, &page, &[token, ("image", &large)]).await.status, 400);
    assert_eq!(images(&api, &bread).await, 2, "all or nothing");
}

#[tokio::test]
async fn without_the_token_no_file_is_read() {
    let api = Api::open_at("public", &[]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let desk = Desk::of(&api).await;
    let path = format!("/admin/products/{}/pictures", bread.id);
    let page = format!("/ro/admin/products/{}", bread.id);
    let (csrf, file) = (desk.csrf.clone(), png(1));
    let forms: [&[(&str, &[u8])]; 4] = [
        &[("image", &file)],
        &[("csrf", b"x"), ("image", &file)],
        &[("csrf", b""), ("image", &file)],
        // Behind the file it is too late.
        &[("image", &file), ("csrf", csrf.as_bytes())],
    ];
    for parts in forms {
        assert_eq!(desk.upload(&path, &page, parts).await.status, 403);
        assert_eq!(desk.upload("/admin/products/sheet", &page, parts).await.status, 403);
    }
    assert_eq!(images(&api, &bread).await, 0);
    assert_eq!(api.shop.count("sheets").await, 0);
    let stranger = api.visitor();
    let request = Request::post(&path).header(header::ACCEPT, "text/html");
    let kind = multipart("").headers_ref().unwrap()[header::CONTENT_TYPE].clone();
    let answer =
        stranger.send_bytes(request.header(header::CONTENT_TYPE, kind), form(&[("image", &file)])).await;
    assert_eq!(answer.status, 401);
}

#[tokio::test]
async fn a_table_goes_out_and_comes_in() {
    let api = Api::open_at("public", &[]).await;
    let bread = api.shop.product("=Pâine", 1250, 9).await;
    let desk = Desk::of(&api).await;
    let out = desk.page("/ro/admin/products/sheet").await;
    assert_eq!(out.status, 200);
    assert_eq!(out.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    assert!(out.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("produse.csv"));
    assert!(out.text.contains(";'=Pâine;"), "{}", out.text);

    let csrf = desk.csrf.clone();
    let text = out.text.replace("12,50", "13,50");
    let page = "/ro/admin/products/import";
    let sent = desk
        .upload("/admin/products/sheet", page, &[("csrf", csrf.as_bytes()), ("sheet", text.as_bytes())])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let checked = location(&sent).to_owned();
    let shown = desk.page(&checked).await;
    assert!(shown.text.contains("13,50") && shown.text.contains("sheet-changed"), "{}", shown.text);
    let value = |name: &str| {
        let (_, rest) = shown.text.split_once(&format!("name=\"{name}\" value=\"")).expect("a field");
        rest.split('"').next().unwrap().to_owned()
    };
    let (sheet, outcome) = (value("sheet"), value("outcome"));
    // Somebody changes the product before the button is pressed.
    let form = ProductForm { price: "14".into(), ..ProductForm::of(&bread) };
    api.shop.update_product(&bread.id, &form, None).await.unwrap();
    let fields = [("sheet", &*sheet), ("outcome", &*outcome)];
    let late = desk.post("/fn/admin/products/sheet/import", &checked, &fields).await;
    assert_eq!(late.status, 409);
    assert!(late.text.contains("sheet-wrong"), "it shows the check of now");
    let price = api.shop.any_product(bread.id.as_str()).await.unwrap().price;
    assert_eq!(price.decimal(), "14.00");

    let empty =
        desk.upload("/admin/products/sheet", page, &[("csrf", csrf.as_bytes()), ("sheet", b"")]).await;
    assert_eq!(empty.status, 400);
    assert!(empty.text.contains("sheet-error"), "{}", empty.text);
}

#[tokio::test]
async fn a_row_that_somebody_overtook_keeps_what_was_typed() {
    let api = Api::open_at("public", &[]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let other = api.shop.product("Miere", 3000, 9).await;
    let desk = Desk::of(&api).await;
    let page = "/ro/admin/products?sort=stock";
    let version = bread.updated_at.0.to_string();
    let fields = |price: &'static str| {
        [
            ("product_id", bread.id.to_string()),
            ("version", version.clone()),
            ("shown_stock", "9".to_owned()),
            ("price", price.to_owned()),
            ("stock_quantity", "9".to_owned()),
            ("next", page.to_owned()),
        ]
    };
    let send = async |price| {
        let fields = fields(price);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, &**value)).collect();
        desk.post("/fn/admin/products/inline", page, &fields).await
    };
    let first = send("13,00").await;
    assert_eq!(location(&first), format!("/ro/admin/products?sort=stock&saved=1#{}", bread.id));
    let second = send("14,99").await;
    assert_eq!(second.status, 409);
    assert!(second.text.contains("value=\"14,99\""), "what was typed stays");
    assert!(second.text.contains("13,00"), "what is stored now stands beside it");
    assert!(second.text.contains("value=\"30,00\""), "other rows are as they are stored");
    let wrong = send("x").await;
    assert_eq!(wrong.status, 400);
    assert_eq!(wrong.text.matches("aria-invalid=\"true\"").count(), 1);
    assert_eq!(api.shop.any_product(other.id.as_str()).await.unwrap(), other);
}

#[tokio::test]
async fn a_change_of_many_says_what_was_left() {
    let api = Api::open_at("public", &[]).await;
    let (bread, honey) = (api.shop.product("Pâine", 1250, 9).await, api.shop.product("Miere", 3000, 9).await);
    let desk = Desk::of(&api).await;
    let form = ProductForm { price: "31".into(), ..ProductForm::of(&honey) };
    api.shop.update_product(&honey.id, &form, None).await.unwrap();
    let picked =
        [&bread, &honey].map(|product| (format!("picked[p{}]", product.id), product.shown_as().word()));
    let mut fields = vec![("change", "percent"), ("value", "10"), ("next", "/ro/admin/products")];
    fields.extend(picked.iter().map(|(name, value)| (&**name, &**value)));
    let partly = desk.post("/fn/admin/products/bulk", "/ro/admin/products", &fields).await;
    assert_eq!(partly.status, 409, "{}", partly.text);
    assert!(partly.text.contains("bulk-refused") && partly.text.contains("Miere:"), "{}", partly.text);
    assert!(partly.text.contains("value=\"10\""), "what was typed stays");
    let ticked = |product: &Product| {
        let (_, rest) = partly.text.split_once(&format!("id=\"pick-{}\"", product.id)).unwrap();
        rest.split('>').next().unwrap().contains("checked")
    };
    assert!(ticked(&honey) && !ticked(&bread), "those that were left are still ticked");
    assert_eq!(api.shop.any_product(bread.id.as_str()).await.unwrap().price.decimal(), "13.75");
    let none = desk.post("/fn/admin/products/bulk", "/ro/admin/products", &[("change", "on_sale")]).await;
    assert_eq!(none.status, 400);
}

#[tokio::test]
async fn a_category_is_deleted_when_it_is_said_where_its_products_go() {
    let api = Api::open_at("public", &[]).await;
    let bread = api.shop.product("Pâine", 1250, 9).await;
    let to = api.shop.category("Alt raft").await;
    let desk = Desk::of(&api).await;
    let page = format!("/ro/admin/categories/{}", bread.category_id);
    let shown = desk.page(&page).await;
    assert!(shown.text.contains("are un produs") && shown.text.contains("Alt raft"), "{}", shown.text);
    let fields = [("category_id", bread.category_id.as_str())];
    assert_eq!(desk.post("/fn/admin/categories/delete", &page, &fields).await.status, 409);
    let fields = [("category_id", bread.category_id.as_str()), ("to", to.as_str())];
    let done = desk.post("/fn/admin/categories/delete", &page, &fields).await;
    assert_eq!(location(&done), "/ro/admin/categories?saved=1");
    assert_eq!(api.shop.instance().product(bread.id.as_str()).await.unwrap().category_id, to);

    let version = api.shop.category_by_id(to.as_str()).await.unwrap().updated_at.0.to_string();
    let page = format!("/ro/admin/categories/{to}");
    let save = async |name: &str| {
        let fields = [("id", to.as_str()), ("version", &*version), ("name", name), ("active", "on")];
        desk.post("/fn/admin/categories/save", &page, &fields).await
    };
    assert_eq!(save("Raftul bun").await.status, StatusCode::SEE_OTHER);
    let second = save("Raftul meu").await;
    assert_eq!(second.status, 409);
    assert!(second.text.contains("Raftul meu") && second.text.contains("Raftul bun"), "{}", second.text);
}

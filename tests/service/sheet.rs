//! Products as a table: what goes out comes back the same, and an import does what its check showed.

use crate::harness::{TestShop, bani};
use mongodb::bson::doc;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use vatra::model::{
    error::{AppError, Conflict},
    field::FieldError,
    food::{CONTAINS, FoodForm, MAY_CONTAIN},
    locale::Locale,
    product::{
        Product, ProductForm,
        sheet::{Check, Column, Problem},
    },
};

const STALE: AppError = AppError::Conflict { conflict: Conflict::Stale };

async fn check(shop: &TestShop, text: &str) -> Check {
    let id = shop.keep_sheet(text.as_bytes()).await.expect("kept");
    shop.check_sheet(&id, Locale::Ro).await.expect("checked").expect("it waits")
}

/// Checks a table and imports what the check showed.
async fn import(shop: &TestShop, text: &str) -> Result<(usize, usize), AppError> {
    let check = check(shop, text).await;
    assert_eq!(check.wrong, []);
    shop.import_sheet(&check.id, &check.outcome, Locale::Ro).await
}

async fn problems(shop: &TestShop, text: &str) -> Vec<(u64, Option<Column>, Problem)> {
    let wrong = check(shop, text).await.wrong;
    wrong.into_iter().map(|wrong| (wrong.line, wrong.column, wrong.problem)).collect()
}

async fn all(shop: &TestShop) -> Vec<Product> {
    shop.store.products.all(1000).await.unwrap()
}

/// Whatever a text can begin with and hold.
fn text() -> impl Strategy<Value = String> {
    "[=+@'-]{0,2}[a-zășț;,\"*]{1,6}(\n[a-z;\"]{1,4})?[ .]{0,2}"
}

fn form() -> impl Strategy<Value = ProductForm> {
    let line = || text().prop_map(|text| text.replace('\n', " "));
    let marks = proptest::sample::select(vec![CONTAINS, MAY_CONTAIN]);
    let food = (proptest::option::of(0..2000_u32), any::<bool>(), marks, text()).prop_map(
        |(net, declared, mark, ingredients)| FoodForm {
            net_amount: net.map(|net| format!("{},{}", net + 1, net % 10)).unwrap_or_default(),
            net_unit: net.map(|_| "kg".to_owned()).unwrap_or_default(),
            ingredients,
            allergens_declared: declared,
            allergens: [("gluten", mark), ("milk", CONTAINS)]
                .into_iter()
                .filter(|_| declared)
                .map(|(name, mark)| (name.to_owned(), mark.to_owned()))
                .collect(),
            vat_rate: "21".into(),
            ..FoodForm::default()
        },
    );
    let numbers = (0..999_999_999_i64, 0..=1_000_000_u32, proptest::option::of(0..99_u32));
    (line(), proptest::option::of(line()), text(), numbers, any::<(bool, bool)>(), food).prop_map(
        |(name, name_en, description, (price, stock, low), (active, featured), food)| ProductForm {
            name,
            name_en: name_en.unwrap_or_default(),
            description,
            price: bani(price).decimal(),
            stock_quantity: stock.to_string(),
            low_stock_at: low.map(|low| low.to_string()).unwrap_or_default(),
            active,
            featured,
            food,
            ..ProductForm::default()
        },
    )
}

#[tokio::test]
async fn what_goes_out_comes_back_the_same() {
    let shop = TestShop::open().await;
    let shelf = shop.product("Pâine", 1250, 9).await.category_id;
    let mut runner = TestRunner::deterministic();
    for _ in 0..40 {
        let form = form().new_tree(&mut runner).unwrap().current();
        let form = ProductForm { category_id: shelf.to_string(), ..form };
        shop.create_product(&form).await.unwrap_or_else(|error| panic!("{form:?}: {error:?}"));
    }
    let before = all(&shop).await;
    for l in Locale::ALL {
        let sheet = shop.products_sheet(l).await.unwrap();
        assert!(sheet.starts_with('\u{feff}'), "a byte order mark");
        let text = sheet.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        for record in reader.records() {
            let record = record.unwrap();
            assert!(record.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{record:?}");
        }
        let check = check(&shop, &sheet).await;
        assert_eq!((check.wrong, check.added, check.changed, check.same), (vec![], vec![], vec![], 41));
    }
    assert_eq!(all(&shop).await, before);
    // The same table without ids, in an empty shop, makes the same products.
    let sheet = shop.products_sheet(Locale::En).await.unwrap();
    let other = TestShop::open().await;
    other.category("Raft").await;
    let plain = without_columns(&sheet, 3);
    assert_eq!(import(&other, &plain).await, Ok((41, 0)));
    let again = all(&other).await;
    assert_eq!(again.len(), 41);
    for product in &before {
        let same = |other: &&Product| ProductForm { category_id: String::new(), ..ProductForm::of(other) };
        let wanted = same(&product);
        assert!(again.iter().any(|other| same(&other) == wanted), "{wanted:?}");
    }
}

/// The table without its first columns.
fn without_columns(sheet: &str, count: usize) -> String {
    let text = sheet.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(record.unwrap().iter().skip(count)).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[tokio::test]
async fn only_what_the_table_names_is_changed() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let honey = shop.product("Miere", 3000, 9).await;
    let text = format!("id;pret\n{};13,5\n{};30.00\n", bread.id, honey.id);
    let checked = check(&shop, &text).await;
    assert_eq!((checked.changed.len(), checked.same), (1, 1));
    let cells = &checked.changed[0].cells;
    assert_eq!(cells, &[(Column::Price, "12,50".to_owned(), "13,50".to_owned())]);
    assert_eq!(all(&shop).await, [honey.clone(), bread.clone()], "a check changes nothing");
    assert_eq!(shop.import_sheet(&checked.id, &checked.outcome, Locale::Ro).await, Ok((0, 1)));
    let now = shop.instance().product(bread.id.as_str()).await.unwrap();
    assert_eq!(Product { price: bread.price, updated_at: bread.updated_at, ..now.clone() }, bread);
    assert_eq!(now.price, bani(1350), "visitors see it at once");
    // What was imported does not wait any more.
    assert_eq!(shop.check_sheet(&checked.id, Locale::Ro).await, Ok(None));
    let again = shop.import_sheet(&checked.id, &checked.outcome, Locale::Ro).await;
    assert_eq!(again, Err(AppError::field("sheet", FieldError::Required)));
}

#[tokio::test]
async fn every_error_is_told_by_line_and_column() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let nobody = "5".repeat(24);
    let text = format!(
        "id;adresa;nume;pret;stoc;categorie;se_vinde;contine\n\
         ;;Covrig;doi;-1;Raft;da;\n\
         {};;Pâine;12,50;9;Nicăieri;poate;gluten, nisip\n\
         {nobody};;X;1;1;Raft;da;\n\
         ;alta;X;1;1;Raft;da;\n\
         ;paine;Pâine;1;1;Raft;da;\n\
         ;;;;;;;\n\
         ;;\"\";1;1;Raft;nu;\n",
        bread.id
    );
    let range = FieldError::Range { min: 0, max: 1_000_000 };
    assert_eq!(
        problems(&shop, &text).await,
        [
            (2, Some(Column::Price), Problem::Field(FieldError::Money)),
            (2, Some(Column::Stock), Problem::Field(range)),
            (3, Some(Column::Category), Problem::NoCategory),
            (3, Some(Column::Active), Problem::YesNo),
            (3, Some(Column::Contains), Problem::NoAllergen("nisip".into())),
            (4, Some(Column::Id), Problem::NoProduct),
            (5, Some(Column::Slug), Problem::NoProduct),
            (6, None, Problem::Twice(3)),
            (8, Some(Column::Name), Problem::Field(FieldError::Required)),
        ]
    );
    let checked = check(&shop, &text).await;
    let outcome = shop.import_sheet(&checked.id, &checked.outcome, Locale::Ro).await;
    assert_eq!(outcome, Err(STALE), "with anything wrong nothing is imported");
    assert_eq!(all(&shop).await, [bread]);
}

#[tokio::test]
async fn an_old_table_overwrites_nobody() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let sheet = shop.products_sheet(Locale::Ro).await.unwrap();
    shop.pending(&[(&bread, 2)], "0722 123 456").await;
    // Sold from meanwhile: a table that leaves the stock alone leaves it as it is now.
    let dearer = sheet.replace("12,50", "13,00");
    assert_eq!(import(&shop, &dearer).await, Ok((0, 1)));
    let now = shop.any_product(bread.id.as_str()).await.unwrap();
    assert_eq!((now.price, now.stock), (bani(1300), 7));
    // Changed by somebody else meanwhile.
    assert_eq!(problems(&shop, &sheet).await, [(2, Some(Column::Version), Problem::Stale)]);
    // A stock that was counted before the sale.
    let sheet = shop.products_sheet(Locale::Ro).await.unwrap();
    shop.pending(&[(&bread, 1)], "0722 123 456").await;
    let counted = sheet.replace(";7;", ";20;");
    assert_ne!(counted, sheet);
    assert_eq!(problems(&shop, &counted).await, [(2, Some(Column::Stock), Problem::StockMoved(6))]);
}

#[tokio::test]
async fn an_import_does_what_the_check_showed_or_nothing() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let honey = shop.product("Miere", 3000, 9).await;
    let text = format!("id;pret;nume;stoc;categorie\n{};13;Pâine;9;Raft\n;5;Covrig;10;raft\n", bread.id);
    let checked = check(&shop, &text).await;
    assert_eq!((checked.added.len(), checked.changed.len()), (1, 1));
    shop.set_product_active(&bread.id, false).await.unwrap();
    let outcome = shop.import_sheet(&checked.id, &checked.outcome, Locale::Ro).await;
    assert_eq!(outcome, Err(STALE));
    assert_eq!(all(&shop).await.len(), 2, "nothing was added either");
    // The check of now is imported.
    let now = shop.check_sheet(&checked.id, Locale::Ro).await.unwrap().unwrap();
    assert_ne!(now.outcome, checked.outcome);
    assert_eq!(shop.import_sheet(&now.id, &now.outcome, Locale::Ro).await, Ok((1, 1)));
    let covrig = shop.instance().product("covrig").await.unwrap();
    assert_eq!((covrig.price, covrig.stock, covrig.active), (bani(500), 10, true));
    assert_eq!(covrig.category_id, honey.category_id);
}

#[tokio::test]
async fn what_is_no_table_is_refused_before_it_is_kept() {
    let shop = TestShop::open().await;
    let refused = async |bytes: &[u8]| shop.keep_sheet(bytes).await.err();
    let wrong = |error| Some(AppError::field("sheet", error));
    assert_eq!(refused(b"").await, wrong(FieldError::Required));
    assert_eq!(refused("\u{feff} \n".as_bytes()).await, wrong(FieldError::Required));
    assert_eq!(refused(b"nume\nP\xe2ine\n").await, wrong(FieldError::Encoding));
    assert_eq!(refused(b"nume\nx\0y\n").await, wrong(FieldError::Characters));
    assert_eq!(refused(&vec![b'x'; (1 << 20) + 1]).await, wrong(FieldError::TooBig { megabytes: 1 }));
    assert_eq!(shop.count("sheets").await, 0);
    shop.keep_sheet("nume\nx".as_bytes()).await.unwrap();
    // What nobody imports ends by itself.
    shop.raw("sheets")
        .update_many(doc! {}, doc! { "$set": { "expires_at": mongodb::bson::DateTime::MIN } })
        .await
        .unwrap();
    let id = shop.raw("sheets").find_one(doc! {}).await.unwrap();
    if let Some(id) = id {
        let id = id.get_str("_id").unwrap().to_owned();
        assert_eq!(shop.check_sheet(&id, Locale::Ro).await, Ok(None));
    }
}

use crate::harness::{TestShop, at_once, bani, pieces};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        cart::{Cart, LineNotice},
        error::{AppError, Conflict, Missing},
        ids::{CartId, ProductId},
        locale::Locale::{En, Ro},
        money::{MAX_MONEY, Money},
        product::{Product, ProductForm},
        quantity::Quantity,
    },
    server::store::carts::MAX_LINES,
};

/// Quantities, in the order of the lines.
fn quantities(cart: &Cart) -> Vec<u32> {
    cart.lines.iter().map(|line| line.quantity.get()).collect()
}

/// What the one line is remarked with.
async fn notice(shop: &TestShop, cart: &CartId) -> Option<LineNotice> {
    let cart = shop.cart(Some(cart), Ro).await.unwrap();
    assert_eq!(cart.lines.len(), 1);
    cart.lines[0].notice
}

/// A refusal that says how much is left of one product.
fn left(error: &AppError, product: &Product) -> u32 {
    let AppError::Stock { shortages } = error else { panic!("{error:?}") };
    let [shortage] = shortages.as_slice() else { panic!("{shortages:?}") };
    assert_eq!((&shortage.product_id, &shortage.name), (&product.id, &product.text.name));
    shortage.available
}

#[tokio::test]
async fn a_cart_shows_names_prices_and_the_total() {
    let shop = TestShop::open().await;
    let form = shop.product_form("Pâine", 1250, 9).await;
    let bread = shop.create_product(&ProductForm { name_en: "Bread".into(), ..form }).await.unwrap();
    let cake = shop.product("Cozonac", 4500, 9).await;
    let id = shop.cart_with(&[(&bread, 2), (&cake, 1)]).await;
    let cart = shop.cart(Some(&id), Ro).await.unwrap();
    assert_eq!(cart.id, Some(id.clone()));
    assert_eq!(cart.lines.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Pâine", "Cozonac"]);
    assert_eq!((cart.lines[0].unit_price, cart.lines[0].total_price), (bani(1250), bani(2500)));
    assert_eq!((cart.total, cart.count(), cart.blocked()), (bani(7000), 3, false));
    assert_eq!(shop.cart(Some(&id), En).await.unwrap().lines[0].name, "Bread");
    assert_eq!(shop.cart_count(Some(&id)).await, Ok(3));
}

#[tokio::test]
async fn without_a_cart_there_is_an_empty_one() {
    let shop = TestShop::open().await;
    let unknown = CartId::parse(&"A".repeat(43)).unwrap();
    for id in [None, Some(&unknown)] {
        assert_eq!(shop.cart(id, Ro).await, Ok(Cart::empty()));
        assert_eq!(shop.cart_count(id).await, Ok(0));
    }
    assert_eq!(shop.count("cart_sessions").await, 0);
}

#[tokio::test]
async fn the_same_product_twice_is_one_line() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let cart = shop.cart_with(&[(&bread, 2), (&bread, 3)]).await;
    assert_eq!(quantities(&shop.cart(Some(&cart), Ro).await.unwrap()), [5]);
}

#[tokio::test(flavor = "multi_thread")]
async fn taps_at_once_all_count() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 100).await;
    let cart = shop.cart_with(&[(&bread, 1)]).await;
    let taps = at_once(20, |_| {
        let (shop, cart, id) = (shop.instance(), cart.clone(), bread.id.clone());
        async move { shop.add_to_cart(Some(&cart), &id, pieces(1), Ro).await.map(drop) }
    });
    assert_eq!(taps.await, vec![Ok(()); 20]);
    assert_eq!(quantities(&shop.cart(Some(&cart), Ro).await.unwrap()), [21]);
}

#[tokio::test]
async fn more_than_is_left_is_refused_and_changes_nothing() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 3).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    let error = shop.add_to_cart(Some(&cart), &bread.id, pieces(2), Ro).await.unwrap_err();
    assert_eq!(left(&error, &bread), 3);
    let error = shop.set_quantity(&cart, &bread.id, pieces(4), Ro).await.unwrap_err();
    assert_eq!(left(&error, &bread), 3);
    let error = shop.add_to_cart(None, &bread.id, pieces(4), Ro).await.unwrap_err();
    assert_eq!(left(&error, &bread), 3);
    assert_eq!(quantities(&shop.cart(Some(&cart), Ro).await.unwrap()), [2]);
    assert_eq!(shop.count("cart_sessions").await, 1);
    assert_eq!(shop.stock_of(&bread).await, 3, "a cart takes nothing off the shelf");
}

#[tokio::test]
async fn a_quantity_can_be_set() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 9).await, shop.product("Cozonac", 4500, 9).await);
    let cart = shop.cart_with(&[(&bread, 2), (&cake, 1)]).await;
    let changed = shop.set_quantity(&cart, &bread.id, pieces(7), Ro).await.unwrap();
    assert_eq!((quantities(&changed), changed.total), (vec![7, 1], bani(7 * 1250 + 4500)));
    let other = shop.product("Plăcintă", 900, 9).await;
    let error = shop.set_quantity(&cart, &other.id, pieces(1), Ro).await;
    assert_eq!(error, Err(AppError::missing(Missing::Product)));
}

#[tokio::test]
async fn a_product_can_be_taken_out() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 9).await, shop.product("Cozonac", 4500, 9).await);
    let cart = shop.cart_with(&[(&bread, 2), (&cake, 1)]).await;
    let changed = shop.remove_from_cart(&cart, &bread.id, Ro).await.unwrap();
    assert_eq!((changed.lines.len(), changed.total), (1, bani(4500)));
    assert_eq!(shop.remove_from_cart(&cart, &bread.id, Ro).await, Ok(changed), "twice is once");
    let empty = shop.remove_from_cart(&cart, &cake.id, Ro).await.unwrap();
    assert_eq!((empty.lines.len(), empty.total), (0, Money::ZERO));
}

#[tokio::test]
async fn what_is_not_sold_cannot_be_added() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    shop.set_product_active(&bread.id, false).await.unwrap();
    let unknown = ProductId::parse("65a1b2c3d4e5f60718293000").unwrap();
    for id in [&bread.id, &unknown] {
        let error = shop.add_to_cart(None, id, pieces(1), Ro).await;
        assert_eq!(error, Err(AppError::missing(Missing::Product)));
    }
    assert_eq!(shop.count("cart_sessions").await, 0);
}

#[tokio::test]
async fn a_new_price_is_told_counted_and_once_seen_told_no_more() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let cart = shop.cart_with(&[(&bread, 2)]).await;
    assert_eq!(notice(&shop, &cart).await, None);
    shop.set_product(&bread.id, doc! { "price": 1400_i64 }).await;
    assert_eq!(notice(&shop, &cart).await, Some(LineNotice::PriceChanged { was: bani(1250) }));
    let priced = shop.cart(Some(&cart), Ro).await.unwrap();
    assert_eq!((priced.total, priced.blocked()), (bani(2800), false));
    shop.set_quantity(&cart, &bread.id, pieces(2), Ro).await.unwrap();
    assert_eq!(notice(&shop, &cart).await, None);
}

#[tokio::test]
async fn what_others_bought_meanwhile_is_told() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let cart = shop.cart_with(&[(&bread, 5)]).await;
    shop.set_product(&bread.id, doc! { "stock_quantity": 3_i64 }).await;
    assert_eq!(notice(&shop, &cart).await, Some(LineNotice::Short { left: 3 }));
    assert!(shop.cart(Some(&cart), Ro).await.unwrap().blocked());
    shop.set_quantity(&cart, &bread.id, pieces(3), Ro).await.unwrap();
    assert_eq!(notice(&shop, &cart).await, None);
    shop.set_product(&bread.id, doc! { "stock_quantity": 0_i64 }).await;
    assert_eq!(notice(&shop, &cart).await, Some(LineNotice::SoldOut));
}

#[tokio::test]
async fn without_what_is_gone_the_rest_is_kept_and_counted() {
    let shop = TestShop::open().await;
    let (bread, cake) = (shop.product("Pâine", 1250, 9).await, shop.product("Cozonac", 4500, 9).await);
    let id = shop.cart_with(&[(&bread, 2), (&cake, 1)]).await;
    shop.set_product_active(&cake.id, false).await.unwrap();
    let cart = shop.cart(Some(&id), Ro).await.unwrap();
    assert_eq!(cart.lines.iter().map(|line| line.notice).collect::<Vec<_>>(), [None, Some(LineNotice::Gone)]);
    assert_eq!((cart.total, cart.blocked()), (bani(2500), true));
    let kept = shop.remove_from_cart(&id, &cake.id, Ro).await.unwrap();
    assert_eq!((quantities(&kept), kept.blocked()), (vec![2], false));
    assert_eq!(shop.place(&id, "0722 123 456").await.order.total, bani(2500));
}

#[tokio::test]
async fn an_ended_cart_is_gone_before_the_database_deletes_it() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let ended = shop.cart_with(&[(&bread, 2)]).await;
    let filter = doc! { "session_id": ended.as_str() };
    // Far enough in the past for every clock, near enough that the document is still there.
    let past = DateTime::from_millis(DateTime::now().timestamp_millis() - 1);
    shop.set("cart_sessions", filter, doc! { "expires_at": past }).await;
    assert_eq!(shop.cart(Some(&ended), Ro).await, Ok(Cart::empty()));
    assert_eq!(shop.cart_count(Some(&ended)).await, Ok(0));
    let gone = Err(AppError::missing(Missing::Cart));
    assert_eq!(shop.set_quantity(&ended, &bread.id, pieces(1), Ro).await, gone);
    assert_eq!(shop.remove_from_cart(&ended, &bread.id, Ro).await, gone);
    let begun = shop.add_to_cart(Some(&ended), &bread.id, pieces(1), Ro).await.unwrap();
    assert_ne!(begun.id, Some(ended));
    assert_eq!(quantities(&begun), [1]);
}

#[tokio::test]
async fn a_cart_has_room_for_a_hundred_products() {
    let shop = TestShop::open().await;
    let form = shop.product_form("Pâine", 100, 9).await;
    let mut cart: Option<CartId> = None;
    for number in 0..MAX_LINES {
        let form = ProductForm { name: format!("Pâine {number}"), ..form.clone() };
        let product = shop.create_product(&form).await.unwrap();
        cart = shop.add_to_cart(cart.as_ref(), &product.id, pieces(1), Ro).await.unwrap().id;
    }
    let full = shop.cart(cart.as_ref(), Ro).await.unwrap();
    assert_eq!(full.lines.len(), MAX_LINES);
    let one_more = shop.create_product(&form).await.unwrap();
    let error = shop.add_to_cart(cart.as_ref(), &one_more.id, pieces(1), Ro).await;
    assert_eq!(error, Err(AppError::Conflict { conflict: Conflict::CartFull }));
    let inside = full.lines[0].product_id.clone();
    let again = shop.add_to_cart(cart.as_ref(), &inside, pieces(1), Ro).await.unwrap();
    assert_eq!(again.lines.len(), MAX_LINES);
}

#[tokio::test]
async fn more_than_money_can_count_is_refused_and_the_cart_stays_usable() {
    let shop = TestShop::open().await;
    let gold = shop.product("Aur", MAX_MONEY.bani(), 999).await;
    let cart = shop.cart_with(&[(&gold, 1)]).await;
    let most = pieces(i64::from(Quantity::MAX));
    let error = shop.set_quantity(&cart, &gold.id, most, Ro).await;
    assert_eq!(error.map_err(|error| error.code().name), Err("VAL_003"));
    assert_eq!(shop.cart(Some(&cart), Ro).await.map(|cart| quantities(&cart)), Ok(vec![1]));
    let silver = shop.product("Argint", 100, 9).await;
    let error = shop.add_to_cart(Some(&cart), &silver.id, pieces(1), Ro).await;
    assert_eq!(error.map_err(|error| error.code().name), Err("VAL_003"));
    assert_eq!(shop.cart(Some(&cart), Ro).await.map(|cart| quantities(&cart)), Ok(vec![1]));
}

#[tokio::test]
async fn as_many_as_there_are_can_be_taken_at_once() {
    let shop = TestShop::open().await;
    let cake = shop.product("Cozonac", 4500, 3).await;
    let cart = shop.add_what_is_left(None, &cake.id, pieces(5), Ro).await.unwrap();
    assert_eq!(quantities(&cart), [3]);
    let error = shop.add_what_is_left(cart.id.as_ref(), &cake.id, pieces(1), Ro).await.unwrap_err();
    assert_eq!(left(&error, &cake), 3);
    let bread = shop.product("Pâine", 1250, 9).await;
    let cart = shop.add_what_is_left(cart.id.as_ref(), &bread.id, pieces(2), Ro).await.unwrap();
    assert_eq!(quantities(&cart), [3, 2]);
}

#[tokio::test]
async fn a_cart_keeps_what_is_left_of_it() {
    let shop = TestShop::open().await;
    let [cake, bread, jam] = [
        shop.product("Cozonac", 4500, 5).await,
        shop.product("Pâine", 1250, 5).await,
        shop.product("Gem", 900, 5).await,
    ];
    let id = shop.cart_with(&[(&cake, 4), (&bread, 2), (&jam, 1)]).await;
    let buyer = shop.cart_with(&[(&cake, 3), (&jam, 5)]).await;
    shop.place(&buyer, &crate::harness::phone()).await;
    assert!(shop.cart(Some(&id), Ro).await.unwrap().blocked());
    let kept = shop.keep_what_is_left(&id, Ro).await.unwrap();
    assert_eq!(
        kept.lines.iter().map(|line| (line.name.as_str(), line.quantity.get())).collect::<Vec<_>>(),
        [("Cozonac", 2), ("Pâine", 2)]
    );
    assert_eq!((kept.blocked(), kept.total), (false, bani(2 * 4500 + 2 * 1250)));
    assert_eq!(shop.keep_what_is_left(&id, Ro).await.unwrap(), kept);
}

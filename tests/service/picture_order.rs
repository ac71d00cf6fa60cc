//! The order of a product's pictures.

use crate::harness::{TestShop, pictures::png};
use vatra::model::{
    error::{AppError, Conflict},
    field::FieldError,
};

#[tokio::test]
async fn pictures_are_put_in_order_unless_somebody_did_already() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let three = shop.add_pictures(&bread.id, vec![png(1), png(2), png(3)]).await.unwrap();
    let names: Vec<&str> = three.iter().map(|address| address.rsplit('/').next().unwrap()).collect();
    let in_order = |places: [usize; 3]| places.map(|place| names[place]).join(",");
    let (shown, wanted) = (in_order([0, 1, 2]), in_order([2, 0, 1]));
    shop.order_pictures(&bread.id, &shown, &wanted).await.unwrap();
    let seen = shop.instance().product(bread.id.as_str()).await.unwrap();
    assert_eq!(seen.image_addresses(), [&*three[2], &three[0], &three[1]], "visitors see it at once");
    assert_eq!(seen.updated_at, bread.updated_at, "a form that is open holds no pictures");
    let stale = Err(AppError::Conflict { conflict: Conflict::Stale });
    assert_eq!(shop.order_pictures(&bread.id, &shown, &in_order([1, 0, 2])).await, stale);
    // Somebody took one off meanwhile.
    shop.remove_picture(&bread.id, names[1]).await.unwrap();
    assert_eq!(shop.order_pictures(&bread.id, &wanted, &shown).await, stale);
    let now = [names[2], names[0]].join(",");
    let choice = Err(AppError::field("order", FieldError::Choice));
    for wrong in [names[2].to_owned(), format!("{},{}", names[2], names[2]), String::new(), "$ne".into()] {
        assert_eq!(shop.order_pictures(&bread.id, &now, &wrong).await, choice, "{wrong}");
    }
    assert_eq!(shop.kept_files().iter().filter(|name| !name.contains('-')).count(), 2);
}

//! Which pictures a product gets, and when a file goes.

use crate::harness::{TestShop, at_once, pictures::png};
use vatra::{
    model::{
        error::{AppError, Missing},
        field::FieldError,
        ids::ProductId,
        image::Image,
    },
    server::pictures::{PictureName, reencode},
};

fn full() -> AppError {
    AppError::field("images", FieldError::Range { min: 0, max: 5 })
}

#[tokio::test]
async fn what_is_added_is_kept_under_the_name_of_its_content() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let first = shop.add_pictures(&bread.id, vec![png(1)]).await.unwrap();
    let name = PictureName::of(&reencode(&png(1)).unwrap());
    assert_eq!(first, [name.address()]);
    assert_eq!(PictureName::of(&shop.picture(&name).await.unwrap()), name);

    let both = shop.add_pictures(&bread.id, vec![png(2), png(1), png(2)]).await.unwrap();
    assert_eq!((&both[0], both.len()), (&first[0], 2));
    let product = shop.any_product(bread.id.as_str()).await.unwrap();
    assert_eq!(product.image_addresses(), both);
    // A form that was open meanwhile holds no pictures and can be saved.
    assert_eq!(product.updated_at, bread.updated_at);
    assert_eq!(shop.kept_files().len(), 2);
}

#[tokio::test]
async fn one_bad_file_among_good_ones_keeps_all_out() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let outcome = shop.add_pictures(&bread.id, vec![png(1), b"<svg/>".to_vec()]).await;
    assert_eq!(outcome, Err(AppError::field("image", FieldError::Picture)));
    assert_eq!(shop.any_product(bread.id.as_str()).await.unwrap().image_addresses(), [""; 0]);
    assert!(shop.kept_files().is_empty());
}

#[tokio::test]
async fn the_sixth_is_refused_and_leaves_nothing() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    for seed in 1..=4 {
        shop.add_pictures(&bread.id, vec![png(seed)]).await.unwrap();
    }
    assert_eq!(shop.add_pictures(&bread.id, vec![png(5), png(6)]).await, Err(full()));
    let five = shop.add_pictures(&bread.id, vec![png(5)]).await.unwrap();
    assert_eq!(shop.add_pictures(&bread.id, vec![png(6)]).await, Err(full()));
    assert_eq!(shop.any_product(bread.id.as_str()).await.unwrap().image_addresses(), five);
    assert_eq!(shop.kept_files().len(), 5);
}

#[tokio::test]
async fn at_the_same_time_no_more_than_five_come_in() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    // Two servers: what keeps the number is the database.
    let servers = [shop.instance(), shop.second_instance().await];
    let outcomes = at_once(8, |number| {
        let (server, id) = (servers[number % 2].clone(), bread.id.clone());
        async move { server.add_pictures(&id, vec![png(u8::try_from(number).unwrap())]).await }
    })
    .await;
    let (good, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
    assert_eq!((good.len(), refused.len()), (5, 3));
    assert!(refused.into_iter().all(|outcome| outcome == Err(full())));
    let images = shop.any_product(bread.id.as_str()).await.unwrap().image_addresses();
    let files: Vec<String> = shop.kept_files().iter().map(|name| format!("/media/{name}")).collect();
    let mut sorted = images.clone();
    sorted.sort();
    assert_eq!((images.len(), sorted), (5, files));
}

#[tokio::test]
async fn the_database_itself_lets_no_sixth_in() {
    let shop = TestShop::open().await;
    let bread = shop.product("Pâine", 1250, 9).await;
    let products = &shop.store.products;
    let images = |count: usize, from: usize| {
        (from..from + count).map(|i| Image::at(format!("/x/{i}"))).collect::<Vec<_>>()
    };
    assert_eq!(products.add_images(&bread.id, &images(6, 0)).await, Ok(None));
    assert_eq!(products.add_images(&bread.id, &images(3, 0)).await.unwrap().unwrap().images.len(), 3);
    assert_eq!(products.add_images(&bread.id, &images(3, 10)).await, Ok(None));
    assert_eq!(products.add_images(&bread.id, &images(2, 20)).await.unwrap().unwrap().images.len(), 5);
    assert_eq!(products.add_images(&bread.id, &images(1, 30)).await, Ok(None));
    // Nor the same one twice.
    assert_eq!(products.remove_image(&bread.id, "/x/0").await.unwrap().images.len(), 4);
    assert_eq!(products.add_images(&bread.id, &images(1, 1)).await, Ok(None));
}

#[tokio::test]
async fn a_file_goes_with_the_last_product_that_has_it() {
    let shop = TestShop::open().await;
    let (bread, roll) = (shop.product("Pâine", 1250, 9).await, shop.product("Chiflă", 250, 9).await);
    for product in [&bread, &roll] {
        shop.add_pictures(&product.id, vec![png(1)]).await.unwrap();
    }
    let name = shop.kept_files().into_iter().next().unwrap();
    assert_eq!(shop.remove_picture(&bread.id, &name).await.unwrap(), [""; 0]);
    assert_eq!(shop.kept_files().len(), 1);
    let again = shop.remove_picture(&bread.id, &name).await;
    assert_eq!(again, Err(AppError::missing(Missing::Picture)));
    assert_eq!(shop.remove_picture(&roll.id, &name).await.unwrap(), [""; 0]);
    assert!(shop.kept_files().is_empty());
    let name = PictureName::parse(&name).unwrap();
    assert_eq!(shop.picture(&name).await, Err(AppError::missing(Missing::Picture)));
}

#[tokio::test]
async fn what_is_refused_does_not_take_the_file_of_another_product() {
    let shop = TestShop::open().await;
    let (bread, roll) = (shop.product("Pâine", 1250, 9).await, shop.product("Chiflă", 250, 9).await);
    shop.add_pictures(&roll.id, vec![png(1)]).await.unwrap();
    let five: Vec<Image> = (0..5).map(|number| Image::at(format!("/pictures/{number}.svg"))).collect();
    shop.store.products.add_images(&bread.id, &five).await.unwrap().unwrap();
    assert_eq!(shop.add_pictures(&bread.id, vec![png(1)]).await, Err(full()));
    assert_eq!(shop.kept_files().len(), 1);
    // A picture of the demonstration goes as well, by its name.
    assert_eq!(shop.remove_picture(&bread.id, "2.svg").await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_product_that_does_not_exist_gets_nothing() {
    let shop = TestShop::open().await;
    let nobody = ProductId::parse("507f1f77bcf86cd799439011").unwrap();
    let missing = AppError::missing(Missing::Product);
    assert_eq!(shop.add_pictures(&nobody, vec![png(1)]).await, Err(missing.clone()));
    assert_eq!(shop.remove_picture(&nobody, "x.jpg").await, Err(missing));
    assert!(shop.kept_files().is_empty());
}

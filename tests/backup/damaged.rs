//! Files that are not what was written: refused before anything is touched.

use super::{Vault, database, quiet};
use crate::harness::TestShop;
use std::fs;
use vatra::server::backup::{
    fault::Fault,
    keys::{self, Keys},
    restore::restore,
    sealed_file::check,
};

/// Every byte of the header, where the MAC is, and of the end; many between.
fn places(length: usize) -> impl Iterator<Item = usize> {
    (0..length).filter(move |place| *place < 700 || length - place <= 100 || place % 11 == 0)
}

#[tokio::test]
async fn no_byte_can_be_changed_or_missing() {
    let (shop, vault) = (TestShop::open().await, Vault::new());
    let whole = fs::read(vault.backup(&shop).await).unwrap();
    let identities = keys::identities(&vault.path("key")).unwrap();
    let file = vault.path("damaged.age");
    let mut tried = 0;
    for place in places(whole.len()) {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        fs::write(&file, &damaged).unwrap();
        assert!(check(&file, &identities).is_err(), "byte {place} of {}", whole.len());
        fs::write(&file, &whole[..place]).unwrap();
        assert!(check(&file, &identities).is_err(), "cut at {place} of {}", whole.len());
        tried += 1;
    }
    assert!(tried > 800, "{tried} of {}", whole.len());
    fs::write(&file, [&whole[..], b"x"].concat()).unwrap();
    assert!(check(&file, &identities).is_err(), "one byte more");
    fs::write(&file, &whole).unwrap();
    assert!(check(&file, &identities).is_ok());
}

#[tokio::test]
async fn a_bad_file_touches_nothing() {
    let (shop, vault) = (TestShop::open().await, Vault::new());
    let whole = fs::read(vault.backup(&shop).await).unwrap();
    let other = vault.elsewhere(&shop);
    let file = vault.path("damaged.age");
    for place in [0, 60, 200, 500, whole.len() / 2, whole.len() - 20, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[place] ^= 1;
        for bytes in [&damaged[..], &whole[..place]] {
            fs::write(&file, bytes).unwrap();
            let refused = vault.restore(&other, &file).await.unwrap_err();
            assert!(refused.0.contains("damaged.age") && refused.0.ends_with('.'), "{refused}");
        }
    }
    assert_eq!(database(&other).await.list_collection_names().await.unwrap(), Vec::<String>::new());
    assert!(!other.data_dir.exists());
}

#[tokio::test]
async fn another_key_opens_nothing() {
    let (shop, vault, stranger) = (TestShop::open().await, Vault::new(), Vault::new());
    let file = vault.backup(&shop).await;
    let other = vault.elsewhere(&shop);
    let theirs = keys::identities(&stranger.path("key")).unwrap();
    assert!(matches!(check(&file, &theirs), Err(Fault::WrongKey)));
    let refused = restore(&other, &file, &stranger.keys(), true, &mut quiet()).await.unwrap_err();
    assert!(refused.0.contains("key"), "{refused}");
    let missing = Keys::File(vault.path("nowhere"));
    let refused = restore(&other, &file, &missing, true, &mut quiet()).await.unwrap_err();
    assert!(refused.0.contains("nowhere"), "{refused}");
    assert_eq!(database(&other).await.list_collection_names().await.unwrap(), Vec::<String>::new());
}

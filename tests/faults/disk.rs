//! The disk for pictures is full. A limit on the size of files stands for it, which every system has and
//! everybody may set: to the program a write fails either way.

use super::scene::{Scene, insist};
use crate::harness::{Caller, Failure, Server, key, pictures::jpeg};

const PASSWORD: &str = "o parolă lungă";

/// Files of at most some kilobytes; whoever exceeds them is told, and not killed. The log is a file, too,
/// so there is none.
const FULL: &str = "trap '' XFSZ; ulimit -f 8; exec \"$0\" >/dev/null 2>&1";

#[tokio::test(flavor = "multi_thread")]
async fn uploads_are_refused_and_orders_are_taken() {
    let scene = Scene::open().await;
    scene.shop.create_admin("ana", PASSWORD).await.unwrap();
    let settings = scene.shop.environment();
    let (bread, picture) = (scene.bread.id.as_str(), jpeg(1600, 1200));
    let full = Server::start_by(FULL, &settings, &[]).await;
    let caller = Caller::at(&full.address());
    let ana = caller.log_in("ana", PASSWORD).await;
    let refused = ana.upload(bread, &picture).await;
    assert_eq!(refused, Err(Failure::Refused(507, "ROOM_001".into())));
    let (status, page) = ana.upload_by_form(bread, &picture).await;
    assert_eq!(status, 507);
    assert!(page.contains("There is no room left on the shop"), "{page}");
    assert!(scene.shop.kept_files().is_empty(), "{:?}", scene.shop.kept_files());
    assert!(scene.shop.any_product(bread).await.unwrap().images.is_empty());
    let ((cart, phone), key) = (scene.customer().await, key());
    let order = insist(&caller, &cart, &phone, &key).await;
    drop(full);

    // When there is room again the same picture is taken.
    let server = Server::start(&settings, &[]).await;
    let ana = Caller::at(&server.address()).log_in("ana", PASSWORD).await;
    assert_eq!(ana.upload(bread, &picture).await, Ok(201));
    assert_eq!(scene.shop.any_product(bread).await.unwrap().images.len(), 1);
    scene.adds_up(&[order]).await;
}

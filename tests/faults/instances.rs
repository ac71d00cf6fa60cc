//! Two instances behind one address.

use super::{
    load::Load,
    scene::{Scene, away},
};
use crate::harness::{Cable, Caller, Failure, Server, at_once, key};

struct Two {
    scene: Scene,
    servers: [Server; 2],
    address: String,
    front: Cable,
}

impl Two {
    async fn open() -> Two {
        let scene = Scene::open().await;
        let settings = scene.shop.environment();
        let servers = [Server::start(&settings, &[]).await, Server::start(&settings, &[]).await];
        let front = Cable::between(&servers.each_ref().map(Server::port)).await;
        let address = format!("http://127.0.0.1:{}", front.port());
        Two { scene, servers, address, front }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_order_ten_times_at_once_is_one_order_one_change_of_stock_one_sms() {
    let two = Two::open().await;
    let mut acknowledged = Vec::new();
    for _ in 0..20 {
        let ((cart, phone), key) = (two.scene.customer().await, key());
        let answers = at_once(10, |_| {
            // A connection of its own: they go to both instances.
            let (caller, cart, phone, key) =
                (Caller::at(&two.address), cart.clone(), phone.clone(), key.clone());
            async move { caller.order(&cart, &phone, &key).await }
        })
        .await;
        let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
        assert!(answers.iter().all(|answer| answer.id == answers[0].id));
        assert_eq!(answers.iter().filter(|answer| !answer.replayed).count(), 1);
        let code = two.scene.code(&phone).await;
        let caller = Caller::at(&two.address);
        assert_eq!(caller.confirm(&phone, &answers[0].id, &code).await.unwrap().status, "confirmed");
        let codes = two.scene.sent(&phone).iter().filter(|body| body.contains(&code)).count();
        assert_eq!(codes, 1, "one SMS");
        acknowledged.push(answers[0].clone());
    }
    two.scene.adds_up(&acknowledged).await;
}

/// Its transactions under way hold their shelves until the database gives them up, after a minute unless
/// it is told otherwise (docs/decisions/0038).
#[tokio::test(flavor = "multi_thread")]
async fn one_of_them_is_killed_and_the_other_goes_on() {
    let mut two = Two::open().await;
    let load = Load::begin(&two.scene, &two.address).await;
    two.servers[0].kill();
    // What stands in front notices that it is gone.
    two.front.lead_to(&[two.servers[1].port()]);
    load.recovers("one of two killed").await;
    two.servers[0] = Server::start(&two.scene.shop.environment(), &[]).await;
    two.front.lead_to(&two.servers.each_ref().map(Server::port));
    load.until_taken(6).await;
    let (acknowledged, failures) = load.end().await;
    let others: Vec<_> =
        failures.iter().filter(|failure| **failure != Failure::Gone && **failure != away()).collect();
    assert!(others.is_empty(), "{others:?}");
    two.scene.adds_up(&acknowledged).await;
}

//! `kill -9` of the server at each named step of an order, and of its database with it, as when the power
//! goes. (A database that lives on holds the shelves of a killed server's transaction for a minute.)

use super::scene::{Scene, insist};
use crate::harness::{Acknowledged, Caller, Failure, OwnDatabase, Server, key};
use vatra::model::{ids::OrderId, status::OrderStatus};

const PASSWORD: &str = "o parolă lungă";

impl Scene {
    /// A server that will be killed at this step.
    async fn doomed(&self, step: &str) -> (Server, Caller) {
        let server = Server::start(&self.shop.environment(), &[("VATRA_FAILPOINT", step)]).await;
        let caller = Caller::at(&server.address());
        (server, caller)
    }

    /// Started again, by nobody's hand.
    async fn restarted(&self) -> (Server, Caller) {
        let server = Server::start(&self.shop.environment(), &[]).await;
        let caller = Caller::at(&server.address());
        (server, caller)
    }

    async fn status_of(&self, order: &str) -> OrderStatus {
        self.shop.any_order(&OrderId::parse(order).unwrap()).await.unwrap().status
    }
}

/// The database was killed, too, and is started again.
async fn power_is_back(database: &mut OwnDatabase) {
    database.signal("KILL");
    database.start_again().await;
}

/// The steps, and whether the order is stored by then.
const PLACING: [(&str, bool); 6] = [
    ("order.before", false),
    ("order.stock_taken", false),
    ("order.inserted", false),
    ("order.committed", true),
    ("sms.handed_over", true),
    ("order.sms_sent", true),
];

#[tokio::test(flavor = "multi_thread")]
async fn while_an_order_is_placed() {
    let mut database = OwnDatabase::start().await;
    let scene = Scene::on(&database).await;
    let mut acknowledged = Vec::new();
    for (step, stored) in PLACING {
        let ((cart, phone), key) = (scene.customer().await, key());
        let (mut server, caller) = scene.doomed(step).await;
        assert_eq!(caller.order(&cart, &phone, &key).await, Err(Failure::Gone), "{step}");
        server.until_killed().await;
        power_is_back(&mut database).await;
        assert_eq!(scene.shop.faults().await, [], "{step}");
        assert_eq!(scene.orders_of(&key).await, u64::from(stored), "{step}");

        let (_server, caller) = scene.restarted().await;
        let order = insist(&caller, &cart, &phone, &key).await;
        assert_eq!(order.replayed, stored, "{step}");
        // Its code comes without anybody asking for it.
        let code = scene.code(&phone).await;
        let confirmed = caller.confirm(&phone, &order.id, &code).await.expect(step);
        assert_eq!((&confirmed.id, confirmed.status.as_str()), (&order.id, "confirmed"), "{step}");
        acknowledged.push(order);
        scene.adds_up(&acknowledged).await;
    }
}

/// The steps, and whether the order is confirmed by then.
const CONFIRMING: [(&str, bool); 3] =
    [("confirm.code_checked", false), ("confirm.stepped", false), ("confirm.committed", true)];

#[tokio::test(flavor = "multi_thread")]
async fn while_an_order_is_confirmed() {
    let mut database = OwnDatabase::start().await;
    let scene = Scene::on(&database).await;
    let mut acknowledged = Vec::new();
    for (step, confirmed) in CONFIRMING {
        let ((cart, phone), key) = (scene.customer().await, key());
        let (mut server, caller) = scene.doomed(step).await;
        let order = caller.order(&cart, &phone, &key).await.unwrap();
        let code = scene.code(&phone).await;
        assert_eq!(caller.confirm(&phone, &order.id, &code).await, Err(Failure::Gone), "{step}");
        server.until_killed().await;
        power_is_back(&mut database).await;
        let expected = if confirmed { OrderStatus::Confirmed } else { OrderStatus::Pending };
        assert_eq!(scene.status_of(&order.id).await, expected, "{step}");

        let (_server, caller) = scene.restarted().await;
        let again = caller.confirm(&phone, &order.id, &code).await;
        match confirmed {
            // Whoever tries again is told that the order does not wait any more.
            true => assert_eq!(again, Err(Failure::Refused(409, "CONFLICT_001".into()))),
            false => assert_eq!(again.expect(step).status, "confirmed"),
        }
        assert_eq!(scene.status_of(&order.id).await, OrderStatus::Confirmed, "{step}");
        acknowledged.push(order);
        scene.adds_up(&acknowledged).await;
    }
}

/// The steps, and whether the order is cancelled by then.
const CANCELLING: [(&str, bool); 3] =
    [("cancel.stepped", false), ("cancel.given_back", false), ("step.committed", true)];

#[tokio::test(flavor = "multi_thread")]
async fn while_an_order_is_cancelled() {
    let mut database = OwnDatabase::start().await;
    let scene = Scene::on(&database).await;
    scene.shop.create_admin("ana", PASSWORD).await.unwrap();
    let mut acknowledged = Vec::new();
    for (step, cancelled) in CANCELLING {
        let ((cart, phone), key) = (scene.customer().await, key());
        let (mut server, caller) = scene.doomed(step).await;
        let order = caller.order(&cart, &phone, &key).await.unwrap();
        let ana = caller.log_in("ana", PASSWORD).await;
        assert_eq!(ana.set_status(&order.id, "cancelled").await, Err(Failure::Gone), "{step}");
        server.until_killed().await;
        power_is_back(&mut database).await;
        let expected = if cancelled { OrderStatus::Cancelled } else { OrderStatus::Pending };
        assert_eq!(scene.status_of(&order.id).await, expected, "{step}");
        acknowledged.push(order.clone());
        scene.adds_up(&acknowledged).await;

        let (_server, caller) = scene.restarted().await;
        let again = caller.log_in("ana", PASSWORD).await.set_status(&order.id, "cancelled").await;
        match cancelled {
            true => assert_eq!(again, Err(Failure::Refused(409, "CONFLICT_001".into()))),
            false => assert_eq!(again.expect(step).status, "cancelled"),
        }
        scene.adds_up(&acknowledged).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn while_lines_are_changed() {
    let mut database = OwnDatabase::start().await;
    let scene = Scene::on(&database).await;
    scene.shop.create_admin("ana", PASSWORD).await.unwrap();
    let ((cart, phone), key) = (scene.customer().await, key());
    let (mut server, caller) = scene.doomed("items.stock_moved").await;
    let order = caller.order(&cart, &phone, &key).await.unwrap();
    let code = scene.code(&phone).await;
    caller.confirm(&phone, &order.id, &code).await.unwrap();
    let stored = scene.shop.any_order(&OrderId::parse(&order.id).unwrap()).await.unwrap();
    let (version, bread) = (stored.updated_at.0, scene.bread.id.as_str());
    let change = caller.log_in("ana", PASSWORD).await.change_line(&order.id, version, bread, 7).await;
    assert_eq!(change, Err(Failure::Gone));
    server.until_killed().await;
    power_is_back(&mut database).await;
    scene.adds_up(std::slice::from_ref(&order)).await;

    let (_server, caller) = scene.restarted().await;
    caller.log_in("ana", PASSWORD).await.change_line(&order.id, version, bread, 7).await.unwrap();
    let changed = scene.shop.any_order(&stored.id).await.unwrap();
    assert_eq!(changed.items[0].quantity.get(), 7);
    let order = Acknowledged { total: changed.total.decimal(), ..order };
    scene.adds_up(&[order]).await;
}

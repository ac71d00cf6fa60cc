//! Jobs whose connection to the database is dead without anybody being told.

use super::{
    load::pausing,
    scene::{Scene, insist},
};
use crate::harness::{Cable, Caller, Server, Way, database_uri, key};
use vatra::model::status::OrderStatus;

const PASSWORD: &str = "o parolă lungă";

/// One that waited for ever would send no message any more, on a server that otherwise answers.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_gets_no_answer_gives_up_and_goes_on() {
    let scene = Scene::open().await;
    scene.shop.create_admin("ana", PASSWORD).await.unwrap();
    let cable = Cable::to(database_uri().await).await;
    let uri = format!("mongodb://127.0.0.1:{}/?directConnection=true", cable.port());
    let settings = scene.shop.environment();
    let server = Server::start(&settings, &[("MONGODB_URI", &uri), ("NO_COLOR", "1")]).await;
    // The driver notices a database that is silent; not a single connection, while others get answers. The
    // worker asks so for what is due.
    cable.set_way(Way::DeafTo("due_at"));
    pausing("the worker gives up", || {
        server.log().lines().any(|line| line.contains("given up") && line.contains("what=\"messages\""))
    })
    .await;
    cable.set_way(Way::Open);

    let caller = Caller::at(&server.address());
    let ((cart, phone), key) = (scene.customer().await, key());
    let order = insist(&caller, &cart, &phone, &key).await;
    let code = scene.code(&phone).await;
    caller.confirm(&phone, &order.id, &code).await.unwrap();
    let ana = caller.log_in("ana", PASSWORD).await;
    for status in ["processing", "ready"] {
        ana.set_status(&order.id, status).await.unwrap();
    }
    // Only the worker sends what stands with a step.
    // (It may have met the dead way twice before it was opened.)
    let told = || scene.sent(&phone).iter().any(|body| body.contains(&order.number));
    pausing("the worker tells the customer", told).await;
    assert_eq!(scene.status(&order).await, OrderStatus::Ready);
    scene.adds_up(&[order]).await;
}

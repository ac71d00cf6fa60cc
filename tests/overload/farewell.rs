//! The end of a server: what is under way is finished, and nobody can hold it up.

use super::scene::Scene;
use crate::harness::eventually;
use http::Method;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_is_finished() {
    let mut scene = Scene::with(&[("MAX_REQUESTS", "1")]).await;
    scene.caller.cart(&scene.bread.id.to_string(), 1).await.expect("a cart");
    scene.database.signal("STOP");
    let (caller, bread) = (scene.caller.clone(), scene.bread.id.to_string());
    let under_way = tokio::spawn(async move { caller.cart(&bread, 1).await });
    // It needs all the room there is.
    eventually("the request is under way", async || {
        let list = scene.caller.request(Method::GET, "/api/products").send().await;
        list.is_ok_and(|answer| answer.status() == 503)
    })
    .await;
    scene.server.terminate();
    eventually("nobody else is let in", async || {
        tokio::net::TcpStream::connect(("127.0.0.1", scene.server.port())).await.is_err()
    })
    .await;
    assert!(!under_way.is_finished());
    scene.database.signal("CONT");
    under_way.await.unwrap().expect("a cart");
    scene.server.until_ended().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_clients_do_not_hold_it_up() {
    let mut scene = Scene::with(&[("CLIENT_PATIENCE_SECONDS", "600")]).await;
    let mut slow = Vec::new();
    for begin in ["", "GET / HT", "POST /api/cart HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99\r\n\r\n"]
    {
        let mut connection = scene.connect().await;
        connection.say(begin).await;
        slow.push(connection);
    }
    scene.caller.cart(&scene.bread.id.to_string(), 1).await.expect("a cart");
    scene.server.terminate();
    // Much less than the patience that the slow ones were given.
    scene.server.until_ended().await;
}

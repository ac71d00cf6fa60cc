use super::{
    answer::{assert_moment, keys, taken},
    api::{Api, Visitor},
};
use crate::harness::within_one_window;
use http::Request;
use serde_json::{Value, json};

const PASSWORD: &str = "o parolă lungă";
const LOGIN: &str = "/api/auth/login";

fn credentials(username: &str, password: &str) -> Value {
    json!({ "username": username, "password": password })
}

/// A shop with an admin.
async fn shop() -> Api {
    let api = Api::open().await;
    api.admin(PASSWORD).await;
    api
}

async fn log_out(visitor: &Visitor<'_>, csrf: &str) -> super::answer::Answer {
    visitor.send(Request::post("/api/auth/logout").header("X-CSRF-Token", csrf), "").await
}

#[tokio::test]
async fn logging_in_and_out() {
    let api = shop().await;
    let visitor = api.visitor();
    visitor.get("/api/auth/me").await.refused(401, "AUTH_002");

    let answer = visitor.post(LOGIN, &credentials(" ana ", PASSWORD)).await;
    let mut login = answer.data(200);
    let cookie = answer.set_cookie("vatra_admin").unwrap();
    for part in ["HttpOnly", "SameSite=Strict", "Max-Age=7200", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!answer.text.contains(&visitor.cookie("vatra_admin").unwrap()));
    assert_eq!(visitor.get("/api/auth/me").await.data(200), login);
    assert_moment(&taken(&mut login, "expires_at"));
    let csrf = taken(&mut login, "csrf_token");
    assert_eq!(login, json!({ "username": "ana", "role": "admin", "rights": "owner" }));

    let kept = visitor.cookie("vatra_admin").unwrap();
    assert_eq!(log_out(&visitor, csrf.as_str().unwrap()).await.data(200), json!({}));
    assert_eq!(visitor.cookie("vatra_admin"), None);
    visitor.get("/api/auth/me").await.refused(401, "AUTH_002");
    // The server has forgotten it too.
    visitor.set_cookie("vatra_admin", &kept);
    visitor.get("/api/auth/me").await.refused(401, "AUTH_002");
    log_out(&visitor, csrf.as_str().unwrap()).await.refused(401, "AUTH_002");
}

#[tokio::test]
async fn wrong_passwords_and_unknown_users_are_told_the_same() {
    let api = shop().await;
    let visitor = api.visitor();
    let mut messages = Vec::new();
    let long = "x".repeat(2000);
    for (username, password) in [("ana", "altă parolă"), ("ion", PASSWORD), ("ana", &long), ("", "")] {
        let answer = visitor.post(LOGIN, &credentials(username, password)).await;
        assert_eq!(answer.refused(401, "AUTH_001"), json!({}));
        assert!(answer.set_cookie("vatra_admin").is_none());
        messages.push(answer.message());
    }
    messages.dedup();
    assert_eq!(messages.len(), 1);
}

#[tokio::test]
async fn a_second_factor_asks_for_its_code() {
    let api = shop().await;
    let login = api.shop.log_in("ana", PASSWORD, "192.0.2.1").await.unwrap();
    api.shop.begin_factor(&login, PASSWORD, "192.0.2.1").await.unwrap();
    let setup = api.shop.account(&login).await.unwrap().setup.unwrap();
    let secret = totp_rs::Secret::try_from_base32(setup.secret.replace(' ', "")).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let seconds = u64::try_from(vatra::server::clock::now().0 / 1000).unwrap();
    api.shop.confirm_factor(&login, &totp.generate(seconds).to_string()).await.expect("confirmed");

    let visitor = api.visitor();
    let answer = visitor.post(LOGIN, &credentials("ana", PASSWORD)).await;
    assert_eq!(answer.refused(401, "AUTH_004"), json!({ "reason": "code_required" }));
    assert!(answer.set_cookie("vatra_admin").is_none());
    let with = |code: &str| {
        let mut body = credentials("ana", PASSWORD);
        body["code"] = json!(code);
        body
    };
    let answer = visitor.post(LOGIN, &with("nu e")).await;
    assert_eq!(answer.refused(401, "AUTH_004"), json!({ "reason": "code_wrong" }));
    let mut body = with(&setup.recovery[0]);
    body["password"] = json!("altă parolă");
    visitor.post(LOGIN, &body).await.refused(401, "AUTH_001");
    visitor.post(LOGIN, &with(&setup.recovery[0])).await.data(200);
    visitor.get("/api/auth/me").await.data(200);
    visitor.post(LOGIN, &with(&setup.recovery[0])).await.refused(401, "AUTH_004");
}

#[tokio::test]
async fn tries_are_limited() {
    let api = shop().await;
    let answer = within_one_window(300, async || {
        for _ in 0..10 {
            let _ = api.visitor().post(LOGIN, &credentials("ana", &"x".repeat(1001))).await;
        }
        api.visitor().post(LOGIN, &credentials("ana", PASSWORD)).await
    })
    .await;
    let wait = answer.refused(429, "RATE_001")["retry_after"].as_u64().unwrap();
    assert!((1..=300).contains(&wait));
    assert_eq!(answer.headers["retry-after"], wait.to_string().as_str());
}

#[tokio::test]
async fn logging_out_needs_the_token_of_the_login() {
    let api = shop().await;
    let (visitor, other) = (api.visitor(), api.visitor());
    visitor.post(LOGIN, &credentials("ana", PASSWORD)).await.data(200);
    let foreign = other.post(LOGIN, &credentials("ana", PASSWORD)).await.data(200);
    for csrf in ["", "x", foreign["csrf_token"].as_str().unwrap()] {
        log_out(&visitor, csrf).await.refused(403, "AUTH_003");
    }
    visitor.send(Request::post("/api/auth/logout"), "").await.refused(403, "AUTH_003");
    visitor.get("/api/auth/me").await.data(200);
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let api = shop().await;
    let visitor = api.visitor();
    let both = visitor.post(LOGIN, &json!({})).await;
    both.refused_for(400, "VALIDATION_ERROR", &["password", "username"]);
    visitor.post(LOGIN, &json!({ "username": "ana" })).await.refused_for(400, "VAL_001", &["password"]);
    let mut body = credentials("ana", PASSWORD);
    body["role"] = json!("admin");
    visitor.post(LOGIN, &body).await.refused_for(400, "VAL_002", &["role"]);
    assert_eq!(keys(&visitor.post(LOGIN, &body).await.refused(400, "VAL_002")), ["role"]);
}

#[tokio::test]
async fn another_password_and_ended_logins_void_the_cookie() {
    let api = shop().await;
    let visitor = api.visitor();
    visitor.post(LOGIN, &credentials("ana", PASSWORD)).await.data(200);
    visitor.get("/api/auth/me").await.data(200);
    assert_eq!(api.shop.end_logins("ana").await, Ok(true));
    visitor.get("/api/auth/me").await.refused(401, "AUTH_002");

    visitor.post(LOGIN, &credentials("ana", PASSWORD)).await.data(200);
    visitor.get("/api/auth/me").await.data(200);
    assert_eq!(api.shop.change_password("ana", "altă parolă lungă").await, Ok(true));
    visitor.get("/api/auth/me").await.refused(401, "AUTH_002");
    visitor.post(LOGIN, &credentials("ana", PASSWORD)).await.refused(401, "AUTH_001");
    visitor.post(LOGIN, &credentials("ana", "altă parolă lungă")).await.data(200);
}

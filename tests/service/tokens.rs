use crate::harness::TestShop;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use vatra::{
    model::error::AppError,
    server::{
        clock::now,
        service::auth::{Login, TOKEN},
    },
};

/// A shop with somebody logged in.
async fn logged_in() -> (TestShop, Login) {
    let shop = TestShop::open().await;
    shop.create_admin("ina", "coptorul cu lemne").await.unwrap();
    let login = shop.log_in("ina", "coptorul cu lemne", "192.0.2.1").await.unwrap();
    (shop, login)
}

/// What a token says.
fn claims(login: &Login) -> Value {
    let token = login.token.as_deref().expect("a token");
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

/// The same with some of it changed.
fn with(claims: &Value, changes: Value) -> Value {
    let mut changed = claims.clone();
    let Value::Object(changes) = changes else { panic!("{changes}") };
    changed.as_object_mut().unwrap().extend(changes);
    changed
}

fn signed(shop: &TestShop, claims: &Value) -> String {
    let key = EncodingKey::from_secret(shop.config.jwt_secret.bytes());
    encode(&Header::new(Algorithm::HS256), claims, &key).unwrap()
}

async fn refused(shop: &TestShop, token: &str, why: &str) {
    let error = shop.login_of(Some(token)).await.err();
    assert_eq!(error, Some(AppError::SessionExpired), "{why}");
}

fn seconds() -> i64 {
    now().0 / 1000
}

#[tokio::test]
async fn a_token_says_what_the_design_says() {
    let (shop, login) = logged_in().await;
    let claims = claims(&login);
    assert_eq!((&claims["user_id"], &claims["role"]), (&json!(login.id.as_str()), &json!("admin")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), TOKEN);
    assert!(claims["jti"].as_str().is_some_and(|id| id.len() == 43));
    assert!(shop.login_of(Some(&signed(&shop, &claims))).await.is_ok(), "as the tests below sign");
}

#[tokio::test]
async fn nothing_and_nonsense_are_no_tokens() {
    let (shop, _) = logged_in().await;
    assert_eq!(shop.login_of(None).await.err(), Some(AppError::SessionExpired));
    for token in ["", ".", "..", "a.b.c", "{}", "ă"] {
        refused(&shop, token, token).await;
    }
}

#[tokio::test]
async fn what_is_not_signed_with_our_key_is_refused() {
    let (shop, login) = logged_in().await;
    let claims = claims(&login);
    let payload = URL_SAFE_NO_PAD.encode(claims.to_string());
    for algorithm in ["none", "None", "NONE"] {
        let header = URL_SAFE_NO_PAD.encode(json!({ "typ": "JWT", "alg": algorithm }).to_string());
        refused(&shop, &format!("{header}.{payload}."), algorithm).await;
        let signature = login.token.as_deref().unwrap().rsplit('.').next().unwrap();
        refused(&shop, &format!("{header}.{payload}.{signature}"), algorithm).await;
    }
    let other = EncodingKey::from_secret(&[7; 32]);
    let foreign = encode(&Header::new(Algorithm::HS256), &claims, &other).unwrap();
    refused(&shop, &foreign, "another key").await;
    let empty = encode(&Header::new(Algorithm::HS256), &claims, &EncodingKey::from_secret(b"")).unwrap();
    refused(&shop, &empty, "an empty key").await;
}

#[tokio::test]
async fn our_key_with_another_algorithm_is_refused() {
    let (shop, login) = logged_in().await;
    let key = EncodingKey::from_secret(shop.config.jwt_secret.bytes());
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let token = encode(&Header::new(algorithm), &claims(&login), &key).unwrap();
        refused(&shop, &token, "another algorithm").await;
    }
}

#[tokio::test]
async fn a_changed_word_breaks_the_signature() {
    let (shop, login) = logged_in().await;
    let changed = with(&claims(&login), json!({ "username": "ion" }));
    let token = login.token.as_deref().unwrap();
    let parts: Vec<&str> = token.split('.').collect();
    let payload = URL_SAFE_NO_PAD.encode(changed.to_string());
    refused(&shop, &format!("{}.{payload}.{}", parts[0], parts[2]), "changed").await;
}

#[tokio::test]
async fn what_is_signed_for_something_else_is_refused() {
    let (shop, login) = logged_in().await;
    let claims = claims(&login);
    for changes in [
        json!({ "aud": "another-shop" }),
        json!({ "iss": "another-shop" }),
        json!({ "role": "customer" }),
        json!({ "user_id": "65a1b2c3d4e5f60718293000" }),
        json!({ "user_id": "{\"$ne\":1}" }),
        json!({ "aud": null }),
        json!({ "exp": null }),
    ] {
        let token = signed(&shop, &with(&claims, changes.clone()));
        refused(&shop, &token, &changes.to_string()).await;
    }
    for field in ["aud", "iss", "exp", "iat", "jti", "family", "auth_time", "role", "user_id", "username"] {
        let mut without = claims.clone();
        without.as_object_mut().unwrap().remove(field);
        refused(&shop, &signed(&shop, &without), field).await;
    }
}

#[tokio::test]
async fn a_token_ends_at_its_second() {
    let (shop, login) = logged_in().await;
    let ended = with(&claims(&login), json!({ "iat": seconds() - TOKEN, "exp": seconds() - 1 }));
    refused(&shop, &signed(&shop, &ended), "ended").await;
}

#[tokio::test]
async fn after_a_quarter_of_an_hour_a_token_is_exchanged() {
    let (shop, login) = logged_in().await;
    let begun = seconds() - 15 * 60;
    let old = with(&claims(&login), json!({ "iat": begun, "auth_time": begun, "exp": begun + TOKEN }));
    let exchanged = shop.login_of(Some(&signed(&shop, &old))).await.expect("still valid");
    let fresh = claims(&exchanged);
    assert!(fresh["iat"].as_i64().unwrap() >= begun + 15 * 60);
    assert_eq!(exchanged.expires_at.0 / 1000, fresh["iat"].as_i64().unwrap() + TOKEN);
    assert_eq!((&fresh["family"], &fresh["auth_time"]), (&old["family"], &old["auth_time"]));
    assert_ne!(fresh["jti"], old["jti"]);
    assert_eq!(exchanged.admin.csrf_token, login.admin.csrf_token, "a form opened before still counts");
    assert!(shop.login_of(exchanged.token.as_deref()).await.is_ok());
    shop.log_out(&exchanged).await.unwrap();
    refused(&shop, &signed(&shop, &old), "logging out voids what it was exchanged for, too").await;
}

#[tokio::test]
async fn a_younger_token_is_kept() {
    let (shop, login) = logged_in().await;
    // A minute less than a quarter of an hour, so that no slow machine makes it one.
    let begun = seconds() - 14 * 60;
    let young = with(&claims(&login), json!({ "iat": begun, "auth_time": begun, "exp": begun + TOKEN }));
    assert_eq!(shop.login_of(Some(&signed(&shop, &young))).await.unwrap().token, None);
}

#[tokio::test]
async fn a_login_ends_after_twelve_hours_however_fresh_its_token() {
    let (shop, login) = logged_in().await;
    let now = seconds();
    let tired = json!({ "iat": now, "auth_time": now - 12 * 3600, "exp": now + 60 });
    refused(&shop, &signed(&shop, &with(&claims(&login), tired)), "twelve hours").await;
    let begun = now - 12 * 3600 + 600;
    let late = json!({ "iat": now - 20 * 60, "auth_time": begun, "exp": now + 600 });
    let exchanged = shop.login_of(Some(&signed(&shop, &with(&claims(&login), late)))).await.unwrap();
    assert_eq!(exchanged.expires_at.0 / 1000, begun + 12 * 3600, "not a second longer");
}

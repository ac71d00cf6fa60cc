use crate::harness::{TestShop, at_once, within_one_window};
use mongodb::bson::doc;
use vatra::{
    model::error::AppError,
    server::{clock::now, service::auth::TOKEN},
};

const PASSWORD: &str = "coptorul cu lemne";

async fn with_admin() -> TestShop {
    let shop = TestShop::open().await;
    shop.create_admin("ina", PASSWORD).await.unwrap();
    shop
}

#[tokio::test]
async fn the_right_password_opens_and_its_token_is_valid() {
    let shop = with_admin().await;
    let before = now();
    let login = shop.log_in(" ina ", PASSWORD, "192.0.2.1").await.expect("logged in");
    assert_eq!(login.admin.username, "ina");
    assert!(login.expires_at.seconds_since(before) <= TOKEN + 1);
    let token = login.token.expect("a token");
    let again = shop.login_of(Some(&token)).await.expect("valid");
    assert_eq!((again.admin, again.id), (login.admin, login.id));
    assert_eq!(again.token, None, "a fresh token is kept");
    assert_eq!(again.expires_at, login.expires_at);
}

#[tokio::test]
async fn wrong_passwords_and_unknown_users_are_told_the_same() {
    let shop = with_admin().await;
    let (long, long_name) = ("x".repeat(1001), "x".repeat(401));
    for (username, password) in [
        ("ina", "coptorul cu gaz"),
        ("ina", ""),
        ("ina", long.as_str()),
        ("INA", PASSWORD),
        ("ion", PASSWORD),
        ("", PASSWORD),
        (long_name.as_str(), PASSWORD),
        ("{\"$ne\": null}", PASSWORD),
    ] {
        let error = shop.log_in(username, password, "192.0.2.1").await.err();
        assert_eq!(error, Some(AppError::InvalidCredentials), "{username} {password}");
    }
}

#[tokio::test]
async fn a_customer_is_no_admin() {
    let shop = with_admin().await;
    shop.proved("+40722123456").await;
    let error = shop.log_in("+40722123456", "", "192.0.2.1").await.err();
    assert_eq!(error, Some(AppError::InvalidCredentials));
}

#[tokio::test]
async fn ten_tries_in_five_minutes_then_a_pause_for_this_account_and_address() {
    let (wrong, right, elsewhere, other) = within_one_window(300, async || {
        let shop = with_admin().await;
        let mut wrong = Vec::new();
        for _ in 0..10 {
            wrong.push(shop.log_in("ina", "coptorul cu gaz", "192.0.2.1").await.err());
        }
        let right = shop.log_in("ina", PASSWORD, "192.0.2.1").await.err();
        let elsewhere = shop.log_in("ina", PASSWORD, "192.0.2.2").await.err();
        let other = shop.log_in("ion", PASSWORD, "192.0.2.1").await.err();
        (wrong, right, elsewhere, other)
    })
    .await;
    assert_eq!(wrong, vec![Some(AppError::InvalidCredentials); 10]);
    let Some(AppError::RateLimited { retry_after }) = right else { panic!("{right:?}") };
    assert!((1..=300).contains(&retry_after), "{retry_after}");
    assert_eq!(elsewhere, None);
    assert_eq!(other, Some(AppError::InvalidCredentials));
}

#[tokio::test]
async fn logging_out_voids_the_login_and_no_other() {
    let shop = with_admin().await;
    let first = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap();
    let second = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap();
    shop.log_out(&first).await.unwrap();
    shop.log_out(&first).await.expect("twice is once");
    let error = shop.login_of(first.token.as_deref()).await.err();
    assert_eq!(error, Some(AppError::SessionExpired));
    assert!(shop.login_of(second.token.as_deref()).await.is_ok());
    let other = shop.second_instance().await;
    assert_eq!(other.login_of(first.token.as_deref()).await.err(), Some(AppError::SessionExpired));
    let stored = shop.raw("revocations").find_one(doc! {}).await.unwrap().unwrap();
    let until = stored.get_datetime("expires_at").unwrap().timestamp_millis();
    assert!(until >= first.expires_at.0, "remembered as long as a token of it could live");
}

#[tokio::test(flavor = "multi_thread")]
async fn logging_out_twice_at_once_is_no_error() {
    let shop = with_admin().await;
    for _ in 0..5 {
        let token = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap().token;
        let outcomes = at_once(6, |_| {
            let (shop, token) = (shop.instance(), token.clone());
            async move {
                match shop.login_of(token.as_deref()).await {
                    Ok(login) => shop.log_out(&login).await,
                    Err(AppError::SessionExpired) => Ok(()),
                    Err(error) => Err(error),
                }
            }
        });
        assert_eq!(outcomes.await, vec![Ok(()); 6]);
        assert_eq!(shop.login_of(token.as_deref()).await.err(), Some(AppError::SessionExpired));
    }
}

#[tokio::test]
async fn another_password_voids_the_old_one_and_its_tokens_at_once() {
    let shop = with_admin().await;
    let mut old = PASSWORD.to_owned();
    // Tokens know the time to the second: of several rounds, some begin and end within one.
    for round in 0..8 {
        let (address, new) = (format!("192.0.2.{round}"), format!("cuptorul electric {round}"));
        let login = shop.log_in("ina", &old, &address).await.expect("logged in");
        assert_eq!(shop.change_password("ina", &new).await, Ok(true));
        let error = shop.login_of(login.token.as_deref()).await.err();
        assert_eq!(error, Some(AppError::SessionExpired), "round {round}");
        let error = shop.log_in("ina", &old, &address).await.err();
        assert_eq!(error, Some(AppError::InvalidCredentials));
        old = new;
    }
}

#[tokio::test]
async fn the_new_password_opens_at_once() {
    let shop = with_admin().await;
    for round in 0..8 {
        let (address, new) = (format!("192.0.2.{round}"), format!("cuptorul electric {round}"));
        assert_eq!(shop.change_password("ina", &new).await, Ok(true));
        let login = shop.log_in("ina", &new, &address).await.expect("logged in");
        assert!(shop.login_of(login.token.as_deref()).await.is_ok(), "round {round}");
    }
    assert_eq!(shop.change_password("nobody", "cuptorul electric").await, Ok(false));
}

#[tokio::test]
async fn a_password_must_be_long_when_made_and_when_changed() {
    let shop = with_admin().await;
    for password in ["", "short", &"x".repeat(1001)] {
        assert!(shop.create_admin("ion", password).await.is_err(), "{password}");
        assert!(shop.change_password("ina", password).await.is_err(), "{password}");
    }
    assert!(shop.create_admin(" ", PASSWORD).await.is_err());
    assert!(shop.create_admin(&"x".repeat(101), PASSWORD).await.is_err());
    assert!(shop.log_in("ina", PASSWORD, "192.0.2.1").await.is_ok(), "the old one stays");
}

#[tokio::test]
async fn forms_carry_the_token_of_their_login() {
    let shop = with_admin().await;
    let login = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap();
    let other = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap();
    assert_eq!(login.check_csrf(&login.admin.csrf_token), Ok(()));
    for token in ["", "x", other.admin.csrf_token.as_str()] {
        assert_eq!(login.check_csrf(token), Err(AppError::Forbidden), "{token}");
    }
}

#[tokio::test]
async fn a_right_password_is_no_try() {
    let shop = with_admin().await;
    for round in 0..15 {
        assert!(shop.log_in("ina", PASSWORD, "192.0.2.9").await.is_ok(), "round {round}");
    }
}

#[tokio::test]
async fn an_address_may_try_thirty_times_over_all_accounts() {
    let (tries, next, elsewhere) = within_one_window(300, async || {
        let shop = with_admin().await;
        let mut tries = Vec::new();
        for number in 0..30 {
            // Too long to be looked at: no hash is computed, but it is a try.
            let name = format!("ion {number}");
            tries.push(shop.log_in(&name, &"x".repeat(1001), "192.0.2.1").await.err());
        }
        let next = shop.log_in("ina", PASSWORD, "192.0.2.1").await.err();
        (tries, next, shop.log_in("ina", PASSWORD, "192.0.2.2").await.err())
    })
    .await;
    assert_eq!(tries, vec![Some(AppError::InvalidCredentials); 30]);
    assert!(matches!(next, Some(AppError::RateLimited { .. })), "{next:?}");
    assert_eq!(elsewhere, None);
}

#[tokio::test]
async fn an_attack_from_many_addresses_is_slowed_and_who_is_logged_in_does_not_notice() {
    let (tries, next, token, other) = within_one_window(300, async || {
        let shop = with_admin().await;
        shop.create_admin("ion", PASSWORD).await.unwrap();
        let login = shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap();
        let mut tries = Vec::new();
        for number in 0..100 {
            let address = format!("198.51.100.{number}");
            tries.push(shop.log_in("ina", &"x".repeat(1001), &address).await.err());
        }
        let next = shop.log_in("ina", &"x".repeat(1001), "203.0.113.7").await.err();
        let token = shop.login_of(login.token.as_deref()).await.map(|login| login.admin.username);
        (tries, next, token, shop.log_in("ion", PASSWORD, "203.0.113.7").await.err())
    })
    .await;
    assert_eq!(tries, vec![Some(AppError::InvalidCredentials); 100]);
    assert!(matches!(next, Some(AppError::RateLimited { .. })), "{next:?}");
    assert_eq!(token, Ok("ina".to_owned()));
    assert_eq!(other, None, "another account is not concerned");
}

/// What the pause for one address refuses is no try for the account: the owner's door stays open.
#[tokio::test]
async fn one_address_cannot_shut_an_account() {
    let owner = within_one_window(300, async || {
        let shop = with_admin().await;
        for _ in 0..150 {
            let _ = shop.log_in("ina", &"x".repeat(1001), "192.0.2.1").await;
        }
        shop.log_in("ina", PASSWORD, "192.0.2.2").await.err()
    })
    .await;
    assert_eq!(owner, None);
}

#[tokio::test]
async fn ending_all_logins_voids_them_at_once_and_a_new_one_opens() {
    let shop = with_admin().await;
    shop.create_admin("ion", PASSWORD).await.unwrap();
    let other = shop.log_in("ion", PASSWORD, "192.0.2.1").await.unwrap();
    // Tokens know the time to the second: of several rounds, some begin and end within one.
    for round in 0..8 {
        let logins = [
            shop.log_in("ina", PASSWORD, "192.0.2.1").await.unwrap(),
            shop.log_in("ina", PASSWORD, "192.0.2.2").await.unwrap(),
        ];
        assert!(shop.login_of(logins[0].token.as_deref()).await.is_ok(), "round {round}");
        assert_eq!(shop.end_logins(" ina ").await, Ok(true));
        for login in logins {
            let error = shop.login_of(login.token.as_deref()).await.err();
            assert_eq!(error, Some(AppError::SessionExpired), "round {round}");
        }
    }
    assert!(shop.login_of(other.token.as_deref()).await.is_ok(), "nobody else's");
    assert_eq!(shop.end_logins("nobody").await, Ok(false));
}

#[tokio::test]
async fn admins_are_listed_by_name() {
    let shop = TestShop::open().await;
    assert_eq!(shop.admins().await, Ok(vec![]));
    shop.proved("+40722123456").await;
    for name in ["ion", "ina"] {
        shop.create_admin(name, PASSWORD).await.unwrap();
    }
    let before = now();
    shop.log_in("ion", PASSWORD, "192.0.2.1").await.unwrap();
    let [ina, ion] = shop.admins().await.unwrap().try_into().unwrap();
    assert_eq!((ina.username.as_str(), ina.last_login), ("ina", None));
    assert_eq!(ion.username, "ion");
    assert!(ion.last_login.is_some_and(|at| at.0 >= before.0), "{ion:?}");
}

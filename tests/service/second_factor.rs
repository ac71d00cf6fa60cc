use crate::harness::{TestShop, at_once, within_one_window};
use mongodb::bson::{DateTime, doc};
use totp_rs::{Builder, Secret};
use vatra::{
    model::{error::AppError, field::FieldError, session::Rights},
    server::{
        clock::now,
        service::{auth::Login, login::Entered},
    },
};

const PASSWORD: &str = "coptorul cu lemne";
const ADDRESS: &str = "192.0.2.1";
const WRONG: AppError = AppError::SecondFactor { wrong: true };

/// An admin with a second factor. What confirmed it is forgotten: the code of now can be used, and stays
/// right for half a minute.
struct Guarded {
    shop: TestShop,
    secret: String,
    recovery: Vec<String>,
    login: Login,
}

impl Guarded {
    async fn open() -> Guarded {
        let shop = TestShop::open().await;
        shop.create_admin("ina", PASSWORD).await.unwrap();
        let login = shop.log_in("ina", PASSWORD, ADDRESS).await.unwrap();
        shop.begin_factor(&login, PASSWORD, ADDRESS).await.unwrap();
        let setup = shop.account(&login).await.unwrap().setup.expect("being set up");
        let login = shop.confirm_factor(&login, &code(&setup.secret, 0)).await.expect("confirmed");
        let ina = Guarded { shop, secret: setup.secret, recovery: setup.recovery, login };
        ina.last_step(0).await;
        ina
    }

    fn code(&self, step: i64) -> String {
        code(&self.secret, step)
    }

    /// Makes a step of the clock the last one that was used.
    async fn last_step(&self, step: i64) {
        self.shop.set("users", doc! { "username": "ina" }, doc! { "second_factor.last_step": step }).await;
    }

    async fn enter(&self, code: &str) -> Result<Login, AppError> {
        self.shop.log_in_with("ina", PASSWORD, Some(code), ADDRESS).await
    }
}

/// What an authenticator shows so many steps from now.
fn code(secret: &str, step: i64) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).unwrap();
    let totp = Builder::new().with_secret(secret).build().unwrap();
    totp.generate(u64::try_from(now().0 / 1000 + 30 * step).unwrap()).to_string()
}

#[tokio::test]
async fn it_is_set_up_with_the_password_and_confirmed_with_the_first_code() {
    let shop = TestShop::open().await;
    shop.create_admin("ina", PASSWORD).await.unwrap();
    let login = shop.log_in("ina", PASSWORD, ADDRESS).await.unwrap();
    let other = shop.log_in("ina", PASSWORD, ADDRESS).await.unwrap();
    let refused = shop.begin_factor(&login, "altceva, mult mai lung", ADDRESS).await.unwrap_err();
    assert_eq!(refused, AppError::field("current", FieldError::Password));
    assert!(shop.account(&login).await.unwrap().setup.is_none());
    assert!(shop.confirm_factor(&login, "123456").await.is_err(), "nothing is being set up");

    shop.begin_factor(&login, PASSWORD, ADDRESS).await.unwrap();
    let setup = shop.account(&login).await.unwrap().setup.unwrap();
    let again = shop.account(&login).await.unwrap().setup.unwrap();
    assert_eq!((&setup.secret, &setup.recovery), (&again.secret, &again.recovery), "until it is confirmed");
    assert_eq!(setup.recovery.len(), 10);
    assert!(setup.address.starts_with("otpauth://totp/Vatra:ina?secret="));
    assert!(shop.log_in("ina", PASSWORD, ADDRESS).await.is_ok(), "it does not count yet");
    let wrong = if code(&setup.secret, 0) == "000000" { "000001" } else { "000000" };
    assert_eq!(shop.confirm_factor(&login, wrong).await.err(), Some(WRONG));

    let renewed = shop.confirm_factor(&login, &code(&setup.secret, 0)).await.expect("confirmed");
    assert!(shop.login_of(renewed.token.as_deref()).await.is_ok(), "this login stays");
    assert_eq!(renewed.admin.csrf_token, login.admin.csrf_token, "and its forms");
    assert_eq!(shop.login_of(other.token.as_deref()).await.err(), Some(AppError::SessionExpired));
    let account = shop.account(&renewed).await.unwrap();
    assert_eq!((account.second_factor, account.setup.is_none()), (Some(10), true), "not shown again");
    assert!(shop.begin_factor(&renewed, PASSWORD, ADDRESS).await.is_err(), "there is one already");
}

#[tokio::test]
async fn neither_secret_nor_recovery_codes_stand_in_the_database() {
    let ina = Guarded::open().await;
    let stored = ina.shop.raw("users").find_one(doc! { "username": "ina" }).await.unwrap().unwrap();
    let text = stored.to_string();
    assert!(!text.contains(&ina.secret.replace(' ', "")));
    for code in &ina.recovery {
        assert!(!text.contains(code.as_str()) && !text.contains(&code.replace('-', "")), "{code}");
    }
}

#[tokio::test]
async fn the_password_alone_is_half_a_login() {
    let ina = Guarded::open().await;
    let shop = &ina.shop;
    assert_eq!(
        shop.log_in("ina", PASSWORD, ADDRESS).await.err(),
        Some(AppError::SecondFactor { wrong: false })
    );
    let Entered::Code(token) = shop.enter("ina", PASSWORD, ADDRESS).await.unwrap() else { panic!("let in") };
    assert!(shop.awaits_code(Some(&token)).await.unwrap());
    assert_eq!(shop.login_of(Some(&token)).await.err(), Some(AppError::SessionExpired), "no login yet");
    assert_eq!(shop.enter_code(None, &ina.code(0)).await.err(), Some(AppError::SessionExpired));
    assert_eq!(shop.enter_code(Some("x"), &ina.code(0)).await.err(), Some(AppError::SessionExpired));
    let login = shop.enter_code(Some(&token), &ina.code(0)).await.expect("in");
    assert!(shop.login_of(login.token.as_deref()).await.is_ok());
    let error = shop.enter_code(Some(&token), &ina.code(1)).await.err();
    assert_eq!(error, Some(AppError::SessionExpired), "one password, one login");
}

#[tokio::test]
async fn five_codes_for_a_password_and_five_minutes() {
    let ina = Guarded::open().await;
    let shop = &ina.shop;
    let Entered::Code(token) = shop.enter("ina", PASSWORD, ADDRESS).await.unwrap() else { panic!("let in") };
    for _ in 0..5 {
        assert_eq!(shop.enter_code(Some(&token), "nu-i-codul").await.err(), Some(WRONG));
    }
    assert!(!shop.awaits_code(Some(&token)).await.unwrap());
    assert_eq!(shop.enter_code(Some(&token), &ina.code(0)).await.err(), Some(AppError::SessionExpired));

    let Entered::Code(token) = shop.enter("ina", PASSWORD, ADDRESS).await.unwrap() else { panic!("let in") };
    let ended = doc! { "tries": 0_i64 };
    shop.set("login_steps", ended, doc! { "expires_at": DateTime::from_millis(now().0 - 1) }).await;
    assert_eq!(shop.enter_code(Some(&token), &ina.code(0)).await.err(), Some(AppError::SessionExpired));
}

#[tokio::test]
async fn ending_logins_ends_half_ones() {
    let ina = Guarded::open().await;
    let Entered::Code(token) = ina.shop.enter("ina", PASSWORD, ADDRESS).await.unwrap() else {
        panic!("let in")
    };
    ina.shop.end_logins("ina").await.unwrap();
    assert_eq!(ina.shop.enter_code(Some(&token), &ina.code(0)).await.err(), Some(AppError::SessionExpired));
}

#[tokio::test]
async fn a_step_serves_once_and_none_before_it() {
    let ina = Guarded::open().await;
    let typed = ina.code(0);
    assert!(ina.enter(&typed).await.is_ok());
    assert_eq!(ina.enter(&typed).await.err(), Some(WRONG));
    ina.last_step(now().0 / 1000 / 30 + 5).await;
    assert_eq!(ina.enter(&ina.code(0)).await.err(), Some(WRONG), "an older one");
    ina.last_step(0).await;
    assert_eq!(ina.enter(&ina.code(4)).await.err(), Some(WRONG), "too early");
    assert_eq!(ina.enter(&ina.code(-3)).await.err(), Some(WRONG), "too late");
}

#[tokio::test]
async fn the_code_that_confirms_opens_nothing_more() {
    let shop = TestShop::open().await;
    shop.create_admin("ina", PASSWORD).await.unwrap();
    let login = shop.log_in("ina", PASSWORD, ADDRESS).await.unwrap();
    shop.begin_factor(&login, PASSWORD, ADDRESS).await.unwrap();
    let secret = shop.account(&login).await.unwrap().setup.unwrap().secret;
    let typed = code(&secret, 0);
    shop.confirm_factor(&login, &typed).await.expect("confirmed");
    assert_eq!(shop.log_in_with("ina", PASSWORD, Some(&typed), ADDRESS).await.err(), Some(WRONG));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_at_once_with_one_code_one_gets_in() {
    let ina = Guarded::open().await;
    for typed in [ina.code(0), ina.recovery[0].clone()] {
        let outcomes = at_once(6, |_| {
            let (shop, typed) = (ina.shop.instance(), typed.clone());
            async move { shop.log_in_with("ina", PASSWORD, Some(&typed), ADDRESS).await.map(drop) }
        });
        let outcomes = outcomes.await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{typed} {outcomes:?}");
    }
}

#[tokio::test]
async fn a_recovery_code_serves_once_however_it_is_written() {
    let ina = Guarded::open().await;
    let typed = ina.recovery[3].to_uppercase().replace('-', " ");
    assert!(ina.enter(&typed).await.is_ok());
    assert_eq!(ina.enter(&ina.recovery[3]).await.err(), Some(WRONG));
    assert_eq!(ina.shop.account(&ina.login).await.unwrap().second_factor, Some(9));
}

#[tokio::test]
async fn wrong_codes_are_counted_for_the_account_wherever_they_come_from() {
    let (wrong, right, inside) = within_one_window(1800, async || {
        let ina = Guarded::open().await;
        let mut wrong = Vec::new();
        for number in 0..10 {
            let address = format!("198.51.100.{number}");
            wrong.push(ina.shop.log_in_with("ina", PASSWORD, Some("nu e"), &address).await.err());
        }
        let right = ina.shop.log_in_with("ina", PASSWORD, Some(&ina.code(0)), "203.0.113.9").await.err();
        (wrong, right, ina.shop.login_of(ina.login.token.as_deref()).await.is_ok())
    })
    .await;
    assert_eq!(wrong, vec![Some(WRONG); 10]);
    assert!(matches!(right, Some(AppError::RateLimited { .. })), "{right:?}");
    assert!(inside, "whoever is in stays in");
}

#[tokio::test]
async fn it_is_switched_off_with_password_and_code() {
    let ina = Guarded::open().await;
    let (shop, login) = (&ina.shop, &ina.login);
    let error = shop.drop_factor(login, "altceva, mult mai lung", &ina.code(0), ADDRESS).await;
    assert_eq!(error, Err(AppError::field("current", FieldError::Password)));
    assert_eq!(shop.drop_factor(login, PASSWORD, "nu e", ADDRESS).await, Err(WRONG));
    assert_eq!(shop.drop_factor(login, PASSWORD, &ina.code(0), ADDRESS).await, Ok(()));
    assert!(shop.log_in("ina", PASSWORD, ADDRESS).await.is_ok());
}

#[tokio::test]
async fn an_owner_or_the_terminal_takes_it_off_when_the_phone_is_lost() {
    let ina = Guarded::open().await;
    ina.shop.add_admin("ion", PASSWORD, Rights::Owner).await.unwrap();
    let ion = ina.shop.log_in("ion", PASSWORD, ADDRESS).await.unwrap();
    ina.shop.take_off_factor(&ion, &ina.login.id).await.unwrap();
    let error = ina.shop.login_of(ina.login.token.as_deref()).await.err();
    assert_eq!(error, Some(AppError::SessionExpired), "its logins end");
    assert!(ina.shop.log_in("ina", PASSWORD, ADDRESS).await.is_ok());
    assert_eq!(ina.shop.take_off_factor(&ion, &ion.id).await, Err(AppError::Forbidden), "not one's own");

    let ina = Guarded::open().await;
    assert_eq!(ina.shop.reset_factor("nobody").await, Ok(false));
    assert_eq!(ina.shop.reset_factor(" ina ").await, Ok(true));
    assert_eq!(ina.shop.reset_factor("ina").await, Ok(false));
    assert!(ina.shop.log_in("ina", PASSWORD, ADDRESS).await.is_ok());
}

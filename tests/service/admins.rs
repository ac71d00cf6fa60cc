use crate::harness::{TestShop, at_once, within_one_window};
use mongodb::bson::{DateTime, doc};
use vatra::{
    model::{
        account::{InviteForm, NewPassword},
        error::{AppError, Conflict, Missing},
        field::FieldError,
        session::Rights,
    },
    server::{clock::now, service::auth::Login, store::migrations},
};

const PASSWORD: &str = "coptorul cu lemne";
const NEW: &str = "cuptorul electric";
const ADDRESS: &str = "192.0.2.1";
const LAST: AppError = AppError::Conflict { conflict: Conflict::LastOwner };

async fn with(names: &[(&str, Rights)]) -> (TestShop, Vec<Login>) {
    let shop = TestShop::open().await;
    let mut logins = Vec::new();
    for (name, rights) in names {
        shop.add_admin(name, PASSWORD, *rights).await.unwrap();
        logins.push(shop.log_in(name, PASSWORD, ADDRESS).await.unwrap());
    }
    (shop, logins)
}

fn twice(password: &str) -> NewPassword {
    NewPassword { password: password.into(), again: password.into() }
}

fn invitation(username: &str, rights: &str) -> InviteForm {
    InviteForm { username: username.into(), rights: rights.into() }
}

async fn rights_of(shop: &TestShop, login: &Login) -> Option<Rights> {
    shop.login_of(login.token.as_deref()).await.ok().map(|login| login.admin.rights)
}

#[tokio::test]
async fn rights_count_from_the_next_request_on() {
    let (shop, logins) = with(&[("ina", Rights::Owner), ("ion", Rights::Staff)]).await;
    let [ina, ion] = &logins[..] else { panic!() };
    assert_eq!((ina.check_owner(), ion.check_owner()), (Ok(()), Err(AppError::Forbidden)));
    shop.set_rights(ina, &ion.id, Rights::Owner).await.unwrap();
    assert_eq!(rights_of(&shop, ion).await, Some(Rights::Owner));
    shop.set_rights(ina, &ion.id, Rights::Staff).await.unwrap();
    assert_eq!(rights_of(&shop, ion).await, Some(Rights::Staff));
    assert_eq!(shop.set_rights(ina, &ina.id, Rights::Staff).await, Err(AppError::Forbidden), "not one's own");
}

#[tokio::test]
async fn a_removed_admin_is_out_at_once() {
    let (shop, logins) = with(&[("ina", Rights::Owner), ("ion", Rights::Owner)]).await;
    let [ina, ion] = &logins[..] else { panic!() };
    assert_eq!(shop.remove_admin(ina, &ina.id).await, Err(AppError::Forbidden));
    shop.remove_admin(ina, &ion.id).await.unwrap();
    assert_eq!(rights_of(&shop, ion).await, None);
    assert_eq!(shop.log_in("ion", PASSWORD, ADDRESS).await.err(), Some(AppError::InvalidCredentials));
    assert_eq!(shop.remove_admin(ina, &ion.id).await, Err(AppError::missing(Missing::Admin)));
    assert_eq!(shop.set_rights(ina, &ion.id, Rights::Owner).await, Err(AppError::missing(Missing::Admin)));
}

#[tokio::test]
async fn a_customer_is_nobody_to_remove() {
    let (shop, logins) = with(&[("ina", Rights::Owner)]).await;
    shop.proved("+40722123456").await;
    let customer = shop.raw("users").find_one(doc! { "role": "customer" }).await.unwrap().unwrap();
    let id = vatra::model::ids::UserId::parse(&customer.get_object_id("_id").unwrap().to_hex()).unwrap();
    assert_eq!(shop.remove_admin(&logins[0], &id).await, Err(AppError::missing(Missing::Admin)));
    assert_eq!(shop.set_rights(&logins[0], &id, Rights::Owner).await, Err(AppError::missing(Missing::Admin)));
}

/// Two owners who throw each other out at the same moment: one of them stays.
#[tokio::test(flavor = "multi_thread")]
async fn there_is_always_an_owner() {
    for round in 0..6 {
        let (shop, logins) = with(&[("ina", Rights::Owner), ("ion", Rights::Owner)]).await;
        let ids = [logins[1].id.clone(), logins[0].id.clone()];
        let tokens: Vec<_> = logins.iter().map(|login| login.token.clone()).collect();
        let outcomes = at_once(2, |number| {
            let (shop, token, other) = (shop.instance(), tokens[number].clone(), ids[number].clone());
            async move {
                let login = shop.login_of(token.as_deref()).await?;
                match round % 2 {
                    0 => shop.remove_admin(&login, &other).await,
                    _ => shop.set_rights(&login, &other, Rights::Staff).await,
                }
            }
        });
        let outcomes = outcomes.await;
        let owners = doc! { "role": "admin", "rights": "owner" };
        let left = shop.raw("users").count_documents(owners).await.unwrap();
        assert_eq!(left, 1, "round {round}: {outcomes:?}");
        let refused = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        for error in refused {
            assert!(
                [LAST, AppError::SessionExpired, AppError::missing(Missing::Admin)].contains(error),
                "{error}"
            );
        }
    }
}

#[tokio::test]
async fn whoever_was_an_admin_before_there_were_rights_is_an_owner() {
    let (shop, logins) = with(&[("ina", Rights::Staff)]).await;
    // What a server of before has stored.
    let users = shop.raw("users");
    shop.store.database().run_command(doc! { "collMod": "users", "validator": {} }).await.unwrap();
    users.update_one(doc! { "username": "ina" }, doc! { "$unset": { "rights": "" } }).await.unwrap();
    migrations::run_again(shop.store.database()).await.unwrap();
    assert_eq!(rights_of(&shop, &logins[0]).await, Some(Rights::Owner));
}

#[tokio::test]
async fn an_invitation_opens_once_and_makes_what_it_says() {
    let (shop, logins) = with(&[("ina", Rights::Owner)]).await;
    let token = shop.invite(&invitation(" maria ", "staff"), "ina").await.unwrap();
    assert_eq!(token.len(), 43, "256 bits");
    let stored = shop.raw("invitations").find_one(doc! {}).await.unwrap().unwrap();
    assert!(!stored.to_string().contains(&token));
    let said = shop.invitation(&token, ADDRESS).await.unwrap();
    assert_eq!(
        (said.username.as_str(), said.rights, said.invited_by.as_str()),
        ("maria", Rights::Staff, "ina")
    );

    let short = shop.accept_invitation(&token, &twice("scurtă"), ADDRESS).await;
    assert_eq!(short, Err(AppError::field("password", FieldError::TooShort { min: 10 })));
    let differs = NewPassword { password: PASSWORD.into(), again: NEW.into() };
    let differs = shop.accept_invitation(&token, &differs, ADDRESS).await;
    assert_eq!(differs, Err(AppError::field("again", FieldError::Differs)));
    shop.accept_invitation(&token, &twice(NEW), ADDRESS).await.unwrap();
    let maria = shop.log_in("maria", NEW, ADDRESS).await.unwrap();
    assert_eq!(maria.admin.rights, Rights::Staff);
    let gone = Err(AppError::missing(Missing::Invitation));
    assert_eq!(shop.accept_invitation(&token, &twice(NEW), ADDRESS).await, gone);
    assert_eq!(shop.invited().await.unwrap(), []);
    let rows = shop.admin_rows(&logins[0]).await.unwrap();
    let own: Vec<_> = rows.iter().map(|row| (row.username.as_str(), row.own)).collect();
    assert_eq!(own, [("ina", true), ("maria", false)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_who_open_it_at_once_one_gets_the_account() {
    let (shop, _) = with(&[("ina", Rights::Owner)]).await;
    let token = shop.invite(&invitation("maria", "owner"), "ina").await.unwrap();
    let outcomes = at_once(4, |_| {
        let (shop, token) = (shop.instance(), token.clone());
        async move { shop.accept_invitation(&token, &twice(NEW), ADDRESS).await }
    });
    let outcomes = outcomes.await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    assert_eq!(shop.raw("users").count_documents(doc! { "username": "maria" }).await.unwrap(), 1);
}

#[tokio::test]
async fn an_invitation_ends_by_itself_by_hand_and_by_another_one() {
    let (shop, _) = with(&[("ina", Rights::Owner)]).await;
    let first = shop.invite(&invitation("maria", "owner"), "ina").await.unwrap();
    let second = shop.invite(&invitation("maria", "staff"), "ina").await.unwrap();
    let gone = Err(AppError::missing(Missing::Invitation));
    assert_eq!(shop.invitation(&first, ADDRESS).await, gone, "another one took its place");
    let [open] = shop.invited().await.unwrap().try_into().unwrap();
    assert_eq!(open.rights, Rights::Staff);
    shop.set("invitations", doc! {}, doc! { "expires_at": DateTime::from_millis(now().0 - 1) }).await;
    assert_eq!(shop.invitation(&second, ADDRESS).await, gone);
    assert_eq!(shop.accept_invitation(&second, &twice(NEW), ADDRESS).await, gone.map(drop));
    let third = shop.invite(&invitation("maria", "staff"), "ina").await.unwrap();
    let [open] = shop.invited().await.unwrap().try_into().unwrap();
    shop.withdraw_invitation(&open.id).await.unwrap();
    assert!(shop.invitation(&third, ADDRESS).await.is_err());
    assert_eq!(shop.withdraw_invitation(&open.id).await, Err(AppError::missing(Missing::Invitation)));
}

#[tokio::test]
async fn a_name_that_is_taken_is_not_invited() {
    let (shop, _) = with(&[("ina", Rights::Owner)]).await;
    let taken = AppError::Conflict { conflict: Conflict::Duplicate { field: "username".into() } };
    assert_eq!(shop.invite(&invitation("ina", "staff"), "ina").await, Err(taken.clone()));
    let token = shop.invite(&invitation("maria", "staff"), "ina").await.unwrap();
    shop.create_admin("maria", PASSWORD).await.unwrap();
    assert_eq!(shop.accept_invitation(&token, &twice(NEW), ADDRESS).await, Err(taken));
    assert!(shop.log_in("maria", PASSWORD, ADDRESS).await.is_ok(), "the account is as it was");
}

#[tokio::test]
async fn invitations_cannot_be_guessed_at_will() {
    let last = within_one_window(300, async || {
        let shop = TestShop::open().await;
        let mut last = Ok(());
        for _ in 0..61 {
            last = shop.invitation("x", ADDRESS).await.map(drop);
        }
        last
    })
    .await;
    assert!(matches!(last, Err(AppError::RateLimited { .. })), "{last:?}");
}

#[tokio::test]
async fn ones_own_password_is_changed_with_the_old_one_and_this_login_stays() {
    let (shop, logins) = with(&[("ina", Rights::Staff)]).await;
    let (this, other) = (&logins[0], shop.log_in("ina", PASSWORD, ADDRESS).await.unwrap());
    let wrong = shop.change_own_password(this, "nu e parola", &twice(NEW), ADDRESS).await.err();
    assert_eq!(wrong, Some(AppError::field("old", FieldError::Password)));
    let short = shop.change_own_password(this, PASSWORD, &twice("scurtă"), ADDRESS).await.err();
    assert_eq!(short, Some(AppError::field("password", FieldError::TooShort { min: 10 })));
    let renewed = shop.change_own_password(this, PASSWORD, &twice(NEW), ADDRESS).await.unwrap();
    assert!(shop.login_of(renewed.token.as_deref()).await.is_ok());
    assert_eq!(renewed.admin, this.admin, "its forms go on to count");
    assert_eq!(rights_of(&shop, &other).await, None);
    assert_eq!(rights_of(&shop, this).await, None, "the old token of this browser, too");
    assert!(shop.log_in("ina", NEW, ADDRESS).await.is_ok());
    assert_eq!(shop.log_in("ina", PASSWORD, ADDRESS).await.err(), Some(AppError::InvalidCredentials));
}

#[tokio::test]
async fn the_old_password_cannot_be_guessed_at_will() {
    let next = within_one_window(300, async || {
        let (shop, logins) = with(&[("ina", Rights::Staff)]).await;
        for _ in 0..10 {
            let _ = shop.change_own_password(&logins[0], &"x".repeat(1001), &twice(NEW), ADDRESS).await;
        }
        shop.change_own_password(&logins[0], PASSWORD, &twice(NEW), ADDRESS).await.err()
    })
    .await;
    assert!(matches!(next, Some(AppError::RateLimited { .. })), "{next:?}");
}

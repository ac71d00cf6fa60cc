//! Asking Twilio about the account, as `vatra doctor` does.

use super::{
    account,
    server::{Behaviour, LocalTwilio, nobody},
};
use vatra::server::{
    config::Twilio,
    sms::twilio::account::{Standing, look},
};

async fn standing(behaviour: Behaviour) -> Standing {
    let twilio = LocalTwilio::start(behaviour).await;
    look(&account(&twilio.base_url)).await
}

#[tokio::test]
async fn an_account_is_active_on_trial_or_stopped() {
    let of = |status, kind| standing(Behaviour::Account { status, kind });
    assert_eq!(of("active", "Full").await, Standing::Active { trial: false });
    assert_eq!(of("active", "Trial").await, Standing::Active { trial: true });
    assert_eq!(of("suspended", "Full").await, Standing::Stopped("suspended".into()));
    assert_eq!(of("closed", "Full").await, Standing::Stopped("closed".into()));
}

#[tokio::test]
async fn a_wrong_secret_or_account_is_refused() {
    let twilio = LocalTwilio::start(Behaviour::Honest).await;
    let right = account(&twilio.base_url);
    let wrong_token = Twilio { auth_token: "another".into(), ..right.clone() };
    let wrong_account = Twilio { account_sid: format!("AC{}", "b".repeat(32)), ..right };
    assert_eq!(look(&wrong_token).await, Standing::Refused(401));
    assert_eq!(look(&wrong_account).await, Standing::Refused(401));
}

#[tokio::test]
async fn what_is_not_known_is_said_without_the_account() {
    let (base_url, _socket) = nobody();
    let Standing::Unknown(why) = look(&account(&base_url)).await else { panic!("nobody answers") };
    assert!(!why.contains("AC") && !why.contains("127.0.0.1"), "{why}");
}

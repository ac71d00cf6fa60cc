//! Who sends the SMS: are the account and its secret right, and may it send?

use super::Finding;
use crate::server::{
    config::SmsBackend,
    sms::twilio::account::{self, Standing},
};

const ABOUT: &str = "SMS";

pub(super) async fn look(backend: &SmsBackend) -> Finding {
    let twilio = match backend {
        SmsBackend::Console { outbox: None } => return Finding::good(ABOUT, "console: codes go to the log"),
        SmsBackend::Console { outbox: Some(file) } => {
            return Finding::good(ABOUT, format!("console: codes go to the log and to {}", file.display()));
        }
        SmsBackend::Twilio(twilio) => twilio,
    };
    match account::look(twilio).await {
        Standing::Active { trial: false } => {
            Finding::good(ABOUT, "Twilio knows the account, and it is active")
        }
        Standing::Active { trial: true } => Finding::doubtful(
            ABOUT,
            "the account at Twilio is a trial: it sends to verified numbers only",
            "Upgrade it in Twilio's console before customers order.",
        ),
        Standing::Stopped(status) => Finding::wrong(
            ABOUT,
            format!("the account at Twilio is {status}"),
            "Open it again in Twilio's console; most often its balance is empty.",
        ),
        Standing::Refused(status) => Finding::wrong(
            ABOUT,
            format!("Twilio refuses the account ({status})"),
            "Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN from Twilio's console again.",
        ),
        Standing::Unknown(why) => Finding::doubtful(
            ABOUT,
            format!("Twilio could not be asked: {why}"),
            "Try again; if it stays so, see that this machine may reach api.twilio.com on port 443.",
        ),
    }
}

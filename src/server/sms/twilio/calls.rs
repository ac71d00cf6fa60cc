//! Calls that tell a code: operation `CreateCall` of Twilio's OpenAPI, with what is said as TwiML
//! (<https://www.twilio.com/docs/voice/twiml/say>).

use super::{
    super::{SmsError, Spoken},
    Accepted,
    connection::Connection,
};
use crate::model::{locale::Locale, text};
use reqwest::Url;

/// How long it rings, in seconds: what nobody answers in this time goes to a mailbox.
const RINGS: &str = "25";

/// How often the code is said: who picks up is not ready to write the first time.
const SAID: usize = 3;

/// Places one.
pub(super) async fn place(
    connection: &Connection,
    url: &Url,
    caller: &str,
    call: &Spoken<'_>,
) -> Result<Accepted, SmsError> {
    let says = twiml(call.code, call.l);
    let mut form = vec![("To", call.to.as_str()), ("From", caller), ("Twiml", &says), ("Timeout", RINGS)];
    // Without `StatusCallbackEvent` Twilio tells how the call ended, and nothing before.
    form.extend(call.report_to.map(|address| ("StatusCallback", address)));
    connection.post(url, &form, call.code).await
}

/// What is said. Digits stand apart, as a number of four digits would be read as one number.
fn twiml(code: &str, l: Locale) -> String {
    let digits: Vec<String> = code.chars().map(|digit| digit.to_string()).collect();
    let sentence = text::sms::call(l, digits.join(", "));
    let say =
        format!("<Say language=\"{}\" voice=\"{}\">{}</Say>", language(l), voice(l), escaped(&sentence));
    format!("<Response><Pause length=\"1\"/>{}</Response>", vec![say; SAID].join("<Pause length=\"1\"/>"))
}

const fn language(l: Locale) -> &'static str {
    match l {
        Locale::Ro => "ro-RO",
        Locale::En => "en-GB",
    }
}

/// Voices of Amazon Polly, which Twilio has for both languages; its own speak no Romanian.
const fn voice(l: Locale) -> &'static str {
    match l {
        Locale::Ro => "Polly.Carmen",
        Locale::En => "Polly.Amy",
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_are_said_one_by_one_three_times() {
        for l in Locale::ALL {
            let twiml = twiml("0471", l);
            assert_eq!(twiml.matches("0, 4, 7, 1").count(), SAID, "{twiml}");
            assert!(!twiml.contains("0471") && twiml.starts_with("<Response>"), "{twiml}");
            assert_eq!(twiml.matches("<Say ").count(), twiml.matches("</Say>").count());
        }
    }

    #[test]
    fn what_is_said_is_xml() {
        assert_eq!(escaped("Pâine & <vin>"), "Pâine &amp; &lt;vin&gt;");
    }
}

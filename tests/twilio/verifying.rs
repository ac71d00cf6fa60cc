//! What the local Twilio does as Verify: a code lives for a number, goes out at most five times and is checked
//! at most five times (<https://www.twilio.com/docs/verify/api/rate-limits-and-timeouts>).

use super::contract::{Asked, Form, Refusal, is_e164, value};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard},
};

const MOST: u32 = 5;

struct Pending {
    to: String,
    code: String,
    sends: u32,
    checks: u32,
}

/// All that wait, by their SID.
#[derive(Default)]
pub struct Verifications(Mutex<HashMap<String, Pending>>);

impl Verifications {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Pending>> {
        self.0.lock().unwrap()
    }

    pub fn code_for(&self, to: &str) -> String {
        self.lock().values().find(|pending| pending.to == to).expect("a verification").code.clone()
    }

    pub fn begin(&self, form: &Form) -> Result<Value, Refusal> {
        let field = |name| value(form, name).unwrap_or_default();
        let (to, channel) = (field("To"), field("Channel"));
        if !is_e164(to) || !matches!(channel, "sms" | "call") {
            return Err(Refusal::new(400, 60200, format!("Invalid parameter: {to} {channel}")));
        }
        let mut all = self.lock();
        let count = all.len();
        let known = all.iter().find(|(_, pending)| pending.to == to).map(|(sid, _)| sid.clone());
        let sid = known.unwrap_or_else(|| format!("VE{:032x}", count + 1));
        let new = || Pending { to: to.to_owned(), code: format!("{:04}", 4711 + count), sends: 0, checks: 0 };
        let pending = all.entry(sid.clone()).or_insert_with(new);
        if pending.sends == MOST {
            return Err(Refusal::new(429, 60203, "Max send attempts reached"));
        }
        pending.sends += 1;
        let mut begun = Asked::Verification.created();
        begun["sid"] = json!(sid);
        begun["to"] = json!(to);
        begun["channel"] = json!(channel);
        Ok(begun)
    }

    pub fn check(&self, form: &Form) -> Result<Value, Refusal> {
        let (to, sid) = (value(form, "To"), value(form, "VerificationSid"));
        let Some(code) = value(form, "Code").filter(|_| to.is_some() || sid.is_some()) else {
            return Err(Refusal::new(400, 60200, "Missing parameter"));
        };
        let mut all = self.lock();
        let found = all.iter().find(|(id, pending)| match sid {
            Some(sid) => id.as_str() == sid,
            None => to == Some(pending.to.as_str()),
        });
        let Some(sid) = found.map(|(sid, _)| sid.clone()) else {
            return Err(Refusal::new(404, 20404, "The requested resource was not found"));
        };
        let pending = all.get_mut(&sid).expect("just found");
        if pending.checks == MOST {
            return Err(Refusal::new(429, 60202, "Max check attempts reached"));
        }
        pending.checks += 1;
        let right = pending.code == code;
        let mut checked = Asked::Check.created();
        checked["sid"] = json!(sid);
        checked["to"] = json!(pending.to);
        checked["status"] = json!(if right { "approved" } else { "pending" });
        checked["valid"] = json!(right);
        if right {
            all.remove(&sid);
        }
        Ok(checked)
    }
}

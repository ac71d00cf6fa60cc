//! Stands for the SMS provider, which is not ours: keeps what would be sent, or refuses.

use async_trait::async_trait;
use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};
use vatra::{
    model::phone::Phone,
    server::sms::{Handed, Outgoing, Sms, SmsError, Spoken},
};

#[derive(Default)]
pub struct Recorder {
    sent: Mutex<Vec<(Phone, String)>>,
    broken: AtomicBool,
    speaks: AtomicBool,
    calls: Mutex<Vec<(Phone, String)>>,
}

impl Recorder {
    /// From now on nothing can be sent, or everything again.
    pub fn set_broken(&self, broken: bool) {
        self.broken.store(broken, Ordering::SeqCst);
    }

    /// From now on it can call, too.
    pub fn set_speaking(&self) {
        self.speaks.store(true, Ordering::SeqCst);
    }

    /// The code in the last call to a number.
    pub fn told(&self, phone: &Phone) -> String {
        let calls = self.calls.lock().unwrap();
        calls.iter().rev().find(|(to, _)| to == phone).expect("a call").1.clone()
    }

    /// How many calls were made.
    pub fn calls_made(&self) -> usize {
        self.calls.lock().unwrap().len()
    }

    /// How many messages were sent.
    pub fn count(&self) -> usize {
        self.sent.lock().unwrap().len()
    }

    /// The last message to a number.
    pub fn last(&self, phone: &Phone) -> String {
        let sent = self.sent.lock().unwrap();
        sent.iter().rev().find(|(to, _)| to == phone).expect("a message").1.clone()
    }

    /// The code in the last message to a number.
    pub fn code_for(&self, phone: &Phone) -> String {
        let sent = self.sent.lock().unwrap();
        let (_, body) = sent.iter().rev().find(|(to, _)| to == phone).expect("a message");
        let mut numbers = body.split(|sign: char| !sign.is_ascii_digit());
        numbers.find(|number| (4..=8).contains(&number.len())).expect("a code in the message").to_owned()
    }
}

#[async_trait]
impl Sms for Recorder {
    async fn hand_over(&self, message: &Outgoing<'_>) -> Result<Handed, SmsError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(SmsError::Unavailable("switched off by the test".into()));
        }
        let mut sent = self.sent.lock().unwrap();
        sent.push((message.to.clone(), message.body.to_owned()));
        Ok(Handed { sid: Some(format!("SM{:032x}", sent.len())) })
    }

    fn calls(&self) -> bool {
        self.speaks.load(Ordering::SeqCst)
    }

    async fn call(&self, call: &Spoken<'_>) -> Result<Handed, SmsError> {
        if self.broken.load(Ordering::SeqCst) {
            return Err(SmsError::Unavailable("switched off by the test".into()));
        }
        let mut calls = self.calls.lock().unwrap();
        calls.push((call.to.clone(), call.code.to_owned()));
        Ok(Handed { sid: Some(format!("CA{:032x}", calls.len())) })
    }
}

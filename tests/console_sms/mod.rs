//! The sender of development and tests: its outbox is read by other tests, so it must be whole.

use serde::Deserialize;
use std::{collections::BTreeSet, fs, path::Path};
use vatra::{
    model::phone::Phone,
    server::sms::{Sms, SmsError, console::Console},
};

/// One line of the outbox, with these fields and no others.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    to: String,
    body: String,
    at: String,
}

fn phone() -> Phone {
    Phone::from_e164("+40722123456").unwrap()
}

fn lines(outbox: &Path) -> Vec<Line> {
    let text = fs::read_to_string(outbox).unwrap();
    assert!(text.ends_with('\n'), "the last line is whole");
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

#[tokio::test]
async fn each_message_is_one_line_of_json() {
    let directory = tempfile::tempdir().unwrap();
    let outbox = directory.path().join("outbox.jsonl");
    let console = Console::new(Some(outbox.clone()));
    let bodies = ["Codul tău: 0042", "two\nlines, \"quoted\"\\ and a \u{7} bell", ""];
    let before = jiff::Timestamp::now().as_second();
    for body in bodies {
        console.send(&phone(), body).await.unwrap();
    }
    let after = jiff::Timestamp::now().as_second();

    let lines = lines(&outbox);
    assert_eq!(lines.iter().map(|line| line.body.as_str()).collect::<Vec<_>>(), bodies);
    for line in lines {
        assert_eq!(line.to, "+40722123456");
        let at: jiff::Timestamp = line.at.parse().expect("RFC 3339");
        assert!((before..=after).contains(&at.as_second()), "{at}");
        assert!(line.at.ends_with('Z') && line.at.len() == 20, "{}", line.at);
    }
}

/// Two senders, as of two instances of the server, and lines longer than a pipe would keep whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_messages_at_once_are_twenty_whole_lines() {
    let directory = tempfile::tempdir().unwrap();
    let outbox = directory.path().join("outbox.jsonl");
    let senders = [0, 1].map(|_| std::sync::Arc::new(Console::new(Some(outbox.clone()))));
    let sent: BTreeSet<String> = (0..20).map(|i| format!("{i:02} {}", "șț".repeat(2000 + i))).collect();
    let sends = sent.iter().cloned().enumerate().map(|(i, body)| {
        let console = senders[i % 2].clone();
        tokio::spawn(async move { console.send(&phone(), &body).await })
    });
    for send in futures::future::join_all(sends).await {
        assert_eq!(send.unwrap(), Ok(()));
    }
    let lines = lines(&outbox);
    assert_eq!(lines.len(), 20);
    assert_eq!(lines.into_iter().map(|line| line.body).collect::<BTreeSet<_>>(), sent);
}

#[tokio::test]
async fn an_outbox_is_added_to_and_not_begun_anew() {
    let directory = tempfile::tempdir().unwrap();
    let outbox = directory.path().join("outbox.jsonl");
    for body in ["before the restart", "after the restart"] {
        Console::new(Some(outbox.clone())).send(&phone(), body).await.unwrap();
    }
    assert_eq!(lines(&outbox).len(), 2);
}

#[tokio::test]
async fn without_an_outbox_the_log_is_enough() {
    assert_eq!(Console::new(None).send(&phone(), "4711").await, Ok(()));
}

#[tokio::test]
async fn an_outbox_that_cannot_be_written_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let outbox = directory.path().join("no such directory").join("outbox.jsonl");
    match Console::new(Some(outbox)).send(&phone(), "4711").await {
        Err(SmsError::Misconfigured(words)) => assert!(words.starts_with("SMS_OUTBOX"), "{words}"),
        other => panic!("{other:?}"),
    }
}

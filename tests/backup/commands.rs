//! The commands as they are typed.

use super::{Vault, contents, database, faults, scene};
use crate::harness::Settings;
use mongodb::bson::doc;
use std::{
    collections::BTreeSet,
    fs,
    os::unix::process::ExitStatusExt,
    process::{Command, Output},
};
use vatra::server::{
    clock::now,
    store::{connect::connect, progress::BACKUP},
};

fn vatra(settings: &Settings, more: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vatra"));
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.envs(settings.iter().map(|(name, value)| (name, value))).envs(more.iter().copied());
    command.output().expect("the program")
}

fn said(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// It has done it.
fn done(output: Output) -> Output {
    assert!(output.status.success(), "{}", said(&output));
    output
}

/// It has refused with this in its one sentence.
fn refused(output: &Output, with: &str) {
    assert_eq!(output.status.code(), Some(1), "{}", said(output));
    assert!(said(output).contains(with), "{}", said(output));
}

fn names(folder: &std::path::Path) -> BTreeSet<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[tokio::test]
async fn a_shop_moves_and_tells_nobody_what_is_in_it() {
    let (shop, vault) = (scene("gridfs").await, Vault::new());
    let settings = shop.environment();
    let (key, file) = (vault.path("made"), vault.path("shop.age"));
    let (key, file) = (key.to_str().unwrap(), file.to_str().unwrap());
    let made = done(vatra(&settings, &[], &["backup-key", key]));
    let recipient = String::from_utf8(made.stdout).unwrap();
    refused(&vatra(&settings, &[], &["backup-key", key]), "made");
    refused(&vatra(&settings, &[], &["backup", "--to", file]), "VATRA_BACKUP_RECIPIENT");
    let set = [("VATRA_BACKUP_RECIPIENT", recipient.trim())];
    let taken = done(vatra(&settings, &set, &["backup", "--to", file]));
    refused(&vatra(&settings, &set, &["backup", "--to", file]), "there already");
    // The doctor and the figures tell how old the last one is.
    let until = shop.store.progress.of(BACKUP).await.unwrap();
    assert!(now().seconds_since(until) < 600, "{until:?}");
    let drilled = done(vatra(&settings, &[], &["drill", file, "--identity", key]));
    // Into the shop itself: refused, and nothing is changed.
    let before = contents(shop.store.database()).await;
    let again = vatra(&settings, &[], &["restore", file, "--identity", key]);
    refused(&again, "not empty");
    assert_eq!(contents(shop.store.database()).await, before);
    // With the flag it is as it was, whatever happened since.
    shop.raw("orders").delete_many(doc! {}).await.unwrap();
    let replaced = done(vatra(&settings, &[], &["restore", file, "--identity", key, "--replace"]));
    assert_eq!(contents(shop.store.database()).await["orders"], before["orders"]);
    assert_eq!(faults(&shop.config).await, []);
    let bytes = fs::read(file).unwrap();
    for output in [&taken, &drilled, &again, &replaced] {
        assert!(!said(output).contains("Ana Pop") && !said(output).contains("+40722"), "{}", said(output));
    }
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    assert!(!holds(b"Ana Pop") && !holds(b"+40722") && !holds(b"orders") && holds(b"age-encryption.org"));
}

#[tokio::test]
async fn retention_removes_its_own_old_files_alone() {
    let (shop, vault) = (scene("folder").await, Vault::new());
    let settings = shop.environment();
    let folder = vault.path("backups");
    fs::create_dir(&folder).unwrap();
    let old = ["vatra-20200101T000000Z.backup.age", "vatra-20200108T000000Z.backup.age"];
    let others = ["notes.txt", "vatra-20200101.backup.age", "other-20200101T000000Z.backup.age"];
    for name in old.iter().chain(&others) {
        fs::write(folder.join(name), "").unwrap();
    }
    let set = [
        ("VATRA_BACKUP_RECIPIENT", vault.recipient.as_str()),
        ("VATRA_BACKUP_DIR", folder.to_str().unwrap()),
    ];
    // One that fails removes nothing.
    let broken = [set[0], set[1], ("MONGODB_URI", "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200")];
    assert_eq!(vatra(&settings, &broken, &["backup", "--keep-days", "1"]).status.code(), Some(1));
    assert_eq!(names(&folder).len(), 5);
    done(vatra(&settings, &set, &["backup", "--keep-days", "1", "--keep-weeks", "2"]));
    let left = names(&folder);
    assert!(!left.contains(old[0]) && left.contains(old[1]), "{left:?}");
    assert!(others.iter().all(|name| left.contains(*name)) && left.len() == 5, "{left:?}");
    let nowhere = vault.path("nowhere");
    let set = [set[0], ("VATRA_BACKUP_DIR", nowhere.to_str().unwrap())];
    refused(&vatra(&settings, &set, &["backup"]), "no folder");
    refused(
        &vatra(&settings, &set, &["backup", "--to", nowhere.to_str().unwrap(), "--keep-days", "1"]),
        "folder",
    );
    assert!(!nowhere.exists());
}

#[tokio::test]
async fn a_restore_that_was_killed_keeps_the_shop_shut() {
    let (shop, vault) = (scene("folder").await, Vault::new());
    let file = vault.backup(&shop).await;
    let (file, key) = (file.to_str().unwrap(), vault.path("key"));
    let arguments = ["restore", file, "--identity", key.to_str().unwrap()];
    let other = vault.elsewhere(&shop);
    let mut settings = shop.environment();
    settings.push(("MONGODB_DB".into(), other.database_name.clone()));
    settings.push(("LEPTOS_SITE_ADDR".into(), "127.0.0.1:0".into()));
    for step in ["restore.emptied", "restore.filled"] {
        let killed = vatra(&settings, &[("VATRA_FAILPOINT", step)], &arguments);
        assert_eq!(killed.status.signal(), Some(9), "{step}: {}", said(&killed));
        let refusal =
            connect(crate::harness::database_uri().await, &other.database_name).await.err().unwrap();
        assert!(refusal.0.contains("restore"), "{refusal}");
        refused(&vatra(&settings, &[], &["serve"]), "vatra restore again");
        let set = [("VATRA_BACKUP_RECIPIENT", vault.recipient.as_str())];
        let to = vault.path("half.age");
        refused(&vatra(&settings, &set, &["backup", "--to", to.to_str().unwrap()]), "vatra restore again");
        assert!(!to.exists());
    }
    // No flag: what is there is nobody's.
    done(vatra(&settings, &[], &arguments));
    assert_eq!(
        contents(&database(&other).await).await["orders"],
        contents(shop.store.database()).await["orders"]
    );
    assert_eq!(faults(&other).await, []);
    assert!(connect(crate::harness::database_uri().await, &other.database_name).await.is_ok());
}

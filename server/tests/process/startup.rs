//! Bad starts say what is wrong and what to do, and leave with a non-zero code.

use crate::portal::{Portal, kotae, run};
use std::net::TcpListener;
use std::time::Duration;

#[test]
fn it_answers_and_stops_politely_on_sigterm() {
    let folder = tempfile::tempdir().unwrap();
    let portal = Portal::start(folder.path(), &[]);
    assert_eq!(portal.get("/healthz").unwrap().0, 200);
    assert_eq!(portal.get("/readyz").unwrap().0, 200);
    assert_eq!(portal.get("/no/such/page").unwrap().0, 404);
    assert!(portal.stop());
}

#[test]
fn it_says_that_it_waits_for_the_database_and_can_be_stopped_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let nobody = format!("postgres://nobody@{}/none", free());
    let portal = Portal::start_at(free().to_string(), folder.path(), &["--database-url", &nobody]);
    let answer = (0..200).find_map(|_| {
        std::thread::sleep(Duration::from_millis(50));
        portal.get("/readyz")
    });
    let (status, _, missing) = answer.expect("it answers though the database does not");
    assert_eq!((status, missing.as_str()), (503, "database\n"));
    assert_eq!(portal.get("/healthz").unwrap().0, 200);
    let (status, head, words) = portal.get("/ja").unwrap();
    assert!(status == 503 && head.contains("retry-after: 5") && words.contains("準備中"), "{head} {words}");
    assert!(portal.stop());
}

#[test]
fn a_port_in_use_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let output = run(&["serve", "--addr", &addr], folder.path());
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(message.contains(&addr) && message.contains("--addr"), "{message}");
}

#[test]
fn a_second_process_on_one_folder_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let portal = Portal::start(folder.path(), &[]);
    let output = run(&["serve", "--addr", "127.0.0.1:0"], folder.path());
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(message.contains(&format!("process {}", portal.id())), "{message}");
    assert_eq!(portal.get("/healthz").unwrap().0, 200);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    std::fs::write(&file, "not a folder").unwrap();
    let output = run(&["serve"], &file.join("data"));
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(message.contains("cannot be written") && message.contains("--data"), "{message}");
}

#[test]
fn an_unknown_key_is_answered_with_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    let output =
        kotae().arg("serve").env("KOTAE_SMTP_HOSTS", "x").current_dir(folder.path()).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success());
    assert!(message.contains("KOTAE_SMTP_HOST?"), "{message}");
}

#[test]
fn a_backup_is_taken_while_it_runs_and_restored_into_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("portal.zip");
    let portal = Portal::start(&folder.path().join("one"), &[]);
    let backup = run(&["backup", file.to_str().unwrap()], &folder.path().join("one"));
    assert!(backup.status.success(), "{}", String::from_utf8_lossy(&backup.stderr));
    let first = std::fs::read(&file).unwrap();
    let again = run(&["backup", file.to_str().unwrap()], &folder.path().join("one"));
    assert!(!again.status.success());
    assert!(String::from_utf8_lossy(&again.stderr).contains("--force"));
    assert_eq!(std::fs::read(&file).unwrap(), first, "the older backup is untouched");
    let forced = run(&["backup", "--force", file.to_str().unwrap()], &folder.path().join("one"));
    assert!(forced.status.success(), "{}", String::from_utf8_lossy(&forced.stderr));
    assert!(portal.stop());
    let restore = run(&["restore", file.to_str().unwrap()], &folder.path().join("two"));
    assert!(restore.status.success(), "{}", String::from_utf8_lossy(&restore.stderr));
    let broken = folder.path().join("broken.zip");
    std::fs::write(&broken, "PK not really").unwrap();
    let refused = run(&["restore", broken.to_str().unwrap()], &folder.path().join("three"));
    assert!(!refused.status.success());
    assert!(String::from_utf8_lossy(&refused.stderr).contains("not a Kotae backup"));
    assert!(Portal::start(&folder.path().join("two"), &[]).stop());
}

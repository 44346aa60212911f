//! Requests are numbered and made once, whatever happens at the same time.

use crate::desk::{NewRequest, open_request, requests_of};
use crate::storage::{all, value};
use crate::testing::{Cast, TestDb, db_test};
use crate::testing::{open, question};

db_test!(
    async fn requests_sent_at_once_are_numbered_without_gaps_or_doubles(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut senders = Vec::new();
        for n in 0..24 {
            let (app, customer) = (app.clone(), cast.penny.clone());
            senders.push(tokio::spawn(async move {
                let mut tx = app.db.begin().await?;
                open_request(&app, &mut tx, question(&app, &customer, "At once", "Many people ask.")).await?;
                // Every third is rolled back: its number must be used by another.
                if n % 3 != 0 {
                    tx.commit().await?;
                }
                anyhow::Ok(())
            }));
        }
        for sender in senders {
            sender.await??;
        }
        let mut conn = app.db.read().await?;
        let numbers = all!(conn, (i64,), "SELECT number FROM request ORDER BY number")?;
        let expected: Vec<(i64,)> = (1..=16).map(|n| (n,)).collect();
        assert_eq!(numbers, expected);
        Ok(())
    }
);

db_test!(
    async fn one_form_makes_one_request_however_often_and_concurrently_it_is_sent(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mut senders = Vec::new();
        for _ in 0..6 {
            let (app, customer) = (app.clone(), cast.hotaru.clone());
            senders.push(tokio::spawn(async move {
                let new = NewRequest {
                    submit_key: Some("key-of-this-form"),
                    mail: true,
                    ..question(&app, &customer, "請求書の宛名", "会社名にしたいです。")
                };
                open(&app, new).await
            }));
        }
        let mut created = 0;
        for sender in senders {
            let opened = sender.await??;
            assert_eq!(opened.number, 1);
            created += i32::from(opened.created);
        }
        assert_eq!(created, 1);
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM message")?, 1);
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM mail")?, 1);
        assert_eq!(requests_of(&mut conn, cast.hotaru.id, 10).await?.len(), 1);
        Ok(())
    }
);

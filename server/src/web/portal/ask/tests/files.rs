//! Files on the form: kept through every try, refused by name.

use super::*;

db_test!(
    async fn files_wait_through_every_try_and_a_disguised_one_is_refused_by_name(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let files: [(&str, &str, &[u8]); 2] =
            [("attachments", "log.txt", b"line 1"), ("attachments", "photo.png", b"MZ\x90\0\x03\0\0\0")];
        let refused = client.submit_files(&page, "/en/ask", &TYPED, &files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            refused.says("What is inside “photo.png” does not match its extension."),
            "{}",
            refused.text()
        );
        assert!(refused.says("Files attached so far log.txt"));
        keeps(&refused);
        let more: [(&str, &str, &[u8]); 1] = [("attachments", "second.txt", b"line 2")];
        let again = client.submit_files(&refused, "/en/ask", &[("subject", "")], &more).await;
        assert!(again.says("log.txt") && again.says("second.txt"));
        let key = again.body.split("id=\"remove-").nth(1).and_then(|rest| rest.split('"').next());
        let typed = [("subject", SUBJECT), ("remove", key.unwrap_or_default())];
        let sent = client.submit(&again, "/en/ask", &typed).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let sql = "SELECT name FROM attachment WHERE message_id IS NOT NULL";
        assert_eq!(all!(app.db.read().await?, (String,), sql)?, [("second.txt".to_owned(),)]);
        Ok(())
    }
);

db_test!(
    async fn files_over_the_limits_are_refused_by_name_and_the_words_come_back(t: TestDb) {
        let app = t.app().await?;
        let old = app.settings.current();
        let small = Settings { upload_size: 1024, upload_count: 2, ..(*old).clone() };
        let mut tx = app.db.begin().await?;
        settings::save(&mut tx, &old, &small, 0).await?;
        tx.commit().await?;
        app.settings.refresh(&app.db).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let large = vec![b'a'; 1500];
        let one: [(&str, &str, &[u8]); 1] = [("attachments", "large.txt", &large)];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &one).await;
        assert!(
            answer.says("“large.txt” is too large. Choose files of up to 1 KB each."),
            "{}",
            answer.text()
        );
        keeps(&answer);
        let small: [(&str, &str, &[u8]); 3] =
            [("attachments", "1.txt", b"1"), ("attachments", "2.txt", b"2"), ("attachments", "3.txt", b"3")];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &small).await;
        assert!(answer.says("You can attach 2 files at most."), "{}", answer.text());
        assert!(answer.says("1.txt") && answer.says("2.txt"));
        keeps(&answer);
        // More than anybody should send: the words still come back.
        let huge = vec![b'a'; 1024 * 1024 * 2];
        let one: [(&str, &str, &[u8]); 1] = [("attachments", "huge.txt", &huge)];
        let answer = client.submit_files(&page, "/en/ask", &TYPED, &one).await;
        assert!(answer.says("“huge.txt” is too large."), "{}", answer.text());
        keeps(&answer);
        Ok(())
    }
);

//! Whichever button is pressed, what was chosen and attached comes along.

use super::ask;
use crate::desk::{Change, View, find_request, tags_of, thread};
use crate::storage::value;
use crate::testing::{Cast, Client, TestDb, db_test};
use app::model::words::{Priority, RequestStatus};

const FORM: &str = "/desk/requests/1/reply";

db_test!(
    async fn what_is_chosen_beside_the_thread_goes_with_the_reply_as_one_event(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let sora = cast.sora.id.to_string();
        let typed = [
            ("body", "We are looking into it."),
            ("send", "waiting"),
            ("priority", "urgent"),
            ("assignee", &sora),
            ("status", "closed"),
            ("tag", "Import、csv"),
        ];
        let sent = midori.submit_files(&page, FORM, &typed, &[]).await;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.priority, request.assignee_id), (Priority::Urgent, Some(cast.sora.id)));
        assert_eq!(request.status, RequestStatus::Waiting, "the button counts for more");
        assert_eq!(tags_of(&mut conn, id).await?, ["csv", "import"]);
        let told = "SELECT COUNT(*) FROM mail WHERE recipient = $1";
        assert_eq!(value!(conn, i64, told, cast.sora.email.as_str())?, 1, "whoever is given it is told");
        let events: Vec<Vec<Change>> = thread(&mut conn, id, View::Staff)
            .await?
            .into_iter()
            .filter_map(|message| Some(message.event?.changes))
            .collect();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].len(), 5, "{events:?}");
        drop(conn);
        // One undo for all of it.
        let shown = midori.follow(sent).await;
        let undo =
            shown.body.split("action=\"").find(|part| part.starts_with("/desk/requests/1/undo/")).unwrap();
        let undo = undo.split('"').next().unwrap().replace("&amp;", "&");
        midori.submit(&shown, &undo, &[]).await;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.priority, request.assignee_id), (Priority::Normal, None));
        assert!(tags_of(&mut conn, id).await?.is_empty());
        Ok(())
    }
);

db_test!(
    async fn what_is_chosen_stays_when_the_page_comes_back(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let typed = [("find_articles", "1"), ("priority", "urgent"), ("tag", "half a ta")];
        let found = midori.submit_files(&page, FORM, &typed, &[]).await;
        assert_eq!(found.status, 200);
        assert!(found.body.contains("half a ta"));
        // Whatever is pressed next writes it.
        midori.submit(&found, "/desk/requests/1/status", &[("set_status", "solved")]).await;
        let request = find_request(&mut app.db.read().await?, 1).await?.unwrap();
        assert_eq!((request.priority, request.status), (Priority::Urgent, RequestStatus::Solved));
        Ok(())
    }
);

db_test!(
    async fn files_stay_whichever_button_is_pressed_and_go_with_the_reply(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let mut page = midori.get("/desk/requests/1").await;
        let me = cast.midori.id.to_string();
        let presses = [
            ("assign", "assign_to", me.as_str()),
            ("status", "set_status", "open"),
            ("properties", "priority", "high"),
            ("draft-article", "pressed", ""),
        ];
        for (n, (action, button, value)) in presses.into_iter().enumerate() {
            let name = format!("guide-{n}.txt");
            let files = [("attachments", name.as_str(), b"steps" as &[u8])];
            let action = format!("/desk/requests/1/{action}");
            midori.submit_files(&page, &action, &[(button, value)], &files).await;
            page = midori.get("/desk/requests/1").await;
            assert!(page.says(&name), "{action} lost the file: {}", page.text());
        }
        // A file that cannot be kept stops the button, and says so.
        let files = [("attachments", "virus.exe", b"MZ" as &[u8])];
        let stopped =
            midori.submit_files(&page, "/desk/requests/1/status", &[("set_status", "solved")], &files).await;
        assert_eq!(stopped.status, 422);
        assert!(stopped.says("virus.exe") && stopped.says("guide-3.txt"), "{}", stopped.text());
        assert_eq!(find_request(&mut app.db.read().await?, id).await?.unwrap().status, RequestStatus::Open);
        // A colleague does not see them; another browser of the same person does.
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        assert!(!sora.get("/desk/requests/1").await.says("guide-0.txt"));
        let elsewhere = Client::signed_in_as(&app, &cast.midori).await?;
        let page = elsewhere.get("/desk/requests/1").await;
        let key = page.body.split("name=\"kept\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        // Unticked, one goes; the others are sent, once, although the form comes twice.
        let extra = [("attachments", "extra.txt", b"more" as &[u8])];
        let keys: Vec<&str> = page
            .body
            .split("name=\"kept\" value=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|kept| *kept != key)
            .collect();
        let mut typed = vec![("body", "See the files."), ("send", "open")];
        typed.extend(keys.iter().take(2).map(|key| ("kept", *key)));
        for _ in 0..2 {
            elsewhere.submit_files(&page, FORM, &typed, &extra).await;
        }
        let mut conn = app.db.read().await?;
        let messages = thread(&mut conn, id, View::Customer).await?;
        let names: Vec<&str> = messages[1].files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["guide-1.txt", "guide-2.txt", "extra.txt"]);
        assert_eq!(messages.len(), 2);
        drop(conn);
        assert!(!elsewhere.get("/desk/requests/1").await.body.contains("name=\"kept\""));
        Ok(())
    }
);

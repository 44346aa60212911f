//! Whoever is not written to when their request is solved is told later, once, and only if it still is.

use crate::app_state::App;
use crate::clock::MINUTE;
use crate::desk::{
    By, Opened, Properties, StaffReply, Undone, find_request, set_properties, set_status, staff_reply,
    tell_solved, undo,
};
use crate::identity::Person;
use crate::jobs::run_due;
use crate::storage::all;
use crate::testing::{self, Cast, TestDb, db_test, open, question};
use app::model::words::RequestStatus;

/// Solves a request as the desk's button does; gives the event.
async fn solve(app: &App, opened: &Opened, who: &Person) -> anyhow::Result<Option<i64>> {
    let to = Properties { status: Some(RequestStatus::Solved), ..Properties::default() };
    let mut tx = app.db.begin().await?;
    let event = set_properties(&mut tx, opened.id, &to, By::Staff(who), app.clock.now()).await?;
    tx.commit().await?;
    Ok(event)
}

/// (recipient, text) of the mails there are, the oldest first.
async fn mails(app: &App) -> anyhow::Result<Vec<(String, String)>> {
    let sql = "SELECT recipient, body_text FROM mail ORDER BY id";
    Ok(all!(app.db.read().await?, (String, String), sql)?)
}

async fn wait(app: &App) -> anyhow::Result<()> {
    app.clock.advance(11 * MINUTE);
    run_due(app).await?;
    Ok(())
}

db_test!(
    async fn a_customer_is_told_once_that_their_request_was_solved_without_a_word(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let hotaru = open(&app, question(&app, &cast.hotaru, "宛名", "会社名にしたいです。")).await?;
        let penny = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        solve(&app, &hotaru, &cast.midori).await?;
        solve(&app, &penny, &cast.midori).await?;
        run_due(&app).await?;
        assert_eq!(mails(&app).await?, [], "it can still be undone");
        wait(&app).await?;
        solve(&app, &penny, &cast.midori).await?;
        wait(&app).await?;
        let told = mails(&app).await?;
        assert_eq!(
            told.iter().map(|mail| &mail.0).collect::<Vec<_>>(),
            [&cast.hotaru.email, &cast.penny.email]
        );
        assert!(told[0].1.contains("お問い合わせ #1 を解決済みにしました。"), "{}", told[0].1);
        assert!(told[1].1.contains("Your request #2 is marked as solved."), "{}", told[1].1);
        assert!(told.iter().all(|mail| mail.1.contains("/r/")), "with the way to answer");
        Ok(())
    }
);

db_test!(
    async fn nobody_is_told_what_was_undone_or_said_in_a_reply_or_done_by_themselves(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let undone = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        let replied = open(&app, question(&app, &cast.penny, "Export", "It stops, too.")).await?;
        let own = open(&app, question(&app, &cast.penny, "Login", "I found it.")).await?;
        let event = solve(&app, &undone, &cast.midori).await?.expect("it was open");
        solve(&app, &replied, &cast.midori).await?;
        app.clock.advance(MINUTE);
        let mut tx = app.db.begin().await?;
        let taken_back = undo(&mut tx, undone.id, event, By::Staff(&cast.midori), app.clock.now()).await?;
        let reply = testing::reply(&app, replied.id, &cast.midori, "Press Save.");
        staff_reply(&app, &mut tx, StaffReply { mail: true, ..reply }).await?;
        let by = By::Customer(Some(cast.penny.id));
        set_status(&mut tx, own.id, RequestStatus::Solved, by, app.clock.now()).await?;
        tx.commit().await?;
        wait(&app).await?;
        let sent = mails(&app).await?;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert!(
            sent[0].1.contains("Press Save.") && sent[0].1.contains("This request is now marked as solved")
        );

        // The way back from the way back solves it again.
        let Undone::Done(event) = taken_back else { panic!("{taken_back:?}") };
        let mut tx = app.db.begin().await?;
        undo(&mut tx, undone.id, event, By::Staff(&cast.midori), app.clock.now()).await?;
        tx.commit().await?;
        wait(&app).await?;
        let sent = mails(&app).await?;
        assert_eq!(sent.len(), 2, "{sent:?}");
        assert!(sent[1].1.contains("Your request #1 is marked as solved."), "{}", sent[1].1);
        Ok(())
    }
);

db_test!(
    async fn a_note_that_ends_a_request_stays_inside_and_its_customer_is_told_of_the_end(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let noted = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        let closed = open(&app, question(&app, &cast.hotaru, "宛名", "会社名にしたいです。")).await?;
        let note = testing::reply(&app, noted.id, &cast.midori, "a duplicate");
        let note = StaffReply { note: true, status: Some(RequestStatus::Solved), mail: true, ..note };
        let mut tx = app.db.begin().await?;
        staff_reply(&app, &mut tx, note).await?;
        let to = Properties { status: Some(RequestStatus::Closed), ..Properties::default() };
        set_properties(&mut tx, closed.id, &to, By::Staff(&cast.midori), app.clock.now()).await?;
        tx.commit().await?;
        wait(&app).await?;
        let sent = mails(&app).await?;
        assert_eq!(sent.len(), 2, "{sent:?}");
        assert!(!sent[0].1.contains("duplicate") && sent[0].1.contains("marked as solved"), "{}", sent[0].1);
        assert!(sent[1].1.contains("対応を終了しました"), "{}", sent[1].1);

        // A job that is done twice tells once.
        let mut conn = app.db.read().await?;
        let solved_at = find_request(&mut conn, noted.id).await?.and_then(|request| request.solved_at);
        drop(conn);
        tell_solved(&app, noted.id, solved_at.expect("it is solved")).await?;
        assert_eq!(mails(&app).await?.len(), 2);
        Ok(())
    }
);

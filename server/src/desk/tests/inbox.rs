//! The inbox: views, filters, sorting, search.

use crate::clock::HOUR;
use crate::desk::inbox::{Filter, counts, list, unassigned};
use crate::desk::{
    By, NewRequest, Properties, StaffReply, add_tag, assign, set_properties, set_status, staff_reply,
};
use crate::testing::{self, Cast, TestDb, db_test};
use crate::testing::{open, question};
use app::i18n::Locale;
use app::model::desk_inbox::{InboxSort, InboxView};
use app::model::words::{Priority, RequestKind, RequestStatus};

db_test!(
    async fn each_view_filter_and_order_shows_its_own_requests(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let kinds = [RequestKind::Question, RequestKind::Problem, RequestKind::Idea];
        for n in 0..6 {
            let customer = if n % 2 == 0 { &cast.penny } else { &cast.hotaru };
            let new = NewRequest {
                kind: kinds[n % 3],
                ..question(&app, customer, "ＣＳＶ import", "It stops 100%.")
            };
            open(&app, new).await?;
            app.clock.advance(HOUR);
        }
        let (by, now) = (By::Staff(&cast.midori), app.clock.now());
        let mut tx = app.db.begin().await?;
        // 1 is mine, 2 is Sora's, 3 waits for the customer, 4 is solved, 5 urgent, 6 as it came.
        assign(&mut tx, 1, Some(cast.midori.id), by, now).await?;
        assign(&mut tx, 2, Some(cast.sora.id), by, now).await?;
        set_status(&mut tx, 3, RequestStatus::Waiting, by, now).await?;
        set_status(&mut tx, 4, RequestStatus::Solved, by, now).await?;
        let urgent = Properties { priority: Some(Priority::Urgent), ..Properties::default() };
        set_properties(&mut tx, 5, &urgent, by, now).await?;
        add_tag(&mut tx, 5, "import", by, now).await?;
        // 1 has been taken, 6 has not.
        let accounts = Properties { group: Some(Some(cast.groups["accounts"])), ..Properties::default() };
        for number in [1, 6] {
            set_properties(&mut tx, number, &accounts, by, now).await?;
        }
        let reply = StaffReply {
            note: true,
            now,
            ..testing::reply(&app, 6, &cast.sora, "Known since the ﾒｰﾙ of May")
        };
        staff_reply(&app, &mut tx, reply).await?;
        tx.commit().await?;

        let mut conn = app.db.read().await?;
        let counted = counts(&mut conn, cast.sora.id).await?;
        assert_eq!((counted.groups > 0, counted.in_groups), (true, 1));
        let in_groups = Filter { view: InboxView::Group, page: 1, ..Filter::default() };
        let (lines, total) = list(&mut conn, cast.sora.id, &in_groups).await?;
        assert_eq!((lines[0].number, lines.len(), total), (6, 1, 1));
        assert_eq!(list(&mut conn, cast.mamoru.id, &in_groups).await?.1, 0);
        let counted = counts(&mut conn, cast.midori.id).await?;
        assert_eq!((counted.unassigned, counted.mine, counted.waiting), (2, 1, 1));
        assert_eq!((counted.open, counted.solved), (5, 1));
        assert_eq!(unassigned(&mut conn).await?, 2);
        let all = Filter { view: InboxView::All, sort: InboxSort::Newest, page: 1, ..Filter::default() };
        let view = |view| Filter { view, sort: InboxSort::Waiting, page: 1, ..Filter::default() };
        let search = |query: &str| Filter { query: query.into(), ..all.clone() };
        for (filter, expected) in [
            (view(InboxView::Unassigned), vec![5, 6]),
            (view(InboxView::Mine), vec![1]),
            (view(InboxView::Waiting), vec![3]),
            (view(InboxView::Open), vec![1, 2, 5, 6, 3]),
            (view(InboxView::Solved), vec![4]),
            (all.clone(), vec![6, 5, 4, 3, 2, 1]),
            (Filter { page: 2, ..all.clone() }, vec![]),
            (Filter { sort: InboxSort::Priority, ..view(InboxView::Open) }, vec![5, 1, 2, 6, 3]),
            (Filter { tag: Some("import".into()), ..all.clone() }, vec![5]),
            (Filter { assignee: Some(cast.sora.id), ..all.clone() }, vec![2]),
            (Filter { kind: Some(RequestKind::Idea), ..all.clone() }, vec![6, 3]),
            (Filter { locale: Some(Locale::Ja), ..all.clone() }, vec![6, 4, 2]),
            // Full-width and half-width, any case; every word must stand somewhere.
            (search("csv IMPORT"), vec![6, 5, 4, 3, 2, 1]),
            (search("csv nowhere"), vec![]),
            (search("メール"), vec![6]),
            (search("LANTERNFISH"), vec![5, 3, 1]),
            (search("ほしぞら"), vec![6, 4, 2]),
            (search("#4"), vec![4]),
            (search("４"), vec![4]),
            // Signs of LIKE are letters.
            (search("100%"), vec![6, 5, 4, 3, 2, 1]),
            (search("1%0"), vec![]),
            (search("st_ps"), vec![]),
        ] {
            let (lines, total) = list(&mut conn, cast.midori.id, &filter).await?;
            let numbers: Vec<i64> = lines.iter().map(|line| line.number).collect();
            assert_eq!(numbers, expected, "{filter:?}");
            assert_eq!(total, if filter.page > 1 { 6 } else { expected.len() as i64 });
        }
        let (lines, _) = list(&mut conn, cast.midori.id, &search("#5")).await?;
        assert_eq!(lines[0].tags, ["import"]);
        assert_eq!(lines[0].customer, "Penny Lanternfish");
        assert!(lines[0].customer_last);
        Ok(())
    }
);

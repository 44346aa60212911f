//! Settings: their mistakes, and two administrators who change them at once.

use crate::testing::{Cast, Client, TestDb, db_test};

db_test!(
    async fn what_another_administrator_changed_while_the_form_was_open_stays(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let one = Client::signed_in_as(&app, &cast.mamoru).await?;
        let other = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = "/desk/settings";
        let (hers, his) = (one.get(path).await, other.get(path).await);
        other.submit(&his, path, &[("reply_hours", "3"), ("accent", "#335577")]).await;
        // A mistake on the way keeps what the form was drawn from.
        let again = one.submit(&hers, path, &[("accent", "green"), ("portal_name_en", "Stars")]).await;
        assert_eq!(again.status, 422);
        let saved = one.submit(&again, path, &[("accent", "#224466")]).await;
        assert_eq!(saved.location(), path, "{}", saved.text());
        let settings = app.settings.current();
        assert_eq!(settings.reply_hours, 3, "nobody touched it here");
        assert_eq!(settings.portal_name.en, "Stars");
        assert_eq!(settings.accent, "#224466", "what both changed is the last one's");
        Ok(())
    }
);

db_test!(
    async fn every_mistake_names_its_own_field_in_the_order_of_the_page(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        mamoru.set_cookie("kotae_locale", "en");
        let path = "/desk/settings";
        let page = mamoru.get(path).await;
        let long = "n".repeat(61);
        let text = "t".repeat(201);
        let typed = [
            ("holdout_percent", "many"),
            ("reply_hours", "soon"),
            ("portal_name_en", long.as_str()),
            ("home_text_en", text.as_str()),
            ("accent", "green"),
            ("day_1_open", "true"),
            ("day_1_from", "09:00"),
            ("day_1_to", "08:00"),
            ("day_5_open", "true"),
            ("day_5_from", ""),
            ("day_5_to", ""),
        ];
        let wrong = mamoru.submit(&page, path, &typed).await;
        assert_eq!(wrong.status, 422);
        let summary =
            wrong.body.split("error-summary-title").last().and_then(|rest| rest.split("</ul>").next());
        let links: Vec<&str> = summary
            .unwrap_or_default()
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let fields = [
            "portal_name_en",
            "accent",
            "home_text_en",
            "day_1_to",
            "day_5_from",
            "reply_hours",
            "holdout_percent",
        ];
        assert_eq!(links, fields);
        assert!(wrong.says("Tuesday: the end must be after the start."), "{}", wrong.text());
        assert!(wrong.says("Saturday: enter the start and the end like 09:00."), "{}", wrong.text());
        for field in fields {
            assert!(wrong.body.contains(&format!("id=\"{field}-error\"")), "{field} says it, too");
        }
        mamoru.set_cookie("kotae_locale", "ja");
        let wrong = mamoru.submit(&page, path, &typed).await;
        assert!(wrong.says("火曜日の終了時刻は、開始時刻より後にしてください。"), "{}", wrong.text());
        Ok(())
    }
);

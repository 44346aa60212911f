//! Every button of the desk that changes something which the audit log tells of.

use super::PASSWORD;
use crate::testing::Cast;

/// One press: the route of the table, the page with the form, the address it posts to, what is typed, and the line
/// that the log then has: what was done, and to what kind of thing.
pub(super) struct Press {
    pub route: &'static str,
    pub page: String,
    pub path: String,
    pub typed: Vec<(&'static str, String)>,
    pub action: &'static str,
    pub link: Option<String>,
}

fn press(
    route: &'static str,
    page: &str,
    path: &str,
    typed: &[(&'static str, &str)],
    action: &'static str,
) -> Press {
    let typed = typed.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Press { route, page: page.into(), path: path.into(), typed, action, link: None }
}

impl Press {
    /// The thing is still there: the log leads to it.
    fn at(self, link: &str) -> Self {
        Self { link: Some(link.into()), ..self }
    }
}

/// Everything that can be changed at the desk, in an order that leaves it changed.
pub(super) fn presses(cast: &Cast, article: i64, category: i64, session: i64) -> Vec<Press> {
    let sora = format!("/desk/people/{}", cast.sora.id);
    let mamoru = format!("/desk/people/{}", cast.mamoru.id);
    let penny = format!("/desk/people/{}", cast.penny.id);
    let to = |path: &str, end: &str| format!("{path}/{end}");
    let edit = format!("/desk/articles/{article}/en/edit");
    let of_article = |end: &str| format!("/desk/articles/{article}/en/{end}");
    let shelf = format!("/desk/categories/{category}");
    let (synonyms, synonym) = ("/desk/search/synonyms", "/desk/search/synonyms/1");
    let (rules, rule) = ("/desk/settings/rules", "/desk/settings/rules/1");
    let hoshizora = format!("/desk/organizations/{}", cast.hoshizora);
    let billing = format!("/desk/groups/{}", cast.groups["billing"]);
    let new_rule = [("name", "All"), ("mode", "always"), ("stop", "true"), ("do", "save")];
    vec![
        press(
            "/desk/settings",
            "/desk/settings",
            "/desk/settings",
            &[("reply_hours", "7")],
            "settings.change",
        )
        .at("/desk/settings"),
        press(rules, "/desk/settings/rules/new", rules, &new_rule, "rule.created").at(rule),
        press(rules, "/desk/settings/rules/new", rules, &new_rule, "rule.created"),
        press("/desk/settings/rules/{id}", rule, rule, &[("name", "Each"), ("do", "save")], "rule.changed")
            .at(rule),
        press("/desk/settings/rules/{id}/move", rules, &to(rule, "move"), &[("to", "down")], "rule.moved")
            .at(rule),
        press(
            "/desk/settings/rules/{id}/enabled",
            rules,
            &to(rule, "enabled"),
            &[("enabled", "off")],
            "rule.disabled",
        )
        .at(rule),
        press("/desk/settings/rules/{id}/delete", rules, &to(rule, "delete"), &[], "rule.deleted"),
        press(
            "/desk/organizations",
            "/desk/organizations/new",
            "/desk/organizations",
            &[("name", "新しい会社")],
            "organization.create",
        ),
        press(
            "/desk/organizations/{id}/edit",
            &to(&hoshizora, "edit"),
            &to(&hoshizora, "edit"),
            &[("name", "星空")],
            "organization.change",
        )
        .at(&hoshizora),
        press(
            "/desk/groups",
            "/desk/groups/new",
            "/desk/groups",
            &[("name", "新しいグループ")],
            "group.create",
        ),
        press("/desk/groups/{id}", &billing, &billing, &[("name", "経理")], "group.change").at(&billing),
        press("/desk/groups/{id}/delete", &billing, &to(&billing, "delete"), &[], "group.delete"),
        press(
            "/desk/people/invite",
            "/desk/people/invite",
            "/desk/people/invite",
            &[("email", "new@kotae.example")],
            "person.invite",
        ),
        press(
            "/desk/people/invitations/{id}/resend",
            "/desk/people",
            "/desk/people/invitations/1/resend",
            &[],
            "person.invite",
        ),
        press(
            "/desk/people/invitations/{id}/withdraw",
            "/desk/people",
            "/desk/people/invitations/2/withdraw",
            &[],
            "person.withdraw",
        ),
        press("/desk/people/{id}", &sora, &sora, &[("name", "そら")], "person.change").at(&sora),
        press("/desk/people/{id}/password", &sora, &to(&sora, "password"), &[], "person.password_link")
            .at(&sora),
        press(
            "/desk/people/{id}/sessions/{session}/end",
            &sora,
            &format!("{sora}/sessions/{session}/end"),
            &[],
            "person.sign_out",
        )
        .at(&sora),
        press(
            "/desk/people/{id}/sessions/end-others",
            &sora,
            &to(&sora, "sessions/end-others"),
            &[],
            "person.sign_out",
        )
        .at(&sora),
        press("/desk/people/{id}/disable", &sora, &to(&sora, "disable"), &[], "person.disable").at(&sora),
        press("/desk/people/{id}/enable", &sora, &to(&sora, "enable"), &[], "person.enable").at(&sora),
        press("/desk/account", "/desk/account", "/desk/account", &[("name", "まもる")], "person.account")
            .at(&mamoru),
        press("/desk/single-keys", "/desk", "/desk/single-keys", &[("single_keys", "off")], "person.account")
            .at(&mamoru),
        press(
            "/desk/account/password",
            "/desk/account",
            "/desk/account/password",
            &[("present", PASSWORD), ("password", "a-longer-one-than-that")],
            "person.password",
        )
        .at(&mamoru),
        press(
            "/desk/categories/new",
            "/desk/categories/new",
            "/desk/categories/new",
            &[("name_en", "Desk")],
            "category.create",
        ),
        press("/desk/categories/{id}", &shelf, &shelf, &[("name_en", "Bills")], "category.edit").at(&shelf),
        press(
            "/desk/categories/{id}/move",
            "/desk/categories",
            &to(&shelf, "move"),
            &[("way", "down")],
            "category.move",
        )
        .at(&shelf),
        press(
            "/desk/categories/{id}/delete",
            "/desk/categories",
            &to(&shelf, "delete"),
            &[],
            "category.delete",
        ),
        press(
            "/desk/articles/new",
            "/desk/articles/new?locale=en",
            "/desk/articles/new?locale=en",
            &[("title", "Another"), ("body", "words"), ("do", "save")],
            "article.save",
        ),
        press(
            "/desk/search/phrases",
            "/desk/search?language=en&phrase=enter&q=login",
            "/desk/search/phrases",
            &[("article", &article.to_string())],
            "article.phrase_add",
        )
        .at(&of_article("phrases")),
        press(
            synonyms,
            "/desk/search/synonyms/new?language=en",
            synonyms,
            &[("words", "login\nsign in"), ("do", "save")],
            "synonym.add",
        )
        .at(synonym),
        press(
            "/desk/search/synonyms/suggested",
            "/desk/search/synonyms?language=en",
            "/desk/search/synonyms/suggested",
            &[("do", "add")],
            "synonym.add",
        )
        .at("/desk/search/synonyms/2"),
        press(
            "/desk/search/synonyms/{id}",
            synonym,
            synonym,
            &[("words", "login\nlogon"), ("do", "save")],
            "synonym.change",
        )
        .at(synonym),
        press(
            "/desk/search/synonyms/{id}/remove",
            "/desk/search/synonyms?language=en",
            &to(synonym, "remove"),
            &[],
            "synonym.remove",
        ),
        press(
            "/desk/search/judgements/add",
            "/desk/search/judgements?language=en&question=enter&q=login",
            "/desk/search/judgements/add",
            &[("article", &article.to_string())],
            "judgement.add",
        )
        .at(&edit),
        press(
            "/desk/search/judgements/{id}/remove",
            "/desk/search/judgements?language=en",
            "/desk/search/judgements/1/remove",
            &[],
            "judgement.remove",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/edit",
            &edit,
            &edit,
            &[("body", "Other words"), ("do", "save")],
            "article.save",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/edit",
            &edit,
            &edit,
            &[("do", "unpublish")],
            "article.unpublish",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/restore",
            &of_article("revisions"),
            &of_article("restore"),
            &[("number", "1")],
            "article.save",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/phrases",
            &of_article("phrases"),
            &of_article("phrases"),
            &[("phrase", "cannot get in")],
            "article.phrase_add",
        )
        .at(&of_article("phrases")),
        press(
            "/desk/articles/{id}/{language}/phrases/remove",
            &of_article("phrases"),
            &of_article("phrases/remove"),
            &[("phrase", "1")],
            "article.phrase_remove",
        ),
        press(
            "/desk/articles/{id}/delete",
            &edit,
            &format!("/desk/articles/{article}/delete"),
            &[],
            "article.delete",
        ),
        press(
            "/desk/requests/{number}/draft-article",
            "/desk/requests/1",
            "/desk/requests/1/draft-article",
            &[],
            "article.create",
        ),
        press(
            "/desk/people/{id}/erase",
            &to(&penny, "erase"),
            &to(&penny, "erase"),
            &[("confirm", &cast.penny.email)],
            "person.erase",
        ),
    ]
}

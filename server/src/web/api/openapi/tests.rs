//! The document tells the truth: of every route, of who may call it, and of what comes back.

use super::{PATH, document};
use crate::testing::{Answer, Cast, Client, Shelf, TestDb, db_test, follow};
use crate::web::cookies::Cookies;
use crate::web::routes::{Access, routes};
use app::i18n::Locale::En;
use axum::http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn described() -> Value {
    serde_json::to_value(document(&routes(), &Cookies::new(false))).expect("a document is JSON")
}

/// Every (method, path) of a document.
fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let paths = document["paths"].as_object().expect("paths are an object");
    let of = |(path, item): (&String, &Value)| {
        let methods = item.as_object().expect("a path item is an object").keys();
        methods.map(|method| (method.to_uppercase(), path.clone())).collect::<Vec<_>>()
    };
    paths.iter().flat_map(of).collect()
}

#[test]
fn the_document_and_the_route_table_name_the_same_calls() {
    let table: BTreeSet<_> = routes()
        .iter()
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| (route.method.to_string(), route.path.to_owned()))
        .collect();
    assert_eq!(operations(&described()), table);
}

#[test]
fn who_may_call_is_what_the_route_table_says() {
    let document = described();
    for route in routes().iter().filter(|route| route.path.starts_with("/api/")) {
        let operation = &document["paths"][route.path][route.method.as_str().to_lowercase()];
        let at = format!("{} {}", route.method, route.path);
        let ways = operation["security"].as_array().unwrap_or_else(|| panic!("{at} has no security"));
        let asks = |name: &str| ways.iter().all(|way| way.get(name).is_some());
        let open = ways.iter().any(|way| way == &json!({}));
        assert_eq!(asks("session"), route.access != Access::Public, "{at}");
        assert_eq!(open, route.access == Access::Public && route.method == Method::GET, "{at}");
        let form = operation["requestBody"]["content"].get("multipart/form-data");
        let in_form = form.map(|form| resolve(&document, &form["schema"])["required"].to_string());
        let carried = asks("csrf") || in_form.is_some_and(|names| names.contains("\"csrf\""));
        assert_eq!(carried, route.method != Method::GET, "{at} and the CSRF token");
        for text in ["summary", "description", "operationId"] {
            let there = operation[text].as_str().is_some_and(|text| !text.is_empty());
            assert!(there || route.path == PATH, "{at} has no {text}");
        }
    }
}

/// Where a schema leads that only names another.
fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    match schema["$ref"].as_str() {
        Some(address) => document.pointer(&address[1..]).unwrap_or_else(|| panic!("{address} leads nowhere")),
        None => schema,
    }
}

/// What in a value is not as its schema says; as much of JSON Schema as the document uses.
fn wrong(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = resolve(document, schema);
    if let Some(ways) = schema["oneOf"].as_array() {
        let fits = ways.iter().any(|way| wrong(document, way, value, at).is_empty());
        return if fits { Vec::new() } else { vec![format!("{at} is {value}")] };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return Vec::new(),
    };
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let mut found = Vec::new();
    if !types.contains(&is) {
        found.push(format!("{at} is no {types:?} but {value}"));
    }
    if schema["enum"].as_array().is_some_and(|names| !names.contains(value)) {
        found.push(format!("{at} is none of {}", schema["enum"]));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at} has no {name}"));
        }
    }
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => found.extend(wrong(document, schema, inner, &format!("{at}.{name}"))),
            None => found.push(format!("{at}.{name} is not described")),
        }
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(wrong(document, &schema["items"], item, &format!("{at}[{n}]")));
    }
    found
}

/// Compares answers with what the document says of them, and remembers which calls were made.
struct Held {
    document: Value,
    made: BTreeSet<(String, String)>,
}

impl Held {
    /// Panics unless the answer has that status, and is what the document says of it.
    fn hold(&mut self, method: &Method, path: &str, status: u16, answer: &Answer) -> Value {
        let at = format!("{method} {path}");
        assert_eq!(answer.status.as_u16(), status, "{at}: {}", answer.body);
        if status < 300 {
            self.made.insert((method.to_string(), path.to_owned()));
        }
        let responses = &self.document["paths"][path][method.as_str().to_lowercase()]["responses"];
        let told = responses.get(status.to_string()).unwrap_or(&responses["default"]);
        assert!(told.is_object(), "{at} does not tell of {status}");
        let Some(schema) = told["content"].get("application/json").map(|content| &content["schema"]) else {
            assert!(answer.body.is_empty(), "{at}: {}", answer.body);
            return Value::Null;
        };
        let value: Value = serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{at}: no JSON"));
        let found = wrong(&self.document, schema, &value, "answer");
        assert!(found.is_empty(), "{at}, {status}: {found:?}");
        value
    }
}

async fn post(client: &Client, path: &str, csrf: &str, body: &Value) -> Answer {
    let headers = [("x-csrf-token", csrf)];
    client.send(Method::POST, path, Some("application/json"), body.to_string().into(), &headers).await
}

/// The value of a hidden field on a page.
fn hidden(page: &Answer, name: &str) -> String {
    let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
    rest.split('"').next().unwrap_or_default().to_owned()
}

db_test!(
    async fn every_call_answers_as_it_is_described(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let billing = shelf.category("billing", None).await?;
        let title = "Change the name on an invoice";
        let text = "Open **Billing** and change the name on the invoice.";
        let article = shelf.article(Some(billing), &[(En, title, text)]).await?;
        follow(&app).await?;
        let hotaru = Client::anonymous(&app);
        let form = hotaru.get("/en/ask").await;
        let (key, csrf) = (hidden(&form, "session"), hidden(&form, "csrf"));

        let served = hotaru.get(PATH).await;
        let document: Value = serde_json::from_str(&served.body)?;
        assert_eq!(document, described());
        let mut held = Held { document, made: BTreeSet::new() };
        held.hold(&Method::GET, PATH, 200, &served);

        // Looking for something.
        let path = "/api/v1/search";
        let answer = hotaru.get(&format!("{path}?q=change+name+invoice&locale=en&category=billing")).await;
        let found = held.hold(&Method::GET, path, 200, &answer);
        assert_eq!(found["hits"][0]["article_id"], article);
        held.hold(&Method::GET, path, 400, &hotaru.get(&format!("{path}?locale=fr")).await);
        held.hold(&Method::GET, path, 404, &hotaru.get(&format!("{path}?category=nowhere")).await);
        let path = "/api/v1/suggest";
        let found =
            held.hold(&Method::GET, path, 200, &hotaru.get(&format!("{path}?q=chan&locale=en")).await);
        assert_eq!(found["articles"][0]["locale"], "en");
        held.hold(&Method::GET, path, 400, &hotaru.get(&format!("{path}?locale=fr")).await);

        // Writing a request.
        let ask = json!({"locale": "en", "subject": "Change name", "body": "on the invoice"});
        let path = "/api/v1/intake/{key}/suggest";
        let answer = post(&hotaru, &path.replace("{key}", &key), &csrf, &ask).await;
        held.hold(&Method::POST, path, 200, &answer);
        let answer = post(&hotaru, &path.replace("{key}", &key), "forged", &ask).await;
        held.hold(&Method::POST, path, 403, &answer);
        let answer = post(&hotaru, &path.replace("{key}", "guessed"), &csrf, &ask).await;
        held.hold(&Method::POST, path, 404, &answer);
        let answer = post(&hotaru, &path.replace("{key}", &key), &csrf, &json!("{")).await;
        held.hold(&Method::POST, path, 400, &answer);
        let path = "/api/v1/intake/{key}/opened";
        let open = json!({"locale": "en", "article_id": article});
        let answer = post(&hotaru, &path.replace("{key}", &key), &csrf, &open).await;
        held.hold(&Method::POST, path, 200, &answer);
        let path = "/api/v1/intake/{key}/left";
        let answer = post(&hotaru, &path.replace("{key}", &key), &csrf, &json!({})).await;
        held.hold(&Method::POST, path, 204, &answer);
        t.clock.advance(30 * crate::clock::SECOND);
        let typed =
            [("subject", "The import stops"), ("body", "At row 12."), ("email", "hotaru@hoshizora.example")];
        let checked = hotaru.submit(&form, "/en/ask", &typed).await;
        if !checked.status.is_redirection() {
            hotaru.submit(&checked, "/en/ask", &[]).await;
        }

        // Answering it.
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let csrf = hidden(&midori.get("/desk/requests/1").await, "csrf");
        let path = "/api/v1/desk/inbox/news";
        held.hold(&Method::GET, path, 200, &midori.get(&format!("{path}?after=0")).await);
        held.hold(&Method::GET, path, 404, &hotaru.get(path).await);
        let path = "/api/v1/desk/requests/{number}/draft";
        let draft = json!({"note": false, "body": "Which row"});
        let answer = post(&midori, &path.replace("{number}", "1"), &csrf, &draft).await;
        held.hold(&Method::POST, path, 200, &answer);
        held.hold(&Method::GET, path, 200, &midori.get(&path.replace("{number}", "1")).await);
        held.hold(&Method::GET, path, 404, &midori.get(&path.replace("{number}", "9")).await);
        held.hold(&Method::GET, path, 404, &hotaru.get(&path.replace("{number}", "1")).await);
        let path = "/api/v1/desk/requests/{number}/articles";
        let answer = midori.get(&format!("{}?q=invoice", path.replace("{number}", "1"))).await;
        held.hold(&Method::GET, path, 200, &answer);

        // Writing an article.
        let path = "/api/v1/desk/preview";
        let question = json!({"locale": "en", "title": "", "body": "*Soon*"});
        let rendered = held.hold(&Method::POST, path, 200, &post(&midori, path, &csrf, &question).await);
        assert!(rendered["html"].as_str().is_some_and(|html| html.contains("<em>Soon</em>")), "{rendered}");
        held.hold(&Method::POST, path, 403, &post(&midori, path, "", &question).await);
        let path = "/api/v1/desk/images";
        let image = async |name: &str| {
            let form = Answer {
                path: path.into(),
                body: format!("<form action=\"{path}\"></form>"),
                ..served.clone()
            };
            let file = ("image", name, b"no picture".as_slice());
            midori.submit_files(&form, path, &[("csrf", &csrf)], &[file]).await
        };
        held.hold(&Method::POST, path, 422, &image("picture.png").await);
        held.hold(&Method::POST, path, 200, &image("words.txt").await);

        assert_eq!(held.made, operations(&held.document), "calls that were not made");
        Ok(())
    }
);

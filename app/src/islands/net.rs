//! Talking to our own API from an island. Only in the browser.
//!
//! Answers are read by the browser's own JSON parser and taken apart by name: a second parser, with everything that
//! it says about mistakes, would be a third of what customers load.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Headers, RequestInit, Response};

/// What is sent.
pub(super) enum Body<'a> {
    Json(&'a JsValue),
    #[cfg(feature = "desk")]
    Form(&'a web_sys::FormData),
}

/// Asks for JSON; `None` for anything but a good answer.
pub(super) async fn get(path: &str) -> Option<JsValue> {
    answer(path, &RequestInit::new()).await.ok()
}

/// Posts, and gives the JSON of a good answer, or the API's own sentence of a bad one (empty if there was none).
pub(super) async fn post(path: &str, csrf: &str, body: Body<'_>) -> Result<JsValue, String> {
    answer(path, &posting(csrf, body).map_err(|_| String::new())?).await
}

/// Posts something small that arrives although the page is left; nobody waits for what is said to it.
#[cfg(feature = "portal")]
pub(super) async fn tell(path: &str, csrf: &str, value: &JsValue) {
    if let Ok(init) = posting(csrf, Body::Json(value))
        && js_sys::Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE).is_ok()
    {
        fetch(path, &init).await;
    }
}

fn posting(csrf: &str, body: Body<'_>) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    headers.set("x-csrf-token", csrf)?;
    let init = RequestInit::new();
    init.set_method("POST");
    match body {
        Body::Json(value) => {
            headers.set("content-type", "application/json")?;
            let text = js_sys::JSON::stringify(value)?;
            init.set_body(&text);
        }
        #[cfg(feature = "desk")]
        Body::Form(form) => init.set_body(form),
    }
    init.set_headers(&headers);
    Ok(init)
}

async fn answer(path: &str, init: &RequestInit) -> Result<JsValue, String> {
    let response = fetch(path, init).await.ok_or_else(String::new)?;
    let json = match response.json() {
        Ok(json) => JsFuture::from(json).await.unwrap_or(JsValue::UNDEFINED),
        Err(_) => JsValue::UNDEFINED,
    };
    if response.ok() { Ok(json) } else { Err(text(&json, &["error", "message"])) }
}

async fn fetch(path: &str, init: &RequestInit) -> Option<Response> {
    JsFuture::from(window().fetch_with_str_and_init(path, init)).await.ok()?.dyn_into().ok()
}

/// A value inside an object, by the names on the way; undefined if there is none.
fn at(value: &JsValue, path: &[&str]) -> JsValue {
    let found = path.iter().try_fold(value.clone(), |at, name| js_sys::Reflect::get(&at, &(*name).into()));
    found.unwrap_or(JsValue::UNDEFINED)
}

/// A text inside an object; empty if there is none.
pub(super) fn text(value: &JsValue, path: &[&str]) -> String {
    at(value, path).as_string().unwrap_or_default()
}

/// Whether something inside an object is true.
#[cfg(feature = "portal")]
pub(super) fn truth(value: &JsValue, name: &str) -> bool {
    at(value, &[name]).is_truthy()
}

/// A whole number inside an object; 0 if there is none.
pub(super) fn number(value: &JsValue, name: &str) -> i64 {
    at(value, &[name]).as_f64().map_or(0, |number| number as i64)
}

/// A list inside an object; empty if there is none.
#[cfg(feature = "portal")]
pub(super) fn list(value: &JsValue, name: &str) -> Vec<JsValue> {
    at(value, &[name]).dyn_into::<js_sys::Array>().map(|list| list.to_vec()).unwrap_or_default()
}

/// An object of these names and values.
pub(super) fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in pairs {
        // Setting a plain name on a fresh object cannot fail.
        let _ = js_sys::Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

//! Posting to our own API from an island: one request, one answer as text, no promises to carry around.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{FormData, XmlHttpRequest};

/// What is sent.
pub(super) enum Body<'a> {
    Json(&'a JsValue),
    Form(&'a FormData),
}

/// Posts, and calls back with the parsed JSON of a good answer, or with the API's own sentence of a bad one (empty if
/// there was none).
pub(super) fn post(
    path: &str,
    csrf: &str,
    body: Body<'_>,
    done: impl FnOnce(Result<JsValue, String>) + 'static,
) -> Result<(), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", path)?;
    request.set_request_header("x-csrf-token", csrf)?;
    let answered = request.clone();
    let on_end = Closure::once_into_js(move || {
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        let json = js_sys::JSON::parse(&text).unwrap_or(JsValue::UNDEFINED);
        let good = answered.status().is_ok_and(|status| (200..300).contains(&status));
        done(if good { Ok(json) } else { Err(text_at(&json, &["error", "message"])) });
    });
    request.set_onloadend(Some(on_end.unchecked_ref()));
    match body {
        Body::Json(value) => {
            request.set_request_header("content-type", "application/json")?;
            let text = js_sys::JSON::stringify(value)?;
            request.send_with_opt_str(text.as_string().as_deref())
        }
        Body::Form(form) => request.send_with_opt_form_data(Some(form)),
    }
}

/// A text inside an object, by the names on the way; empty if there is none.
pub(super) fn text_at(value: &JsValue, path: &[&str]) -> String {
    let found = path.iter().try_fold(value.clone(), |at, name| js_sys::Reflect::get(&at, &(*name).into()));
    found.ok().and_then(|value| value.as_string()).unwrap_or_default()
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

//! Headers that every response carries.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};

/// `script_hashes`: base64 SHA-256 of the inline scripts, one for each side of the portal.
pub fn content_security_policy(script_hashes: &[String]) -> String {
    let scripts: String = script_hashes.iter().map(|hash| format!(" 'sha256-{hash}'")).collect();
    format!(
        "default-src 'none'; script-src 'self'{scripts} 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; \
         base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

/// Adds what is missing; a handler's own header stands.
pub fn add(headers: &mut HeaderMap, csp: &HeaderValue, https: bool) {
    let mut add = |name: HeaderName, value: HeaderValue| {
        headers.entry(name).or_insert(value);
    };
    add(header::CONTENT_SECURITY_POLICY, csp.clone());
    add(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    add(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    add(HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin"));
    add(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    add(
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=()"),
    );
    if https {
        add(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=63072000; includeSubDomains"),
        );
    }
}

/// Whether a client takes a content coding (RFC 9110, 12.5.3).
pub fn accepts_coding(headers: &HeaderMap, coding: &str) -> bool {
    let line = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    line.split(',').any(|part| {
        let (name, parameter) = part.split_once(';').unwrap_or((part, ""));
        let refused = parameter.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(coding) && !refused
    })
}

//! `/theme.css` and `/manifest.webmanifest`: the portal as its administrator dressed it.

use crate::settings::Shades;
use crate::web::{Ctx, Result};
use serde_json::json;

/// The accent and the shades that follow from it, as custom properties.
pub async fn css(ctx: Ctx) -> Result {
    let make = || async { Ok(Shades::of(&ctx.settings.accent).css()) };
    ctx.cached_text("text/css; charset=utf-8", make).await
}

pub async fn manifest(ctx: Ctx) -> Result {
    let make = || async {
        let locale = ctx.settings.default_locale();
        let name = ctx.settings.portal_name.get(locale);
        let icons = json!([
            { "src": "/favicon.svg", "type": "image/svg+xml", "sizes": "any" },
            { "src": "/apple-touch-icon.png", "type": "image/png", "sizes": "180x180" }
        ]);
        let manifest = json!({
            "name": name,
            "short_name": name,
            "lang": locale.tag(),
            "start_url": "/",
            "display": "browser",
            "background_color": "#faf8f2",
            "theme_color": ctx.settings.accent,
            "icons": icons,
        });
        Ok(manifest.to_string())
    };
    ctx.cached_text("application/manifest+json; charset=utf-8", make).await
}

//! Links and images.

use super::{Opened, Writer};
use crate::markdown::Profile;
use crate::markdown::escape::attribute;
use crate::markdown::heading::anchor;
use crate::markdown::html::{Token, class, close, get, has_words, is_visible, open};
use crate::markdown::urls::{Target, target};

impl<'a> Writer<'_, 'a> {
    pub(super) fn image(&mut self, attributes: &[(&'a str, String)]) {
        let Some(src) = get(attributes, "src") else { return };
        let alt = get(attributes, "alt").unwrap_or_default();
        if self.options.profile == Profile::Message && target(src) != Target::Local {
            self.image_as_link(src, alt);
            return;
        }
        self.out.images.push(src.to_owned());
        let mut kept = vec![("src", src.to_owned()), ("alt", alt.to_owned())];
        let number =
            |key| get(attributes, key).and_then(|value| value.parse::<u32>().ok()).filter(|n| *n > 0);
        match ((self.options.image_size)(src), number("width"), number("height")) {
            (Some((width, height)), Some(wanted), _) if width > 0 => {
                let scaled = u64::from(height) * u64::from(wanted) / u64::from(width);
                kept.push(("width", wanted.to_string()));
                kept.push(("height", scaled.max(1).to_string()));
            }
            (Some((width, height)), _, _) => {
                kept.push(("width", width.to_string()));
                kept.push(("height", height.to_string()));
            }
            (None, width, height) => {
                kept.extend(width.map(|width| ("width", width.to_string())));
                kept.extend(height.map(|height| ("height", height.to_string())));
            }
        }
        if let Some(title) = get(attributes, "title").filter(|title| !title.is_empty()) {
            kept.push(("title", title.to_owned()));
        }
        kept.push(("loading", "lazy".to_owned()));
        kept.push(("decoding", "async".to_owned()));
        open(&mut self.out.html, "img", &kept);
    }

    /// An image from elsewhere would tell its host who reads the thread; it becomes a link.
    fn image_as_link(&mut self, src: &str, alt: &str) {
        let words = if alt.trim().is_empty() { self.options.locale.t("画像", "Image") } else { alt };
        let linked = !self.within("a");
        if linked {
            self.out.links.push(src.to_owned());
            let link = [("href", src.to_owned()), ("rel", self.rel().to_owned())];
            open(&mut self.out.html, "a", &link);
        }
        self.out.html.push_str(&attribute(words));
        self.out.plain_text.push_str(words);
        if linked {
            close(&mut self.out.html, "a");
        }
    }

    fn rel(&self) -> &'static str {
        match self.options.profile {
            Profile::Article => "noopener",
            Profile::Message => "noopener nofollow ugc",
        }
    }

    pub(super) fn link(
        &mut self,
        name: &'a str,
        attributes: &[(&'a str, String)],
        inside: &[Token],
    ) -> Opened<'a> {
        let left_out =
            Opened { name, written: None, before_close: String::new(), after_close: "", silent: false };
        let Some(href) = get(attributes, "href") else {
            let id = get(attributes, "id").or_else(|| get(attributes, "name")).map(str::to_owned);
            let named: Vec<_> = id.map(|id| ("id", id)).into_iter().collect();
            let kept = self.common(&named);
            if kept.is_empty() {
                return left_out;
            }
            open(&mut self.out.html, "span", &kept);
            return Opened { written: Some("span"), ..left_out };
        };
        if class(attributes) == "footnote-backref" {
            return self.back_reference(name, href);
        }
        let kind = target(href);
        let empty = !inside.iter().any(is_visible);
        if empty
            || kind == Target::Forbidden
            || (kind == Target::Fragment && self.options.profile == Profile::Message)
        {
            return left_out;
        }
        let href = with_anchor(href, kind);
        let mut kept = self.common(attributes);
        kept.retain(|(key, _)| *key != "href");
        if !has_words(inside) {
            let last = href.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            kept.push(("aria-label", last.to_owned()));
        }
        if kind == Target::External {
            kept.push(("rel", self.rel().to_owned()));
        }
        kept.insert(0, ("href", href.clone()));
        self.out.links.push(href);
        open(&mut self.out.html, "a", &kept);
        Opened { written: Some("a"), ..left_out }
    }

    /// The arrow at the end of a footnote, back to where it was called.
    fn back_reference(&mut self, name: &'a str, href: &str) -> Opened<'a> {
        let number = href.rsplit("fnref-").next().unwrap_or_default();
        let label = format!("{} {number}", self.options.locale.t("本文に戻る", "Back to the text"));
        let kept = [
            ("href", with_anchor(href, Target::Fragment)),
            ("class", "footnote-back".to_owned()),
            ("aria-label", label),
        ];
        open(&mut self.out.html, "a", &kept);
        Opened { name, written: Some("a"), before_close: String::new(), after_close: "", silent: true }
    }
}

/// The address with its fragment named as `Writer::common` names ids, where it points into a text.
fn with_anchor(href: &str, kind: Target) -> String {
    match href.split_once('#') {
        Some((page, fragment))
            if !fragment.is_empty()
                && (kind == Target::Fragment || (kind == Target::Local && page.contains("/articles/"))) =>
        {
            format!("{page}#{}", anchor(fragment))
        }
        _ => href.to_owned(),
    }
}

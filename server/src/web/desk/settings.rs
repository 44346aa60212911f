//! `/desk/settings`.

use super::read_in;
use crate::identity::{Actor, audit};
use crate::intake::uploads;
use crate::search::judgement;
use crate::settings::{ByLocale, Settings, SupportHours, Weekday, merged, save};
use crate::web::{Brought, Ctx, Form, Page, Result, SentFile};
use app::i18n::Locale;
use app::model::form::FieldErrors;
use app::model::settings::{SettingsForm, SupportDay};
use app::model::shell::Place;
use app::pages::settings::weekday;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

pub async fn show(ctx: Ctx) -> Result {
    let form = filled(&ctx.settings);
    Ok(draw(&ctx, StatusCode::OK, form))
}

pub async fn store(ctx: Ctx, form: Form) -> Result {
    if let Some(ctx) = read_in(&ctx, &form) {
        let again = typed(&form, &ctx.settings);
        return Ok(draw(&ctx, StatusCode::OK, again));
    }
    let person = ctx.staff()?.clone();
    let was = decoded(form.raw("was"));
    let (mut new, mut errors) = read(&form, was.as_ref().unwrap_or(&ctx.settings), ctx.locale);
    let logo = match form.files("logo").into_iter().next() {
        Some(file) => look_over_logo(&ctx, file).await?.map_err(|message| errors.add("logo", message)).ok(),
        None => None,
    };
    if !errors.is_empty() {
        in_order(&mut errors);
        let mut again = typed(&form, &ctx.settings);
        again.errors = errors;
        return Ok(draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, again));
    }
    let mut tx = ctx.app.db.begin().await?;
    if let Some(logo) = logo {
        let owner = uploads::Owner::Portal;
        new.logo = Some(uploads::store(&mut tx, &ctx.app.chance, ctx.now, &owner, &logo).await?.key);
    } else if form.has("remove_logo") {
        new.logo = None;
    }
    // What another administrator changed while this form was open stays, unless it was changed here, too.
    if let Some(was) = &was {
        new = merged(was, &ctx.settings, &new);
    }
    let changed = save(&mut tx, &ctx.settings, &new, ctx.now).await?;
    for (name, old, new) in &changed {
        let detail = json!({ "setting": name, "from": old, "to": new });
        audit(&mut tx, ctx.now, &Actor::Person(&person), "settings.change", "setting", None, &detail).await?;
    }
    if !changed.is_empty() {
        judgement::wish(&mut tx, judgement::Cause::Settings, ctx.now).await?;
    }
    tx.commit().await?;
    ctx.app.work.notify_one();
    ctx.app.settings.refresh(&ctx.app.db).await?;
    ctx.app.pages.clear();
    ctx.flash("設定を保存しました。", "The settings have been saved.");
    Ok(ctx.redirect("/desk/settings"))
}

fn draw(ctx: &Ctx, status: StatusCode, mut form: SettingsForm) -> Response {
    form.csrf = ctx.csrf_token();
    let locale = ctx.locale;
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::settings::written_in()),
        ..Page::new(locale.t("設定", "Settings")).at(Place::Settings)
    };
    ctx.page_with(status, page, move || app::pages::settings::settings(locale, form))
}

/// The settings that a form was drawn from, as it carries them.
fn encoded(settings: &Settings) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(settings).unwrap_or_default())
}

fn decoded(text: &str) -> Option<Settings> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

fn filled(settings: &Settings) -> SettingsForm {
    let clock = |minutes: u16| format!("{:02}:{:02}", minutes / 60, minutes % 60);
    SettingsForm {
        was: encoded(settings),
        portal_name_ja: settings.portal_name.ja.clone(),
        portal_name_en: settings.portal_name.en.clone(),
        logo_url: settings.logo.as_ref().map(|key| format!("/files/{key}/logo")),
        accent: settings.accent.clone(),
        home_text_ja: settings.home_text.ja.clone(),
        home_text_en: settings.home_text.en.clone(),
        locales: settings.locales.iter().map(|locale| locale.tag().to_owned()).collect(),
        default_locale: settings.default_locale().tag().to_owned(),
        time_zone: settings.time_zone.clone(),
        days: settings
            .support_hours
            .0
            .iter()
            .map(|day| SupportDay {
                open: day.is_some(),
                from: day.map(|day| clock(day.from)).unwrap_or_default(),
                to: day.map(|day| clock(day.to)).unwrap_or_default(),
            })
            .collect(),
        reply_hours: settings.reply_hours.to_string(),
        upload_size: (settings.upload_size / (1024 * 1024)).to_string(),
        upload_count: settings.upload_count.to_string(),
        upload_types: settings.upload_types.join(" "),
        known_types: uploads::ALL_EXTENSIONS.join(" "),
        holdout_percent: settings.holdout_percent.to_string(),
        ..SettingsForm::default()
    }
}

/// The form as it was sent.
fn typed(form: &Form, settings: &Settings) -> SettingsForm {
    let text = |name: &str| form.raw(name).to_owned();
    SettingsForm {
        was: text("was"),
        portal_name_ja: text("portal_name_ja"),
        portal_name_en: text("portal_name_en"),
        logo_url: filled(settings).logo_url,
        accent: text("accent"),
        home_text_ja: text("home_text_ja"),
        home_text_en: text("home_text_en"),
        locales: form.all("locales"),
        default_locale: text("default_locale"),
        time_zone: text("time_zone"),
        days: (0..7)
            .map(|at| SupportDay {
                open: form.has(&format!("day_{at}_open")),
                from: text(&format!("day_{at}_from")),
                to: text(&format!("day_{at}_to")),
            })
            .collect(),
        reply_hours: text("reply_hours"),
        upload_size: text("upload_size"),
        upload_count: text("upload_count"),
        upload_types: text("upload_types"),
        known_types: uploads::ALL_EXTENSIONS.join(" "),
        holdout_percent: text("holdout_percent"),
        ..SettingsForm::default()
    }
}

/// The settings that a form asks for, and what is wrong with them. Fields that do not parse keep the present value.
fn read(form: &Form, present: &Settings, locale: Locale) -> (Settings, FieldErrors) {
    let mut errors = FieldErrors::default();
    let mut number = |name: &str, present: u64| match form.number(name).and_then(|n| u64::try_from(n).ok()) {
        Some(number) => number,
        None => {
            errors.add(name, locale.t("数字で入力してください。", "Enter a number."));
            present
        }
    };
    let reply_hours = number("reply_hours", u64::from(present.reply_hours));
    let upload_size = number("upload_size", present.upload_size / (1024 * 1024));
    let upload_count = number("upload_count", u64::from(present.upload_count));
    let holdout = form.raw("holdout_percent").nfkc().collect::<String>().trim().parse::<f64>();
    if holdout.is_err() {
        errors.add("holdout_percent", locale.t("数字で入力してください。", "Enter a number."));
    }
    let days = hours(form, locale, &mut errors);
    let default = Locale::from_tag(form.raw("default_locale")).unwrap_or_default();
    let mut locales: Vec<_> = form.all("locales").iter().filter_map(|tag| Locale::from_tag(tag)).collect();
    // The first is the default.
    locales.sort_by_key(|locale| *locale != default);
    let new = Settings {
        portal_name: ByLocale { ja: form.line("portal_name_ja"), en: form.line("portal_name_en") },
        accent: form.line("accent").to_lowercase(),
        home_text: ByLocale { ja: form.line("home_text_ja"), en: form.line("home_text_en") },
        locales,
        time_zone: form.line("time_zone"),
        support_hours: days,
        reply_hours: u32::try_from(reply_hours).unwrap_or(u32::MAX),
        upload_size: upload_size.saturating_mul(1024 * 1024),
        upload_count: u32::try_from(upload_count).unwrap_or(u32::MAX),
        upload_types: form
            .line("upload_types")
            .to_lowercase()
            .split(|c: char| c.is_whitespace() || c == ',' || c == '、')
            .map(|own| own.trim_start_matches('.').to_owned())
            .filter(|own| !own.is_empty())
            .collect(),
        holdout_percent: holdout.unwrap_or(present.holdout_percent),
        logo: present.logo.clone(),
    };
    for problem in new.problems() {
        if errors.of(problem.field).is_none() {
            errors.add(problem.field, locale.t(problem.ja, problem.en));
        }
    }
    (new, errors)
}

/// The week's hours, and what is wrong with which day of them.
fn hours(form: &Form, locale: Locale, errors: &mut FieldErrors) -> SupportHours {
    let minutes = |name: &str| {
        let text: String = form.raw(name).nfkc().collect();
        let (hours, minutes) = text.trim().split_once(':')?;
        let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
        (hours <= 24 && minutes < 60).then(|| hours * 60 + minutes).filter(|all| *all <= 24 * 60)
    };
    let mut days = [None; 7];
    for (at, day) in days.iter_mut().enumerate() {
        if !form.has(&format!("day_{at}_open")) {
            continue;
        }
        let name = weekday(locale, at);
        let (from, to) = (format!("day_{at}_from"), format!("day_{at}_to"));
        match (minutes(&from), minutes(&to)) {
            (Some(from), Some(to)) if from < to => *day = Some(Weekday { from, to }),
            (Some(_), Some(_)) => errors.add(
                to,
                locale.t(
                    format!("{name}の終了時刻は、開始時刻より後にしてください。"),
                    format!("{name}: the end must be after the start."),
                ),
            ),
            (begins, _) => errors.add(
                if begins.is_some() { to } else { from },
                locale.t(
                    format!("{name}の開始と終了の時刻を「09:00」の形で入力してください。"),
                    format!("{name}: enter the start and the end like 09:00."),
                ),
            ),
        }
    }
    SupportHours(days)
}

/// Puts mistakes into the order of the page's fields, which is the order in which people mend them.
fn in_order(errors: &mut FieldErrors) {
    const FIELDS: [&str; 14] = [
        "portal_name_ja",
        "portal_name_en",
        "logo",
        "accent",
        "home_text_ja",
        "home_text_en",
        "locales",
        "default_locale",
        "time_zone",
        "day_",
        "support_hours",
        "reply_hours",
        "upload_",
        "holdout_percent",
    ];
    let place =
        |field: &str| FIELDS.iter().position(|known| field.starts_with(known)).unwrap_or(FIELDS.len());
    // Within the week and within the limits for files they are found in order.
    errors.0.sort_by_key(|error| place(&error.field));
}

/// A new logo that may be stored, or what is wrong with the file.
async fn look_over_logo(
    ctx: &Ctx,
    file: SentFile,
) -> Result<std::result::Result<uploads::Checked, Cow<'static, str>>> {
    let limits = uploads::Limits::for_staff(&ctx.settings);
    let Brought { checked, refused } = Brought::look_over(limits, 1, vec![file]).await?;
    if let Some(refusal) = refused.first() {
        return Ok(Err(refusal.message(ctx.locale).into()));
    }
    let picture =
        checked.into_iter().find(|file| file.media_type.starts_with("image/") && file.width.is_some());
    Ok(picture.ok_or_else(|| {
        let words = ctx.locale.t(
            "ロゴにはPNG、JPEG、WebPの画像を選んでください。",
            "Choose a PNG, JPEG or WebP picture for the logo.",
        );
        words.into()
    }))
}

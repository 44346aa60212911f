//! The parts that pages are put together from, and the hand they are written in.
//!
//! A page is markup with the classes below and the components of this folder; it brings no CSS of its own. All parts
//! take plain owned data. Anything that writes words takes `locale`.
//!
//! # The frame of a page
//! The shell puts the page inside `<main id="main">`. A page begins with one of
//! - `<div class="page">`: 1120 px wide (home, results, article with its side column);
//! - `<div class="page page-narrow">`: one column of 680 px (ask, sign-in, a customer's thread, settings forms);
//! - `<div class="page page-wide">`: all there is (tables at the desk).
//!
//! Inside it: `Breadcrumb`, then `<header class="page-head">` with the one `<h1>`, an optional `<p class="lead">` and
//! `<div class="page-actions">` for buttons.
//!
//! # Arranging
//! - `stack` (children under each other, 16 px apart; `stack-s` 8 px, `stack-l` 32 px);
//! - `row` (beside each other, wrapping, 8 px apart; `row-between` pushes the ends apart);
//! - `grid-2`, `grid-3` (equal columns that fold when narrow);
//! - `with-side` (main column and a 280 px column: `<div class="with-side"><div>…</div><aside>…</aside></div>`;
//!   `with-side side-first` puts the aside on the left: the filters of the results);
//! - `section` with `<h2>` inside for a titled part of a page.
//!
//! # Words
//! `lead` (intro), `muted` (secondary), `small` (13 px), `num` (tabular figures, right-aligned in tables),
//! `nowrap`, `clip` (one line with an ellipsis), `visually-hidden`, `prose` (rendered Markdown: everything an article
//! may contain), `prose prose-compact` (messages of a thread). `lang=` on every run in another language.
//!
//! # Lists
//! - `<ul class="link-list">`: links with a hairline between them;
//! - `<ul class="plain">`: no bullets;
//! - `<dl class="facts">`: names and values in two columns;
//! - `<span class="person">`: an `Avatar`, then `<span>` with the name and a second line in `muted small`;
//! - `<ol class="results">` with `<li class="result">`: search results (see `examples/gallery`).
//!
//! # Forms
//! `<form class="form">` stacks fields 24 px apart; `ErrorSummary` comes first, then `Csrf`, fields, and
//! `<div class="form-actions">` with the primary `Button` first. `FieldGroup` is a titled part of a long form. Compact filter bars
//! are `<form class="filters">`. A form of one button is `<form class="inline-form">`.
//!
//! # Colour
//! A `Tone` says what a colour means (accent, good, warn, bad); a word always stands beside it.
//!
//! # The inbox
//! `<div class="inbox">` holds `inbox-list` and `reading`. With a request open it also has `has-request` (narrow screens
//! then show the request alone), the request's subject is the `h1` and the list's title an `h2`.
//!
//! The compositions of whole pages are in `app/examples/gallery`: copy the markup from there.

mod avatar;
mod badge;
mod breadcrumb;
mod button;
mod card;
mod chart;
mod choice_field;
mod dialog;
mod empty;
mod error_summary;
mod file_field;
mod form;
mod highlight;
mod icon;
mod kbd;
mod language;
mod lines;
mod logo;
mod message;
mod notice;
mod pagination;
#[cfg(not(feature = "hydrate"))]
mod search_box;
mod select_field;
mod several_fields;
mod sparkline;
mod table;
mod tabs;
mod text_field;
mod time;
mod toc;

pub use avatar::*;
pub use badge::*;
pub use breadcrumb::*;
pub use button::*;
pub use card::*;
pub use chart::*;
pub use choice_field::*;
pub use dialog::*;
pub use empty::*;
pub use error_summary::*;
pub use file_field::*;
pub use form::*;
pub use highlight::*;
pub use icon::*;
pub use kbd::*;
pub use language::*;
pub use lines::*;
pub use logo::*;
pub use message::*;
pub use notice::*;
pub use pagination::*;
#[cfg(not(feature = "hydrate"))]
pub use search_box::*;
pub use select_field::*;
pub use several_fields::*;
pub use sparkline::*;
pub use table::*;
pub use tabs::*;
pub use text_field::*;
pub use time::*;
pub use toc::*;

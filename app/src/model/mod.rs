//! Plain data that pages are drawn from, and that the JSON API speaks.

pub mod figures;
pub mod form;
pub mod shell;
pub mod words;

//! Telling robots from people without asking people anything. Nothing here refuses a person's words: what looks like a
//! robot is shown a page with a button more.

use crate::clock::{DAY, SECOND};
use crate::web::Secret;

/// A form that comes back sooner was not filled in by hand.
pub const FASTEST: i64 = 2 * SECOND;

/// A form may stand open this long; the page's own token ends earlier.
const SLOWEST: i64 = 7 * DAY;

const PURPOSE: &str = "form-opened";

/// What the form carries: when it was opened, signed.
pub fn opened_mark(secret: &Secret, now: i64) -> String {
    format!("{now}.{}", secret.sign(PURPOSE, &now.to_string()))
}

/// Whether a form with this mark may have been filled in by a person by now. A mark that is missing, forged or from
/// another age may not.
pub fn is_human_pace(secret: &Secret, mark: &str, now: i64) -> bool {
    let Some((at, signature)) = mark.split_once('.') else { return false };
    let Ok(opened) = at.parse::<i64>() else { return false };
    secret.verify(PURPOSE, at, signature) && (FASTEST..SLOWEST).contains(&(now - opened))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_filled_in_at_once_or_with_a_forged_mark_is_suspect() {
        let secret = Secret::new("key".into());
        let mark = opened_mark(&secret, 1_000_000);
        assert!(!is_human_pace(&secret, &mark, 1_000_000 + SECOND));
        assert!(is_human_pace(&secret, &mark, 1_000_000 + FASTEST));
        assert!(!is_human_pace(&secret, &mark, 1_000_000 + SLOWEST));
        assert!(!is_human_pace(&secret, "", 1_000_000));
        assert!(!is_human_pace(&secret, &mark.replacen("1000000", "100", 1), 1_000_000));
    }
}

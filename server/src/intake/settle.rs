//! How visits ended: decided a day after they began, and once more after a week.

use crate::app_state::App;
use crate::clock::DAY;
use crate::storage::{Result, Tx, run};

/// What came of a visit within its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The customer said that an article solved it, and sent nothing in the window.
    Confirmed,
    /// An article was read, nothing was sent, nothing was said.
    Potential,
    /// A request was sent, from this visit or, after something had been typed or read in it, from another of the same
    /// browser.
    None,
    /// Left without reading an answer or sending anything.
    Idle,
}

impl Outcome {
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::Potential, Self::None, Self::Idle];

    /// The word in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Potential => "potential",
            Self::None => "none",
            Self::Idle => "idle",
        }
    }
}

/// One text for both windows. Whether a later request was about the same thing cannot be known, so every request of
/// the same browser counts against the visit: what is called confirmed can be believed.
macro_rules! settle {
    ($tx:expr, $column:literal, $window:expr, $now:expr) => {
        run!(
            $tx,
            concat!(
                "UPDATE intake_session SET ",
                $column,
                " = CASE
                     WHEN submitted_at IS NOT NULL AND submitted_at <= opened_at + $1 THEN 'none'
                     WHEN (typed_at IS NOT NULL OR solved_at IS NOT NULL)
                      AND EXISTS (SELECT 1 FROM intake_session other
                                  WHERE other.visitor = intake_session.visitor
                                    AND other.id <> intake_session.id
                                    AND other.submitted_at >= intake_session.opened_at
                                    AND other.submitted_at <= intake_session.opened_at + $1) THEN 'none'
                     WHEN solved_at IS NOT NULL AND solved_at <= opened_at + $1 THEN 'confirmed'
                     WHEN EXISTS (SELECT 1 FROM intake_opened opened
                                  WHERE opened.intake_session_id = intake_session.id
                                    AND opened.at <= intake_session.opened_at + $1) THEN 'potential'
                     ELSE 'idle' END
                 WHERE ",
                $column,
                " IS NULL AND opened_at <= $2"
            ),
            $window,
            $now - $window
        )
    };
}

/// Settles every visit whose day or week is over. Running it again changes nothing.
pub async fn settle(tx: &mut Tx, now: i64) -> Result<()> {
    settle!(tx, "outcome_day", DAY, now)?;
    settle!(tx, "outcome_week", 7 * DAY, now)?;
    Ok(())
}

/// The intake's regular work: settles visits, drops uploads whose form never came.
pub async fn tidy(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    settle(&mut tx, now).await?;
    super::uploads::sweep(&mut tx, now).await?;
    tx.commit().await
}

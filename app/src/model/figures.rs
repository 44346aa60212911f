//! Numbers that are drawn: one model per picture. Each carries its numbers as text, so that the table behind the
//! picture reads as the page does.

use serde::{Deserialize, Serialize};

/// What a colour says. Colour never says it alone: there is always a word beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Ink: nothing to notice.
    #[default]
    Plain,
    /// 藍 (indigo): the accent; new, selected.
    Accent,
    /// 松 (pine): done, well.
    Good,
    /// 山吹 (amber): waiting, look here.
    Warn,
    /// 紅 (crimson): late, wrong.
    Bad,
}

impl Tone {
    /// The class suffix: `badge badge-good`.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// One number with the words that name it: a row of bars, a point of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Datum {
    pub label: String,
    pub value: f64,
    /// The number as written for the reader: "1,204", "12.5 %".
    pub text: String,
    pub tone: Tone,
}

/// Columns stacked from the same series, one column per group (a week, a day).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StackedColumns {
    /// The parts of each column from bottom to top: name and tone.
    pub series: Vec<(String, Tone)>,
    pub groups: Vec<ColumnGroup>,
}

/// One column: its name under the axis and one value per series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ColumnGroup {
    pub label: String,
    pub values: Vec<f64>,
}

/// A line over time: shares from 0 to 1, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub name: String,
    pub tone: Tone,
    pub points: Vec<LinePoint>,
}

/// One moment of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LinePoint {
    /// Milliseconds UTC: points stand as far apart as they are in time.
    pub at: i64,
    pub label: String,
    pub share: f64,
}

/// An estimate with its confidence interval. All three share one unit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub label: String,
    pub low: f64,
    pub point: f64,
    pub high: f64,
    /// The whole finding as written: "−12.4 points (−18.0 to −6.8)".
    pub text: String,
    pub tone: Tone,
}

//! Bars, columns and intervals, drawn on the server as SVG, each with its numbers in a table for screen readers.

use leptos::prelude::*;

use super::sparkline::DataTable;
use crate::{
    i18n::Locale,
    model::figures::{Datum, Estimate, StackedColumns},
};

/// Horizontal bars with their names on the left and their numbers on the right. This one is a real table: the bar
/// is only the drawing in its middle column.
#[component]
pub fn Bars(#[prop(into)] caption: String, data: Vec<Datum>) -> AnyView {
    let greatest = data.iter().map(|datum| datum.value).fold(0.0, f64::max);
    let rows = data
        .into_iter()
        .map(|datum| {
            let share = if greatest > 0.0 { 100.0 * datum.value.max(0.0) / greatest } else { 0.0 };
            view! {
                <tr>
                    <th scope="row">{datum.label}</th>
                    <td class="bar-cell" aria-hidden="true">
                        <svg class="bar" width="100%" height="12">
                            <rect
                                class=format!("fill-{}", datum.tone.class())
                                width=format!("{share:.1}%")
                                height="12"
                                rx="2"
                            />
                        </svg>
                    </td>
                    <td class="num">{datum.text}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="bars">
            <caption class="visually-hidden">{caption}</caption>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// All drawings are as wide as their place and keep their height: x is in percent, y in pixels, so that letters
/// keep their size on a phone and on a wide desk.
const COLUMNS_HEIGHT: f64 = 196.0;
/// Room above the columns, and under them for their names.
const ABOVE: f64 = 14.0;
const BELOW: f64 = 24.0;
/// Percent of the width at the left for the numbers of the scale.
const SCALE: f64 = 7.0;

/// Columns stacked from the same series, with a legend, a scale of three lines, and the table behind.
#[component]
pub fn Columns(locale: Locale, #[prop(into)] caption: String, columns: StackedColumns) -> AnyView {
    let legend = columns
        .series
        .iter()
        .map(|(name, tone)| {
            view! {
                <li>
                    <span class=format!("swatch swatch-{}", tone.class())></span>
                    {name.clone()}
                </li>
            }
        })
        .collect_view();
    let drawing = view! {
        <svg class="columns" width="100%" height=COLUMNS_HEIGHT.to_string() aria-hidden="true">
            {columns_drawn(&columns)}
        </svg>
    };
    view! {
        <div class="chart">
            <ul class="legend" aria-hidden="true">{legend}</ul>
            {drawing}
            {columns_table(locale, caption, &columns)}
        </div>
    }
    .into_any()
}

fn columns_drawn(columns: &StackedColumns) -> AnyView {
    let top =
        round_up(columns.groups.iter().map(|group| group.values.iter().sum::<f64>()).fold(0.0, f64::max));
    let height = COLUMNS_HEIGHT - ABOVE - BELOW;
    let step = (100.0 - SCALE) / columns.groups.len().max(1) as f64;
    let width = step * 0.6;
    // With many columns only every n-th name fits under the axis.
    let every = columns.groups.len().div_ceil(8).max(1);
    let scale = [0.0, 0.5, 1.0].map(|share| {
        let y = ABOVE + height * (1.0 - share);
        view! {
            <line class="chart-line" x1="0" x2="100%" y1=px(y) y2=px(y) />
            <text class="chart-text" x="0" y=px(y - 4.0)>{short(top * share)}</text>
        }
    });
    let drawn = columns
        .groups
        .iter()
        .enumerate()
        .map(|(n, group)| {
            let middle = SCALE + step * (n as f64 + 0.5);
            let mut y = ABOVE + height;
            let parts = group
                .values
                .iter()
                .zip(&columns.series)
                .filter(|(value, _)| **value > 0.0)
                .map(|(value, (_, tone))| {
                    let part = height * value / top;
                    y -= part;
                    view! {
                        <rect
                            class=format!("fill-{}", tone.class())
                            x=percent(middle - width / 2.0)
                            y=px(y)
                            width=percent(width)
                            height=px((part - 1.0).max(0.5))
                        />
                    }
                })
                .collect_view();
            let name = (n % every == 0).then(|| {
                view! {
                    <text class="chart-text" x=percent(middle) y=px(COLUMNS_HEIGHT - 6.0) text-anchor="middle">
                        {group.label.clone()}
                    </text>
                }
            });
            view! { {parts} {name} }
        })
        .collect_view();
    view! { {scale} {drawn} }.into_any()
}

fn columns_table(locale: Locale, caption: String, columns: &StackedColumns) -> AnyView {
    let headings =
        columns.series.iter().map(|(name, _)| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = columns
        .groups
        .iter()
        .map(|group| {
            let cells = group.values.iter().map(|value| view! { <td>{short(*value)}</td> }).collect_view();
            view! { <tr><th scope="row">{group.label.clone()}</th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <div class="visually-hidden">
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.t("期間", "Period")}</th>
                        {headings}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Height of one estimate: its name, what was found, and the interval under them.
const ESTIMATE: f64 = 72.0;

/// Estimates with their intervals on one scale, zero marked: does the interval leave zero out?
#[component]
pub fn Intervals(locale: Locale, #[prop(into)] caption: String, estimates: Vec<Estimate>) -> AnyView {
    let low = estimates.iter().map(|estimate| estimate.low).fold(0.0, f64::min);
    let high = estimates.iter().map(|estimate| estimate.high).fold(0.0, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    // Two percent at each side keep the outermost ends inside.
    let x = |value: f64| percent(2.0 + 96.0 * (value - low) / span);
    let height = ESTIMATE * estimates.len() as f64;
    let rows = estimates
        .iter()
        .enumerate()
        .map(|(n, estimate)| {
            let top = ESTIMATE * n as f64;
            let line = px(top + 54.0);
            let tone = estimate.tone.class();
            view! {
                <text class="chart-text" x="0" y=px(top + 14.0)>{estimate.label.clone()}</text>
                <text class="chart-text chart-strong" x="0" y=px(top + 34.0)>{estimate.text.clone()}</text>
                <line
                    class=format!("interval stroke-{tone}")
                    x1=x(estimate.low)
                    x2=x(estimate.high)
                    y1=line.clone()
                    y2=line.clone()
                />
                <circle class=format!("fill-{tone}") cx=x(estimate.point) cy=line r="6" />
            }
        })
        .collect_view();
    let data = estimates
        .iter()
        .map(|estimate| Datum {
            label: estimate.label.clone(),
            text: estimate.text.clone(),
            ..Datum::default()
        })
        .collect::<Vec<_>>();
    view! {
        <div class="chart">
            <svg class="intervals" width="100%" height=px(height + 16.0) aria-hidden="true">
                <line class="chart-zero" x1=x(0.0) x2=x(0.0) y1="42" y2=px(height) />
                <text class="chart-text" x=x(0.0) y=px(height + 14.0) text-anchor="middle">"0"</text>
                {rows}
            </svg>
            <DataTable locale caption data />
        </div>
    }
    .into_any()
}

fn px(value: f64) -> String {
    format!("{value:.1}")
}

fn percent(value: f64) -> String {
    format!("{value:.2}%")
}

/// The next round number (1, 2, 5 × a power of ten) at or above the greatest value: the top of the scale.
fn round_up(value: f64) -> f64 {
    if value <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(value.log10().floor());
    let digit = value / power;
    let round = [1.0, 2.0, 4.0, 5.0, 10.0].into_iter().find(|step| digit <= *step).unwrap_or(10.0);
    round * power
}

/// At most one decimal, none where it would be zero.
fn short(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_on_a_round_number() {
        assert_eq!(round_up(0.0), 1.0);
        assert_eq!(round_up(3.0), 4.0);
        assert_eq!(round_up(17.0), 20.0);
        assert_eq!(round_up(100.0), 100.0);
        assert_eq!(round_up(430.0), 500.0);
    }

    #[test]
    fn whole_numbers_carry_no_decimals() {
        assert_eq!(short(4.0), "4");
        assert_eq!(short(2.5), "2.5");
    }
}

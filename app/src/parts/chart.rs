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

const COLUMNS_WIDTH: f64 = 640.0;
const COLUMNS_HEIGHT: f64 = 180.0;
/// Room under the columns for their names.
const AXIS: f64 = 24.0;
/// Room at the left for the numbers of the scale.
const SCALE: f64 = 36.0;

/// Columns stacked from the same series, with a legend, a scale of three lines, and the table behind.
#[component]
pub fn Columns(locale: Locale, #[prop(into)] caption: String, columns: StackedColumns) -> AnyView {
    let top =
        round_up(columns.groups.iter().map(|group| group.values.iter().sum::<f64>()).fold(0.0, f64::max));
    let height = COLUMNS_HEIGHT - AXIS - 8.0;
    let step = (COLUMNS_WIDTH - SCALE) / columns.groups.len().max(1) as f64;
    let width = (step * 0.62).min(44.0);
    // With many columns only every n-th name fits under the axis.
    let every = (columns.groups.len() / 9).max(1);

    let scale = [0.0, 0.5, 1.0].map(|share| {
        let y = 8.0 + height * (1.0 - share);
        view! {
            <line class="chart-line" x1=SCALE.to_string() x2=COLUMNS_WIDTH.to_string() y1=format!("{y:.1}") y2=format!("{y:.1}") />
            <text class="chart-text" x=(SCALE - 8.0).to_string() y=format!("{:.1}", y + 4.0) text-anchor="end">
                {short(top * share)}
            </text>
        }
    });
    let drawn = columns
        .groups
        .iter()
        .enumerate()
        .map(|(n, group)| {
            let middle = SCALE + step * (n as f64 + 0.5);
            let mut y = 8.0 + height;
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
                            x=format!("{:.1}", middle - width / 2.0)
                            y=format!("{y:.1}")
                            width=format!("{width:.1}")
                            height=format!("{:.1}", (part - 1.0).max(0.5))
                        />
                    }
                })
                .collect_view();
            let name = (n % every == 0).then(|| {
                view! {
                    <text class="chart-text" x=format!("{middle:.1}") y=(COLUMNS_HEIGHT - 6.0).to_string() text-anchor="middle">
                        {group.label.clone()}
                    </text>
                }
            });
            view! { {parts} {name} }
        })
        .collect_view();
    let legend = columns
        .series
        .iter()
        .map(|(name, tone)| view! { <li><span class=format!("swatch swatch-{}", tone.class())></span>{name.clone()}</li> })
        .collect_view();
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
        <div class="chart">
            <ul class="legend" aria-hidden="true">{legend}</ul>
            <svg class="columns" viewBox=format!("0 0 {COLUMNS_WIDTH} {COLUMNS_HEIGHT}") aria-hidden="true">
                {scale}
                {drawn}
            </svg>
            <table class="visually-hidden">
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

/// Estimates with their intervals on one scale, zero marked: does the interval leave zero out?
#[component]
pub fn Intervals(locale: Locale, #[prop(into)] caption: String, estimates: Vec<Estimate>) -> AnyView {
    const WIDTH: f64 = 640.0;
    const ROW: f64 = 44.0;
    let low = estimates.iter().map(|estimate| estimate.low).fold(0.0, f64::min);
    let high = estimates.iter().map(|estimate| estimate.high).fold(0.0, f64::max);
    let span = if high > low { high - low } else { 1.0 };
    let x = |value: f64| format!("{:.1}", 12.0 + (WIDTH - 24.0) * (value - low) / span);
    let height = ROW * estimates.len() as f64;
    let rows = estimates
        .iter()
        .enumerate()
        .map(|(n, estimate)| {
            let y = ROW * n as f64;
            let tone = estimate.tone.class();
            view! {
                <text class="chart-text" x="12" y=format!("{:.1}", y + 14.0)>
                    {format!("{}  {}", estimate.label, estimate.text)}
                </text>
                <line
                    class=format!("interval stroke-{tone}")
                    x1=x(estimate.low)
                    x2=x(estimate.high)
                    y1=format!("{:.1}", y + 30.0)
                    y2=format!("{:.1}", y + 30.0)
                />
                <circle class=format!("fill-{tone}") cx=x(estimate.point) cy=format!("{:.1}", y + 30.0) r="6" />
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
            <svg class="intervals" viewBox=format!("0 0 {WIDTH} {height}") aria-hidden="true">
                <line class="chart-zero" x1=x(0.0) x2=x(0.0) y1="0" y2=height.to_string() />
                {rows}
            </svg>
            <DataTable locale caption data />
        </div>
    }
    .into_any()
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

//! A line without axes: how a number went, in the space of a word.

use leptos::prelude::*;

use crate::{i18n::Locale, model::figures::Datum};

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
const EDGE: f64 = 3.0;

/// A sparkline of the data from left to right, its last point marked, with a table behind it for screen readers.
#[component]
pub fn Sparkline(locale: Locale, #[prop(into)] caption: String, data: Vec<Datum>) -> AnyView {
    if data.len() < 2 {
        return ().into_any();
    }
    let points = points(&data.iter().map(|datum| datum.value).collect::<Vec<_>>());
    let line = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<_>>().join(" ");
    let area = format!("{EDGE},{HEIGHT} {line} {:.1},{HEIGHT}", WIDTH - EDGE);
    let end = points.last().copied().unwrap_or_default();
    view! {
        <div class="chart">
            <svg class="sparkline" viewBox=format!("0 0 {WIDTH} {HEIGHT}") width="120" height="32" aria-hidden="true">
                <polygon class="sparkline-area" points=area />
                <polyline class="sparkline-line" points=line />
                <circle class="sparkline-end" cx=format!("{:.1}", end.0) cy=format!("{:.1}", end.1) r="2.5" />
            </svg>
            <DataTable locale caption data />
        </div>
    }
    .into_any()
}

/// The numbers of a drawing as a table that only screen readers meet.
#[component]
pub(super) fn DataTable(locale: Locale, #[prop(into)] caption: String, data: Vec<Datum>) -> AnyView {
    let rows = data
        .into_iter()
        .map(|datum| view! { <tr><th scope="row">{datum.label}</th><td>{datum.text}</td></tr> })
        .collect_view();
    view! {
        <div class="visually-hidden">
            <table>
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.t("項目", "Item")}</th>
                        <th scope="col">{locale.t("値", "Value")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Places values in the box: x evenly spread, y with zero at the bottom and the greatest value at the top.
fn points(values: &[f64]) -> Vec<(f64, f64)> {
    let greatest = values.iter().copied().fold(0.0, f64::max);
    let steps = (values.len().max(2) - 1) as f64;
    values
        .iter()
        .enumerate()
        .map(|(n, value)| {
            let share = if greatest > 0.0 { value.max(0.0) / greatest } else { 0.0 };
            let x = EDGE + (WIDTH - 2.0 * EDGE) * n as f64 / steps;
            (x, HEIGHT - EDGE - (HEIGHT - 2.0 * EDGE) * share)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_value_touches_the_top_and_zero_the_bottom() {
        let points = points(&[0.0, 5.0, 10.0]);
        assert_eq!(points[0], (EDGE, HEIGHT - EDGE));
        assert_eq!(points[2], (WIDTH - EDGE, EDGE));
    }

    #[test]
    fn nothing_but_zeros_is_a_flat_line() {
        assert!(points(&[0.0, 0.0]).iter().all(|(_, y)| *y == HEIGHT - EDGE));
    }
}

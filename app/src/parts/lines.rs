//! Lines over time, drawn on the server as SVG: shares between none and all. The numbers stand in a table that the page
//! puts beneath.

use leptos::prelude::*;

use crate::model::figures::{Line, LinePoint};

/// As in the other drawings, x is in percent and y in pixels, so that letters keep their size; lines between such points
/// are drawn one by one.
const HEIGHT: f64 = 180.0;
const ABOVE: f64 = 14.0;
const BELOW: f64 = 24.0;
/// Percent of the width at the left for the scale, and at the right for the last point.
const LEFT: f64 = 8.0;
const RIGHT: f64 = 2.0;

/// Lines over the same stretch of time.
#[component]
pub fn Lines(lines: Vec<Line>) -> AnyView {
    let times = || lines.iter().flat_map(|line| &line.points).map(|point| point.at);
    let (from, to) = (times().min().unwrap_or_default(), times().max().unwrap_or_default());
    let y = |share: f64| format!("{:.1}", ABOVE + (HEIGHT - ABOVE - BELOW) * (1.0 - share.clamp(0.0, 1.0)));
    let above = |share: f64| format!("{:.1}", ABOVE + (HEIGHT - ABOVE - BELOW) * (1.0 - share) - 4.0);
    let x = |at: i64| {
        let way = (at - from) as f64 / (to - from).max(1) as f64;
        format!("{:.2}%", LEFT + (100.0 - LEFT - RIGHT) * way)
    };
    let legend = lines
        .iter()
        .map(|line| {
            view! {
                <li>
                    <span class=format!("swatch swatch-{}", line.tone.class())></span>
                    {line.name.clone()}
                </li>
            }
        })
        .collect_view();
    let scale = [0.0, 0.5, 1.0].map(|share| {
        view! {
            <line class="chart-line" x1="0" x2="100%" y1=y(share) y2=y(share) />
            <text class="chart-text" x="0" y=above(share)>{format!("{:.0} %", 100.0 * share)}</text>
        }
    });
    let ends = lines.first().map(|line| {
        let label = |point: Option<&LinePoint>| point.map(|point| point.label.clone()).unwrap_or_default();
        let bottom = format!("{}", HEIGHT - 6.0);
        view! {
            <text class="chart-text" x=x(from) y=bottom.clone()>{label(line.points.first())}</text>
            <text class="chart-text" x="100%" y=bottom text-anchor="end">{label(line.points.last())}</text>
        }
    });
    let drawn = lines
        .iter()
        .map(|line| {
            let tone = line.tone.class();
            let pieces = line
                .points
                .windows(2)
                .map(|pair| {
                    view! {
                        <line
                            class=format!("plotted stroke-{tone}")
                            x1=x(pair[0].at)
                            y1=y(pair[0].share)
                            x2=x(pair[1].at)
                            y2=y(pair[1].share)
                        />
                    }
                })
                .collect_view();
            let last = line.points.last().map(|point| {
                view! { <circle class=format!("fill-{tone}") cx=x(point.at) cy=y(point.share) r="4" /> }
            });
            view! { {pieces} {last} }
        })
        .collect_view();
    view! {
        <div class="chart">
            <ul class="legend" aria-hidden="true">{legend}</ul>
            <svg class="columns" width="100%" height=HEIGHT.to_string() aria-hidden="true">
                {scale} {drawn} {ends}
            </svg>
        </div>
    }
    .into_any()
}

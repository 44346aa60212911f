//! Every colour of `style/tokens.css` that carries words or marks a control keeps its contrast (WCAG 2.2: 1.4.3 and
//! 1.4.11), by day and by night, and so does every accent that an administrator may choose.

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");

/// Red, green and blue, linear light, 0 to 1.
type Rgb = [f64; 3];

#[test]
fn words_keep_four_and_a_half_to_one_on_every_ground() {
    for night in [false, true] {
        let colour = colours(night);
        let grounds = ["paper", "surface", "sunk", "hover"];
        for ink in ["ink", "ink-2", "ink-3"] {
            for ground in grounds {
                hold(night, ink, colour[ink], ground, colour[ground], 4.5);
            }
        }
        for tone in ["good", "warn", "bad"] {
            let wash = format!("{tone}-wash");
            for ground in ["paper", "surface", wash.as_str()] {
                hold(night, tone, colour[tone], ground, colour[ground], 4.5);
            }
            hold(night, "ink", colour["ink"], &wash, colour[wash.as_str()], 4.5);
        }
        hold(night, "ink", colour["ink"], "mark", colour["mark"], 4.5);
    }
}

#[test]
fn frames_of_controls_and_parts_of_drawings_keep_three_to_one() {
    for night in [false, true] {
        let colour = colours(night);
        for mark in ["line-strong", "good-fill", "warn-fill", "bad-fill"] {
            for ground in ["paper", "surface"] {
                hold(night, mark, colour[mark], ground, colour[ground], 3.0);
            }
        }
    }
}

#[test]
fn any_accent_becomes_one_that_can_be_read() {
    for accent in
        ["#214e7f", "#000000", "#ffffff", "#ffd400", "#00ff66", "#e3002b", "#7a7a7a", "#ff00ff", "#00e5ff"]
    {
        for night in [false, true] {
            let colour = colours(night);
            let ink = accent_ink(hex(accent), night);
            for ground in ["paper", "surface", "sunk"] {
                hold(night, accent, ink, ground, colour[ground], 4.5);
            }
            hold(night, "on-accent", colour["on-accent"], accent, ink, 4.5);
        }
    }
}

/// `--accent-ink` as tokens.css derives it: lightness clamped, and chroma too at night.
fn accent_ink(accent: Rgb, night: bool) -> Rgb {
    let [l, c, h] = to_oklch(accent);
    let (day_l, night_l, night_c) = clamps();
    if night { from_oklch([l.max(night_l), c.min(night_c), h]) } else { from_oklch([l.min(day_l), c, h]) }
}

/// The three numbers of the `--accent-ink` rule, read from the style sheet itself.
fn clamps() -> (f64, f64, f64) {
    let rule =
        TOKENS.split("--accent-ink:").nth(1).and_then(|rest| rest.split(';').next()).expect("--accent-ink");
    let number = |before: &str| -> f64 {
        let text = rule.split(before).nth(1).and_then(|rest| rest.split(')').next()).expect("a clamp");
        text.parse().expect("a number")
    };
    (number("min(l, "), number("max(l, "), number("min(c, "))
}

/// All tokens of the shape `--name: light-dark(#day, #night);`.
fn colours(night: bool) -> BTreeMap<&'static str, Rgb> {
    let found: BTreeMap<_, _> = TOKENS
        .lines()
        .filter_map(|line| {
            let (name, rest) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (day, dark) = rest.strip_suffix(");")?.split_once(", ")?;
            let value = if night { dark } else { day };
            value.starts_with('#').then(|| (name, hex(value)))
        })
        .collect();
    assert!(found.len() > 15, "tokens.css has changed its shape: {found:?}");
    found
}

fn hold(night: bool, ink: &str, over: Rgb, ground: &str, under: Rgb, least: f64) {
    let ratio = contrast(over, under);
    let when = if night { "by night" } else { "by day" };
    assert!(ratio >= least, "{ink} on {ground} {when}: {ratio:.2}, not {least}");
}

/// Contrast ratio of WCAG 2.2, 1 to 21.
fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |[r, g, b]: Rgb| 0.2126 * r + 0.7152 * g + 0.0722 * b;
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn hex(text: &str) -> Rgb {
    let number = u32::from_str_radix(text.trim_start_matches('#'), 16).expect("six hexadecimal digits");
    [16, 8, 0].map(|shift| {
        let encoded = f64::from((number >> shift) & 0xff) / 255.0;
        if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
    })
}

/// Lightness, chroma and hue (radians) of OKLCH; the matrices are those of <https://bottosson.github.io/posts/oklab/>.
fn to_oklch([r, g, b]: Rgb) -> [f64; 3] {
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
    let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
    [lightness, a.hypot(b), b.atan2(a)]
}

/// Back to RGB, what lies outside the screen's range clipped as browsers do.
fn from_oklch([lightness, chroma, hue]: [f64; 3]) -> Rgb {
    let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    [
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(|channel: f64| channel.clamp(0.0, 1.0))
}

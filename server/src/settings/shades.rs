//! The shades that follow from the one colour an administrator sets. Hue and chroma are kept; lightness is moved just
//! so far that words in the accent, and words on it, keep their contrast on every surface of the portal, day and night.
//!
//! Colours are mixed in OKLCH (Björn Ottosson, "A perceptual color space for image processing", 2020) and judged by
//! the contrast ratio of WCAG 2.2 (1.4.3).

/// What text needs.
const CONTRAST: f64 = 4.5;

/// A little more than needed, because the page's washes mix a tint of the accent into the surface.
const MARGIN: f64 = 1.25;

/// The lightest surfaces by day and the ones by night, as in `style/tokens.css`: paper, surface, sunk, hover.
const DAY: [&str; 4] = ["#faf8f2", "#fffefb", "#f3f0e7", "#f0ece1"];
const NIGHT: [&str; 4] = ["#17181c", "#1e1f24", "#121317", "#272830"];

/// Words on a surface in the accent.
const ON_ACCENT_DAY: &str = "#fffefb";
const ON_ACCENT_NIGHT: &str = "#14161b";

/// A colour with its components in 0..=1, gamma-encoded sRGB.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rgb([f64; 3]);

/// Lightness, and the two opponent axes.
#[derive(Clone, Copy, Debug)]
struct Lab(f64, f64, f64);

/// The accent and what follows from it, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shades {
    pub accent: String,
    /// Words and buttons, by day and by night.
    pub ink: [String; 2],
    /// The same, pressed or pointed at.
    pub deep: [String; 2],
}

impl Shades {
    /// Of an accent as the settings hold it (`#rrggbb`); anything else counts as ink.
    pub fn of(accent: &str) -> Self {
        let colour = Rgb::parse(accent).unwrap_or(Rgb([0.13; 3]));
        let backgrounds = |surfaces: [&str; 4], on: &str| -> Vec<Rgb> {
            surfaces.iter().copied().chain([on]).filter_map(Rgb::parse).collect()
        };
        let day = backgrounds(DAY, ON_ACCENT_DAY);
        let night = backgrounds(NIGHT, ON_ACCENT_NIGHT);
        let ink = [colour.until(&day, -1.0, 0.0), colour.until(&night, 1.0, 0.0)];
        let deep = [colour.until(&day, -1.0, 0.08), colour.until(&night, 1.0, 0.07)];
        Self { accent: colour.hex(), ink: ink.map(Rgb::hex), deep: deep.map(Rgb::hex) }
    }

    /// A stylesheet that stands outside all layers, and so wins.
    pub fn css(&self) -> String {
        let Self { accent, ink: [ink_day, ink_night], deep: [deep_day, deep_night] } = self;
        format!(
            ":root{{--accent:{accent};--accent-ink:light-dark({ink_day},{ink_night});\
             --accent-deep:light-dark({deep_day},{deep_night})}}\n"
        )
    }
}

impl Rgb {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part =
            |n: usize| u8::from_str_radix(&digits[n..n + 2], 16).ok().map(|byte| f64::from(byte) / 255.0);
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    fn hex(self) -> String {
        // Clamped to 0..=1 first, so that the byte is exact.
        let [r, g, b] = self.0.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    fn linear(self) -> [f64; 3] {
        self.0.map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    }

    fn from_linear(parts: [f64; 3]) -> Self {
        Self(parts.map(|part| {
            let part = part.clamp(0.0, 1.0);
            if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
        }))
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [r, g, b] = self.linear();
        0.2126 * r + 0.7152 * g + 0.0722 * b
    }

    fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    fn lab(self) -> Lab {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        Lab(
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        )
    }

    /// Moves lightness by small steps (`way` is -1 for darker, 1 for lighter) until every background is far enough
    /// away, and then `further`. Chroma fades with what the step takes out of reach of the screen.
    fn until(self, backgrounds: &[Self], way: f64, further: f64) -> Self {
        let Lab(start, a, b) = self.lab();
        let at = |lightness: f64| {
            // Towards the ends of the scale there is room for less colour.
            let room = if way < 0.0 {
                lightness / start.max(0.01)
            } else {
                (1.0 - lightness) / (1.0 - start).max(0.01)
            };
            let keep = room.clamp(0.25, 1.0);
            Lab(lightness, a * keep, b * keep).rgb()
        };
        let enough = |colour: Self| {
            // Judged as it will be written: in whole bytes.
            let written = Self::parse(&colour.hex()).unwrap_or(colour);
            backgrounds.iter().all(|background| written.contrast(*background) >= CONTRAST * MARGIN)
        };
        let mut lightness = start;
        while (0.0..=1.0).contains(&lightness) && !enough(at(lightness)) {
            lightness += way * 0.005;
        }
        at((lightness + way * further).clamp(0.0, 1.0))
    }
}

impl Lab {
    fn rgb(self) -> Rgb {
        let Self(lightness, a, b) = self;
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        Rgb::from_linear([
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn contrast(a: &str, b: &str) -> f64 {
        Rgb::parse(a).unwrap().contrast(Rgb::parse(b).unwrap())
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#ffffff") - 4.478).abs() < 1e-3);
    }

    #[test]
    fn a_colour_survives_the_way_to_oklab_and_back() {
        for hex in ["#2b4b7e", "#ff0000", "#00ff7f", "#ffffff", "#000000"] {
            assert_eq!(Rgb::parse(hex).unwrap().lab().rgb().hex(), hex);
        }
    }

    proptest! {
        #[test]
        fn whatever_was_chosen_words_in_it_and_on_it_can_be_read(r: u8, g: u8, b: u8) {
            let shades = Shades::of(&format!("#{r:02x}{g:02x}{b:02x}"));
            for shade in [&shades.ink, &shades.deep] {
                for surface in DAY.iter().chain([&ON_ACCENT_DAY]) {
                    prop_assert!(contrast(&shade[0], surface) >= CONTRAST, "{shades:?} on {surface}");
                }
                for surface in NIGHT.iter().chain([&ON_ACCENT_NIGHT]) {
                    prop_assert!(contrast(&shade[1], surface) >= CONTRAST, "{shades:?} on {surface}");
                }
            }
        }
    }
}

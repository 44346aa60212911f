//! A person, where there is no picture: the first letters of the name.

use leptos::prelude::*;

/// The initials in a circle, hidden from screen readers: the name stands beside it. `staff` draws CRE in the
/// accent, so that a thread shows at a glance who speaks.
#[component]
pub fn Avatar(#[prop(into)] name: String, #[prop(optional)] staff: bool) -> AnyView {
    let class = if staff { "avatar avatar-staff" } else { "avatar" };
    view! { <span class=class aria-hidden="true">{initials(&name)}</span> }.into_any()
}

/// One character of a Japanese name, two letters of any other.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().and_then(|word| word.chars().next());
    let last = words.next_back().and_then(|word| word.chars().next());
    match (first, last) {
        (Some(first), Some(last)) if first.is_ascii() => {
            [first, last].iter().collect::<String>().to_uppercase()
        }
        (Some(first), _) => first.to_uppercase().collect(),
        (None, _) => "?".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::initials;

    #[test]
    fn a_name_becomes_the_letters_that_fit_a_circle() {
        assert_eq!(initials("Aoi Example"), "AE");
        assert_eq!(initials("葵 見本"), "葵");
        assert_eq!(initials("support"), "S");
        assert_eq!(initials("  "), "?");
    }
}

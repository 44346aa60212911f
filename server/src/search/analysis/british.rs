//! British and American spellings of one word, which are one to whoever searches.

use std::borrow::Cow;

/// Beginnings of words, British and American. `-` stands for the endings of [`ENDINGS`]; what changes before an ending
/// that begins with a vowel (`centring`) has a line of its own.
const BEGINNINGS: &[(&str, &str)] = &[
    ("armour-", "armor-"),
    ("behaviour-", "behavior-"),
    ("candour", "candor"),
    ("clamour-", "clamor-"),
    ("colour-", "color-"),
    ("demeanour", "demeanor"),
    ("discolour-", "discolor-"),
    ("dishonour-", "dishonor-"),
    ("endeavour-", "endeavor-"),
    ("favour-", "favor-"),
    ("favourite-", "favorite-"),
    ("flavour-", "flavor-"),
    ("glamour-", "glamor-"),
    ("harbour-", "harbor-"),
    ("honour-", "honor-"),
    ("humour-", "humor-"),
    ("labour-", "labor-"),
    ("misbehaviour-", "misbehavior-"),
    ("neighbour-", "neighbor-"),
    ("neighbourhood-", "neighborhood-"),
    ("odour-", "odor-"),
    ("parlour-", "parlor-"),
    ("rumour-", "rumor-"),
    ("savour-", "savor-"),
    ("splendour", "splendor"),
    ("tumour-", "tumor-"),
    ("unfavour-", "unfavor-"),
    ("vapour-", "vapor-"),
    ("vigour", "vigor"),
    ("watercolour-", "watercolor-"),
    ("calibre-", "caliber-"),
    ("centimetre-", "centimeter-"),
    ("centre-", "center-"),
    ("centred", "centered"),
    ("centring", "centering"),
    ("datacentre-", "datacenter-"),
    ("epicentre-", "epicenter-"),
    ("fibre-", "fiber-"),
    ("kilometre-", "kilometer-"),
    ("litre-", "liter-"),
    ("lustre", "luster"),
    ("metre-", "meter-"),
    ("millilitre-", "milliliter-"),
    ("millimetre-", "millimeter-"),
    ("theatre-", "theater-"),
    ("analogue-", "analog-"),
    ("catalogue-", "catalog-"),
    ("catalogued", "cataloged"),
    ("cataloguing", "cataloging"),
    ("dialogue-", "dialog-"),
    ("defence-", "defense-"),
    ("licence-", "license-"),
    ("licenced", "licensed"),
    ("licencing", "licensing"),
    ("offence-", "offense-"),
    ("pretence-", "pretense-"),
    ("practise-", "practice-"),
    ("practised", "practiced"),
    ("practising", "practicing"),
    ("programme-", "program-"),
    ("acknowledgement-", "acknowledgment-"),
    ("judgement-", "judgment-"),
    ("ageing", "aging"),
    ("artefact-", "artifact-"),
    ("adviser-", "advisor-"),
    ("dialled", "dialed"),
    ("dialling", "dialing"),
    ("disc-", "disk-"),
    ("encyclopaedia-", "encyclopedia-"),
    ("focussed", "focused"),
    ("focusses", "focuses"),
    ("focussing", "focusing"),
    ("fuelled", "fueled"),
    ("fuelling", "fueling"),
    ("grey-", "gray-"),
    ("greyscale", "grayscale"),
    ("jewellery", "jewelry"),
    ("learnt", "learned"),
    ("manoeuvre-", "maneuver-"),
    ("misspelt", "misspelled"),
    ("queueing", "queuing"),
    ("sceptical", "skeptical"),
    ("spelt", "spelled"),
    ("sulphur", "sulfur"),
    ("useable", "usable"),
];

const ENDINGS: [&str; 12] = ["", "s", "d", "ed", "ing", "er", "ers", "ful", "less", "able", "al", "ist"];

/// What may follow the z or s of a verb in -ise or -yse.
const OF_VERBS: [&str; 11] =
    ["e", "es", "ed", "ing", "er", "ers", "able", "ation", "ations", "ational", "ement"];

/// Words that no rule leads from Britain to America, each with the other spelling.
pub fn pairs() -> impl Iterator<Item = (String, String)> {
    BEGINNINGS.iter().flat_map(|(british, american)| {
        let endings: &[&str] = if british.ends_with('-') { &ENDINGS } else { &[""] };
        let word = |beginning: &str, ending: &str| format!("{}{ending}", beginning.trim_end_matches('-'));
        endings.iter().map(move |ending| (word(british, ending), word(american, ending)))
    })
}

/// A word in -ize, -ization, -yze as the British have it. That way round no other word is met: but for `size` and the
/// like, which are short, what ends so has the same meaning with an s.
pub fn with_s(word: &str) -> Cow<'_, str> {
    let Some(z) = word.rfind('z').filter(|z| *z >= 4) else { return Cow::Borrowed(word) };
    let is_verb = matches!(word.as_bytes()[z - 1], b'i' | b'y') && OF_VERBS.contains(&&word[z + 1..]);
    if !is_verb {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("{}s{}", &word[..z], &word[z + 1..]))
}

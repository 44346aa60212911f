//! A router learns at once, says only what it has grounds for, and forgets when told to.

use super::*;

const EXAMPLES: [(&str, &str); 9] = [
    ("My card has not arrived yet", "card"),
    ("When will my new card come?", "card"),
    ("The card was sent to the wrong address", "card"),
    ("I forgot my password", "password"),
    ("How do I reset the password?", "password"),
    ("The password is not accepted", "password"),
    ("請求書の宛名を変更したい", "billing"),
    ("領収書はどこで発行できますか", "billing"),
    ("請求書が届かない", "billing"),
];

fn router<'t>(examples: impl IntoIterator<Item = (&'t str, &'t str)>) -> Router {
    let examples: Vec<_> = examples.into_iter().map(|(text, label)| Example::labelled(text, label)).collect();
    let mut router = Router::new(&[Shape::One], 1, 0.95);
    router.learn_all(&examples);
    router
}

fn first<'a>(router: &'a Router, text: &str) -> &'a str {
    router.advise(text, &[], None, 3).labels[0][0].label
}

#[test]
fn requests_in_other_words_are_sent_where_the_earlier_ones_went() {
    let router = router(EXAMPLES);
    assert_eq!(first(&router, "my cards did not arive"), "card");
    assert_eq!(first(&router, "forgotten passwords"), "password");
    assert_eq!(first(&router, "請求書の名前を変えたいです"), "billing");
    let advice = router.advise("I forgot my password", &[], None, 2);
    assert_eq!(advice.similar[0].0, 3);
    assert!(router.labels_of(0, 3).eq(["password"]));
    let sum: f32 = router.advise("card", &[], None, 10).labels[0].iter().map(|guess| guess.confidence).sum();
    assert!((sum - 1.0).abs() < 1e-3, "{sum}");
}

#[test]
fn a_new_label_is_learned_at_once() {
    let mut router = router(EXAMPLES);
    router.learn(&Example::labelled("The card was charged twice", "refund"));
    assert_eq!(first(&router, "my card was charged twice"), "refund");
    assert_eq!(router.labels(0), 4);
    assert_eq!(first(&router, "My card has not arrived yet"), "card");
}

#[test]
fn a_correction_is_learned_at_once() {
    let mut router = router(EXAMPLES);
    assert_eq!(first(&router, "Was my card sent to the wrong address?"), "card");
    router.correct(2, &Example::labelled(EXAMPLES[2].0, "address"));
    assert_eq!(first(&router, "Was my card sent to the wrong address?"), "address");
    assert_eq!(first(&router, "When will the new card come"), "card");
}

#[test]
fn a_text_says_nothing_about_itself_and_nothing_once_it_is_forgotten() {
    let mut router = router(EXAMPLES);
    let advice = router.advise(EXAMPLES[3].0, &[], Some(3), 9);
    assert!(advice.similar.iter().all(|(text, _)| *text != 3));
    router.forget(3);
    let advice = router.advise(EXAMPLES[3].0, &[], None, 9);
    assert!(advice.similar.iter().all(|(text, _)| *text != 3));
    assert_eq!(router.labels_of(0, 3).count(), 0);
}

#[test]
fn several_labels_fit_and_what_nobody_decided_counts_for_nothing() {
    let both = |text, tags: &[&str], who: Option<&str>| Example {
        text,
        facts: &[],
        answers: vec![
            (!tags.is_empty()).then(|| Answer {
                wanted: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                ..Answer::default()
            }),
            who.map(Answer::one),
        ],
    };
    let mut router = Router::new(&[Shape::Many, Shape::One], 1, 0.9);
    router.learn_all(&[
        both("The invoice names the wrong company", &["billing", "name"], Some("midori")),
        both("Our company name on the invoice", &["billing", "name"], Some("midori")),
        both("The invoice was paid twice", &["billing"], None),
        both("Pay the invoice by card", &["billing"], None),
        both("The certificate of the domain", &["platform"], Some("sora")),
        both("Our domain behind a proxy", &["platform"], Some("sora")),
    ]);
    let advice = router.advise("wrong company name on the invoice", &[], None, 3);
    let likely: Vec<&str> =
        advice.labels[0].iter().filter(|guess| guess.confidence > 0.5).map(|guess| guess.label).collect();
    assert_eq!((likely, advice.labels[1][0].label), (vec!["billing", "name"], "midori"));
    assert_eq!(router.labels_of(1, 2).count(), 0);
}

#[test]
fn texts_from_before_a_label_was_there_do_not_speak_against_it() {
    let decided = |wanted: &[&str], at| {
        let wanted = wanted.iter().map(|label| (*label).to_owned()).collect();
        vec![Some(Answer { wanted, at: Some(at), ..Answer::default() })]
    };
    let confidence = |since| {
        let mut router = Router::new(&[Shape::Many], 1, 0.9);
        router.introduce(0, "invoice-name", since);
        let mut examples: Vec<Example> = (0..8)
            .map(|at| Example { text: "The invoice has a wrong name", facts: &[], answers: decided(&[], at) })
            .collect();
        let answers = decided(&["invoice-name"], 20);
        examples.push(Example { text: "The name on the invoice is wrong", facts: &[], answers });
        router.learn_all(&examples);
        router.advise("the invoice has the wrong name", &[], None, 1).labels[0][0].confidence
    };
    let (known, new) = (confidence(None), confidence(Some(10)));
    assert!(new > 0.5 && known < 0.4, "{new} {known}");
}

#[test]
fn nothing_is_thought_of_a_text_of_unknown_words() {
    let nothing = Advice { labels: vec![Vec::new()], ..Advice::default() };
    assert_eq!(router(EXAMPLES).advise("🙂", &[], None, 3), nothing);
    assert_eq!(router([]).advise("password", &[], None, 3), nothing);
    let few = router(EXAMPLES);
    assert!(!few.advise("password", &[], None, 3).labels[0][0].sure, "nine texts are too few to be sure by");
}

#[test]
fn guesses_are_offered_when_many_like_them_were_right() {
    let many: Vec<(String, &str)> = (0..400)
        .map(|n| match n % 2 {
            0 => (format!("The invoice {n} is wrong"), "billing"),
            _ => (format!("Delivery {n} is late"), "delivery"),
        })
        .collect();
    let router = router(many.iter().map(|(text, label)| (text.as_str(), *label)));
    let advice = router.advise("The invoice is wrong", &[], None, 2);
    let best = &advice.labels[0][0];
    assert!(best.sure && best.label == "billing" && best.chance > 0.9);
    assert!(!router.advise("is it", &[], None, 2).labels[0][0].sure);
}

#[test]
fn nothing_is_offered_for_words_that_nobody_used_before() {
    let kind = |kind: &str| [format!("kind {kind}")];
    let (problem, question) = (kind("problem"), kind("question"));
    let many: Vec<(String, &[String], &str, &str)> = (0..200)
        .map(|n| match n % 2 {
            0 => (format!("My invoice is wrong, item {n}"), &problem[..], "billing", "midori"),
            _ => (format!("The delivery of parcel {n} is late"), &question[..], "delivery", "sora"),
        })
        .collect();
    let answers = |tag: &str, who: &str| vec![Some(Answer::one(tag)), Some(Answer::one(who))];
    let example = |(text, facts, tag, who): &'_ (String, &'_ [String], &str, &str)| {
        (text.clone(), facts.to_vec(), answers(tag, who))
    };
    let owned: Vec<_> = many.iter().map(example).collect();
    let examples: Vec<Example> = owned
        .iter()
        .map(|(text, facts, answers)| Example { text, facts, answers: answers.clone() })
        .collect();
    let mut router = Router::new(&[Shape::Many, Shape::One], 1, 0.85);
    router.learn_all(&examples);
    let sure = |text: &str, question: usize| {
        let advice = router.advise(text, &problem, None, 5);
        advice.labels[question].iter().any(|guess| guess.sure)
    };
    assert!(sure("My invoice is wrong, item 7", 0));
    for nonsense in ["asdf qwer zxcv", "My dog is sick, it ate my shoes", "ねこが好きです"] {
        assert!(!sure(nonsense, 0), "{nonsense}");
        let advice = router.advise(nonsense, &problem, None, 5);
        let similar = advice.similar.iter().filter(|(_, s)| *s >= advice.least_similar).count();
        assert_eq!(similar, 0, "{nonsense}: {advice:?}");
    }
    let advice = router.advise("asdf qwer zxcv", &problem, None, 5);
    let who = &advice.labels[1][0];
    assert!(who.label == "midori" && who.confidence > 0.9, "all problems are hers: {who:?}");
}

#[test]
fn one_loud_customer_does_not_outweigh_two_others() {
    let said = |who: i64, label: &str| vec![Some(Answer { who: Some(who), ..Answer::one(label) })];
    let mut examples: Vec<Example> = Vec::new();
    for n in 0..12 {
        let text = ["zorble hums", "the zorble", "zorble again"][n % 3];
        examples.push(Example { text, facts: &[], answers: said(1, "loud") });
    }
    for who in [2, 3] {
        examples.push(Example { text: "the zorble hums", facts: &[], answers: said(who, "others") });
    }
    let mut router = Router::new(&[Shape::Many], 1, 0.85);
    router.learn_all(&examples);
    assert_eq!(first(&router, "my zorble hums"), "others");
}

//! What holds of every pattern: no match is ever missing among its candidates.

use super::formula::Formula;
use super::{SearchPattern, fold, literals};
use proptest::prelude::*;

/// A pattern, and a text that it matches whole.
type Sample = (String, String);

fn required(pattern: &str) -> Formula {
    literals::required_by(&SearchPattern::syntax(pattern).unwrap())
}

fn word() -> impl Strategy<Value = Sample> {
    let letters = "[abcsSkK éßſσςΣ日\u{212a}\u{130}0-]{1,6}";
    (letters, any::<bool>()).prop_map(|(word, shout)| {
        let text = if shout { simple_uppercase(&word) } else { word.clone() };
        (regex_syntax::escape(&word), text)
    })
}

/// Letters in the other case, where that is one letter: what `(?i)` takes for the same.
fn simple_uppercase(word: &str) -> String {
    let upper = |letter: char| match letter {
        'ß' | '\u{130}' => letter,
        other => other.to_uppercase().next().unwrap_or(other),
    };
    word.chars().map(upper).collect()
}

fn single() -> impl Strategy<Value = Sample> {
    prop_oneof![
        Just((".".to_owned(), "x".to_owned())),
        Just((r"\d".to_owned(), "7".to_owned())),
        Just((r"\s".to_owned(), "\t".to_owned())),
        Just((r"\w".to_owned(), "Ω".to_owned())),
        Just(("[abc]".to_owned(), "B".to_owned())),
        Just(("[a-zé]".to_owned(), "É".to_owned())),
        Just((r"[^a]".to_owned(), "\0".to_owned())),
        Just((r"\x00".to_owned(), "\0".to_owned())),
        Just((r"(?-i:Abc)".to_owned(), "Abc".to_owned())),
        Just((r"(?s:.)".to_owned(), "\n".to_owned())),
        Just((r"\b".to_owned(), String::new())),
    ]
}

fn sample() -> impl Strategy<Value = Sample> {
    prop_oneof![3 => word(), 1 => single()].prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| {
                let (patterns, texts): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
                (patterns.concat(), texts.concat())
            }),
            2 => (inner.clone(), inner.clone(), any::<bool>()).prop_map(|(left, right, first)| {
                let pattern = format!("(?:{}|{})", left.0, right.0);
                (pattern, if first { left.1 } else { right.1 })
            }),
            2 => (inner.clone(), 0_usize..4, 0_usize..3).prop_map(|((pattern, text), min, more)| {
                (format!("(?:{pattern}){{{min},{}}}", min + more), text.repeat(min + more))
            }),
            1 => (inner.clone(), 1_usize..4).prop_map(|((pattern, text), times)| {
                (format!("({pattern})+"), text.repeat(times))
            }),
            1 => inner.prop_map(|(pattern, _)| (format!("(?:{pattern})*?"), String::new())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_text_that_matches_is_a_candidate(
        (pattern, text) in sample(),
        before in "[abc\n]{0,3}",
        after in "[abc\n]{0,3}",
    ) {
        let Ok(parsed) = SearchPattern::parse(&pattern) else { return Ok(()) };
        let text = format!("{before}{text}{after}");
        if parsed.is_in(&text, None) {
            let formula = required(&pattern);
            prop_assert!(formula.holds(&fold(&text)), "{pattern:?} {text:?} {formula:?}");
        }
    }

    #[test]
    fn a_random_text_that_matches_is_a_candidate(
        (pattern, _) in sample(),
        text in "[abcABCsSſkK\u{212a}éÉ日 \n0-]{0,40}",
    ) {
        let Ok(parsed) = SearchPattern::parse(&pattern) else { return Ok(()) };
        prop_assert!(!parsed.is_in(&text, None) || required(&pattern).holds(&fold(&text)));
    }

    #[test]
    fn no_text_is_too_strange_to_be_read_as_a_pattern(pattern in any::<String>()) {
        if let Ok(parsed) = SearchPattern::parse(&pattern) {
            parsed.is_in(&pattern, None);
        }
    }
}

#[test]
fn most_generated_samples_match_and_are_ruled_by_a_formula() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut matched, mut ruled) = (0, 0);
    for _ in 0..300 {
        let (pattern, text) = sample().new_tree(&mut runner).unwrap().current();
        let Ok(parsed) = SearchPattern::parse(&pattern) else { continue };
        matched += usize::from(parsed.is_in(&text, None));
        ruled += usize::from(parsed.index_query().is_some());
    }
    assert!(matched > 200, "{matched}");
    assert!(ruled > 100, "{ruled}");
}

#[test]
fn formulas_hold_what_they_should() {
    let query = |pattern: &str| SearchPattern::parse(pattern).unwrap().index_query;
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(query("Bert"), some(r#"("ber" AND "ert")"#));
    assert_eq!(query("ab"), None);
    assert_eq!(query(r"\d{12}"), None);
    assert_eq!(query("abc.*def"), some(r#"("abc" AND "def")"#));
    assert_eq!(query("abc|def"), some(r#"("abc" OR "def")"#));
    assert_eq!(query("abc|.*"), None);
    assert_eq!(query("ab[cd]"), some(r#"("abc" OR "abd")"#));
    assert_eq!(query("abc+"), some(r#""abc""#));
    assert_eq!(query("xab+cd"), some(r#"("xab" AND "bcd")"#));
    assert_eq!(query("(abc)?"), None);
    assert_eq!(query("a\"b"), some(r#""a""b""#));
}

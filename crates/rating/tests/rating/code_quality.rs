//! How the code that goes with a model is kept.

use crate::support::{
    commit, document, facts, files, known, rating, repository, reviews, score, tree,
};
use proptest::prelude::*;
use touchstone_domain::Metric;
use touchstone_domain::facts::{Facts, RepositoryFacts};
use touchstone_rating::scale;

const KEPT: [&str; 9] = [
    ".github/workflows/ci.yml",
    "ruff.toml",
    "mypy.ini",
    "pyproject.toml",
    "docs/index.md",
    "src/reader.py",
    "src/writer.py",
    "tests/test_reader.py",
    "tests/test_writer.py",
];

fn with(code: RepositoryFacts) -> Facts {
    let mut facts = facts();
    facts.repositories.push(code);
    facts
}

fn kept() -> RepositoryFacts {
    let mut code = repository("owner/code");
    code.tree = tree(&KEPT);
    code.documents = vec![document(
        "pyproject.toml",
        "[project]\ndependencies = [\"numpy>=1,<3\", \"torch==2.1\", \"tqdm\"]\n",
    )];
    code.readme = known(document("README.md", &"Words that say something. ".repeat(200)));
    code.reviews = reviews(vec![commit(10, "a", None); 60]);
    let info = code.info.found.as_mut().unwrap();
    (info.releases, info.closed_issues, info.open_issues) = (Some(12), Some(90), 10);
    code
}

fn of(code: RepositoryFacts) -> f64 {
    score(&with(code), Metric::CodeQuality)
}

#[test]
fn well_kept_code_scores_high_and_bare_code_low() {
    let high = of(kept());
    let mut bare = repository("owner/code");
    bare.tree = tree(&["run.py", "README.md"]);
    assert!(high > 0.85, "{high}");
    assert!(of(bare) < 0.2);
}

#[test]
fn each_file_of_a_purpose_counts() {
    let all = of(kept());
    for left_out in [".github/workflows/ci.yml", "ruff.toml", "mypy.ini", "docs/index.md"] {
        let mut code = kept();
        let list: Vec<&str> = KEPT.into_iter().filter(|path| *path != left_out).collect();
        code.tree = tree(&list);
        assert!(of(code) < all, "{left_out}");
    }
}

#[test]
fn the_share_of_bounded_dependencies_is_counted_from_the_packaging_file() {
    let rating = rating(&with(kept()));
    let evidence = &rating.metric(Metric::CodeQuality).unwrap().evidence;
    let sentence = "Of 3 stated dependencies 2 are pinned or bounded.";
    assert!(evidence.iter().any(|one| one.observation == sentence));
}

#[test]
fn vendored_code_is_not_ours() {
    let mut code = kept();
    let mut list = KEPT.to_vec();
    list.extend(["vendor/a.c", "node_modules/b/index.js", "third_party/c.cpp"]);
    code.tree = tree(&list);
    assert!((of(code) - of(kept())).abs() < 1e-9);
}

#[test]
fn old_commits_are_not_of_the_last_year() {
    let mut old = commit(10, "a", None);
    old.committed_at = Some(crate::support::time("2020-01-01T00:00:00Z"));
    let mut code = kept();
    code.reviews = reviews(vec![old; 60]);
    assert!((of(kept()) - of(code) - 0.10).abs() < 1e-9);
}

#[test]
fn without_a_linked_repository_at_most_six_tenths_can_be_had() {
    let list: Vec<(String, u64)> = (0..100).map(|n| (format!("tests/test_{n}.py"), 100)).collect();
    let mut list: Vec<(&str, u64)> =
        list.iter().map(|(path, size)| (path.as_str(), *size)).collect();
    list.extend([("requirements.txt", 10), ("modeling.py", 1000)]);
    let mut facts = facts();
    facts.model.files = files(&list);
    let alone = score(&facts, Metric::CodeQuality);
    assert!(alone > 0.3 && alone <= 0.6, "{alone}");
    facts.repositories.push(repository("owner/empty"));
    assert!((score(&facts, Metric::CodeQuality) - alone).abs() < 1e-9);
}

#[test]
fn points_that_could_have_been_given_add_up_to_one_or_to_what_counts_instead() {
    for facts in [facts(), with(repository("owner/code")), with(kept())] {
        for metric in rating(&facts).metrics.iter().filter(|metric| metric.applies) {
            let of: f64 = metric.evidence.iter().map(|one| one.of).sum();
            let instead: f64 = scale(metric.metric).instead.iter().map(|row| row.points).sum();
            let adds_up = [1.0, instead].iter().any(|sum| (of - sum).abs() < 1e-9);
            assert!(adds_up, "{:?}: {of}", metric.metric);
        }
    }
}

fn with_card(text: &str) -> f64 {
    let mut facts = facts();
    facts.model.card = known(document("README.md", text));
    score(&facts, Metric::CodeQuality)
}

#[test]
fn the_cards_python_counts_when_it_parses() {
    let good = with_card("```python\nfrom a import b\nb(1)\n```\n");
    let session = with_card("```py\n>>> b = 1\n>>> b\n1\n```\n");
    let mixed = with_card("```python\nb(1)\n```\ntext\n```python\ndef (\n```\n");
    assert!((good - 0.20).abs() < 1e-9 && (session - 0.20).abs() < 1e-9);
    assert!((mixed - 0.10).abs() < 1e-9);
    assert!(with_card("```\nb(1)\n```\n").abs() < 1e-9);
}

#[test]
fn hostile_python_is_answered() {
    for unit in ["-", "(", "[", "f(", "a.", "not ", "lambda:", "x if x else ", "{1:", "x**", "\\\n"]
    {
        let code = unit.repeat(5_900 / unit.len());
        with_card(&format!("```python\n{code}1\n```\n"));
        with_card(&format!("```python\n{}", code.repeat(500)));
    }
    let deep = (0..100).map(|n| " ".repeat(n) + "if a:\n").collect::<String>();
    with_card(&format!("```python\n{deep}\n```\n"));
}

proptest! {
    #[test]
    fn any_documents_are_answered(text in "\\PC{0,300}", name in "(pyproject.toml|Cargo.toml|package.json|setup.cfg|requirements.txt)") {
        let mut code = kept();
        code.documents = vec![document(&name, &text)];
        prop_assert!((0.0..=1.0).contains(&of(code)));
    }

    #[test]
    fn one_more_test_file_never_lowers(count in 0_usize..60) {
        let with_tests = |count: usize| {
            let mut list: Vec<String> = (0..30).map(|n| format!("src/part_{n}.rs")).collect();
            list.extend((0..count).map(|n| format!("tests/part_{n}.rs")));
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let mut code = repository("owner/code");
            code.tree = tree(&list);
            of(code)
        };
        prop_assert!(with_tests(count + 1) >= with_tests(count));
    }
}

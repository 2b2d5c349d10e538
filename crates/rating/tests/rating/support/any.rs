//! Generated facts of every kind, hostile ones among them.

use super::models::{ALL, DATA_CARD, dataset};
use super::{
    absent, commit, document, facts, file, history, info, known, owner, parent, repository,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use touchstone_domain::facts::{
    Contributor, Contributors, Document, Gated, HubInfo, ParentFacts, RegisteredRating,
    RepositoryFacts, RepositoryFile, RepositoryInfo, RepositoryTree, ReviewHistory, TextGrade,
};
use touchstone_domain::lineage::Relation;
use touchstone_domain::{Fact, Facts, Missing, Timestamp};

/// Facts as they could come from anywhere, with scores and grades from this strategy.
pub(crate) fn any_facts(scores: BoxedStrategy<f64>) -> impl Strategy<Value = Facts> {
    let model = (
        fact(any_info()),
        fact(any_card()),
        fact(vec(any_file(), 0..8)),
        fact(any_document("config.json")),
        fact(any_document("LICENSE")),
        fact(vec(words(), 0..5)),
        fact((any::<bool>(), option::of(any::<u64>()))),
    );
    let beside = (
        vec((words(), fact(any_info()), fact(any_card())), 0..4).boxed(),
        vec(any_repository(), 0..3).boxed(),
        vec(any_parent(scores.clone()).boxed(), 0..3).boxed(),
        option::of((scores.clone(), scores)),
        any_time(),
    );
    (model.boxed(), beside.boxed()).prop_map(
        |(model, (datasets, repositories, parents, grade, collected_at))| {
            let (info, card, files, config, license, authors, owned) = model;
            let mut facts = Facts { collected_at, repositories, parents, ..facts() };
            facts.model.info = info;
            facts.model.card = card;
            facts.model.files = files;
            facts.model.config = config;
            facts.model.license_file = license;
            facts.model.history = authors.value().map_or_else(absent, |authors| {
                history(&authors.iter().map(String::as_str).collect::<Vec<_>>())
            });
            facts.model.owner = owned.value().map_or_else(absent, |(it, count)| owner(*it, *count));
            for (name, info, card) in datasets {
                let mut one = dataset(&name, "");
                (one.info, one.card) = (info, card);
                facts.datasets.push(one);
            }
            facts.grade = grade.map(|(claims, documentation)| TextGrade {
                model: "grader".to_owned(),
                performance_claims: Some(claims),
                documentation: Some(documentation),
            });
            facts
        },
    )
}

/// Scores between nothing and one, as ratings have them.
pub(crate) fn fair_scores() -> BoxedStrategy<f64> {
    (0..=1_000_000_u32).prop_map(|millionths| f64::from(millionths) / 1e6).boxed()
}

/// Numbers that nobody should send as a score.
pub(crate) fn hostile_scores() -> BoxedStrategy<f64> {
    prop_oneof![any::<f64>(), Just(f64::NAN), Just(f64::INFINITY), Just(-1.0), fair_scores()]
        .boxed()
}

fn fact<T: std::fmt::Debug + Clone + 'static>(
    value: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Fact<T>> {
    let why = prop_oneof![
        Just(Missing::Absent),
        Just(Missing::Forbidden),
        any_time().prop_map(|until| Missing::RateLimited { until }),
        words().prop_map(|detail| Missing::Failed { detail }),
        Just(Missing::TooLarge),
        Just(Missing::NotAsked),
    ];
    prop_oneof![
        3 => value.prop_map(known),
        1 => why.prop_map(|why| Fact::missing("https://upstream.test/looked", why)),
    ]
    .boxed()
}

fn any_time() -> BoxedStrategy<Timestamp> {
    prop_oneof![
        (0..4_000_000_000_i64).prop_map(|at| Timestamp::from_second(at).unwrap()),
        Just(Timestamp::MIN),
        Just(Timestamp::MAX),
    ]
    .boxed()
}

/// Words that mean something here, and any that do not.
fn words() -> BoxedStrategy<String> {
    prop_oneof![
        Just("apache-2.0".to_owned()),
        Just("cc-by-nc-4.0 OR (MIT AND".to_owned()),
        Just("license:other".to_owned()),
        Just("dataset:lab/harbour".to_owned()),
        Just("NaN".to_owned()),
        Just("-1e999".to_owned()),
        Just("<script>alert(1)</script>\u{1b}[31m\u{202e}".to_owned()),
        Just("../../etc/passwd\0".to_owned()),
        "\\PC{0,24}",
        "[a-z]{1,8}/[a-z.-]{1,12}",
    ]
    .boxed()
}

fn any_json() -> BoxedStrategy<serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        words().prop_map(Into::into),
    ];
    let keys = prop_oneof![
        Just("license".to_owned()),
        Just("datasets".to_owned()),
        Just("results".to_owned()),
        Just("metrics".to_owned()),
        Just("value".to_owned()),
        Just("name".to_owned()),
        words(),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Into::into),
            vec((keys.clone(), inner), 0..4)
                .prop_map(|fields| serde_json::Value::Object(fields.into_iter().collect())),
        ]
    })
    .boxed()
}

fn any_info() -> BoxedStrategy<HubInfo> {
    let counts = (any::<u64>(), any::<u64>(), option::of(any_time()), option::of(any_time()));
    let said = (vec(words(), 0..6), option::of(words()), option::of(words()));
    let gated = prop_oneof![Just(Gated::No), Just(Gated::Auto), Just(Gated::Manual)];
    (counts, said, any_json(), any_json(), gated)
        .prop_map(|(counts, said, card, index, gated)| HubInfo {
            downloads: counts.0,
            likes: counts.1,
            created_at: counts.2,
            last_modified: counts.3,
            tags: said.0,
            pipeline_tag: said.1,
            library_name: said.2,
            card_data: card,
            model_index: index,
            gated,
            ..info()
        })
        .boxed()
}

/// Cards of one piece after another: good ones, broken ones, and what explodes.
fn any_card() -> BoxedStrategy<Document> {
    let whole = (0..ALL.len()).prop_map(|index| {
        ALL[index].whole().model.card.value().map(|card| card.text.clone()).unwrap_or_default()
    });
    let piece = prop_oneof![
        whole,
        Just("---\nlicense: [mit\n---\n".to_owned()),
        Just("---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n".to_owned()),
        Just(DATA_CARD.to_owned()),
        Just("- ".repeat(200)),
        Just("> ".repeat(200)),
        Just("[".repeat(200)),
        Just("```python\nmodel = X.from_pretrained(\"owner/name\"\n".to_owned()),
        Just("| a | b |\n|-|-|\n| NaN | 1e999 |\n| -5 % | ٣ |\n".to_owned()),
        words(),
        "\\PC{0,80}\n",
    ];
    vec(piece, 0..4).prop_map(|pieces| document("README.md", &pieces.join("\n"))).boxed()
}

fn any_document(path: &'static str) -> impl Strategy<Value = Document> {
    let text = prop_oneof![any_json().prop_map(|json| json.to_string()), words()];
    text.prop_map(move |text| document(path, &text))
}

fn any_file() -> impl Strategy<Value = RepositoryFile> {
    let path = prop_oneof![
        Just("model-00001-of-00003.safetensors".to_owned()),
        Just("pytorch_model.bin".to_owned()),
        Just("model.Q4_K_M.gguf".to_owned()),
        Just("tests/test_model.py".to_owned()),
        Just("tokenizer.json".to_owned()),
        words(),
    ];
    (path, option::of(any::<u64>()))
        .prop_map(|(path, size_bytes)| RepositoryFile { size_bytes, ..file(&path, 0) })
}

fn any_repository() -> BoxedStrategy<RepositoryFacts> {
    let counts = (any::<u64>(), option::of(any::<u64>()), option::of(any::<u64>()));
    let people = vec((words(), any::<u64>(), any::<bool>()), 0..6);
    let changes = vec((any::<u64>(), words(), option::of(vec(words(), 0..3))), 0..8);
    let contents = (fact(people), fact(vec(any_file(), 0..10)), fact(changes));
    (counts, option::of(any_time()), contents, fact(any_card()))
        .prop_map(
            |(
                (open_issues, releases, closed_issues),
                pushed_at,
                (people, tree, changes),
                readme,
            )| {
                let mut it = repository("lab/code");
                let info = it.info.value().unwrap().clone();
                it.info = known(RepositoryInfo {
                    open_issues,
                    releases,
                    closed_issues,
                    pushed_at,
                    ..info
                });
                it.contributors = mapped(people, contributors);
                it.tree = mapped(tree, |files| RepositoryTree {
                    commit: "1".repeat(40),
                    truncated: true,
                    files,
                });
                it.reviews = mapped(changes, reviews);
                it.readme = readme;
                it
            },
        )
        .boxed()
}

fn mapped<T, U>(fact: Fact<T>, map: impl FnOnce(T) -> U) -> Fact<U> {
    Fact { seen_at: fact.seen_at, found: fact.found.map(map) }
}

fn contributors(people: Vec<(String, u64, bool)>) -> Contributors {
    let one = |(identity, commits, is_bot)| Contributor { identity, commits, is_bot };
    Contributors {
        contributors: people.into_iter().map(one).collect(),
        complete: false,
        co_authors_of: 0,
    }
}

fn reviews(changes: Vec<(u64, String, Option<Vec<String>>)>) -> ReviewHistory {
    let one = |(additions, author, reviewers): (u64, String, Option<Vec<String>>)| {
        let reviewers = reviewers.as_ref();
        let reviewers: Option<Vec<&str>> =
            reviewers.map(|names| names.iter().map(String::as_str).collect());
        commit(additions, &author, reviewers.as_deref())
    };
    let commits = changes.into_iter().map(one).collect();
    ReviewHistory { total_commits: None, commits, sampled: true }
}

fn any_parent(scores: BoxedStrategy<f64>) -> impl Strategy<Value = ParentFacts> {
    (words(), option::of(scores), option::of(fact(any_card()))).prop_map(|(name, score, card)| {
        let mut it = parent(&name, Relation::Finetune);
        it.registered =
            score.map(|net_score| RegisteredRating { artifact: "a".to_owned(), net_score });
        it.model = card.map(|card| {
            let mut model = super::model("lab/parent");
            model.card = card;
            Box::new(model)
        });
        it
    })
}

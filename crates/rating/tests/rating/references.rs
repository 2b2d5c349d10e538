//! Which data sets, code repositories and parents a model's own words name.

use crate::support::{document, info, known, model};
use serde_json::json;
use touchstone_domain::facts::{HubInfo, ModelFacts};
use touchstone_domain::lineage::{Edge, Provenance, Relation};
use touchstone_rating::references;

fn with_card(text: &str) -> ModelFacts {
    ModelFacts { card: known(document("README.md", text)), ..model("owner/name") }
}

fn parents(model: &ModelFacts) -> Vec<(String, Relation, Vec<Provenance>)> {
    let places = |edge: &Edge| edge.statements.iter().map(|it| it.stated_in).collect();
    let edges = references(model).parents.into_iter();
    edges.map(|edge| (edge.parent.clone(), edge.relation, places(&edge))).collect()
}

fn repositories(model: &ModelFacts) -> Vec<String> {
    references(model).repositories.into_iter().map(|named| named.name).collect()
}

#[test]
fn data_sets_come_from_front_matter_tags_and_links_each_once() {
    let mut facts = with_card(
        "---\ndatasets:\n- squad\n- https://huggingface.co/datasets/lab/speech\n- two words\n---\n\
         Trained on [SQuAD](https://huggingface.co/datasets/squad) and \
         https://huggingface.co/datasets/lab/images.\n",
    );
    let tags = vec!["dataset:squad".to_owned(), "dataset:lab/text".to_owned()];
    facts.info = known(HubInfo { tags, ..info() });
    let named: Vec<_> =
        references(&facts).datasets.into_iter().map(|it| (it.name, it.stated_in)).collect();
    assert_eq!(
        named,
        [
            ("squad".to_owned(), Provenance::Card),
            ("lab/speech".to_owned(), Provenance::Card),
            ("lab/text".to_owned(), Provenance::Tag),
            ("lab/images".to_owned(), Provenance::Prose),
        ]
    );
}

#[test]
fn the_front_matter_that_the_hub_read_stands_in_for_a_broken_one() {
    let mut facts = with_card("---\ndatasets: [squad\n---\nText.\n");
    facts.info = known(HubInfo { card_data: json!({"datasets": "squad"}), ..info() });
    assert_eq!(references(&facts).datasets[0].name, "squad");
}

#[test]
fn the_repository_that_the_card_calls_its_code_comes_before_others() {
    let facts = with_card(
        "# Name\nInspired by [other](https://github.com/lab/other).\n\
         It needs the [loader](https://github.com/lab/loader) library.\n\n\
         ## Model sources\n- **Repository:** https://github.com/lab/original\n\n\
         ## Notes\nIts code is in [a folder](https://github.com/lab/examples/tree/main/seq).\n",
    );
    assert_eq!(repositories(&facts), ["lab/original", "lab/examples"]);
}

#[test]
fn a_repository_of_the_same_name_is_the_models_own() {
    let facts = with_card("See https://github.com/someone/name and https://github.com/a/b.\n");
    assert_eq!(repositories(&facts), ["someone/name"]);
}

#[test]
fn a_parent_is_one_edge_with_everything_that_states_it() {
    let mut facts = with_card("---\nbase_model: Lab/Base\nbase_model_relation: finetune\n---\n");
    facts.info = known(HubInfo {
        tags: vec!["base_model:lab/base".to_owned(), "base_model:adapter:lab/second".to_owned()],
        base_models: vec![(Relation::Finetune, "lab/base".to_owned())],
        ..info()
    });
    facts.config = known(document("config.json", r#"{"_name_or_path": "lab/base"}"#));
    assert_eq!(
        parents(&facts),
        [
            (
                "huggingface.co/lab/base".to_owned(),
                Relation::Finetune,
                vec![
                    Provenance::Card,
                    Provenance::HubTree,
                    Provenance::ConfigJson,
                    Provenance::Tag
                ]
            ),
            ("huggingface.co/lab/second".to_owned(), Relation::Adapter, vec![Provenance::Tag]),
        ]
    );
}

#[test]
fn local_paths_and_the_model_itself_are_no_parents() {
    for path in [
        "./checkpoint-500",
        "../base-7b",
        "/home/me/model-7b",
        "/content/drive/MyDrive/base-7b",
        "~/base-7b",
        "outputs/run-1",
        "out/final-2",
        "owner/checkpoint-500",
        "checkpoint-500",
        "OWNER/name",
        "output",
        "C:\\\\models\\\\base-7b",
        "C:/models/base-7b",
        "s3://bucket/base-7b",
        "gs://bucket/base-7b",
        "hdfs://base-7b",
        "file:///base-7b",
        "${BASE_MODEL}",
        "model-final",
        "a/b/c-7b",
        "",
    ] {
        let config = format!(r#"{{"_name_or_path": "{path}"}}"#);
        let facts =
            ModelFacts { config: known(document("config.json", &config)), ..model("owner/name") };
        assert_eq!(parents(&facts), [], "{path}");
    }
}

#[test]
fn a_path_into_the_hubs_cache_names_a_repository() {
    let config =
        r#"{"_name_or_path": "/root/.cache/huggingface/hub/models--lab--base-7b/snapshots/0a1b"}"#;
    let facts =
        ModelFacts { config: known(document("config.json", config)), ..model("owner/name") };
    let base = "huggingface.co/lab/base-7b".to_owned();
    assert_eq!(parents(&facts), [(base, Relation::BaseModel, vec![Provenance::ConfigJson])]);
}

#[test]
fn an_adapter_names_its_base() {
    let config = r#"{"base_model_name_or_path": "lab/base-7b"}"#;
    let facts = ModelFacts {
        adapter_config: known(document("adapter_config.json", config)),
        ..model("owner/name")
    };
    let base = "huggingface.co/lab/base-7b".to_owned();
    assert_eq!(parents(&facts), [(base, Relation::Adapter, vec![Provenance::AdapterConfig])]);
}

#[test]
fn a_parent_that_only_a_sentence_names_is_found() {
    let linked = "A fine-tuned version of [BERT](https://huggingface.co/bert-base-uncased).\n";
    let written = "This model is a distilled version of lab/base-large, see below.\n";
    let edge = |name: &str, relation| (name.to_owned(), relation, vec![Provenance::Prose]);
    let found = parents(&with_card(linked));
    assert_eq!(found, [edge("huggingface.co/bert-base-uncased", Relation::Finetune)]);
    let found = parents(&with_card(written));
    assert_eq!(found, [edge("huggingface.co/lab/base-large", Relation::BaseModel)]);
}

#[test]
fn a_name_before_the_phrase_is_found_too() {
    let edge = |name: &str| {
        [(format!("huggingface.co/{name}"), Relation::Finetune, vec![Provenance::Prose])]
    };
    for (text, name) in [
        (
            "# T\n[base](https://huggingface.co/lab/base) fine-tuned on [reviews](https://a.org).\n",
            "lab/base",
        ),
        ("This is a *bert-base-cased* model that was fine-tuned on news.\n", "bert-base-cased"),
        (
            "See [a](https://huggingface.co/lab/a-1). [b](https://huggingface.co/lab/b-1) fine-tuned on x.\n",
            "lab/b-1",
        ),
    ] {
        assert_eq!(parents(&with_card(text)), edge(name), "{text}");
    }
    let aside = "Read [a](https://huggingface.co/lab/a-1) first. A base fine-tuned on news.\n";
    assert_eq!(parents(&with_card(aside)), []);
    for text in ["It can be fine-tuned on your data.\n", "The model was fine-tuned on two GPUs.\n"]
    {
        assert_eq!(parents(&with_card(text)), [], "{text}");
    }
}

#[test]
fn all_models_of_a_merge_are_parents() {
    let text = "This is a merge of [a](https://huggingface.co/lab/a-7b) and \
                [b](https://huggingface.co/lab/b-7b) with equal weights.\n";
    let found = parents(&with_card(text));
    let edge = |name: &str| {
        (format!("huggingface.co/lab/{name}"), Relation::Merge, vec![Provenance::Prose])
    };
    assert_eq!(found, [edge("a-7b"), edge("b-7b")]);
}

#[test]
fn a_former_name_of_the_model_itself_is_no_parent() {
    let card = "---\nbase_model: old-owner/name-1\n---\n";
    let facts = ModelFacts { renamed_from: Some("old-owner/name-1".to_owned()), ..with_card(card) };
    assert_eq!(parents(&facts), []);
}

#[test]
fn names_without_end_are_bounded() {
    let names: Vec<String> = (0..500).map(|index| format!("- lab/name-{index}\n")).collect();
    let list = names.concat();
    let facts = with_card(&format!("---\ndatasets:\n{list}base_model:\n{list}---\n"));
    let found = references(&facts);
    assert_eq!((found.datasets.len(), found.parents.len()), (20, 20));
}

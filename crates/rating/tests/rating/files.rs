//! What a newcomer finds among the repository's files.

use crate::support::{document, facts, files, rating};
use touchstone_domain::facts::Document;
use touchstone_domain::{Evidence, Facts, Metric};

fn row(facts: &Facts, criterion: &str) -> Evidence {
    let rating = rating(facts);
    let evidence = &rating.metric(Metric::RampUpTime).unwrap().evidence;
    evidence.iter().find(|line| line.criterion == criterion).unwrap().clone()
}

fn share(facts: &Facts, criterion: &str) -> f64 {
    let line = row(facts, criterion);
    line.points / line.of
}

fn with_files(paths: &[&str]) -> Facts {
    let mut facts = facts();
    let list: Vec<_> = paths.iter().map(|path| (*path, 10)).collect();
    facts.model.files = files(&list);
    facts
}

fn with_document(path: &str, text: &str) -> Facts {
    let mut facts = with_files(&[path]);
    facts.model.documents = vec![document(path, text)];
    facts
}

#[test]
fn files_that_prepare_input_are_known_by_their_whole_name() {
    for path in [
        "vocab.txt",
        "merges.txt",
        "source.spm",
        "spiece.model",
        "tokenizer/tokenizer.json",
        "feature_extractor/preprocessor_config.json",
    ] {
        assert_eq!(share(&with_files(&[path]), "preparation"), 1.0, "{path}");
    }
    for path in ["notvocab.txt", "vocab.txt.bak", "tokenizer.json/readme", "my_merges.txt"] {
        assert_eq!(share(&with_files(&[path]), "preparation"), 0.0, "{path}");
    }
}

#[test]
fn a_script_is_an_example_by_a_whole_word_of_its_path() {
    for path in ["example.py", "run_inference.py", "examples/chat.py", "demo.sh", "a.ipynb"] {
        assert_eq!(share(&with_files(&[path]), "example_files"), 0.5, "{path}");
    }
    for path in ["demographics.py", "modeling.py", "example.txt", "inferences.json"] {
        assert_eq!(share(&with_files(&[path]), "example_files"), 0.0, "{path}");
    }
}

#[test]
fn a_notebook_that_loads_this_model_counts_more_than_one_that_is_merely_there() {
    let cells = |source: &str| {
        format!(
            r#"{{"cells": [{{"cell_type": "markdown", "source": "Text"}},
                {{"cell_type": "code", "outputs": [], "source": {source}}}]}}"#
        )
    };
    let own = r#"["%pip install a\n", "from a import M\n", "M.from_pretrained('owner/name')"]"#;
    let facts = with_document("use.ipynb", &cells(own));
    assert_eq!(share(&facts, "example_files"), 1.0);
    assert!(row(&facts, "example_files").observation.contains("cell 2"));
    let whole = r#""from a import M\nM.from_pretrained('owner/name')""#;
    assert_eq!(share(&with_document("use.ipynb", &cells(whole)), "example_files"), 1.0);
    let other = r#""from a import M\nM.from_pretrained('lab/other')""#;
    assert_eq!(share(&with_document("use.ipynb", &cells(other)), "example_files"), 0.5);
}

#[test]
fn a_script_of_any_name_that_loads_this_model_is_an_example() {
    let text = "from a import M\nmodel = M.from_pretrained('owner/name')\n";
    assert_eq!(share(&with_document("chat.py", text), "example_files"), 1.0);
    assert_eq!(share(&with_document("chat.py", "print(1)\n"), "example_files"), 0.0);
}

#[test]
fn a_notebook_that_cannot_be_read_is_an_honest_finding() {
    let deep = format!(r#"{{"cells": {}{}}}"#, "[".repeat(9_000), "]".repeat(9_000));
    let long = format!(r#"{{"cells": [], "x": "{}"}}"#, "y".repeat(2_000_000));
    let odd = r#"{"cells": [{"cell_type": "code", "source": {"a": 1}}]}"#;
    for text in ["", "[]", "{}", "{\"cells\": 7}", odd, deep.as_str(), long.as_str()] {
        let facts = with_document("use.ipynb", text);
        assert_eq!(share(&facts, "example_files"), 0.0);
        assert!(row(&facts, "example_files").observation.starts_with("`use.ipynb` is "));
    }
}

#[test]
fn more_files_never_take_points_away() {
    let own = "from a import M\nmodel = M.from_pretrained('owner/name')\n";
    let mut facts = with_files(&["broken.ipynb", "example.py", "chat.py"]);
    let broken: Document = document("broken.ipynb", "{");
    facts.model.documents = vec![broken, document("chat.py", own)];
    assert_eq!(share(&facts, "example_files"), 1.0);
}

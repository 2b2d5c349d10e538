//! Five models of different kinds, written by hand, from which one kind of evidence can be taken.

use super::{
    absent, commit, contributors, document, facts, files, history, info, known, model, owner,
    parent, repository, reviews, time, tree,
};
use touchstone_domain::Facts;
use touchstone_domain::facts::{DatasetFacts, HubInfo, ModelFacts, RegisteredRating};
use touchstone_domain::lineage::{Provenance, Relation};
use touchstone_domain::source::{HubKind, Source};

/// A kind of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// What no test takes away.
    Rest,
    License,
    Code,
    Examples,
    Evaluation,
    Data,
}

/// A model written by hand. `NAME` in its texts stands for `owner/name`.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) name: &'static str,
    front_matter: &'static [(Kind, &'static str)],
    sections: &'static [(Kind, &'static str)],
    /// What is known beside the card.
    beside: fn(&mut Facts),
}

impl Written {
    /// Whether it has this kind of evidence.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.front_matter.iter().chain(self.sections).any(|(its, _)| *its == kind)
    }

    /// All of it.
    pub(crate) fn whole(&self) -> Facts {
        self.without(Kind::Rest, &format!("willow/{}", self.name))
    }

    /// It without a kind of evidence (`Rest`: with everything), under this name.
    pub(crate) fn without(&self, kind: Kind, repository: &str) -> Facts {
        let stays = |its: &Kind| *its == Kind::Rest || *its != kind;
        let joined = |parts: &[(Kind, &str)], between: &str| -> String {
            let kept = parts.iter().filter(|(its, _)| stays(its)).map(|(_, text)| *text);
            kept.collect::<Vec<_>>().join(between)
        };
        let front_matter = joined(self.front_matter, "\n");
        let sections = joined(self.sections, "\n\n");
        let card = format!("---\n{front_matter}\n---\n{sections}\n").replace("NAME", repository);
        let mut facts = facts();
        facts.model.source = Source::HuggingFace {
            kind: HubKind::Model,
            repository: repository.to_owned(),
            revision: None,
        };
        facts.model.card = known(document("README.md", &card));
        (self.beside)(&mut facts);
        if kind == Kind::Code {
            facts.repositories.clear();
        }
        if kind == Kind::Data {
            facts.datasets.clear();
        }
        facts
    }
}

pub(crate) const ALL: [&Written; 5] = [&FULL, &CARD_ONLY, &QUANTISED, &ADAPTER, &DATA_RICH];

const USE: &str = "## How to use\n\nThe model takes one sentence of at most 512 tokens and gives a \
    vector of 384 numbers; vectors are compared by their cosine. Install `transformers` 4.40 with \
    Python 3.11, and mind that texts in other languages than Dutch are cut into bytes.";
const EXAMPLE: &str = "### Example\n\n```python\nfrom transformers import AutoModel, AutoTokenizer\n\n\
    tokenizer = AutoTokenizer.from_pretrained(\"NAME\")\n\
    model = AutoModel.from_pretrained(\"NAME\")\n\
    tokens = tokenizer(\"mayday\", return_tensors=\"pt\")\nprint(model(**tokens))\n```";
const LIMITS: &str = "## Limitations\n\nIt was never tried outside Rotterdam, knows 41 of the 58 \
    call signs of the VHF plan, and confuses Maas and Waal in 7 % of the messages; do not use it to \
    decide on rescue.";
const TRAINING: &str = "## Training data\n\nTrained on 41,210 radio messages of the \
    [Harbour corpus](https://huggingface.co/datasets/lab/harbour), collected in 2019 and 2020 in \
    Rotterdam, of which 30,000 were used; duplicates and 312 empty ones were left out.";
const RESULTS: &str = "## Evaluation\n\nOn the test split of Harbour, against the base it was \
    trained from:\n\n| Model | Dataset | Split | F1 | Accuracy |\n|-|-|-|-|-|\n\
    | this model | Harbour | test | 91.2 | 93.4 |\n| base | Harbour | test | 84.0 | 88.1 |\n\n\
    The measurements are explained in https://arxiv.org/abs/2001.00001.";
const CODE: &str =
    "## Code\n\nTraining and evaluation are in https://github.com/willow/harbour-code.";

/// A good model with everything: code, data, a parent.
pub(crate) static FULL: Written = Written {
    name: "harbour-base",
    front_matter: &[
        (Kind::License, "license: apache-2.0"),
        (Kind::Rest, "language: nl\nbase_model: lab/waal"),
        (Kind::Rest, "pipeline_tag: feature-extraction\nlibrary_name: transformers"),
        (Kind::Data, "datasets:\n- lab/harbour"),
    ],
    sections: &[
        (Kind::Rest, "# Harbour base"),
        (Kind::Rest, "Sentence vectors for radio traffic, made for the port's search engine."),
        (Kind::Rest, USE),
        (Kind::Examples, EXAMPLE),
        (Kind::Rest, LIMITS),
        (Kind::Data, TRAINING),
        (Kind::Evaluation, RESULTS),
        (Kind::Code, CODE),
    ],
    beside: |facts| {
        organisation(facts);
        facts.model.files = files(&[
            ("model.safetensors", 440_000_000),
            ("config.json", 600),
            ("tokenizer.json", 700_000),
        ]);
        facts.model.config = known(document(
            "config.json",
            r#"{"architectures": ["BertModel"], "hidden_size": 384}"#,
        ));
        facts.datasets = vec![dataset("lab/harbour", DATA_CARD)];
        maintained_code(facts, 18);
        let mut base = parent("huggingface.co/lab/waal", Relation::Finetune);
        base.model = Some(Box::new(apache_model("lab/waal")));
        base.registered = Some(RegisteredRating { artifact: "a".to_owned(), net_score: 0.7 });
        facts.parents = vec![base];
    },
};

/// A model of which there is little but the card.
pub(crate) static CARD_ONLY: Written = Written {
    name: "buoy",
    front_matter: &[(Kind::License, "license: mit"), (Kind::Rest, "language: en")],
    sections: &[
        (Kind::Rest, "# Buoy"),
        (Kind::Rest, USE),
        (Kind::Examples, EXAMPLE),
        (Kind::Data, TRAINING),
        (Kind::Evaluation, RESULTS),
    ],
    beside: |facts| facts.model.info = absent(),
};

/// Weights of another model at fewer bits.
pub(crate) static QUANTISED: Written = Written {
    name: "harbour-base-gguf",
    front_matter: &[
        (Kind::License, "license: apache-2.0"),
        (Kind::Rest, "base_model: willow/harbour-base\nbase_model_relation: quantized"),
        (Kind::Rest, "pipeline_tag: text-generation"),
    ],
    sections: &[
        (Kind::Rest, "# Harbour base, quantised"),
        (Kind::Rest, LIMITS),
        (
            Kind::Examples,
            "## Use\n\n```python\nfrom llama_cpp import Llama\n\nmodel = \
             Llama.from_pretrained(repo_id=\"NAME\", filename=\"harbour-Q4_K_M.gguf\")\n\
             print(model(\"mayday\"))\n```",
        ),
        (Kind::Evaluation, RESULTS),
        (Kind::Code, CODE),
    ],
    beside: |facts| {
        organisation(facts);
        maintained_code(facts, 8);
        facts.model.files = files(&[
            ("harbour-Q4_K_M.gguf", 300_000_000),
            ("harbour-Q8_0.gguf", 600_000_000),
            ("harbour-F16.gguf", 1_100_000_000),
        ]);
        let mut base = parent("huggingface.co/willow/harbour-base", Relation::Quantized);
        base.model = Some(Box::new(apache_model("willow/harbour-base")));
        base.registered = Some(RegisteredRating { artifact: "b".to_owned(), net_score: 0.8 });
        facts.parents = vec![base];
    },
};

/// A few megabytes that change another model.
pub(crate) static ADAPTER: Written = Written {
    name: "harbour-lora",
    front_matter: &[
        (Kind::License, "license: apache-2.0"),
        (Kind::Rest, "base_model: willow/harbour-base\nlibrary_name: peft"),
        (Kind::Data, "datasets:\n- lab/harbour"),
    ],
    sections: &[
        (Kind::Rest, "# Harbour adapter"),
        (Kind::Rest, USE),
        (
            Kind::Examples,
            "### Example\n\n```python\nfrom peft import AutoPeftModel\n\nmodel = \
             AutoPeftModel.from_pretrained(\"NAME\")\nprint(model.peft_config)\n```",
        ),
        (Kind::Data, TRAINING),
        (Kind::Code, CODE),
    ],
    beside: |facts| {
        facts.model.info = known(info());
        facts.model.owner = owner(false, None);
        facts.model.history = history(&["a"]);
        facts.model.files =
            files(&[("adapter_model.safetensors", 12_000_000), ("adapter_config.json", 500)]);
        facts.model.adapter_config = known(document(
            "adapter_config.json",
            r#"{"base_model_name_or_path": "willow/harbour-base", "peft_type": "LORA"}"#,
        ));
        facts.datasets = vec![dataset("lab/harbour", DATA_CARD)];
        let mut code = repository("willow/harbour-code");
        code.contributors = contributors(&[12]);
        code.tree = tree(&["train.py", "README.md"]);
        code.reviews = reviews(vec![commit(50, "ada", None), commit(10, "ada", Some(&["ben"]))]);
        facts.repositories = vec![code];
    },
};

/// A model that names several data sets, most of them documented.
pub(crate) static DATA_RICH: Written = Written {
    name: "estuary",
    front_matter: &[
        (Kind::License, "license: cc-by-4.0"),
        (Kind::Data, "datasets:\n- lab/harbour\n- lab/river\n- lab/tide"),
    ],
    sections: &[
        (Kind::Rest, "# Estuary"),
        (Kind::Rest, LIMITS),
        (Kind::Examples, EXAMPLE),
        (Kind::Data, TRAINING),
        (Kind::Evaluation, RESULTS),
        (Kind::Code, CODE),
    ],
    beside: |facts| {
        organisation(facts);
        maintained_code(facts, 12);
        facts.model.files = files(&[("pytorch_model.bin", 3_000_000_000)]);
        facts.datasets = vec![
            dataset("lab/harbour", DATA_CARD),
            dataset("lab/river", DATA_CARD),
            dataset("lab/tide", "# Tide\n\nWater levels at 12 gauges, every ten minutes.\n"),
        ];
    },
};

pub(crate) const DATA_CARD: &str = "---\nlicense: cc-by-4.0\nsize_categories: [10K<n<100K]\n\
    task_categories: [text-classification]\n---\n# Harbour\n\n## Dataset description\n\n\
    The Harbour corpus holds 41,210 radio messages that ships sent to the port of Rotterdam in 2019 \
    and 2020, in Dutch and English, with times and positions.\n\n## Dataset structure\n\nEach row \
    has `ship` (IMO number), `sent_at` (UTC), `text` and `kind`, one of 14 listed in kinds.json.\n\n\
    ## Data splits\n\ntrain 30,000, validation 5,000 and test 6,210 messages, divided by ship so that \
    none of the 812 ships is in two of them.\n\n## Annotations\n\nThree pilots labelled 9,000 \
    messages twice and agreed in 94 % of them; the rest was labelled once in Prodigy 1.11.\n";

pub(crate) fn dataset(name: &str, card: &str) -> DatasetFacts {
    DatasetFacts {
        named_as: name.to_owned(),
        stated_in: Provenance::Card,
        info: known(HubInfo {
            id: name.to_owned(),
            downloads: 4_000,
            likes: 30,
            last_modified: Some(time("2025-06-01T00:00:00Z")),
            ..info()
        }),
        card: known(document("README.md", card)),
    }
}

/// A parent of which no more is known than that it is free.
fn apache_model(name: &str) -> ModelFacts {
    let mut free = model(name);
    free.card = known(document("README.md", "---\nlicense: apache-2.0\n---\n# Base\n"));
    free
}

fn organisation(facts: &mut Facts) {
    facts.model.info = known(HubInfo {
        downloads: 20_000,
        likes: 45,
        last_modified: Some(time("2025-11-01T00:00:00Z")),
        ..info()
    });
    facts.model.history = history(&["ada", "ben", "cem"]);
    facts.model.owner = owner(true, Some(9));
}

/// Code that is kept well, of whose twenty last changes a second person read that many.
fn maintained_code(facts: &mut Facts, reviewed: usize) {
    let mut code = repository("willow/harbour-code");
    code.contributors = contributors(&[80, 60, 40, 30, 20, 5]);
    code.tree = tree(&[
        "src/train.py",
        "src/data.py",
        "tests/test_train.py",
        "tests/test_data.py",
        ".github/workflows/ci.yml",
        "pyproject.toml",
        "ruff.toml",
        "uv.lock",
        "docs/index.md",
        "README.md",
    ]);
    let change = |index| commit(100, "ada", Some(if index < reviewed { &["ben"] } else { &[] }));
    code.reviews = reviews((0..20).map(change).collect());
    code.readme = known(document("README.md", &"How to train and evaluate. ".repeat(80)));
    facts.repositories = vec![code];
}

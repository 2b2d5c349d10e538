//! Rates a model of ordinary size again and again. Prints the median of one rating in milliseconds,
//! then the seconds that a thousand models take from their stored facts on two threads.
#![expect(clippy::print_stdout, reason = "it reports to a terminal")]

use std::time::{Duration, Instant};
use touchstone_domain::facts::{Document, Gated, HubInfo, ModelFacts, RepositoryFile};
use touchstone_domain::source::{HubKind, Source};
use touchstone_domain::{Clock, Fact, Facts, Missing, Timestamp};
use touchstone_rating::{RatingSettings, rate};

const RATINGS: usize = 200;
const MODELS: usize = 1000;
const THREADS: usize = 2;
const CARD_BYTES: usize = 10_000;

const BEGINNING: &str = "---\nlicense: apache-2.0\ndatasets: [meadow/leaves]\n---\n# Oak\n\n\
    A small encoder for sorting leaves.\n\n## Results\n\n| Benchmark | Metric | Score |\n\
    |---|---|---|\n| Leaves | F1 | 91.2 |\n| Twigs | accuracy | 88.0 |\n\n## Training\n\n\
    Trained for 3 epochs with a learning rate of 2e-5, batch size 32 and seed 7 on one GPU.\n\n";
const CODE: &str = "## Usage\n\n```python\nfrom transformers import AutoModel, AutoTokenizer\n\n\
    tokenizer = AutoTokenizer.from_pretrained(\"meadow/oak\")\n\
    model = AutoModel.from_pretrained(\"meadow/oak\")\n\n\
    def embed(texts: list[str]) -> list[float]:\n    \
    inputs = tokenizer(texts, padding=True, return_tensors=\"pt\")\n    \
    return model(**inputs).last_hidden_state.mean(dim=1).tolist()\n\n\
    print(embed([\"a leaf\", \"a twig\"]))\n```\n\n";
const PROSE: &str = "The leaves were gathered by hand in four orchards over two summers, and each \
    was labelled by two people; where they differed, a third one decided.\n\n";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (facts, settings) = (facts(), RatingSettings::default());
    let mut times: Vec<Duration> =
        (0..RATINGS).map(|_| time(|| rate(&facts, &settings, &Still))).collect();
    times.sort_unstable();
    let median = times.get(RATINGS / 2).copied().unwrap_or_default();
    let stored = serde_json::to_string(&facts)?;
    let thousand = time(|| rate_stored(&stored, &settings));
    println!("{:.3} {:.3}", median.as_secs_f64() * 1000.0, thousand.as_secs_f64());
    Ok(())
}

fn rate_stored(stored: &str, settings: &RatingSettings) {
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for _ in 0..MODELS / THREADS {
                    let facts = serde_json::from_str(stored);
                    std::hint::black_box(facts.map(|facts| rate(&facts, settings, &Still)).is_ok());
                }
            });
        }
    });
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let begun = Instant::now();
    std::hint::black_box(work());
    begun.elapsed()
}

/// What each metric takes is not of interest here.
struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

fn facts() -> Facts {
    Facts {
        collected_at: Timestamp::UNIX_EPOCH,
        completed_at: None,
        model: model(),
        datasets: Vec::new(),
        repositories: Vec::new(),
        parents: Vec::new(),
        grade: None,
    }
}

fn model() -> ModelFacts {
    let weights = RepositoryFile {
        path: "model.safetensors".to_owned(),
        size_bytes: Some(26_000_000),
        sha256: None,
        git_sha1: None,
    };
    ModelFacts {
        source: Source::HuggingFace {
            kind: HubKind::Model,
            repository: "meadow/oak".to_owned(),
            revision: None,
        },
        commit: "0".repeat(40),
        renamed_from: None,
        info: known(info()),
        files: known(vec![weights]),
        card: known(document("README.md", card())),
        config: known(document("config.json", r#"{"model_type": "bert"}"#.to_owned())),
        adapter_config: absent(),
        license_file: absent(),
        documents: Vec::new(),
        unread: Vec::new(),
        history: absent(),
        owner: absent(),
        weight_headers: Vec::new(),
    }
}

fn card() -> String {
    let mut card = BEGINNING.to_owned();
    card.push_str(&CODE.repeat(4));
    while card.len() < CARD_BYTES {
        card.push_str(PROSE);
    }
    card
}

fn document(path: &str, text: String) -> Document {
    Document { path: path.to_owned(), text }
}

fn info() -> HubInfo {
    HubInfo {
        id: "meadow/oak".to_owned(),
        created_at: None,
        last_modified: None,
        downloads: 0,
        likes: 0,
        tags: Vec::new(),
        pipeline_tag: Some("feature-extraction".to_owned()),
        library_name: Some("transformers".to_owned()),
        gated: Gated::No,
        card_data: serde_json::Value::Null,
        model_index: serde_json::Value::Null,
        parameters: None,
        base_models: Vec::new(),
        unsafe_files: None,
    }
}

fn known<T>(value: T) -> Fact<T> {
    Fact::known("https://upstream.test/known", value)
}

fn absent<T>() -> Fact<T> {
    Fact::missing("https://upstream.test/absent", Missing::Absent)
}

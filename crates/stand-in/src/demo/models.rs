//! The models: a base, what was made of it, and what was made badly.

use super::weights::{BASE, LARGE, gguf};
use super::{Past, license_text, texts};
use crate::hub::Repository;

pub(super) fn all(past: Past) -> Vec<Repository> {
    vec![
        tern_base(past),
        tern_large(past),
        support_intent(past),
        tern_tagger(past),
        legal_adapter(past),
        quantized(past),
        merge(past),
        heron_chat(past),
    ]
}

fn with_texts(id: &str) -> Repository {
    let repository = Repository::model(id);
    texts(&format!("models/{id}")).fold(repository, |it, (path, text)| it.file(&path, text))
}

/// A complete base encoder.
fn tern_base(past: Past) -> Repository {
    with_texts("lanternfish-lab/tern-base")
        .file("LICENSE", license_text("Apache-2.0"))
        .file("model.safetensors", BASE.checkpoint(1, &[("cls.predictions.bias", &[96])]))
        .created(past.days_ago(610))
        .commit("ines-okafor", "Upload tern-base", past.days_ago(610))
        .commit("tomasz-vell", "Add the evaluation on portside", past.days_ago(420))
        .commit("ruth-adair", "Explain where it fails", past.days_ago(180))
        .commit("ines-okafor", "Retrain on the corrected letters", past.days_ago(30))
        .downloads(912_400)
        .likes(540)
}

/// Its larger sister, for which one has to ask.
fn tern_large(past: Past) -> Repository {
    with_texts("lanternfish-lab/tern-large")
        .file("model.safetensors", LARGE.checkpoint(2, &[("cls.predictions.bias", &[96])]))
        .created(past.days_ago(380))
        .commit("ines-okafor", "Upload tern-large", past.days_ago(380))
        .commit("tomasz-vell", "Word the terms of access", past.days_ago(120))
        .downloads(8_150)
        .likes(77)
        .gated()
}

/// A fine-tune as it should be.
fn support_intent(past: Past) -> Repository {
    let head: &[(&str, &[usize])] = &[("classifier.weight", &[6, 128]), ("classifier.bias", &[6])];
    with_texts("copperwick/tern-base-support-intent")
        .file("LICENSE", license_text("Apache-2.0"))
        .file("model.safetensors", BASE.checkpoint(3, head))
        .created(past.days_ago(250))
        .commit("jon-abara", "Upload the classifier", past.days_ago(250))
        .commit("lin-ferro", "State results per intent", past.days_ago(90))
        .downloads(14_320)
        .likes(38)
}

/// A fine-tune by one person in a hurry: no licence, headings with nothing under them.
fn tern_tagger(past: Past) -> Repository {
    let head: &[(&str, &[usize])] = &[("classifier.weight", &[9, 128]), ("classifier.bias", &[9])];
    with_texts("mira-oduya/tern-tagger")
        .file("model.safetensors", BASE.checkpoint(4, head))
        .created(past.days_ago(530))
        .commit("mira-oduya", "first try", past.days_ago(530))
        .downloads(41)
}

fn legal_adapter(past: Past) -> Repository {
    with_texts("copperwick/tern-base-legal-lora")
        .file("adapter_model.safetensors", BASE.adapter(5, 8))
        .created(past.days_ago(75))
        .commit("lin-ferro", "Upload the adapter", past.days_ago(75))
        .commit("jon-abara", "Add usage", past.days_ago(60))
        .downloads(690)
        .likes(6)
}

fn quantized(past: Past) -> Repository {
    with_texts("quillnest/tern-base-GGUF")
        .file("tern-base.Q4_K_M.gguf", gguf(520_000))
        .file("tern-base.Q8_0.gguf", gguf(910_000))
        .file("tern-base.F16.gguf", gguf(1_660_000))
        .created(past.days_ago(200))
        .commit("quillnest", "Upload quantised files", past.days_ago(200))
        .downloads(5_540)
        .likes(19)
}

/// Two fine-tunes put together, one of which nobody may reuse.
fn merge(past: Past) -> Repository {
    let head: &[(&str, &[usize])] = &[("classifier.weight", &[6, 128]), ("classifier.bias", &[6])];
    with_texts("oldmill/tern-duet")
        .file("model.safetensors", BASE.checkpoint(6, head))
        .created(past.days_ago(150))
        .commit("oldmill", "merge", past.days_ago(150))
        .downloads(88)
        .likes(1)
}

/// Not for commerce, and made from the gated one.
fn heron_chat(past: Past) -> Repository {
    let head: &[(&str, &[usize])] = &[("lm_head.weight", &[96, 192])];
    with_texts("heronworks/heron-chat-nc")
        .file("model.safetensors", LARGE.checkpoint(7, head))
        .created(past.days_ago(110))
        .commit("ola-brandt", "Upload heron-chat-nc", past.days_ago(110))
        .commit("piet-sandoval", "Add safety notes", past.days_ago(20))
        .downloads(2_230)
        .likes(25)
}

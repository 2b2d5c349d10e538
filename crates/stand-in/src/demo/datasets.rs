//! One data set worth imitating and one thin one. A third is named by a card and does not exist.

use super::{Past, license_text, texts};
use crate::hub::Repository;

pub(super) fn all(past: Past) -> Vec<Repository> {
    vec![harbour_letters(past), ticket_intents(past)]
}

fn with_texts(id: &str) -> Repository {
    let repository = Repository::dataset(id);
    texts(&format!("datasets/{id}")).fold(repository, |it, (path, text)| it.file(&path, text))
}

fn harbour_letters(past: Past) -> Repository {
    with_texts("lanternfish-lab/harbour-letters")
        .file("LICENSE", license_text("Apache-2.0"))
        .created(past.days_ago(720))
        .commit("ines-okafor", "Publish the first 12 000 letters", past.days_ago(720))
        .commit("tomasz-vell", "Correct dates of the 1911 box", past.days_ago(500))
        .commit("ines-okafor", "Describe how letters were chosen", past.days_ago(210))
        .commit("ruth-adair", "Add a validation split", past.days_ago(40))
        .downloads(48_210)
        .likes(131)
}

fn ticket_intents(past: Past) -> Repository {
    with_texts("copperwick/ticket-intents")
        .created(past.days_ago(300))
        .commit("jon-abara", "Upload data", past.days_ago(300))
        .downloads(310)
        .likes(2)
}

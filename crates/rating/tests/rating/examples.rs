//! Whether a card's own example runs as it stands.

use crate::support::{document, facts, known, score};
use touchstone_domain::{Facts, Metric};

fn with_card(text: &str) -> Facts {
    let mut facts = facts();
    facts.model.card = known(document("README.md", text));
    facts
}

fn reproducibility(code: &str) -> f64 {
    let card = format!("# Name\n\n```python\n{code}\n```\n");
    score(&with_card(&card), Metric::Reproducibility)
}

const LOAD: &str =
    "from transformers import pipeline\npipe = pipeline('task', model='owner/name')\n";

#[test]
fn a_whole_example_that_loads_this_model_runs() {
    let rest = [
        "print(pipe('text'))",
        "for text in ['a', 'b']:\n    print(pipe(text))",
        "print([len(word) for word in 'a b'.split()])",
        "def ask(text):\n    return later(text)\ndef later(text):\n    return pipe(text)",
        "with open('out.txt', 'w') as target:\n    target.write('x')",
        "try:\n    pipe('x')\nexcept ValueError as error:\n    print(error)",
        "for step in range(2):\n    both = last + [1] if step else [1]\n    last = both",
        "import torch.nn as nn, numpy\nprint(nn, numpy, lambda x: x)",
        // A reader's own picture is no part of the model.
        "pipe(open('photo.jpg'))",
    ];
    for code in rest {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 1.0, "{code}");
    }
}

#[test]
fn an_example_that_has_to_be_mended_gives_half() {
    let rest = [
        "print(pipe(text))",
        "print(pipe('text')",
        "print(pipe(...))",
        "torch.no_grad()",
        "pipe('path/to/file')",
    ];
    for code in rest {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 0.5, "{code}");
    }
}

#[test]
fn python_that_loads_no_model_is_no_example() {
    assert_eq!(reproducibility("print(1)"), 0.0);
    assert_eq!(score(&with_card("# Name\n```bash\nrun\n```\n"), Metric::Reproducibility), 0.0);
}

#[test]
fn an_example_that_loads_the_stated_base_has_to_be_mended() {
    let card = "---\nbase_model: lab/base\n---\n```python\nfrom a import M\n\
                M.from_pretrained('lab/base')\n```\n";
    assert_eq!(score(&with_card(card), Metric::Reproducibility), 0.5);
}

#[test]
fn names_are_carried_over_from_block_to_block() {
    let card = format!("```python\n{LOAD}```\nThen:\n```python\nprint(pipe('x'))\n```\n");
    assert_eq!(score(&with_card(&card), Metric::Reproducibility), 1.0);
    let split = "```python\nfrom a import Model\n```\n```py\nm = Model.from_pretrained('OWNER/Name')\n```\n";
    assert_eq!(score(&with_card(split), Metric::Reproducibility), 1.0);
}

#[test]
fn a_session_of_the_interpreter_is_read_without_its_prompts_and_answers() {
    let session = ">>> from a import Model\n>>> m = Model.from_pretrained(\n...     'owner/name')\n\
                   >>> m\n<Model of 3 layers>";
    assert_eq!(reproducibility(session), 1.0);
}

#[test]
fn the_name_may_come_from_a_variable() {
    let code = "from a import Model\nname = 'owner/name'\nmodel = Model.from_pretrained(name)";
    assert_eq!(reproducibility(code), 1.0);
}

#[test]
fn a_card_copied_from_another_model_says_nothing_of_this_one() {
    let card = "# Great encoder\n\nWords about a Great encoder from 2019.\n\n## Evaluation\n\n\
                | Dataset | F1 |\n|-|-|\n| SQuAD | 91.2 |\n\n```python\nfrom a import Model\n\
                Model.from_pretrained('lab/great-encoder')\n```\n";
    for metric in [Metric::Reproducibility, Metric::PerformanceClaims, Metric::RampUpTime] {
        assert_eq!(score(&with_card(card), metric), 0.0, "{metric:?}");
    }
}

#[test]
fn code_nested_without_end_is_no_danger() {
    for piece in ["~", "(", "LOAD.", "not ", "["] {
        let code = piece.repeat(5_900 / piece.len());
        assert_eq!(reproducibility(&format!("{LOAD}{code}1")), 0.5, "{piece}");
    }
    // The body of a lambda runs when it is called, so these do not nest.
    assert_eq!(reproducibility(&format!("{LOAD}{}1", "lambda: ".repeat(700))), 1.0);
}

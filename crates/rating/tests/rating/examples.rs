//! Whether a card's own example runs as it stands.

use crate::support::{document, facts, files, known, score};
use proptest::prelude::*;
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

#[test]
fn names_follow_pythons_own_rules() {
    for rest in [
        "print([word for line in ['a b'] for word in line.split()])",
        "print({key: value for key, value in {'a': 1}.items()})",
        "if (size := len('text')) > 1:\n    print(size)",
        "print([last := word for word in 'a b'.split()], last)",
        "match pipe('x'):\n    case [first, *others]:\n        print(first, others)\n    \
             case {'a': one, **more}:\n        print(one, more)",
        "def fill():\n    global total\n    total = 1\nfill()\nprint(total)",
        "def outer():\n    n = 0\n    def inner():\n        nonlocal n\n        n += 1\n    inner()",
        "class Runner:\n    size = 1\n    def run(self):\n        return self.again(Runner.size)",
        "ask = lambda text, *rest, **more: later(text, rest, more)\ndef later(*a): pass",
        "async def main():\n    async with pipe as p:\n        return [x async for x in p]\n\
             await main()",
        "from helpers import *\nprint(anything(at_all))",
        "try:\n    pass\nexcept* PythonFinalizationError as group:\n    print(group)",
        "display(get_ipython(), _)\nprint(__name__)",
        "from __future__ import annotations\ndef f(x: Unknown) -> Other: ...",
        "def f(x: 'Unknown' = ...) -> int: ...\nprint(pipe[..., 0])",
        "def first[T](items: list[T]) -> T:\n    return items[0]",
    ] {
        assert_eq!(reproducibility(&format!("{LOAD}{rest}")), 1.0, "{rest}");
    }
    for rest in [
        "pipe('x')\ndel pipe\npipe('y')",
        "print([word for word in 'a b'.split()], word)",
        "class A:\n    size = 1\n    def run(self):\n        return size",
        "try:\n    pass\nexcept ValueError as error:\n    pass\nprint(error)",
        "count += 1",
        "def f(x: Unknown): pass",
        "size: int\nprint(size)",
        "print 'text'",
        "return pipe('x')",
        "from .model import thing",
    ] {
        assert_eq!(reproducibility(&format!("{LOAD}{rest}")), 0.5, "{rest}");
    }
}

#[test]
fn the_models_name_is_followed_to_where_it_is_loaded() {
    for (code, points) in [
        ("name = 'owner/' + 'name'\nA.from_pretrained(name)", 1.0),
        ("owner = 'owner'\nA.from_pretrained(f'{owner}/name')", 1.0),
        ("names = {'s': 'owner/name', 'b': 'owner/big'}\nA.from_pretrained(names['s'])", 1.0),
        ("for name in ['owner/name', 'owner/other']:\n    A.from_pretrained(name)", 1.0),
        ("import os\nA.from_pretrained(os.path.join('owner', 'name'))", 1.0),
        ("import os\nA.from_pretrained(os.environ.get('MODEL', 'owner/name'))", 1.0),
        ("class Settings:\n    model = 'owner/name'\nA.from_pretrained(Settings.model)", 1.0),
        ("def load(name='owner/name'):\n    return A.from_pretrained(name)\nload()", 1.0),
        ("A.from_pretrained('{}/{}'.format('owner', 'name'))", 1.0),
        ("A.from_pretrained(pretrained_model_name_or_path='owner/name')", 1.0),
        ("A.load_model('hf://owner/name')", 1.0),
        ("A.create_model('hf-hub:owner/name', pretrained=True)", 1.0),
        ("A.snapshot_download(repo_id='owner/name')", 1.0),
        ("A.LLM(model='owner/name')", 1.0),
        ("A.SentenceTransformer('owner/name')", 1.0),
        ("A.load('owner/name')", 1.0),
        ("A.from_single_file('https://huggingface.co/owner/name/blob/main/x.bin')", 1.0),
        ("base = A.from_pretrained('lab/base')\nA.Peft.from_pretrained(base, 'owner/name')", 1.0),
        ("A.from_pretrained('owner/names')", 0.5),
        ("A.from_pretrained('path/to/model')", 0.5),
        ("A.from_pretrained('<model>')", 0.5),
        ("A.AutoTokenizer.from_pretrained('owner/name')\nA.M.from_pretrained('lab/base')", 0.5),
        ("A.save_pretrained('owner/name')", 0.0),
        ("A.push_to_hub('owner/name')", 0.0),
        ("A.load_dataset('owner/name')", 0.0),
        ("A.pipeline('text-classification')", 0.0),
        ("import torch\ntorch.hub.load('lab/code', 'name-1')", 0.0),
        ("print('owner/name')", 0.0),
    ] {
        assert_eq!(reproducibility(&format!("import A\n{code}")), points, "{code}");
    }
}

#[test]
fn a_file_of_the_models_own_has_to_be_there_and_the_readers_input_has_not() {
    for (code, points) in [
        ("A.hf_hub_download('owner/name', 'model.Q4.gguf')", 1.0),
        ("A.Llama.from_pretrained(repo_id='owner/name', filename='*Q4.gguf')", 1.0),
        ("A.hf_hub_download('owner/name', filename='model.onnx', subfolder='onnx')", 1.0),
        ("A.Llama(model_path='./model.Q4.gguf')", 1.0),
        ("A.from_pretrained('owner/name')(A.Image.open('cat.jpg'), 'https://a.org/b.bin')", 1.0),
        ("m = A.from_pretrained('owner/name')\nA.save(m, 'a.pt')\nA.torch.load('a.pt')", 1.0),
        ("A.hf_hub_download('owner/name', 'model.Q8.gguf')", 0.5),
        ("A.Llama.from_pretrained(repo_id='owner/name', filename='*Q8.gguf')", 0.5),
        ("A.from_pretrained('owner/name', subfolder='vae')", 0.5),
        ("m = A.from_pretrained('owner/name')\nA.torch.load('other.pt')", 0.5),
    ] {
        let mut facts = with_card(&format!("```python\nimport A\n{code}\n```\n"));
        facts.model.files = files(&[("model.Q4.gguf", 9), ("onnx/model.onnx", 9)]);
        assert_eq!(score(&facts, Metric::Reproducibility), points, "{code}");
    }
}

#[test]
fn what_the_reader_has_to_fill_in_is_a_placeholder_and_a_tokenizers_mark_is_none() {
    for text in ["YOUR_TOKEN", "<your text>", "hf_xxxxxxxx", "path/to/a b.wav", "lab/<name>"] {
        assert_eq!(reproducibility(&format!("{LOAD}pipe('{text}')")), 0.5, "{text}");
        assert_eq!(reproducibility(&format!("{LOAD}pipe(f'{text}')")), 0.5, "{text}");
    }
    for text in ["<mask>", "<|user|>", "Paris is <mask>.", "Here is your text", "<s>", "xx"] {
        assert_eq!(reproducibility(&format!("{LOAD}pipe('{text}')")), 1.0, "{text}");
    }
    for code in ["x = ...", "pipe('a', key=...)"] {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 0.5, "{code}");
    }
}

#[test]
fn shell_lines_prompts_and_answers_are_no_python() {
    for code in [
        format!("pip install -U a\n!pip install b\n%load_ext c\n{LOAD}"),
        format!("$ pip install a \\\n    b\n{LOAD}"),
        format!("{LOAD}pipe('x')\n[{{'label': 'A', 'score': 0.9}}\n ...]"),
        format!("{LOAD}pipe('x')\n# Output:\ntensor([[0.1, 0.2]])"),
        format!("    {}", LOAD.trim_end().replace('\n', "\n    ")),
        format!("\t{}", LOAD.trim_end().replace('\n', "\n\t")),
        format!("%%time\n{LOAD}"),
    ] {
        assert_eq!(reproducibility(&code), 1.0, "{code}");
    }
    assert_eq!(reproducibility(&format!("%%bash\n{LOAD}")), 0.0);
    for (language, points) in [("", 1.0), ("py", 1.0), ("pycon", 1.0), ("bash", 0.0), ("js", 0.0)] {
        let card = format!("```{language}\n{LOAD}```\n");
        assert_eq!(score(&with_card(&card), Metric::Reproducibility), points, "{language}");
    }
    let script = "```\nimport { pipeline } from 'a';\nawait pipeline('b', 'owner/name');\n```\n";
    assert_eq!(score(&with_card(script), Metric::Reproducibility), 0.0);
}

#[test]
fn a_broken_block_does_not_spoil_those_after_it() {
    let card = format!("```python\n{LOAD}print 'x'\n```\n```python\n{LOAD}pipe('x')\n```\n");
    assert_eq!(score(&with_card(&card), Metric::Reproducibility), 1.0);
    let card = "```python\nfrom a import M\nprint 'x'\n```\n\
                ```python\nM.from_pretrained('owner/name')\n```\n";
    assert_eq!(score(&with_card(card), Metric::Reproducibility), 1.0);
}

/// Pieces that, in any order, look like Python.
const PIECES: [&str; 40] = [
    "from a import M\n",
    "M.from_pretrained(",
    "'owner/name'",
    ")",
    "(",
    "[",
    "]",
    "{",
    "}",
    ": ",
    "\n",
    "\n    ",
    "def f(x=",
    "lambda x: ",
    "class A",
    "for x in ",
    "if ",
    "else",
    " := ",
    "f'{",
    "}'",
    "...",
    "del x",
    "match x:\n case ",
    "*",
    "global x",
    "\\\n",
    "!pip",
    "%%time\n",
    ">>> ",
    "'path/to'",
    "é",
    "\u{0}",
    "await ",
    "'''",
    "@",
    "import a.b as c\n",
    "\t",
    "= ",
    "x",
];

proptest! {
    #[test]
    fn whatever_looks_like_python_is_read_to_the_same_answer(
        pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..60)
    ) {
        let code = pieces.concat();
        let points = reproducibility(&code);
        prop_assert!([0.0, 0.5, 1.0].contains(&points));
        prop_assert_eq!(points, reproducibility(&code));
    }
}

//! Python as cards show it: what defines a name, what loads a model, what has to be filled in.

use crate::support::{document, facts, files, known, score};
use proptest::prelude::*;
use touchstone_domain::Metric;

const LOAD: &str =
    "from transformers import pipeline\npipe = pipeline('ner', model='owner/name')\n";

fn reproducibility(code: &str) -> f64 {
    let mut facts = facts();
    facts.model.card = known(document("README.md", &format!("# Name\n\n```python\n{code}\n```\n")));
    facts.model.files = files(&[("model.gguf", 10), ("lora.safetensors", 10)]);
    score(&facts, Metric::Reproducibility)
}

#[test]
fn whatever_defines_a_name_defines_it() {
    for code in [
        "with open('x') as a, open('y') as b:\n    print(a, b)",
        "if (n := len('x')) > 0:\n    print(n)",
        "match pipe('x'):\n    case [first, *rest]:\n        print(first, rest)\n    case {'a': a, **more}:\n        print(a, more)",
        "print({k: v for k, v in zip('a', 'b')}, [y for x in 'ab' for y in x])",
        "def f():\n    global g\n    g = 1\nf()\nprint(g)",
        "from numpy import *\nprint(array([1]))",
        "class A:\n    x = 1\n    def f(self):\n        return self.x\nprint(A().f())",
        "async def run():\n    async with pipe as p:\n        async for x in p:\n            yield x",
        "try:\n    import torch\nexcept ImportError:\n    torch = None\nprint(torch)",
        "for i, (a, b) in enumerate([(1, 2)]):\n    pass\nprint(i, a, b)",
    ] {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 1.0, "{code}");
    }
    for code in [
        "try:\n    pass\nexcept ValueError as e:\n    pass\nprint(e)",
        "print([x for x in 'a'], x)",
        "del pipe\npipe('x')",
    ] {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 0.5, "{code}");
    }
}

#[test]
fn a_model_is_loaded_in_whatever_form_libraries_have() {
    for code in [
        "from sentence_transformers import SentenceTransformer\nm = SentenceTransformer('owner/name')",
        "from llama_cpp import Llama\nm = Llama.from_pretrained(repo_id='owner/name', filename='*.gguf')",
        "from vllm import LLM\nm = LLM(model='owner/name')",
        "from mlx_lm import load\nmodel, tokenizer = load('owner/name')",
        "import timm\nm = timm.create_model('hf-hub:owner/name', pretrained=True)",
        "from huggingface_hub import snapshot_download\npath = snapshot_download(repo_id='owner/name')",
        "from a import B\nuser = 'owner'\nm = B.from_pretrained(f'{user}/name')",
        "from a import B\nNAME = {'id': 'owner/name'}\nm = B.from_pretrained(NAME['id'])",
        "from d import P\nimport torch\np = P.from_pretrained('lab/base', torch_dtype=torch.float16)\np.load_lora_weights('owner/name', weight_name='lora.safetensors')",
    ] {
        assert_eq!(reproducibility(code), 1.0, "{code}");
    }
}

#[test]
fn what_is_left_to_be_filled_in_is_noticed() {
    for code in [
        "pipe('<your text>')",
        "token = 'YOUR_TOKEN'\nprint(token)",
        "pipe(...)",
        "from transformers import AutoModel\nAutoModel.from_pretrained('owner/name', subfolder='not/there')",
    ] {
        assert_eq!(reproducibility(&format!("{LOAD}{code}")), 0.5, "{code}");
    }
    assert_eq!(reproducibility(&format!("{LOAD}def f(x): ...\nprint(f(1))")), 1.0);
    assert_eq!(reproducibility("from a import B\nm = B.from_pretrained('{MODEL_NAME}')"), 0.5);
}

#[test]
fn shell_lines_between_the_python_are_no_mistakes() {
    for line in ["!pip install transformers", "pip install -U transformers", "%matplotlib inline"] {
        assert_eq!(reproducibility(&format!("{line}\n{LOAD}print(pipe('x'))")), 1.0, "{line}");
    }
}

proptest! {
    #[test]
    fn any_code_is_read(code in "(from a import b\\n|x = |def f\\(x\\):\\n |class A:\\n |lambda |\\(|\\)|\\[|\\]|'owner/name'|\\.|,|\\.\\.\\.|:=|\\n|  |pipe|print|for x in |if |match x:\\n|case |f'\\{|\\}'|async |await |\\*|#){0,60}") {
        let score = reproducibility(&format!("{LOAD}{code}"));
        prop_assert!([0.0, 0.5, 1.0].contains(&score), "{score}");
    }
}

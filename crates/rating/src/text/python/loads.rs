//! Which calls fetch a model, and which one.

use super::identity::Identity;
use super::placeholders::is_placeholder;
use super::values::Values;
use ruff_python_ast::{Expr, ExprCall};
use std::collections::HashSet;

/// What an example loads.
#[derive(Default)]
pub(super) struct Loaded {
    /// This very model.
    this: bool,
    /// This model's tokenizer, preprocessor or settings.
    part_of_this: bool,
    /// The first other model.
    other: Option<String>,
    /// The first other model whose tokenizer, preprocessor or settings it loads.
    part_of_other: Option<String>,
    /// A model that it does not name so that it could be found.
    pub(super) unnamed: bool,
}

impl Loaded {
    /// A model counts before what only belongs to one.
    pub(super) fn this(&self) -> bool {
        self.this || self.part_of_this && self.other.is_none()
    }

    /// The first other model that is loaded.
    pub(super) fn other(&self) -> Option<String> {
        self.other.clone().or_else(|| self.part_of_other.clone())
    }
}

/// Endings of files that hold a model.
const WEIGHTS: [&str; 14] = [
    ".bin",
    ".ckpt",
    ".gguf",
    ".h5",
    ".joblib",
    ".keras",
    ".mlmodel",
    ".onnx",
    ".pkl",
    ".pt",
    ".pth",
    ".safetensors",
    ".task",
    ".tflite",
];

/// Endings of other files that examples name.
const OTHER_FILES: [&str; 12] = [
    ".csv", ".flac", ".jpeg", ".jpg", ".json", ".mp3", ".mp4", ".npy", ".png", ".txt", ".wav",
    ".yaml",
];

/// Follows the calls of a session.
pub(super) struct Loads<'a> {
    pub(super) identity: &'a Identity<'a>,
    /// Files that an example writes or fetches itself.
    own_files: HashSet<String>,
}

impl<'a> Loads<'a> {
    pub(super) fn new(identity: &'a Identity<'a>) -> Self {
        Self { identity, own_files: HashSet::new() }
    }

    /// Looks at a call: what it loads goes to `loaded`; the answer is what keeps it from running.
    pub(super) fn call(
        &mut self,
        call: &ExprCall,
        values: &Values,
        loaded: &mut Loaded,
    ) -> Option<String> {
        let path = dotted(&call.func);
        let callee = Callee::of(&path);
        let given = arguments(call, values);
        if !callee.loads && !given.iter().any(|it| callee.may_load && it.names_model()) {
            let files = given.iter().flat_map(|it| &it.texts).filter(|it| ends_in(it, &WEIGHTS));
            self.own_files.extend(files.map(|path| file_name(path).to_owned()));
            return None;
        }
        let own = self.models(&callee, &given, loaded);
        if own { self.missing_file(&callee, &given) } else { self.weights(&given, loaded) }
    }

    /// The models that a call names; whether one of them is this one.
    fn models(&self, callee: &Callee<'_>, given: &[Argument<'_>], loaded: &mut Loaded) -> bool {
        let texts = given.iter().filter(|it| it.may_name_model());
        let mut texts = texts.flat_map(|it| it.texts.iter().map(move |text| (it, text)));
        if texts.clone().any(|(_, text)| self.identity.is(text)) {
            *(if callee.is_part { &mut loaded.part_of_this } else { &mut loaded.this }) = true;
            return true;
        }
        let other = texts.find(|(it, text)| callee.may_mean(it, text)).map(|(_, text)| text);
        let place = if callee.is_part { &mut loaded.part_of_other } else { &mut loaded.other };
        if place.is_none() {
            *place = other.cloned();
        }
        loaded.unnamed |= other.is_none() && callee.name == "from_pretrained";
        false
    }

    /// A file of this model that a call asks for and the repository does not have.
    fn missing_file(&self, callee: &Callee<'_>, given: &[Argument<'_>]) -> Option<String> {
        let named = |name: &str| given.iter().find(|it| it.keyword == Some(name));
        let second = || given.iter().find(|it| it.position == Some(1) && callee.downloads());
        let folder = named("subfolder").and_then(|it| it.texts.first());
        let file =
            ["filename", "model_file", "gguf_file", "weight_name"].into_iter().find_map(named);
        let file = file.or_else(second);
        let inside = |text: &String| match folder {
            Some(folder) => format!("{}/{text}", folder.trim_end_matches('/')),
            None => text.clone(),
        };
        let wanted: Vec<String> = match file {
            Some(file) => file.texts.iter().map(inside).collect(),
            None => folder.cloned().into_iter().collect(),
        };
        let first = wanted.first().filter(|_| wanted.iter().all(|it| self.identity.lacks(it)))?;
        Some(format!("needs the file `{first}`, which the repository does not have"))
    }

    /// A file with weights that is read by its path has to be one of the repository's, or made by
    /// the example.
    fn weights(&self, given: &[Argument<'_>], loaded: &mut Loaded) -> Option<String> {
        let is_local = |text: &&String| !text.contains("://") && ends_in(text, &WEIGHTS);
        let path = given.iter().flat_map(|it| &it.texts).find(is_local)?;
        if self.identity.has_file_named(path) {
            loaded.this = true;
            return None;
        }
        let is_missing = self.identity.lacks(path) && !self.own_files.contains(file_name(path));
        is_missing.then(|| format!("reads the file `{path}`, which the repository does not have"))
    }
}

/// What is called, by its name.
#[expect(clippy::struct_excessive_bools, reason = "what a name says of a call, each by itself")]
struct Callee<'p> {
    name: &'p str,
    /// Fetches a model by its form.
    loads: bool,
    /// Could fetch a model if an argument says so.
    may_load: bool,
    /// Fetches what belongs to a model.
    is_part: bool,
    is_class: bool,
    of_github: bool,
}

impl<'p> Callee<'p> {
    fn of(path: &'p str) -> Self {
        const FETCH: [&str; 9] = [
            "pretrained",
            "pipeline",
            "load",
            "from_h",
            "create_model",
            "embedding",
            "preset",
            "get_tokenizer",
            "from_single_file",
        ];
        const NO_FETCH: [&str; 9] = [
            "save",
            "push",
            "upload",
            "dataset",
            "print",
            "log_",
            "delete",
            "create_repo",
            "create",
        ];
        const PARTS: [&str; 4] = ["tokenizer", "processor", "extractor", "config"];
        let name = path.rsplit('.').next().unwrap_or_default();
        let lower = name.to_ascii_lowercase();
        let is_class = name.starts_with(|c: char| c.is_ascii_uppercase());
        let fetches = FETCH.iter().any(|part| lower.contains(part));
        let never =
            NO_FETCH.iter().any(|part| lower.contains(part)) && !lower.contains("create_model");
        let whole = path.to_ascii_lowercase();
        let is_path = matches!(name, "Path" | "PurePath");
        Self {
            name,
            loads: (fetches || is_class && !is_path) && !never,
            may_load: !never && !is_path,
            is_part: PARTS.iter().any(|part| whole.contains(part)),
            is_class,
            of_github: whole == "torch.hub.load",
        }
    }

    fn downloads(&self) -> bool {
        self.name.contains("download")
    }

    /// Whether an argument means another model, rather than a task or anything else.
    fn may_mean(&self, argument: &Argument<'_>, text: &str) -> bool {
        let lower = self.name.to_ascii_lowercase();
        let takes_bare = ["pretrained", "transformer", "encoder", "model", "llm", "from_h"]
            .iter()
            .any(|part| lower.contains(part));
        let is_sure = argument.keyword.is_some() || takes_bare;
        !self.of_github
            && is_repository(text)
            && !is_placeholder(text)
            && (is_sure || text.contains('/'))
            && (!self.is_class || argument.keyword.is_some() || argument.position == Some(0))
    }
}

/// One argument of a call with the texts it can stand for.
struct Argument<'e> {
    keyword: Option<&'e str>,
    position: Option<usize>,
    texts: Vec<String>,
}

impl Argument<'_> {
    fn names_model(&self) -> bool {
        self.keyword.is_some_and(|name| name.contains("model") || is_source(name))
    }

    fn may_name_model(&self) -> bool {
        self.keyword.is_none() || self.names_model()
    }
}

fn is_source(keyword: &str) -> bool {
    matches!(keyword, "source" | "repo_id" | "repo" | "tokenizer" | "checkpoint" | "hf_hub_path")
}

fn arguments<'e>(call: &'e ExprCall, values: &Values) -> Vec<Argument<'e>> {
    let positional = call.arguments.args.iter().enumerate().map(|(position, value)| Argument {
        keyword: None,
        position: Some(position),
        texts: values.texts_of(value),
    });
    let keywords = call.arguments.keywords.iter().filter_map(|it| {
        let keyword = Some(it.arg.as_ref()?.as_str());
        Some(Argument { keyword, position: None, texts: values.texts_of(&it.value) })
    });
    positional.chain(keywords).collect()
}

/// `AutoModel.from_pretrained`, as far as it is made of names.
fn dotted(called: &Expr) -> String {
    let mut parts = Vec::new();
    let mut next = called;
    while let Expr::Attribute(attribute) = next {
        parts.push(attribute.attr.as_str());
        next = &attribute.value;
    }
    if let Expr::Name(name) = next {
        parts.push(name.id.as_str());
    }
    parts.reverse();
    parts.join(".")
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn ends_in(text: &str, endings: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    endings.iter().any(|end| lower.ends_with(end))
}

/// Whether a text has the form of a repository's name.
fn is_repository(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && !part.starts_with(['.', '-', '~'])
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    text.len() <= 96
        && !ends_in(text, &WEIGHTS)
        && !ends_in(text, &OTHER_FILES)
        && match text.split_once('/') {
            Some((owner, name)) => plain(owner) && plain(name),
            None => plain(text) && text.contains('-'),
        }
}

//! Which names an example defines and uses, and what it loads.

use super::Identity;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{
    Alias, ExceptHandler, Expr, ExprCall, ExprContext, ExprName, Parameter, Pattern, Stmt,
};
use std::collections::{HashMap, HashSet};

/// Python's built-in names, and those that a notebook adds.
const BUILT_IN: &str = "ArithmeticError AssertionError AttributeError BaseException BufferError \
    BrokenPipeError BytesWarning ChildProcessError ConnectionError DeprecationWarning EOFError \
    Ellipsis EnvironmentError Exception False FileExistsError FileNotFoundError \
    FloatingPointError FutureWarning GeneratorExit IOError ImportError IndexError \
    InterruptedError IsADirectoryError KeyError KeyboardInterrupt LookupError MemoryError \
    ModuleNotFoundError NameError None NotImplemented NotImplementedError OSError OverflowError \
    PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning RuntimeError \
    RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError \
    SystemExit TimeoutError True TypeError UnboundLocalError UnicodeDecodeError \
    UnicodeEncodeError UnicodeError UserWarning ValueError Warning ZeroDivisionError \
    __annotations__ __builtins__ __doc__ __file__ __import__ __name__ abs aiter all anext any \
    ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright \
    delattr dict dir display divmod enumerate eval exec exit filter float format frozenset \
    getattr globals hasattr hash help hex id input int isinstance issubclass iter len list \
    locals map max memoryview min next object oct open ord pow print property quit range repr \
    reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip _";

/// Endings of files that examples read.
const READ_FILES: [&str; 12] = [
    ".jpg", ".jpeg", ".png", ".wav", ".mp3", ".flac", ".csv", ".txt", ".json", ".onnx", ".pt",
    ".h5",
];

/// Chains such as `a.b.c` nest as deep as they are long; deeper ones are not followed.
const MAX_DEPTH: usize = 200;

/// What an example defines, uses and loads; definitions outlive the block.
pub(super) struct Names<'a> {
    pub(super) identity: &'a Identity<'a>,
    defined: HashSet<String>,
    texts: HashMap<String, String>,
    unknown_imports: bool,
    /// Names that function bodies use, or conditions inside loops: they need to be defined only when the block ends.
    deferred: Vec<String>,
    in_function: usize,
    in_loop: usize,
    in_condition: usize,
    depth: usize,
    pub(super) loads_this: bool,
    pub(super) loads_other: Option<String>,
    pub(super) problem: Option<String>,
}

impl<'a> Names<'a> {
    pub(super) fn new(identity: &'a Identity<'a>) -> Self {
        Self {
            identity,
            defined: BUILT_IN.split_whitespace().map(str::to_owned).collect(),
            texts: HashMap::new(),
            unknown_imports: false,
            deferred: Vec::new(),
            in_function: 0,
            in_loop: 0,
            in_condition: 0,
            depth: 0,
            loads_this: false,
            loads_other: None,
            problem: None,
        }
    }

    /// A block begins.
    pub(super) fn begin(&mut self) {
        self.loads_this = false;
        self.loads_other = None;
        self.problem = None;
        self.deferred.clear();
    }

    /// A block ends.
    pub(super) fn finish(&mut self) {
        for name in std::mem::take(&mut self.deferred) {
            self.need(&name);
        }
    }

    fn define(&mut self, name: &str) {
        self.defined.insert(name.to_owned());
    }

    fn need(&mut self, name: &str) {
        if !self.unknown_imports && !self.defined.contains(name) {
            self.report(|| format!("uses `{name}`, which nothing before it defines"));
        }
    }

    fn report(&mut self, problem: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some(problem());
        }
    }

    fn function<'b>(&mut self, stmt: &'b Stmt)
    where
        Self: Visitor<'b>,
    {
        self.in_function += 1;
        walk_stmt(self, stmt);
        self.in_function -= 1;
    }

    /// The text of a literal, or of a name that one was given.
    fn text_of(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::StringLiteral(literal) => Some(literal.value.to_str().to_owned()),
            Expr::Name(name) => self.texts.get(name.id.as_str()).cloned(),
            _ => None,
        }
    }

    fn call(&mut self, call: &ExprCall) {
        let callee = callee(&call.func);
        let positional = call.arguments.args.iter();
        let keywords = call.arguments.keywords.iter().filter(|keyword| {
            let name = keyword.arg.as_ref().map(ruff_python_ast::Identifier::as_str);
            name.is_some_and(|name| name.contains("model") || is_source(name))
        });
        let arguments = positional.chain(keywords.map(|keyword| &keyword.value));
        let texts: Vec<String> = arguments.filter_map(|argument| self.text_of(argument)).collect();
        if is_loader(callee) {
            for text in &texts {
                self.loads(text);
            }
        }
        if is_reader(callee) && !texts.iter().skip(1).any(|mode| mode.starts_with('w')) {
            self.reads(texts.first().map_or("", String::as_str));
        }
    }

    fn loads(&mut self, name: &str) {
        if self.identity.is(name) {
            self.loads_this = true;
        } else if self.loads_other.is_none() && is_repository(name) {
            self.loads_other = Some(name.to_owned());
        }
    }

    /// A file that an example reads has to lie in the repository.
    fn reads(&mut self, path: &str) {
        let is_local = !path.contains("://") && READ_FILES.iter().any(|end| path.ends_with(end));
        if is_local && !self.identity.files.contains(path.trim_start_matches("./")) {
            self.report(|| format!("reads the file `{path}`, which the repository does not have"));
        }
    }
}

impl<'b> Visitor<'b> for Names<'_> {
    fn visit_stmt(&mut self, stmt: &'b Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => {
                self.define(function.name.as_str());
                self.function(stmt);
            }
            Stmt::For(_) | Stmt::While(_) => {
                self.in_loop += 1;
                walk_stmt(self, stmt);
                self.in_loop -= 1;
            }
            Stmt::If(_) => {
                self.in_condition += 1;
                walk_stmt(self, stmt);
                self.in_condition -= 1;
            }
            Stmt::ClassDef(class) => {
                self.define(class.name.as_str());
                self.define("self");
                walk_stmt(self, stmt);
            }
            Stmt::ImportFrom(import) if import.names.iter().any(|it| it.name.as_str() == "*") => {
                self.unknown_imports = true;
            }
            Stmt::Assign(assign) => {
                if let ([Expr::Name(name)], Some(text)) =
                    (assign.targets.as_slice(), self.text_of(&assign.value))
                {
                    self.texts.insert(name.id.to_string(), text);
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'b Expr) {
        if self.depth >= MAX_DEPTH {
            return self.report(|| "is deeper nested than we read".to_owned());
        }
        self.depth += 1;
        self.expression(expr);
        self.depth -= 1;
    }
    fn visit_comprehension(&mut self, part: &'b ruff_python_ast::Comprehension) {
        self.visit_expr(&part.iter);
        self.visit_expr(&part.target);
        part.ifs.iter().for_each(|condition| self.visit_expr(condition));
    }

    fn visit_parameter(&mut self, parameter: &'b Parameter) {
        self.define(parameter.name.as_str());
    }

    fn visit_alias(&mut self, alias: &'b Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
        self.define(name.split('.').next().unwrap_or(name));
    }

    fn visit_except_handler(&mut self, handler: &'b ExceptHandler) {
        let ExceptHandler::ExceptHandler(named) = handler;
        if let Some(name) = &named.name {
            self.define(name.as_str());
        }
        ruff_python_ast::visitor::walk_except_handler(self, handler);
    }

    fn visit_pattern(&mut self, pattern: &'b Pattern) {
        if let Pattern::MatchAs(named) = pattern
            && let Some(name) = &named.name
        {
            self.define(name.as_str());
        }
        ruff_python_ast::visitor::walk_pattern(self, pattern);
    }
}

impl Names<'_> {
    fn expression(&mut self, expr: &Expr) {
        match expr {
            Expr::Name(name) => self.name(name),
            Expr::If(_) => {
                self.in_condition += 1;
                walk_expr(self, expr);
                self.in_condition -= 1;
            }
            Expr::ListComp(it) => {
                it.generators.iter().for_each(|part| self.visit_comprehension(part));
                self.visit_expr(&it.elt);
            }
            Expr::SetComp(it) => {
                it.generators.iter().for_each(|part| self.visit_comprehension(part));
                self.visit_expr(&it.elt);
            }
            Expr::Generator(it) => {
                it.generators.iter().for_each(|part| self.visit_comprehension(part));
                self.visit_expr(&it.elt);
            }
            Expr::DictComp(it) => {
                it.generators.iter().for_each(|part| self.visit_comprehension(part));
                walk_expr(self, expr);
            }
            Expr::Call(call) => {
                self.call(call);
                if call.arguments.args.iter().any(Expr::is_ellipsis_literal_expr) {
                    self.report(|| "leaves an argument out (`...`)".to_owned());
                }
                walk_expr(self, expr);
            }
            Expr::StringLiteral(literal) => {
                if is_placeholder(literal.value.to_str()) {
                    let text: String = literal.value.to_str().chars().take(60).collect();
                    self.report(|| format!("has the placeholder `{text}` to be filled in"));
                }
            }
            _ => walk_expr(self, expr),
        }
    }

    fn name(&mut self, name: &ExprName) {
        match name.ctx {
            ExprContext::Store => self.define(name.id.as_str()),
            // A later turn of the loop may come here first after the name is given.
            _ if self.in_function > 0 || self.in_loop > 0 && self.in_condition > 0 => {
                self.deferred.push(name.id.to_string());
            }
            _ => self.need(name.id.as_str()),
        }
    }
}

/// The last name of what is called: `from_pretrained` of `AutoModel.from_pretrained`.
fn callee(called: &Expr) -> &str {
    match called {
        Expr::Name(name) => name.id.as_str(),
        Expr::Attribute(attribute) => attribute.attr.as_str(),
        _ => "",
    }
}

/// Functions and classes that fetch a model by its name.
fn is_loader(callee: &str) -> bool {
    let lower = callee.to_ascii_lowercase();
    ["pretrained", "pipeline", "load", "from_h", "create_model", "embedding"]
        .iter()
        .any(|part| lower.contains(part))
        || callee.chars().next().is_some_and(char::is_uppercase)
}

fn is_source(keyword: &str) -> bool {
    matches!(keyword, "source" | "repo_id" | "repo" | "tokenizer" | "checkpoint")
}

fn is_reader(callee: &str) -> bool {
    matches!(callee, "open" | "read_csv" | "imread" | "load" | "read" | "load_audio")
}

/// Whether a text has the form of a repository's name.
fn is_repository(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
    };
    text.len() <= 96
        && match text.split_once('/') {
            Some((owner, name)) => plain(owner) && plain(name),
            None => plain(text) && text.contains('-'),
        }
}

/// Texts that an author left for the reader to fill in.
fn is_placeholder(text: &str) -> bool {
    const MARKS: [&str; 12] = [
        "path/to",
        "path_to",
        "/path/",
        "<your",
        "<path",
        "<model",
        "<name",
        "your-",
        "your_",
        "user_name/",
        "username/",
        "xxxx",
    ];
    let lower = text.to_ascii_lowercase();
    lower.len() <= 200 && MARKS.iter().any(|mark| lower.contains(mark))
}

//! Which texts an expression can stand for, as far as an example itself tells.

use ruff_python_ast::{
    Expr, ExprCall, ExprSubscript, FStringPart, InterpolatedStringElement, Operator,
};
use std::collections::HashMap;

/// More texts for one expression are not followed.
const MAX_CHOICES: usize = 8;
/// Longer texts name nothing.
const MAX_BYTES: usize = 300;
/// Expressions nested deeper name nothing.
const MAX_DEPTH: usize = 12;

/// The texts that names, fields and entries were given. A field is known by its own name,
/// whatever it belongs to.
#[derive(Default)]
pub(super) struct Values {
    texts: HashMap<String, Vec<String>>,
}

impl Values {
    /// Something is given a value; one more where the old one may stay.
    pub(super) fn assign(&mut self, target: &Expr, value: &Expr, may_stay: bool) {
        if let (Expr::Tuple(targets), Expr::Tuple(values)) = (target, value) {
            for (target, value) in targets.elts.iter().zip(&values.elts) {
                self.assign(target, value, may_stay);
            }
        } else if let Some(key) = key_of(target) {
            self.entries(&key, value);
            let texts = self.texts_of(value);
            self.set(key, texts, may_stay);
        }
    }

    /// A loop gives its variable one element after another.
    pub(super) fn each(&mut self, target: &Expr, of: &Expr) {
        let elements = self.elements(of);
        let targets = match target {
            Expr::Tuple(tuple) => tuple.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for key in targets.iter().filter_map(key_of) {
            self.set(key, elements.clone(), true);
        }
    }

    /// A field or option is given a value where a thing is made.
    pub(super) fn field(&mut self, name: &str, value: &Expr) {
        let texts = self.texts_of(value);
        self.set(format!(".{name}"), texts, true);
    }

    /// A parameter's default.
    pub(super) fn parameter(&mut self, name: &str, default: &Expr) {
        let texts = self.texts_of(default);
        self.set(name.to_owned(), texts, true);
    }

    fn set(&mut self, key: String, texts: Vec<String>, may_stay: bool) {
        let known = self.texts.entry(key).or_default();
        if !may_stay {
            known.clear();
        }
        known.extend(texts);
        known.truncate(MAX_CHOICES);
    }

    /// The entries of a literal list or dictionary.
    fn entries(&mut self, key: &str, value: &Expr) {
        if let Expr::Dict(dict) = value {
            for item in &dict.items {
                if let Some(Expr::StringLiteral(name)) = &item.key {
                    let texts = self.texts_of(&item.value);
                    self.set(format!("{key}[{}]", name.value.to_str()), texts, false);
                }
            }
        }
        let elements = self.elements(value);
        if !elements.is_empty() {
            self.set(format!("{key}[]"), elements, false);
        }
    }

    fn elements(&self, expr: &Expr) -> Vec<String> {
        let all = |elements: &[Expr]| self.union(elements.iter().take(MAX_CHOICES));
        match expr {
            Expr::List(list) => all(&list.elts),
            Expr::Tuple(tuple) => all(&tuple.elts),
            Expr::Set(set) => all(&set.elts),
            Expr::Dict(dict) => self.union(dict.items.iter().map(|item| &item.value)),
            Expr::Call(call) => match call.func.as_ref() {
                Expr::Attribute(method) => self.elements(&method.value),
                _ => Vec::new(),
            },
            other => key_of(other).map(|key| self.get(&format!("{key}[]"))).unwrap_or_default(),
        }
    }

    fn union<'e>(&self, exprs: impl Iterator<Item = &'e Expr>) -> Vec<String> {
        exprs.flat_map(|expr| self.texts_of(expr)).take(MAX_CHOICES).collect()
    }

    fn get(&self, key: &str) -> Vec<String> {
        self.texts.get(key).cloned().unwrap_or_default()
    }

    /// The texts that an expression can stand for; none where it tells none.
    pub(super) fn texts_of(&self, expr: &Expr) -> Vec<String> {
        self.texts_within(expr, MAX_DEPTH)
    }

    fn texts_within(&self, expr: &Expr, depth: usize) -> Vec<String> {
        let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
        let either = |exprs: [&Expr; 2]| {
            let [first, second] = exprs.map(|expr| self.texts_within(expr, depth));
            first.into_iter().chain(second).take(MAX_CHOICES).collect()
        };
        match expr {
            Expr::StringLiteral(literal) => short(literal.value.to_str()),
            Expr::Name(_) | Expr::Attribute(_) => {
                key_of(expr).map(|key| self.get(&key)).unwrap_or_default()
            }
            Expr::Subscript(subscript) => self.entry(subscript),
            Expr::FString(text) => self.formatted(text.value.as_slice(), depth),
            Expr::BinOp(both) => {
                let joined = match both.op {
                    Operator::Add => "",
                    Operator::Div => "/",
                    _ => return Vec::new(),
                };
                let left = self.texts_within(&both.left, depth);
                joined_each(&left, &self.texts_within(&both.right, depth), joined)
            }
            Expr::If(choice) => either([&choice.body, &choice.orelse]),
            Expr::BoolOp(choice) => {
                let values = choice.values.iter().take(MAX_CHOICES);
                values.flat_map(|value| self.texts_within(value, depth)).collect()
            }
            Expr::Named(named) => self.texts_within(&named.value, depth),
            Expr::Call(call) => self.made_by(call, depth),
            _ => Vec::new(),
        }
    }

    fn entry(&self, subscript: &ExprSubscript) -> Vec<String> {
        let Some(key) = key_of(&subscript.value) else { return Vec::new() };
        let exact = match subscript.slice.as_ref() {
            Expr::StringLiteral(name) => self.get(&format!("{key}[{}]", name.value.to_str())),
            _ => Vec::new(),
        };
        if exact.is_empty() { self.get(&format!("{key}[]")) } else { exact }
    }

    fn formatted(&self, parts: &[FStringPart], depth: usize) -> Vec<String> {
        let mut texts = vec![String::new()];
        for part in parts {
            match part {
                FStringPart::Literal(literal) => {
                    texts = joined_each(&texts, &[literal.value.to_string()], "");
                }
                FStringPart::FString(string) => {
                    for element in &string.elements {
                        let next = match element {
                            InterpolatedStringElement::Literal(it) => vec![it.value.to_string()],
                            InterpolatedStringElement::Interpolation(it) => {
                                self.texts_within(&it.expression, depth)
                            }
                        };
                        texts = joined_each(&texts, &next, "");
                    }
                }
            }
        }
        texts
    }

    /// What a call that makes a text or a path of its arguments gives.
    fn made_by(&self, call: &ExprCall, depth: usize) -> Vec<String> {
        let arguments = &call.arguments.args;
        let texts = |expr: &Expr| self.texts_within(expr, depth);
        match (call.func.as_ref(), arguments.as_ref()) {
            (Expr::Name(name), [only]) if matches!(name.id.as_str(), "str" | "Path") => texts(only),
            (Expr::Attribute(method), parts) => match method.attr.as_str() {
                "join" if parts.len() > 1 => {
                    let parts = parts.iter().take(MAX_DEPTH).map(texts);
                    parts.reduce(|left, right| joined_each(&left, &right, "/")).unwrap_or_default()
                }
                "strip" | "lower" => texts(&method.value),
                "format" => {
                    let values: Vec<_> = parts.iter().take(MAX_CHOICES).map(texts).collect();
                    texts(&method.value).iter().map(|text| filled(text, &values)).collect()
                }
                // `os.environ.get(name, default)`
                "get" | "getenv" => parts.get(1).map(texts).unwrap_or_default(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }
}

/// How a value is known: `name`, `.field` or `name[entry]`.
fn key_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Name(name) => Some(name.id.to_string()),
        Expr::Attribute(attribute) => Some(format!(".{}", attribute.attr)),
        Expr::Subscript(subscript) => match (key_of_simple(&subscript.value), &*subscript.slice) {
            (Some(key), Expr::StringLiteral(name)) => Some(format!("{key}[{}]", name.value)),
            _ => None,
        },
        _ => None,
    }
}

fn key_of_simple(expr: &Expr) -> Option<String> {
    (!expr.is_subscript_expr()).then(|| key_of(expr))?
}

fn short(text: &str) -> Vec<String> {
    if text.len() <= MAX_BYTES { vec![text.to_owned()] } else { Vec::new() }
}

fn joined_each(left: &[String], right: &[String], by: &str) -> Vec<String> {
    let both = left.iter().flat_map(|left| right.iter().map(move |right| [left, right]));
    let joined = both.map(|[left, right]| format!("{}{by}{right}", left.trim_end_matches(by)));
    joined.filter(|text| text.len() <= MAX_BYTES).take(MAX_CHOICES).collect()
}

/// A text with its `{}` filled in one after another.
fn filled(text: &str, values: &[Vec<String>]) -> String {
    let mut values = values.iter().filter_map(|texts| texts.first());
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{}") {
        filled.push_str(before);
        filled.push_str(values.next().map_or("{}", String::as_str));
        rest = after;
    }
    filled + rest
}

//! A GraphQL query as a tree of selections, its variables already put in.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Nobody's query is nested deeper; beyond it the text is refused.
const DEEPEST: usize = 32;

#[derive(Debug)]
pub(super) struct Document {
    pub(super) selections: Vec<Selection>,
    pub(super) fragments: BTreeMap<String, Selection>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Selection {
    Field(Field),
    /// `... on Type { … }`, and what a named fragment stands for.
    Inline {
        on: Option<String>,
        selections: Vec<Selection>,
    },
    /// `...Name`.
    Spread(String),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Field {
    /// The key in the answer.
    pub(super) alias: String,
    pub(super) name: String,
    /// Enumeration values are texts here.
    pub(super) arguments: Map<String, Value>,
    pub(super) selections: Vec<Selection>,
}

pub(super) fn parse(text: &str, variables: &Map<String, Value>) -> Result<Document, String> {
    let mut parser = Parser { rest: text, variables, depth: 0 };
    let mut document = Document { selections: Vec::new(), fragments: BTreeMap::new() };
    while !parser.peek().is_empty() {
        parser.definition(&mut document)?;
    }
    if document.selections.is_empty() {
        return Err("A query attribute must be specified and must be a string.".to_owned());
    }
    Ok(document)
}

struct Parser<'a> {
    rest: &'a str,
    variables: &'a Map<String, Value>,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn definition(&mut self, document: &mut Document) -> Result<(), String> {
        match self.peek() {
            "{" => document.selections = self.selection_set()?,
            "fragment" => {
                self.next();
                let name = self.name()?;
                self.expect("on")?;
                let on = Some(self.name()?);
                let selections = self.selection_set()?;
                document.fragments.insert(name, Selection::Inline { on, selections });
            }
            "query" => {
                self.next();
                if !matches!(self.peek(), "(" | "{" | "@") {
                    self.name()?;
                }
                self.skip_parentheses()?;
                document.selections = self.selection_set()?;
            }
            other => return Err(format!("Parse error on \"{other}\"")),
        }
        Ok(())
    }

    fn selection_set(&mut self) -> Result<Vec<Selection>, String> {
        self.expect("{")?;
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("Query is nested too deeply".to_owned());
        }
        let mut selections = Vec::new();
        while self.peek() != "}" {
            selections.push(self.selection()?);
        }
        self.next();
        self.depth -= 1;
        Ok(selections)
    }

    fn selection(&mut self) -> Result<Selection, String> {
        if self.peek() != "..." {
            return self.field().map(Selection::Field);
        }
        self.next();
        match self.peek() {
            "{" => Ok(Selection::Inline { on: None, selections: self.selection_set()? }),
            "on" => {
                self.next();
                let on = Some(self.name()?);
                Ok(Selection::Inline { on, selections: self.selection_set()? })
            }
            _ => self.name().map(Selection::Spread),
        }
    }

    fn field(&mut self) -> Result<Field, String> {
        let alias = self.name()?;
        let mut name = alias.clone();
        if self.peek() == ":" {
            self.next();
            name = self.name()?;
        }
        let mut arguments = Map::new();
        if self.peek() == "(" {
            self.next();
            while self.peek() != ")" {
                let name = self.name()?;
                self.expect(":")?;
                arguments.insert(name, self.value()?);
            }
            self.next();
        }
        let selections = if self.peek() == "{" { self.selection_set()? } else { Vec::new() };
        Ok(Field { alias, name, arguments, selections })
    }

    fn value(&mut self) -> Result<Value, String> {
        let token = self.next();
        match token {
            "$" => {
                let name = self.name()?;
                Ok(self.variables.get(&name).cloned().unwrap_or_default())
            }
            "[" => {
                let mut items = Vec::new();
                while self.peek() != "]" {
                    items.push(self.nested_value()?);
                }
                self.next();
                Ok(Value::Array(items))
            }
            "{" => {
                let mut fields = Map::new();
                while self.peek() != "}" {
                    let name = self.name()?;
                    self.expect(":")?;
                    fields.insert(name, self.nested_value()?);
                }
                self.next();
                Ok(Value::Object(fields))
            }
            _ => scalar(token),
        }
    }

    fn nested_value(&mut self) -> Result<Value, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err("Query is nested too deeply".to_owned());
        }
        let value = self.value();
        self.depth -= 1;
        value
    }

    fn skip_parentheses(&mut self) -> Result<(), String> {
        if self.peek() == "(" {
            while self.peek() != ")" {
                if self.next().is_empty() {
                    return Err("Unexpected end of document".to_owned());
                }
            }
            self.next();
        }
        Ok(())
    }

    fn name(&mut self) -> Result<String, String> {
        let token = self.next();
        let is_name = token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
        is_name.then(|| token.to_owned()).ok_or_else(|| format!("Parse error on \"{token}\""))
    }

    fn expect(&mut self, wanted: &str) -> Result<(), String> {
        let token = self.next();
        (token == wanted).then_some(()).ok_or_else(|| format!("Expected {wanted}, got \"{token}\""))
    }

    /// The next token, empty at the end.
    fn peek(&mut self) -> &'a str {
        self.rest = skip_ignored(self.rest);
        &self.rest[..token_length(self.rest)]
    }

    fn next(&mut self) -> &'a str {
        let token = self.peek();
        self.rest = &self.rest[token.len()..];
        token
    }
}

fn scalar(token: &str) -> Result<Value, String> {
    if token.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        let known = matches!(token, "true" | "false" | "null");
        let enumeration = || Value::String(token.to_owned());
        return Ok(if known {
            serde_json::from_str(token).unwrap_or_default()
        } else {
            enumeration()
        });
    }
    serde_json::from_str(token).map_err(|_| format!("Parse error on \"{token}\""))
}

/// White space, commas and comments mean nothing in GraphQL.
fn skip_ignored(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|sign: char| sign.is_whitespace() || sign == ',');
        match rest.strip_prefix('#') {
            Some(comment) => rest = comment.split_once('\n').map_or("", |(_, after)| after),
            None => return rest,
        }
    }
}

fn token_length(text: &str) -> usize {
    let is_word = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.');
    let Some(first) = text.chars().next() else {
        return 0;
    };
    if text.starts_with("...") {
        return 3;
    }
    if first == '"' {
        return quoted_length(text);
    }
    if is_word(first) {
        return text.find(|sign| !is_word(sign)).unwrap_or(text.len());
    }
    first.len_utf8()
}

/// The length of a text in quotes, both quotes included.
fn quoted_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, sign) in text.char_indices().skip(1) {
        match sign {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parsed(text: &str) -> Result<Document, String> {
        let variables = json!({ "o": "willow", "n": 5 });
        parse(text, variables.as_object().unwrap())
    }

    #[test]
    fn aliases_arguments_and_variables_are_understood() {
        let document = parsed(
            "query Q($o: String!, $n: Int = 3) { a: repository(owner: $o, name: \"x \\\"y\\\"\", \
             by: {field: AT, n: [$n, 2]}) { id # comment\n } }",
        );
        let Ok([Selection::Field(field)]) = document.as_ref().map(|it| it.selections.as_slice())
        else {
            panic!("{document:?}")
        };
        assert_eq!((field.alias.as_str(), field.name.as_str()), ("a", "repository"));
        let arguments =
            json!({ "owner": "willow", "name": "x \"y\"", "by": { "field": "AT", "n": [5, 2] } });
        assert_eq!(Value::Object(field.arguments.clone()), arguments);
    }

    #[test]
    fn fragments_are_kept_by_name() {
        let document = parsed("{ r { ...F ... on T { b } } } fragment F on T { a }").unwrap();
        assert!(document.fragments.contains_key("F"));
    }

    #[test]
    fn what_is_no_query_is_refused() {
        for text in ["", "{", "{ a(", "query(", "mutation { a }", "{ a b: }", "\"", "{ a(b: [[["] {
            assert!(parsed(text).is_err(), "{text}");
        }
        assert!(parsed(&"{a".repeat(10_000)).is_err());
    }
}

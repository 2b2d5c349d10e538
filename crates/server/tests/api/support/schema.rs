//! A checker for the part of JSON Schema that the contract's table uses. A keyword that it does not
//! know fails the test: nothing is left unchecked unnoticed.

use serde_json::{Map, Value};

/// What is wrong with a value; nothing where all is well.
pub(crate) fn check(value: &Value, schema: &Value, schemas: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    Checker { schemas, problems: &mut problems }.check("$", value, schema);
    problems
}

struct Checker<'a> {
    schemas: &'a Value,
    problems: &'a mut Vec<String>,
}

impl Checker<'_> {
    fn check(&mut self, at: &str, value: &Value, schema: &Value) {
        for (keyword, rule) in schema.as_object().expect("a schema is an object") {
            match keyword.as_str() {
                "$ref" => {
                    let name = rule.as_str().and_then(|text| text.strip_prefix("#/schemas/"));
                    let schema = &self.schemas[name.expect("a reference into the table")];
                    self.check(at, value, schema);
                }
                "type" => self.expect(at, is_of_type(value, rule), &format!("is no {rule}")),
                "enum" => {
                    let listed = rule.as_array().is_some_and(|listed| listed.contains(value));
                    self.expect(at, listed, &format!("is none of {rule}"));
                }
                "pattern" => {
                    let pattern = regex::Regex::new(rule.as_str().unwrap()).unwrap();
                    let fits = value.as_str().is_some_and(|text| pattern.is_match(text));
                    self.expect(at, fits, &format!("does not match {rule}"));
                }
                "format" => self.expect(at, has_format(value, rule), &format!("is no {rule}")),
                "minimum" => {
                    let enough = value.as_f64() >= rule.as_f64();
                    self.expect(at, enough, &format!("is below {rule}"));
                }
                "items" => {
                    for (number, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(&format!("{at}[{number}]"), item, rule);
                    }
                }
                "required" => {
                    for name in rule.as_array().unwrap() {
                        let there = value.get(name.as_str().unwrap()).is_some();
                        self.expect(at, there, &format!("lacks {name}"));
                    }
                }
                "properties" => self.check_members(at, value, |name| rule.get(name)),
                "additionalProperties" => {
                    let known = schema.get("properties").and_then(Value::as_object);
                    let is_known = |name: &str| known.is_some_and(|known| known.contains_key(name));
                    self.check_members(at, value, |name| (!is_known(name)).then_some(rule));
                }
                other => panic!("the checker does not know {other}"),
            }
        }
    }

    fn check_members<'s>(
        &mut self,
        at: &str,
        value: &Value,
        schema_of: impl Fn(&str) -> Option<&'s Value>,
    ) {
        for (name, member) in value.as_object().unwrap_or(&Map::new()) {
            if let Some(schema) = schema_of(name) {
                self.check(&format!("{at}.{name}"), member, schema);
            }
        }
    }

    fn expect(&mut self, at: &str, holds: bool, otherwise: &str) {
        if !holds {
            self.problems.push(format!("{at} {otherwise}"));
        }
    }
}

fn is_of_type(value: &Value, rule: &Value) -> bool {
    if let Some(any_of) = rule.as_array() {
        return any_of.iter().any(|one| is_of_type(value, one));
    }
    match rule.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        other => panic!("the checker does not know the type {other}"),
    }
}

fn has_format(value: &Value, rule: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    match rule.as_str().unwrap() {
        "date-time" => text.ends_with('Z') && text.parse::<touchstone_domain::Timestamp>().is_ok(),
        "uri" => url::Url::parse(text).is_ok(),
        other => panic!("the checker does not know the format {other}"),
    }
}

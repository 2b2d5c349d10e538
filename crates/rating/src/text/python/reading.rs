//! One block of Python, walked in the order in which Python would run it.

use super::identity::Identity;
use super::loads::{Loaded, Loads};
use super::placeholders::is_placeholder;
use super::scopes::{Kind, MODULE, Place, Scopes};
use super::values::Values;
use ruff_python_ast::visitor::{self, Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{
    Alias, Comprehension, ExceptHandler, Expr, ExprCall, ExprContext, ExprName, FString,
    InterpolatedStringElement, Parameters, Pattern, Stmt, StmtClassDef, StmtFunctionDef,
    StmtImportFrom, StringLiteral, TypeParam,
};
use std::collections::VecDeque;

/// Chains such as `a.b.c` nest as deep as they are long; deeper ones are not followed.
const MAX_DEPTH: usize = 200;

/// What outlives a block: blocks of a card are read as one session.
pub(super) struct Session<'a> {
    scopes: Scopes,
    values: Values,
    loads: Loads<'a>,
    /// After `from __future__ import annotations` nothing looks at annotations.
    no_annotations: bool,
}

/// What was found in a block.
#[derive(Default)]
pub(super) struct Found {
    pub(super) loaded: Loaded,
    /// The first thing that keeps it from running, as the end of a sentence.
    pub(super) problem: Option<String>,
}

impl<'a> Session<'a> {
    pub(super) fn new(identity: &'a Identity<'a>) -> Self {
        Self {
            scopes: Scopes::new(),
            values: Values::default(),
            loads: Loads::new(identity),
            no_annotations: false,
        }
    }

    pub(super) fn identity(&self) -> &'a Identity<'a> {
        self.loads.identity
    }

    /// Reads a block; what it defines stays known.
    pub(super) fn read(&mut self, body: &[Stmt]) -> Found {
        let mut reading = Reading {
            session: self,
            here: MODULE,
            later: VecDeque::new(),
            wanted: Vec::new(),
            loops: 0,
            conditions: 0,
            declarations: 0,
            depth: 0,
            found: Found::default(),
        };
        reading.visit_body(body);
        reading.finish();
        let found = reading.found;
        self.scopes.close_all();
        found
    }
}

/// A body that runs only when it is called: after everything beside it is defined.
enum Later<'b> {
    Function(&'b StmtFunctionDef),
    Lambda(Option<&'b Parameters>, &'b Expr),
}

struct Reading<'s, 'a, 'b> {
    session: &'s mut Session<'a>,
    here: Place,
    later: VecDeque<(Place, Later<'b>)>,
    /// Names that an earlier turn of a loop may have defined, to be looked up at the end.
    wanted: Vec<(Place, String)>,
    loops: usize,
    conditions: usize,
    /// Inside fields' and parameters' defaults, where `...` is a value like others.
    declarations: usize,
    depth: usize,
    found: Found,
}

impl<'b> Reading<'_, '_, 'b> {
    fn finish(&mut self) {
        (self.loops, self.conditions) = (0, 0);
        while let Some((outer, body)) = self.later.pop_front() {
            self.here = self.session.scopes.open(Kind::Function, outer);
            match body {
                Later::Function(function) => {
                    self.name_parameters(&function.parameters);
                    self.visit_body(&function.body);
                }
                Later::Lambda(parameters, body) => {
                    if let Some(parameters) = parameters {
                        self.name_parameters(parameters);
                    }
                    self.visit_expr(body);
                }
            }
        }
        for (place, name) in std::mem::take(&mut self.wanted) {
            self.need(place, &name);
        }
    }

    fn define(&mut self, name: &str) {
        self.session.scopes.define(self.here, name);
    }

    fn need(&mut self, place: Place, name: &str) {
        if !self.session.scopes.knows(place, name) {
            self.report(|| format!("uses `{name}`, which nothing before it defines"));
        }
    }

    fn report(&mut self, problem: impl FnOnce() -> String) {
        self.found.problem.get_or_insert_with(problem);
    }

    /// Whether what is read may be left out when the block runs.
    fn may_be_skipped(&self) -> bool {
        self.loops + self.conditions > 0 || self.here != MODULE
    }

    fn inside(&mut self, kind: Kind, read: impl FnOnce(&mut Self)) {
        let outer = self.here;
        self.here = self.session.scopes.open(kind, outer);
        read(self);
        self.here = outer;
    }

    /// Goes one level deeper, unless that is too deep.
    fn deeper(&mut self, read: impl FnOnce(&mut Self)) {
        if self.depth >= MAX_DEPTH {
            return self.report(|| "is deeper nested than we read".to_owned());
        }
        self.depth += 1;
        read(self);
        self.depth -= 1;
    }

    fn name_parameters(&mut self, parameters: &Parameters) {
        parameters.iter().for_each(|parameter| self.define(parameter.name().as_str()));
    }

    fn function(&mut self, function: &'b StmtFunctionDef) {
        function.decorator_list.iter().for_each(|it| self.visit_decorator(it));
        function.type_params.iter().for_each(|it| self.visit_type_params(it));
        self.visit_parameters(&function.parameters);
        function.returns.iter().for_each(|it| self.visit_annotation(it));
        self.define(function.name.as_str());
        // What it says to be global is so for those who come after a call of it.
        for name in function.body.iter().filter_map(Stmt::as_global_stmt).flat_map(|it| &it.names) {
            self.session.scopes.define(MODULE, name.as_str());
        }
        self.later.push_back((self.here, Later::Function(function)));
    }

    fn class(&mut self, class: &'b StmtClassDef) {
        class.decorator_list.iter().for_each(|it| self.visit_decorator(it));
        class.type_params.iter().for_each(|it| self.visit_type_params(it));
        class.arguments.iter().for_each(|it| self.visit_arguments(it));
        self.declarations += 1;
        self.inside(Kind::Class, |this| this.visit_body(&class.body));
        self.declarations -= 1;
        self.define(class.name.as_str());
    }

    fn import_from(&mut self, import: &StmtImportFrom) {
        if import.level > 0 {
            self.report(|| "imports from a package that it is not part of".to_owned());
        }
        let is_future = import.module.as_ref().is_some_and(|name| name.as_str() == "__future__");
        for alias in &import.names {
            match alias.name.as_str() {
                "*" => self.session.scopes.any = true,
                "annotations" if is_future => self.session.no_annotations = true,
                _ => self.import(alias),
            }
        }
    }

    fn assign(&mut self, target: &Expr, value: &Expr) {
        if value.is_ellipsis_literal_expr() && self.declarations == 0 {
            self.report(|| "leaves a value out (`...`)".to_owned());
        }
        let may_stay = self.may_be_skipped();
        self.session.values.assign(target, value, may_stay);
        if let Expr::Name(name) = target
            && self.session.scopes.kind(self.here) == Kind::Class
        {
            self.session.values.field(name.id.as_str(), value);
        }
    }

    fn delete(&mut self, targets: &[Expr]) {
        for name in targets.iter().filter_map(Expr::as_name_expr) {
            self.need(self.here, name.id.as_str());
            if self.loops + self.conditions == 0 {
                self.session.scopes.forget(self.here, name.id.as_str());
            }
        }
    }

    fn call(&mut self, call: &'b ExprCall) {
        let Session { loads, values, .. } = &mut *self.session;
        if let Some(problem) = loads.call(call, values, &mut self.found.loaded) {
            self.report(|| problem);
        }
        for keyword in &call.arguments.keywords {
            if let Some(name) = &keyword.arg {
                self.session.values.field(name.as_str(), &keyword.value);
            }
        }
        self.command_line_option(call);
        let given = call.arguments.args.iter();
        let mut given = given.chain(call.arguments.keywords.iter().map(|it| &it.value));
        if self.declarations == 0 && given.any(Expr::is_ellipsis_literal_expr) {
            self.report(|| "leaves an argument out (`...`)".to_owned());
        }
    }

    /// `parser.add_argument("--name", default=…)` makes a field.
    fn command_line_option(&mut self, call: &ExprCall) {
        if let Expr::Attribute(method) = call.func.as_ref()
            && method.attr.as_str() == "add_argument"
            && let Some(Expr::StringLiteral(option)) = call.arguments.args.first()
            && let Some(default) = call.arguments.find_keyword("default")
        {
            let name = option.value.to_str().trim_start_matches('-').replace('-', "_");
            self.session.values.field(&name, &default.value);
        }
    }

    fn comprehension(&mut self, parts: &'b [Comprehension], elements: [Option<&'b Expr>; 2]) {
        // The first source is looked up outside.
        parts.first().into_iter().for_each(|part| self.visit_expr(&part.iter));
        self.inside(Kind::Comprehension, |this| {
            for (index, part) in parts.iter().enumerate() {
                if index > 0 {
                    this.visit_expr(&part.iter);
                }
                this.session.values.each(&part.target, &part.iter);
                this.visit_expr(&part.target);
                part.ifs.iter().for_each(|condition| this.visit_expr(condition));
            }
            elements.into_iter().flatten().for_each(|element| this.visit_expr(element));
        });
    }

    fn name(&mut self, name: &ExprName) {
        let id = name.id.as_str();
        match name.ctx {
            ExprContext::Store => self.define(id),
            ExprContext::Load if self.loops > 0 && self.conditions > 0 => {
                self.wanted.push((self.here, id.to_owned()));
            }
            ExprContext::Load => self.need(self.here, id),
            ExprContext::Del | ExprContext::Invalid => {}
        }
    }

    fn text(&mut self, text: &str) {
        if is_placeholder(text) {
            let text: String = text.chars().take(60).collect();
            self.report(|| format!("has the placeholder `{text}` to be filled in"));
        }
    }

    fn statement(&mut self, stmt: &'b Stmt) {
        match stmt {
            Stmt::FunctionDef(function) => self.function(function),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Delete(delete) => self.delete(&delete.targets),
            Stmt::Global(global) => {
                let names = global.names.iter();
                names.for_each(|it| self.session.scopes.is_global(self.here, it.as_str()));
            }
            Stmt::Nonlocal(nonlocal) => {
                let names = nonlocal.names.iter();
                names.for_each(|it| self.session.scopes.is_nonlocal(self.here, it.as_str()));
            }
            Stmt::Assign(assign) => {
                assign.targets.iter().for_each(|target| self.assign(target, &assign.value));
                walk_stmt(self, stmt);
            }
            Stmt::AnnAssign(assign) => {
                self.declarations += 1;
                let value = assign.value.as_deref();
                if let Some(value) = value {
                    self.visit_expr(value);
                }
                self.visit_annotation(&assign.annotation);
                if let Some(value) = value {
                    self.assign(&assign.target, value);
                    self.visit_expr(&assign.target);
                }
                self.declarations -= 1;
            }
            Stmt::AugAssign(assign) => {
                if let Expr::Name(name) = assign.target.as_ref() {
                    self.name(&ExprName { ctx: ExprContext::Load, ..name.clone() });
                }
                walk_stmt(self, stmt);
            }
            // A text that stands alone is a comment.
            Stmt::Expr(it) if it.value.is_string_literal_expr() => {}
            Stmt::Return(_) if !self.session.scopes.is_in_function(self.here) => {
                self.report(|| "returns outside of a function".to_owned());
            }
            _ => self.nested(stmt),
        }
    }

    fn nested(&mut self, stmt: &'b Stmt) {
        let (loops, conditions) = match stmt {
            Stmt::For(turn) => {
                self.session.values.each(&turn.target, &turn.iter);
                (1, 0)
            }
            Stmt::While(_) => (1, 1),
            Stmt::If(_) | Stmt::Match(_) | Stmt::Try(_) => (0, 1),
            _ => (0, 0),
        };
        self.loops += loops;
        self.conditions += conditions;
        walk_stmt(self, stmt);
        self.loops -= loops;
        self.conditions -= conditions;
    }

    fn expression(&mut self, expr: &'b Expr) {
        match expr {
            Expr::Name(name) => self.name(name),
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                let place = self.session.scopes.beyond_comprehensions(self.here);
                if let Expr::Name(name) = named.target.as_ref() {
                    self.session.scopes.define(place, name.id.as_str());
                    self.session.values.assign(&named.target, &named.value, true);
                }
            }
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().for_each(|it| self.visit_parameters(it));
                let body = Later::Lambda(lambda.parameters.as_deref(), &lambda.body);
                self.later.push_back((self.here, body));
            }
            Expr::If(_) | Expr::BoolOp(_) => {
                self.conditions += 1;
                walk_expr(self, expr);
                self.conditions -= 1;
            }
            Expr::ListComp(it) => self.comprehension(&it.generators, [Some(&it.elt), None]),
            Expr::SetComp(it) => self.comprehension(&it.generators, [Some(&it.elt), None]),
            Expr::Generator(it) => self.comprehension(&it.generators, [Some(&it.elt), None]),
            Expr::DictComp(it) => {
                self.comprehension(&it.generators, [it.key.as_deref(), Some(&it.value)]);
            }
            Expr::Call(call) => {
                self.call(call);
                walk_expr(self, expr);
            }
            _ => walk_expr(self, expr),
        }
    }
}

impl<'b> Visitor<'b> for Reading<'_, '_, 'b> {
    fn visit_stmt(&mut self, stmt: &'b Stmt) {
        self.deeper(|this| this.statement(stmt));
    }

    fn visit_expr(&mut self, expr: &'b Expr) {
        self.deeper(|this| this.expression(expr));
    }

    fn visit_annotation(&mut self, expr: &'b Expr) {
        if !self.session.no_annotations && !self.session.scopes.is_in_function(self.here) {
            self.visit_expr(expr);
        }
    }

    fn visit_parameters(&mut self, parameters: &'b Parameters) {
        self.declarations += 1;
        for parameter in parameters {
            parameter.annotation().into_iter().for_each(|it| self.visit_annotation(it));
            if let Some(default) = parameter.default() {
                self.session.values.parameter(parameter.name().as_str(), default);
                self.visit_expr(default);
            }
        }
        self.declarations -= 1;
    }

    fn visit_type_param(&mut self, parameter: &'b TypeParam) {
        self.define(parameter.name().as_str());
        visitor::walk_type_param(self, parameter);
    }

    fn visit_alias(&mut self, alias: &'b Alias) {
        self.import(alias);
    }

    fn visit_except_handler(&mut self, handler: &'b ExceptHandler) {
        let ExceptHandler::ExceptHandler(named) = handler;
        let name = named.name.as_ref().map(ruff_python_ast::Identifier::as_str);
        let name = name.filter(|name| !self.session.scopes.defines(self.here, name));
        named.name.iter().for_each(|name| self.define(name.as_str()));
        visitor::walk_except_handler(self, handler);
        if let Some(name) = name {
            self.session.scopes.forget(self.here, name);
        }
    }

    fn visit_pattern(&mut self, pattern: &'b Pattern) {
        let name = match pattern {
            Pattern::MatchAs(it) => it.name.as_ref(),
            Pattern::MatchStar(it) => it.name.as_ref(),
            Pattern::MatchMapping(it) => it.rest.as_ref(),
            _ => None,
        };
        if let Some(name) = name {
            self.define(name.as_str());
        }
        self.deeper(|this| visitor::walk_pattern(this, pattern));
    }

    fn visit_string_literal(&mut self, literal: &'b StringLiteral) {
        self.text(&literal.value);
    }

    fn visit_f_string(&mut self, string: &'b FString) {
        for element in &string.elements {
            if let InterpolatedStringElement::Literal(literal) = element {
                self.text(&literal.value);
            }
        }
        visitor::walk_f_string(self, string);
    }
}

impl Reading<'_, '_, '_> {
    fn import(&mut self, alias: &Alias) {
        let name = alias.asname.as_ref().unwrap_or(&alias.name).as_str();
        self.define(name.split('.').next().unwrap_or(name));
    }
}

//! Which names are known where, by Python's own rules.

use super::built_in::is_built_in;
use std::collections::{HashMap, HashSet};

/// What opens a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Module,
    Class,
    Function,
    Comprehension,
}

/// One of the scopes of a session.
pub(super) type Place = usize;

/// The outermost scope: it outlives a block.
pub(super) const MODULE: Place = 0;

struct Scope {
    kind: Kind,
    parent: Place,
    names: HashSet<String>,
    /// Names that `global` or `nonlocal` says belong to another scope.
    elsewhere: HashMap<String, Place>,
}

/// The scopes of a session: the module's, and those of the block that is read.
pub(super) struct Scopes {
    all: Vec<Scope>,
    /// After `from … import *` any name may be known.
    pub(super) any: bool,
}

impl Scopes {
    pub(super) fn new() -> Self {
        let mut scopes = Self { all: Vec::new(), any: false };
        scopes.open(Kind::Module, MODULE);
        scopes
    }

    /// Opens a scope inside another.
    pub(super) fn open(&mut self, kind: Kind, parent: Place) -> Place {
        let (names, elsewhere) = (HashSet::new(), HashMap::new());
        self.all.push(Scope { kind, parent, names, elsewhere });
        self.all.len() - 1
    }

    /// A block ends: only what the module knows stays.
    pub(super) fn close_all(&mut self) {
        self.all.truncate(1);
    }

    pub(super) fn kind(&self, place: Place) -> Kind {
        self.all.get(place).map_or(Kind::Module, |scope| scope.kind)
    }

    fn parent(&self, place: Place) -> Place {
        self.all.get(place).map_or(MODULE, |scope| scope.parent)
    }

    /// The nearest scope that is no comprehension's: where a walrus binds.
    pub(super) fn beyond_comprehensions(&self, mut place: Place) -> Place {
        while self.kind(place) == Kind::Comprehension {
            place = self.parent(place);
        }
        place
    }

    /// Whether code there runs only when it is called.
    pub(super) fn is_in_function(&self, mut place: Place) -> bool {
        while place != MODULE {
            if self.kind(place) == Kind::Function {
                return true;
            }
            place = self.parent(place);
        }
        false
    }

    pub(super) fn define(&mut self, place: Place, name: &str) {
        let elsewhere = self.all.get(place).and_then(|scope| scope.elsewhere.get(name).copied());
        if let Some(scope) = self.all.get_mut(elsewhere.unwrap_or(place)) {
            scope.names.insert(name.to_owned());
        }
    }

    pub(super) fn forget(&mut self, place: Place, name: &str) {
        if let Some(scope) = self.all.get_mut(place) {
            scope.names.remove(name);
        }
    }

    /// `global name`
    pub(super) fn is_global(&mut self, place: Place, name: &str) {
        if let Some(scope) = self.all.get_mut(place) {
            scope.elsewhere.insert(name.to_owned(), MODULE);
        }
        self.define(MODULE, name);
    }

    /// `nonlocal name`
    pub(super) fn is_nonlocal(&mut self, place: Place, name: &str) {
        let mut outer = self.parent(place);
        while outer != MODULE && !self.defines(outer, name) {
            outer = self.parent(outer);
        }
        if let Some(scope) = self.all.get_mut(place) {
            scope.elsewhere.insert(name.to_owned(), outer);
        }
    }

    pub(super) fn defines(&self, place: Place, name: &str) -> bool {
        self.all.get(place).is_some_and(|scope| scope.names.contains(name))
    }

    /// Whether a name is known at a place; a class's names are unknown inside its methods.
    pub(super) fn knows(&self, from: Place, name: &str) -> bool {
        let mut place = from;
        loop {
            let is_seen = place == from || self.kind(place) != Kind::Class;
            if is_seen && self.defines(place, name) {
                return true;
            }
            if place == MODULE {
                return self.any || is_built_in(name);
            }
            place = self.parent(place);
        }
    }
}

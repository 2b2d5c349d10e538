//! What happens around every request. Few and cheap: one layer does all that needs no body.

pub(crate) mod edge;
pub(crate) mod rate_limit;

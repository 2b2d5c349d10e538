//! Signing in, which comes later.

use crate::problem::Problem;

/// Signing in, which this registry does not use.
#[utoipa::path(
    put, path = "", operation_id = "authenticate", tag = "registry",
    responses((status = 501, description = "There is no sign-in."))
)]
pub(crate) async fn authenticate() -> Problem {
    Problem::NoSignIn
}

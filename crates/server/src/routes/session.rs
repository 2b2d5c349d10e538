//! Signing in, which this registry does not have. Every request for it is answered so, whatever its
//! body says: that the body is wrong would be of no use to anybody.

use crate::problem::Problem;

/// Signing in, which this registry does not use.
#[utoipa::path(
    put, path = "", operation_id = "authenticate", tag = "registry",
    responses((status = 501, description = "There is no sign-in."))
)]
pub(crate) async fn authenticate() -> Problem {
    Problem::NoSignIn
}

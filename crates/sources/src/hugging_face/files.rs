//! Bytes from the Hub, through its redirects to large-file storage.

use super::{HuggingFace, Repository, check};
use crate::http::Reply;
use crate::{FileStream, SourceError};
use touchstone_domain::source::HubKind;

impl HuggingFace {
    pub(crate) async fn open_file(
        &self,
        kind: HubKind,
        name: &str,
        commit: &str,
        path: &str,
        offset: u64,
    ) -> Result<FileStream, SourceError> {
        let ask = self.file(Repository { kind, name }, commit, path)?;
        let streamed = self.http.stream(&ask, offset).await?;
        if !streamed.status.is_success() {
            let reply = Reply::without_body(streamed.status, &streamed.headers);
            check(&reply, &format!("{path} of {name}"))?;
        }
        Ok(crate::snapshot::file_stream(streamed))
    }
}

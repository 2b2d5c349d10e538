//! All files of a repository in one request: its tarball, unpacked while it comes.

use super::GitHub;
use super::tar::Entries;
use crate::{ArchivePart, ArchiveStream, SourceError};
use bytes::Bytes;
use flate2::write::GzDecoder;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use std::collections::VecDeque;
use std::io::Write as _;

impl GitHub {
    pub(crate) async fn open_archive(
        &self,
        name: &str,
        commit: &str,
    ) -> Result<ArchiveStream, SourceError> {
        let mut ask = self.ask(self.address(&format!("repos/{name}/tarball/{commit}"))?);
        ask.accept = "*/*";
        let streamed = self.http.stream(&ask, 0).await?;
        if !streamed.status.is_success() {
            let reply = crate::http::Reply::without_body(streamed.status, &streamed.headers);
            self.check(&reply, &format!("the archive of {name}"))?;
        }
        let broken = self.nonsense("sent an archive that cannot be read");
        Ok(unpacked(streamed.body, broken))
    }
}

struct Unpacking {
    body: BoxStream<'static, Result<Bytes, SourceError>>,
    gzip: GzDecoder<Vec<u8>>,
    entries: Entries,
    ready: VecDeque<ArchivePart>,
    broken: SourceError,
    ended: bool,
}

/// Unpacks a piece at a time: memory holds one piece and what it unpacks to.
fn unpacked(
    body: BoxStream<'static, Result<Bytes, SourceError>>,
    broken: SourceError,
) -> ArchiveStream {
    let state = Unpacking {
        body,
        gzip: GzDecoder::new(Vec::new()),
        entries: Entries::default(),
        ready: VecDeque::new(),
        broken,
        ended: false,
    };
    futures::stream::unfold(state, |mut state| async move {
        loop {
            if let Some(part) = state.ready.pop_front() {
                return Some((Ok(part), state));
            }
            if state.ended {
                return None;
            }
            if let Err(error) = state.advance().await {
                state.ended = true;
                return Some((Err(error), state));
            }
        }
    })
    .boxed()
}

/// Compressed bytes that are unpacked at once: even at the format's largest ratio (1:1032) this
/// stays within 17 MB.
const STEP_BYTES: usize = 16 * 1024;

impl Unpacking {
    async fn advance(&mut self) -> Result<(), SourceError> {
        let Some(piece) = self.body.next().await else {
            self.ended = true;
            self.gzip.try_finish().map_err(|_| self.broken.clone())?;
            self.read_unpacked()?;
            return if self.entries.is_whole() { Ok(()) } else { Err(self.broken.clone()) };
        };
        for step in piece?.chunks(STEP_BYTES) {
            self.gzip.write_all(step).map_err(|_| self.broken.clone())?;
            self.read_unpacked()?;
        }
        Ok(())
    }

    fn read_unpacked(&mut self) -> Result<(), SourceError> {
        let plain = std::mem::take(self.gzip.get_mut());
        let parts = self.entries.feed(&plain).map_err(|_| self.broken.clone())?;
        self.ready.extend(parts);
        Ok(())
    }
}

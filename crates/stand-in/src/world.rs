//! Everything one stand-in serves, behind one lock.

use crate::github::Forge;
use crate::hub::Shelf;

/// Both upstreams' content.
#[derive(Debug, Clone, Default)]
pub(crate) struct World {
    pub(crate) shelf: Shelf,
    pub(crate) forge: Forge,
}

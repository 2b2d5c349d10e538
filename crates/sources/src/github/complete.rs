//! The facts of a code repository that could not be had before.

use super::GitHub;
use super::repository::fact;
use crate::again::again;
use tokio::time::Instant;
use touchstone_domain::facts::{Contributors, RepositoryFacts, RepositoryInfo, ReviewHistory};
use touchstone_domain::{Fact, Missing};

impl GitHub {
    /// Asks for those facts of a repository that are missing for a reason that `may_be_had`
    /// accepts; the others stay as they are. Of one that could not be seen at all everything is
    /// asked for.
    pub(crate) async fn complete(
        &self,
        known: RepositoryFacts,
        deadline: Instant,
        may_be_had: impl Fn(&Missing) -> bool,
    ) -> RepositoryFacts {
        let Some(info) = known.info.value() else {
            return match known.info.why_missing() {
                Some(why) if may_be_had(why) => {
                    self.repository(&known.named_as, known.stated_in).await
                }
                _ => known,
            };
        };
        let name = info.full_name.as_str();
        let page = format!("https://github.com/{name}");
        let listing = async { fact(format!("{page}/tree/HEAD"), self.tree(name, "HEAD").await) };
        let ((contributors, reviews), tree) = tokio::join!(
            self.people_again(&known, info, (deadline, &may_be_had)),
            again(&known.tree, (deadline, &may_be_had), listing),
        );
        // Which of these files there are was told by the listing.
        let unlisted = known.tree.value().is_none() && tree.value().is_some();
        let wanted = (deadline, |why: &Missing| unlisted || may_be_had(why));
        let (readme, license) = tokio::join!(
            again(&known.readme, wanted, self.readme_at_head(name, info, tree.value())),
            again(&known.license, wanted, self.stated_license(name, info, tree.value())),
        );
        RepositoryFacts { contributors, tree, reviews, readme, license, ..known.clone() }
    }

    /// Who committed and what was reviewed, which the same answers tell.
    async fn people_again(
        &self,
        known: &RepositoryFacts,
        info: &RepositoryInfo,
        wanted: (Instant, &impl Fn(&Missing) -> bool),
    ) -> (Fact<Contributors>, Fact<ReviewHistory>) {
        let reasons = [known.contributors.why_missing(), known.reviews.why_missing()];
        if !reasons.into_iter().flatten().any(wanted.1) {
            return (known.contributors.clone(), known.reviews.clone());
        }
        let pulls = self.pulls(&info.full_name).await;
        let (contributors, reviews) = self.people_and_history(info, pulls).await;
        let asked = fact(known.contributors.seen_at.clone(), contributors);
        let contributors = again(&known.contributors, wanted, async { asked }).await;
        let asked = fact(known.reviews.seen_at.clone(), reviews);
        let reviews = again(&known.reviews, wanted, async { asked }).await;
        (contributors, reviews)
    }
}

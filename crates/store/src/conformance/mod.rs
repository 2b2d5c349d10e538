//! What every driver promises, one function each, and a macro that runs them all against a driver.
//!
//! A promise gets an empty store. To put a driver under them: give [`every_promise!`] a name and a
//! way to open one.

mod artifacts;
mod audit;
mod catalog;
mod jobs;
mod ledger;
mod lineage;
mod lists;
mod maintenance;
mod ratings;
mod revisions;
mod samples;
mod search;

use crate::contract::Store;
use crate::{StoreSettings, open};
use std::sync::Arc;
use tempfile::TempDir;

/// An empty store, and what has to live as long as it.
pub(crate) struct Opened {
    pub(crate) store: Arc<dyn Store>,
    _folder: Option<TempDir>,
}

async fn memory() -> Opened {
    Opened { store: open(&StoreSettings::Memory).await.unwrap(), _folder: None }
}

async fn sqlite() -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("touchstone.db");
    Opened { store: open(&StoreSettings::Sqlite { path }).await.unwrap(), _folder: Some(folder) }
}

macro_rules! promises_of {
    ($open:path; $($contract:ident { $($promise:ident)+ })+) => {
        $(mod $contract {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() {
                let opened = $open().await;
                $crate::conformance::$contract::$promise(&opened.store).await;
            })+
        })+
    };
}

macro_rules! every_promise {
    ($driver:ident, $open:path) => {
        mod $driver {
            promises_of! { $open;
                artifacts {
                    a_registered_artifact_is_found_by_its_id
                    an_unknown_id_is_nothing
                    registering_writes_job_and_audit_line_with_it
                    a_source_is_held_by_one_artifact_of_a_type
                    the_same_source_may_be_registered_under_another_type
                    of_many_racing_registrations_of_a_source_one_wins
                    several_artifacts_are_found_at_once
                    artifacts_are_found_by_their_sources
                    a_repointed_artifact_has_the_new_address_and_a_new_job
                    a_failed_artifact_that_is_repointed_is_pending_again
                    a_repoint_to_a_held_source_is_refused_and_changes_nothing
                    a_repoint_of_a_missing_artifact_is_refused
                    a_source_that_was_left_can_be_registered
                    a_deleted_artifact_leaves_only_its_audit_trail
                    deleting_what_does_not_exist_says_so
                    a_deleted_source_can_be_registered_again
                    counts_are_kept_by_type_and_status
                }
                lists {
                    an_empty_query_lists_everything_in_order_of_creation
                    pages_by_cursor_meet_each_artifact_once_in_every_order
                    the_last_page_has_no_cursor
                    a_name_is_matched_whole_without_letter_case
                    conditions_are_united_without_duplicates
                    types_narrow_a_list
                    a_counted_skip_leaves_out_so_many
                    a_cursor_survives_inserts_and_deletions
                    names_are_ordered_without_letter_case_and_ties_by_id
                    a_cursor_that_nobody_gave_is_answered
                }
                jobs {
                    the_job_due_longest_is_taken_first
                    a_job_is_not_taken_before_its_time
                    of_many_racing_workers_one_gets_a_job
                    a_job_is_taken_over_when_its_lease_runs_out
                    a_heartbeat_prolongs_the_lease_and_shows_progress
                    a_lease_that_was_taken_over_is_lost_for_every_write
                    a_repoint_takes_the_lease_away
                    a_deletion_takes_the_lease_away
                    a_retried_attempt_counts_and_waits
                    a_released_attempt_does_not_count
                    a_failed_first_ingest_fails_the_artifact
                    a_failed_update_leaves_the_artifact_ready
                    a_failed_job_can_be_queued_again_with_its_attempts_counted_anew
                    only_a_failed_job_can_be_queued_again
                    a_lease_from_before_a_retry_stays_lost
                    the_next_due_time_is_the_earliest
                    jobs_are_counted_by_state
                }
                revisions {
                    a_publication_is_there_whole
                    a_publication_makes_the_artifact_ready_and_ends_the_job
                    a_publication_without_the_lease_changes_nothing
                    a_renamed_repository_is_followed
                    a_rename_onto_a_held_source_is_refused_and_changes_nothing
                    publishing_the_same_commit_again_keeps_the_earlier_revision
                    revisions_are_listed_newest_first_with_the_current_one_marked
                    moves_of_the_pointer_are_kept_in_order
                    a_large_manifest_comes_back_as_it_was
                }
                ratings {
                    facts_and_ratings_come_back_as_they_were
                    net_scores_are_those_of_current_revisions
                    a_rating_that_follows_is_in_force_and_the_earlier_one_stays
                    a_rating_that_does_not_follow_the_newest_changes_nothing
                    of_many_racing_ratings_one_follows
                    what_has_come_is_shown_with_the_rating_made_of_it
                    what_has_come_for_an_earlier_revision_is_not_shown
                    what_is_rated_under_older_rules_is_outdated
                    the_outdated_are_paged_and_fewer_with_each_new_rating
                    a_healing_is_taken_when_its_time_has_come
                    of_many_racing_healers_one_gets_it
                    a_healing_is_due_again_when_nothing_is_heard_of_it
                    a_healing_that_was_taken_over_cannot_be_put_off
                    a_healing_that_was_given_up_is_never_due
                    a_final_rating_ends_the_healing
                    ratings_to_be_made_again_are_counted
                }
                lineage {
                    edges_come_back_in_the_order_in_which_they_were_stated
                    children_are_found_by_their_parents_source
                    edges_of_an_earlier_revision_do_not_count
                    children_are_limited
                    an_artifact_without_edges_is_a_family_of_its_own
                }
                search {
                    a_name_is_found_from_the_moment_of_registration
                    a_readme_is_found_once_it_is_published
                    letter_case_does_not_count
                    a_pattern_does_not_match_across_name_and_readme
                    a_new_readme_replaces_the_old_one
                    a_deleted_artifact_is_not_found
                    matches_are_paged_in_order_of_creation
                    a_pattern_that_matches_everything_is_paged
                    every_kind_of_pattern_finds_what_it_matches
                    the_end_of_a_huge_readme_is_not_searched
                    a_search_without_time_gives_nothing
                    a_rebuilt_index_finds_the_same
                }
                audit {
                    the_newest_lines_are_given_oldest_first
                    trails_are_kept_apart
                }
                ledger {
                    a_blob_of_a_manifest_is_needed
                    a_pinned_blob_is_needed_until_the_job_is_over
                    a_retried_job_keeps_its_pins
                    a_blob_of_a_deleted_artifact_is_not_needed
                    a_blob_of_two_artifacts_is_needed_until_both_are_gone
                    a_marked_blob_is_condemned_only_after_the_grace_time
                    a_blob_that_is_pinned_again_is_not_condemned
                    a_condemned_blob_cannot_be_pinned_until_it_is_forgotten
                    what_a_crash_left_condemned_is_given_again
                    a_pin_needs_the_lease
                    a_sweep_condemns_a_bounded_number_at_once
                    a_manifest_that_names_a_condemned_blob_is_refused
                }
                catalog {
                    an_entry_shows_what_was_published
                    every_order_is_paged_both_ways
                    conditions_narrow_what_is_listed
                    words_must_all_be_there_in_name_or_readme
                    browsing_without_time_gives_nothing
                    a_foreign_cursor_does_no_harm
                    the_summary_counts_scores_and_labels
                }
                maintenance {
                    a_fresh_store_answers
                    a_reset_empties_everything
                    every_revision_is_visited_once
                    a_closed_store_can_be_closed_again
                }
            }
        }
    };
}

every_promise!(in_memory, crate::conformance::memory);
every_promise!(on_sqlite, crate::conformance::sqlite);

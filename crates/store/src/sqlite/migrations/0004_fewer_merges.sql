-- How many parts of the search index are merged at a time. With the default of 4 each part is
-- rewritten twice as often, and what a registration pays for it grows with what is stored.
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 16);

-- For H2 and PostgreSQL alike. The names have a prefix, so that the schema may be shared with others. Each statement can
-- be repeated: H2 commits each by itself, and the process may be killed between two of them.

-- The numbers given last. A change of the routes or of the journal takes its numbers here first, and so holds this
-- row until it is committed: changes come one after another, and numbers become visible in their order, without gaps.
CREATE TABLE IF NOT EXISTS evenkeel_head (
  only_row SMALLINT NOT NULL PRIMARY KEY CHECK (only_row = 1),
  revision BIGINT NOT NULL,
  entry BIGINT NOT NULL
);

INSERT INTO evenkeel_head (only_row, revision, entry)
SELECT 1, 0, 0 WHERE NOT EXISTS (SELECT 1 FROM evenkeel_head);

CREATE TABLE IF NOT EXISTS evenkeel_revision (
  revision BIGINT NOT NULL PRIMARY KEY,
  happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  document VARCHAR(1000000) NOT NULL
);

CREATE TABLE IF NOT EXISTS evenkeel_journal (
  entry BIGINT NOT NULL PRIMARY KEY,
  happened_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  who VARCHAR(200) NOT NULL,
  why VARCHAR(4000) NOT NULL,
  action VARCHAR(100) NOT NULL,
  model VARCHAR(200),
  was VARCHAR(1000000),
  became VARCHAR(1000000),
  revision BIGINT NOT NULL
);

CREATE INDEX IF NOT EXISTS evenkeel_journal_of_model ON evenkeel_journal (model, entry);

CREATE TABLE IF NOT EXISTS evenkeel_mark (
  name VARCHAR(100) NOT NULL PRIMARY KEY,
  fact VARCHAR(10000) NOT NULL
);

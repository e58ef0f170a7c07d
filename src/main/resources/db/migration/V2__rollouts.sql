CREATE TABLE IF NOT EXISTS evenkeel_rollout (
  id VARCHAR(100) NOT NULL PRIMARY KEY,
  -- In the order in which they were begun.
  ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
  model VARCHAR(200) NOT NULL,
  is_open BOOLEAN NOT NULL,
  counter BIGINT NOT NULL,
  owner VARCHAR(200) NOT NULL,
  heartbeat TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  document VARCHAR(1000000) NOT NULL
);

CREATE INDEX IF NOT EXISTS evenkeel_rollout_of_model ON evenkeel_rollout (model, ordinal);

CREATE INDEX IF NOT EXISTS evenkeel_rollout_open ON evenkeel_rollout (is_open);

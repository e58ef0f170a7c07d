-- Where there are keys, what was predicted, the group and the routing key's hash are sealed, and so is the outcome. Their
-- own columns are empty then; those of the hash, which can't be, hold 0.
ALTER TABLE evenkeel_prediction ADD COLUMN IF NOT EXISTS sealed BYTEA;

ALTER TABLE evenkeel_prediction ADD COLUMN IF NOT EXISTS outcome_sealed BYTEA;

ALTER TABLE evenkeel_prediction ALTER COLUMN predicted DROP NOT NULL;

-- The group that a prediction's row belongs to, where its contract has groups compared: the attribute, an equals sign, the
-- group. Nothing else of the rows is kept.
ALTER TABLE evenkeel_prediction ADD COLUMN IF NOT EXISTS row_group VARCHAR(1000000);

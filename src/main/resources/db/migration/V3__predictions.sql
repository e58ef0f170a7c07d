-- Recent predictions and their outcomes. Nothing of the rows is kept.
CREATE TABLE IF NOT EXISTS evenkeel_prediction (
  answer UUID NOT NULL,
  -- The place in a batch; -1 of an answer to one instance.
  item INT NOT NULL,
  predicted_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  model VARCHAR(200) NOT NULL,
  version VARCHAR(200) NOT NULL,
  role VARCHAR(20) NOT NULL,
  route_revision BIGINT NOT NULL,
  -- Of the hash of the routing key: where the split puts it, and what tells keys apart.
  key_point BIGINT NOT NULL,
  key_hash BIGINT NOT NULL,
  predicted VARCHAR(1000000) NOT NULL,
  is_judged BOOLEAN NOT NULL,
  outcome_label VARCHAR(1000000),
  outcome_value DOUBLE PRECISION,
  outcome_at TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (answer, item)
);

CREATE INDEX IF NOT EXISTS evenkeel_prediction_age ON evenkeel_prediction (predicted_at);

CREATE INDEX IF NOT EXISTS evenkeel_prediction_of_version ON evenkeel_prediction (model, version, predicted_at);

CREATE INDEX IF NOT EXISTS evenkeel_prediction_judged ON evenkeel_prediction (model, version, is_judged, predicted_at);

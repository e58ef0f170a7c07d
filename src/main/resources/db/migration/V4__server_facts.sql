-- What each server that shares this database knows for itself, one row for each topic: saving it is one statement, so
-- that what is read is what one save has written.
CREATE TABLE IF NOT EXISTS evenkeel_server_fact (
  topic VARCHAR(300) NOT NULL,
  server VARCHAR(200) NOT NULL,
  told_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  document VARCHAR(1000000) NOT NULL,
  PRIMARY KEY (topic, server)
);

CREATE INDEX IF NOT EXISTS evenkeel_server_fact_age ON evenkeel_server_fact (told_at);

-- It was kept among the marks before, in pieces.
DELETE FROM evenkeel_mark WHERE name LIKE 'drift/%';

-- The store that several collectors share: the tables of the SQLite file (Sqlite/Schema.sql says what they mean), with these differences.
-- Ids of homes and nodes compare by code, as in SQLite. Reports are divided by the day of their reception (UTC) into tables reports_dN, N = days
-- since 1970, made when they are needed and dropped by age. That a report is stored once is held by the lock on its boot, not by a constraint. Events are numbered in the order of their commits. Counters have rows for each group of collectors.

CREATE TABLE collector_schema (
  version BIGINT NOT NULL
);

CREATE SEQUENCE report_keys INCREMENT BY 10000; -- a block of keys for each call

CREATE TABLE nodes (
  node_key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  home TEXT COLLATE "C" NOT NULL,
  node TEXT COLLATE "C" NOT NULL,
  UNIQUE (home, node)
);

-- Nearly every batch changes the rows of its boots: room on each page keeps the new versions there.
CREATE TABLE boots (
  boot_key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  node_key BIGINT NOT NULL,
  boot_id BIGINT NOT NULL,
  acked_through BIGINT NOT NULL,
  highest BIGINT NOT NULL,
  started_ms BIGINT,
  started_stated BIGINT NOT NULL,
  last_received_ms BIGINT NOT NULL,
  mood BIGINT NOT NULL,
  UNIQUE (node_key, boot_id)
) WITH (fillfactor = 50);

CREATE TABLE retired (
  boot_key BIGINT PRIMARY KEY,
  through BIGINT NOT NULL,
  sequences BIGINT NOT NULL
);

CREATE TABLE reports (
  report_key BIGINT NOT NULL,
  boot_key BIGINT NOT NULL,
  first_sequence BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  start_s BIGINT NOT NULL,
  received_at_ms BIGINT NOT NULL,
  boot_time BIGINT,
  span_s INTEGER NOT NULL,
  part INTEGER NOT NULL,
  payload BYTEA NOT NULL
) PARTITION BY RANGE (received_at_ms);

CREATE INDEX reports_by_sequence ON reports (boot_key, sequence);

CREATE TABLE events (
  event_key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  boot_key BIGINT NOT NULL,
  sequence BIGINT NOT NULL,
  metric BIGINT NOT NULL,
  recovered BIGINT NOT NULL,
  at_s BIGINT NOT NULL,
  since_s BIGINT NOT NULL,
  boot_time BIGINT,
  baseline BIGINT NOT NULL,
  now BIGINT NOT NULL,
  magnitude BIGINT NOT NULL,
  received_at_ms BIGINT NOT NULL,
  payload BYTEA NOT NULL,
  UNIQUE (boot_key, sequence)
);

CREATE TABLE states (
  node_key BIGINT PRIMARY KEY,
  status BIGINT NOT NULL,
  received_at_ms BIGINT NOT NULL,
  boot_id BIGINT,
  agent_version TEXT,
  role BIGINT,
  mode BIGINT,
  boots BIGINT,
  last_words TEXT,
  ssid BIGINT,
  ap BIGINT,
  birth BYTEA
);

CREATE TABLE config_states (
  node_key BIGINT PRIMARY KEY,
  version BIGINT,
  status TEXT NOT NULL,
  applied BIGINT NOT NULL,
  reason TEXT,
  received_at_ms BIGINT NOT NULL
);

CREATE TABLE command_results (
  node_key BIGINT PRIMARY KEY,
  id TEXT NOT NULL,
  command TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  received_at_ms BIGINT NOT NULL
);

CREATE TABLE rejected (
  rejected_key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  received_at_ms BIGINT NOT NULL,
  topic TEXT NOT NULL,
  payload BYTEA NOT NULL,
  payload_bytes BIGINT NOT NULL,
  reason TEXT NOT NULL,
  boot_key BIGINT,
  first_sequence BIGINT,
  sequence BIGINT
);

CREATE INDEX rejected_by_sequence ON rejected (boot_key, sequence) WHERE boot_key IS NOT NULL;

CREATE TABLE counters (
  shard BIGINT NOT NULL,
  name TEXT NOT NULL,
  value BIGINT NOT NULL,
  PRIMARY KEY (shard, name)
);

CREATE TABLE homes (
  home TEXT COLLATE "C" PRIMARY KEY,
  due_ms BIGINT NOT NULL,
  claim BIGINT NOT NULL,
  assessed_at_ms BIGINT,
  stability DOUBLE PRECISION,
  baseline DOUBLE PRECISION,
  worse BIGINT NOT NULL,
  cause BIGINT,
  node TEXT,
  confidence DOUBLE PRECISION,
  since_ms BIGINT,
  summary TEXT,
  worst_rank DOUBLE PRECISION NOT NULL,
  falling_rank DOUBLE PRECISION NOT NULL
);

CREATE INDEX homes_by_due ON homes (due_ms);
CREATE INDEX homes_by_worst ON homes (worst_rank, home);
CREATE INDEX homes_by_falling ON homes (falling_rank, home);
CREATE INDEX homes_by_assessed ON homes (assessed_at_ms, home);

CREATE TABLE assessments (
  home TEXT COLLATE "C" PRIMARY KEY,
  document TEXT NOT NULL
);

CREATE TABLE stale_hours (
  node_key BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  taken BIGINT NOT NULL,
  PRIMARY KEY (node_key, hour)
);

CREATE TABLE hour_windows (
  node_key BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  payload BYTEA NOT NULL,
  PRIMARY KEY (node_key, hour)
);

CREATE TABLE node_hours (
  node_key BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  made_at_ms BIGINT NOT NULL,
  good_s BIGINT NOT NULL,
  unknown_s BIGINT NOT NULL,
  coverage_s BIGINT NOT NULL,
  congestion_s BIGINT NOT NULL,
  interference_s BIGINT NOT NULL,
  backhaul_s BIGINT NOT NULL,
  wan_s BIGINT NOT NULL,
  node_health_s BIGINT NOT NULL,
  overload_s BIGINT NOT NULL,
  placement_s BIGINT NOT NULL,
  start_ms BIGINT,
  start_estimated BIGINT NOT NULL,
  payload BYTEA,
  PRIMARY KEY (node_key, hour)
);

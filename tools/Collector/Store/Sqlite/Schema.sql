-- One store of one collector. Times received are Unix milliseconds of the collector's clock; NULL = not measured.
-- No table refers to another by a foreign key: one writer makes the keys, and a check per row would double the look-ups.

CREATE TABLE nodes (
  node_key INTEGER PRIMARY KEY,
  home TEXT NOT NULL,
  node TEXT NOT NULL,
  UNIQUE (home, node)
) STRICT;

-- In the order in which they were first heard of.
CREATE TABLE boots (
  boot_key INTEGER PRIMARY KEY,
  node_key INTEGER NOT NULL,
  boot_id INTEGER NOT NULL,
  acked_through INTEGER NOT NULL, -- every sequence up to here is stored, kept aside or declared as never coming
  highest INTEGER NOT NULL,       -- largest sequence stored or kept aside
  started_ms INTEGER,             -- when uptime was 0; NULL = no report has come
  started_stated INTEGER NOT NULL, -- 1 = as the node states it, 0 = estimated from when its reports came in
  last_received_ms INTEGER NOT NULL,
  mood INTEGER NOT NULL,          -- how its last windows were for users: 2 = bad, 0 = not; + 1 = the very last was otherwise
  UNIQUE (node_key, boot_id)
) STRICT;

-- Reports dropped by age, by boot: what is not above through is never stored again.
CREATE TABLE retired (
  boot_key INTEGER PRIMARY KEY,
  through INTEGER NOT NULL,       -- largest sequence dropped
  sequences INTEGER NOT NULL      -- how many were dropped
) STRICT;

-- The payload as received is the truth; the columns are what placing a report takes. Ranges of one boot are disjoint.
CREATE TABLE reports (
  report_key INTEGER PRIMARY KEY,
  boot_key INTEGER NOT NULL,
  first_sequence INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  part INTEGER NOT NULL,
  start_s INTEGER NOT NULL,       -- uptime
  span_s INTEGER NOT NULL,
  boot_time INTEGER,              -- Unix seconds
  received_at_ms INTEGER NOT NULL,
  payload BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX reports_by_sequence ON reports (boot_key, sequence);

-- In the order in which they came.
CREATE TABLE events (
  event_key INTEGER PRIMARY KEY AUTOINCREMENT,
  boot_key INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  metric INTEGER NOT NULL,
  recovered INTEGER NOT NULL,
  at_s INTEGER NOT NULL,
  since_s INTEGER NOT NULL,
  boot_time INTEGER,
  baseline INTEGER NOT NULL,
  now INTEGER NOT NULL,
  magnitude INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (boot_key, sequence)
) STRICT;

-- The latest of each node. A will says nothing but offline: what the last birth said stays.
CREATE TABLE states (
  node_key INTEGER PRIMARY KEY,
  status INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  boot_id INTEGER,
  agent_version TEXT,
  role INTEGER,                   -- numbers as in agent.proto
  mode INTEGER,
  boots INTEGER,                  -- in the node's life
  last_words TEXT,                -- of the boot before
  ssid INTEGER,                   -- keyed hashes
  ap INTEGER,
  birth BLOB
) STRICT;

-- What each node said last of its configuration; version NULL = it could not read it.
CREATE TABLE config_states (
  node_key INTEGER PRIMARY KEY,
  version INTEGER,
  status TEXT NOT NULL,
  applied INTEGER NOT NULL,       -- what the node comes back to; 0 = as provisioned
  reason TEXT,
  received_at_ms INTEGER NOT NULL
) STRICT;

-- What each node answered last to a command.
CREATE TABLE command_results (
  node_key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,               -- empty = it could not read it
  command TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  received_at_ms INTEGER NOT NULL
) STRICT;

-- Payloads kept aside, oldest dropped first. Those whose boot and range hold are known by them when they are sent again.
CREATE TABLE rejected (
  rejected_key INTEGER PRIMARY KEY,
  received_at_ms INTEGER NOT NULL,
  topic TEXT NOT NULL,
  payload BLOB NOT NULL,          -- its beginning, when it is long
  payload_bytes INTEGER NOT NULL,
  reason TEXT NOT NULL,
  boot_key INTEGER,
  first_sequence INTEGER,
  sequence INTEGER
) STRICT;

CREATE INDEX rejected_by_sequence ON rejected (boot_key, sequence) WHERE boot_key IS NOT NULL;

CREATE TABLE counters (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was last said of each home; everything but home and due_ms is unknown until it was assessed.
CREATE TABLE homes (
  home TEXT PRIMARY KEY,
  due_ms INTEGER NOT NULL,        -- when it is to be looked at again
  claim INTEGER NOT NULL,         -- who looks at it now; only the one whose number stands here may save
  assessed_at_ms INTEGER,
  stability REAL,                 -- index, 0–100
  baseline REAL,
  worse INTEGER NOT NULL,
  cause INTEGER,                  -- number of Cause, of the likeliest finding; so are the next four
  node TEXT,
  confidence REAL,
  since_ms INTEGER,
  summary TEXT,
  worst_rank REAL NOT NULL,       -- stability, or 1000 when unknown: least first
  falling_rank REAL NOT NULL      -- stability − baseline, or 1000 when unknown
) STRICT, WITHOUT ROWID;

CREATE INDEX homes_by_due ON homes (due_ms);
CREATE INDEX homes_by_worst ON homes (worst_rank, home);
CREATE INDEX homes_by_falling ON homes (falling_rank, home);
CREATE INDEX homes_by_assessed ON homes (assessed_at_ms, home);

-- All that was said, as JSON.
CREATE TABLE assessments (
  home TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Hours whose windows have changed since node_hours was made of them; written with the reports, removed with the hour. Hours count from 1970.
CREATE TABLE stale_hours (
  node_key INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  taken INTEGER NOT NULL,         -- 1 = being worked on; another change sets it to 0 again, so that it is not removed
  PRIMARY KEY (node_key, hour)
) STRICT, WITHOUT ROWID;

-- The windows of an hour side by side, for two days: an assessment looks at each of them, and their reports lie far apart.
CREATE TABLE hour_windows (
  node_key INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  payload BLOB NOT NULL,          -- see HourWindows
  PRIMARY KEY (node_key, hour)
) STRICT, WITHOUT ROWID;

-- One node in one hour: what remains when the reports are dropped by age.
CREATE TABLE node_hours (
  node_key INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  made_at_ms INTEGER NOT NULL,
  good_s INTEGER NOT NULL,        -- user-seconds
  unknown_s INTEGER NOT NULL,
  coverage_s INTEGER NOT NULL,    -- bad ones, by classifier
  congestion_s INTEGER NOT NULL,
  interference_s INTEGER NOT NULL,
  backhaul_s INTEGER NOT NULL,
  wan_s INTEGER NOT NULL,
  node_health_s INTEGER NOT NULL,
  overload_s INTEGER NOT NULL,
  placement_s INTEGER NOT NULL,
  start_ms INTEGER,               -- of the windows merged into one; NULL = there were none
  start_estimated INTEGER NOT NULL,
  payload BLOB,
  PRIMARY KEY (node_key, hour)
) STRICT, WITHOUT ROWID;

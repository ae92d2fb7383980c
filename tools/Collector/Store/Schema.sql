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
  UNIQUE (node_key, boot_id)
) STRICT;

-- The payload as received is the truth; the columns are what queries need of it. Ranges of one boot are disjoint.
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
  replayed INTEGER NOT NULL,
  link_ap INTEGER,                -- keyed hash of the access point that served the node, where the report states it
  clients_source INTEGER,         -- number of Source in agent.proto
  payload BLOB NOT NULL
) STRICT;

CREATE UNIQUE INDEX reports_by_sequence ON reports (boot_key, sequence);

-- One row for each report and channel heard.
CREATE TABLE channels (
  report_key INTEGER NOT NULL,
  channel INTEGER NOT NULL,
  dwell_cs INTEGER NOT NULL,
  ap_count INTEGER NOT NULL,
  rssi_max_dbm INTEGER,
  beacons INTEGER NOT NULL,
  other_frames INTEGER NOT NULL,
  airtime_ms INTEGER NOT NULL,
  load_count INTEGER NOT NULL,
  load_sum INTEGER,
  utilization_min INTEGER,        -- 0–255
  utilization_max INTEGER,
  stations_max INTEGER,
  PRIMARY KEY (report_key, channel)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
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
  PRIMARY KEY (boot_key, sequence)
) STRICT, WITHOUT ROWID;

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
  ssid INTEGER,                   -- keyed hashes, as in reports.link_ap
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

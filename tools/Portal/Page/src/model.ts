// What the REST interface answers, as far as the page reads it. Times are ISO 8601, UTC. What is unknown is absent, never 0.

export type Cause =
  | 'weakBackhaul' | 'badPlacement' | 'poorCoverage' | 'congestedChannel' | 'newNeighbour'
  | 'interference' | 'overloadedAccessPoint' | 'wanDown' | 'sickNode' | 'silentNode';

export type Classifier =
  | 'coverage' | 'congestion' | 'interference' | 'backhaul' | 'wan' | 'nodeHealth' | 'overload' | 'placement';

export interface Fleet {
  at: string;
  homes: number;
  nodes: number;
  nodesOnline: number;
  meanIndex?: number;
  gettingWorse: number;
  byBand: { good: number; fair: number; poor: number; unknown: number };
  byCause: Partial<Record<Cause, number>>;
}

/** A home in a list. */
export interface HomeRow {
  home: string;
  nodes: number;
  nodesOnline: number;
  index?: number;
  baselineIndex?: number;
  isGettingWorse: boolean;
  cause?: Cause;
  node?: string;
  confidence?: number;
  since?: string;
  summary?: string;
  assessedAt?: string;
  lastReceived?: string;
}

export type HomeOrder = 'name' | 'worst' | 'falling' | 'assessed';

export interface HomeList {
  homes: HomeRow[];
  /** Homes on all pages together. */
  total: number;
  skip: number;
  /** What to skip for the next page; absent on the last. */
  next?: number;
}

export interface UserTime {
  score?: number;
  goodSeconds: number;
  badSeconds: Partial<Record<Classifier, number>>;
  unknownSeconds: number;
}

export interface Home {
  home: string;
  at: string;
  assessedAt?: string;
  index?: number;
  baselineIndex?: number;
  isGettingWorse: boolean;
  nodes: HomeNode[];
}

export interface HomeNode {
  node: string;
  status?: 'online' | 'offline';
  statusSince?: string;
  lastReceived?: string;
  ageSeconds?: number;
  role?: 'meshNode' | 'companion';
  mode?: 'normal' | 'safe';
  agentVersion?: string;
  radio?: string;
  windowSeconds?: number;
  lastWords?: string;
  index?: number;
  worstPart?: string;
  uplink: Uplink;
  clients?: { mean: number; most: number; rssiDbm?: number; source: string; ageSeconds?: number };
}

export interface Uplink {
  kind: 'unknown' | 'node' | 'other';
  parent?: string;
  channel?: number;
  rssiDbm?: number;
  source?: string;
  ageSeconds?: number;
}

export interface Assessment {
  home: string;
  at: string;
  index?: number;
  baselineIndex?: number;
  isGettingWorse: boolean;
  day: UserTime;
  nodes: { node: string; index?: number; worstPart?: string; day: UserTime }[];
  findings: Finding[];
  dismissed: { cause: Cause; why: string }[];
}

export interface Finding {
  cause: Cause;
  /** Absent = the whole home. */
  node?: string;
  confidence?: number;
  /** Absent = for as long as is known. */
  since?: string;
  summary: string;
  advice: string;
  evidence: Evidence[];
}

export interface Evidence {
  metric: string;
  unit: string;
  node?: string;
  before?: number;
  now?: number;
  threshold?: number;
  /** Absent = that of the values; else they say how much of the time is beyond the limit. */
  thresholdUnit?: string;
  thresholdSource?: string;
  source?: string;
  ageSeconds?: number;
  text: string;
  series: { at: string; value: number }[];
}

export interface ChannelMap {
  home: string;
  at: string;
  nodes: { node: string; ownChannel?: number; channels?: Channel[] }[];
}

export interface Channel {
  channel: number;
  state: 'heard' | 'quiet' | 'unknown';
  isOwn: boolean;
  ageSeconds?: number;
  dwellSeconds?: number;
  apCount?: number;
  rssiMaxDbm?: number;
  /** 0–255, as access points state it. */
  utilization?: number;
  airtimeAtLeastPercent?: number;
  stationsMax?: number;
}

export interface EventList {
  events: NodeEvent[];
  nextBefore?: number;
}

export interface NodeEvent {
  key?: number;
  id: string;
  home: string;
  node: string;
  receivedAt: string;
  since?: string;
  metric: string;
  /** Of baseline, now and evidence. */
  unit: string;
  recovered: boolean;
  baseline: number;
  now: number;
  evidence: number[];
  /** Events that the node held back since the last one. */
  suppressed: number;
}

/** Series on one grid of time, in columns. */
export interface SeriesSet {
  home: string;
  stepSeconds: number;
  /** Unix seconds. */
  times: number[];
  series: { node: string; metric: string; unit: string; statistic: string; values: (number | null)[] }[];
}

export interface Comparison {
  home: string;
  moment: string;
  hours: number;
  /** Whether the days after differ from those before by more than chance explains, in one or two sentences. */
  text: string;
  enoughKnown: boolean;
  before: ComparisonSide;
  after: ComparisonSide;
  nodes: { node: string; metrics: { metric: string; unit: string; statistic: string; before?: number; after?: number }[] }[];
}

export interface ComparisonSide {
  from: string;
  to: string;
  knownShare: number;
  users: UserTime;
}

/** Who asks. */
export interface Me {
  name: string;
  canExport: boolean;
}

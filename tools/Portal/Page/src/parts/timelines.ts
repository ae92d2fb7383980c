// How the home has been over time: charts of one group with one cursor, gaps shown as unknown and events marked.
import { fill, h } from '../base/dom.ts';
import { day, hour } from '../base/format.ts';
import { address, get } from '../base/http.ts';
import type { NodeEvent, SeriesSet } from '../model.ts';
import { drawnMetrics, metricWords } from '../metrics.ts';
import { causeLabel } from '../words.ts';
import { chart, type ChartMark } from './chart.ts';
import { eventText } from './eventTable.ts';
import { emptyNote, errorNote } from './pending.ts';

const ranges = {
  '1h': { label: '1 h', seconds: hour },
  '6h': { label: '6 h', seconds: 6 * hour },
  '24h': { label: '24 h', seconds: day },
  '7d': { label: '7 days', seconds: 7 * day },
  '30d': { label: '30 days', seconds: 30 * day },
} as const;
type RangeName = keyof typeof ranges;

export interface TimelineChoice {
  readonly range: string | null;
  readonly node: string | null;
}

export interface Timelines {
  readonly element: HTMLElement;
  /** Shows another time or node. */
  choose(choice: TimelineChoice): void;
  /** Fetches what is new. */
  refresh(): void;
  /** Nodes of the home, in the order of their looks. */
  setNodes(nodes: readonly string[]): void;
  /** Nodes that a finding is about: their lines are drawn thicker. */
  setMain(nodes: ReadonlySet<string>): void;
  setMarks(marks: readonly ChartMark[]): void;
}

export function timelines(home: string, signal: AbortSignal, onChoice: (choice: TimelineChoice) => void, onError: (error: unknown) => boolean): Timelines {
  const charts = h('div', { class: 'charts' });
  const nodeChoice = h('select', { id: 'timeline-node', on: { change: () => onChoice({ range: rangeName, node: nodeChoice.value || null }) } });
  const rangeChoice = h('div', { class: 'segments', role: 'group', 'aria-label': 'Time' });
  let nodes: readonly string[] = [];
  let marks: readonly ChartMark[] = [];
  let main: ReadonlySet<string> = new Set();
  let rangeName: RangeName = '24h';
  let node: string | null = null;
  let sets: SeriesSet[] | null = null;
  let span: [number, number] = [0, 0];
  let shown = '';
  let drawing = new AbortController();
  let loading = new AbortController();

  async function load(): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const latest = AbortSignal.any([signal, loading.signal]);
    const to = Math.floor(Date.now() / 60_000) * 60;
    const from = to - ranges[rangeName].seconds;
    const query = { from: moment(from), to: moment(to), node, points: innerWidth < 700 ? 200 : 400 };
    charts.setAttribute('aria-busy', 'true');
    try {
      sets = await Promise.all(['score', drawnMetrics.join(',')].map(metric =>
        get<SeriesSet>(address(`homes/${encodeURIComponent(home)}/series`, { metric, ...query }), latest)));
      span = [from, to];
      draw();
    } catch (error) {
      if (!latest.aborted && !onError(error) && sets === null) {
        fill(charts, errorNote(error, () => void load()));
      }
    } finally {
      charts.removeAttribute('aria-busy');
    }
  }

  function draw(): void {
    const text = JSON.stringify([sets, marks, [...main]]);
    if (sets === null || text === shown) {
      return;
    }
    shown = text;
    drawing.abort();
    drawing = new AbortController();
    const figures = sets.flatMap(set => metricsOf(set).map(metric => figureOf(set, metric, drawing.signal)));
    const isEmpty = sets.every(set => set.series.every(line => line.values.every(value => value === null)));
    fill(charts, ...(isEmpty ? [emptyNote('Nothing is known of this time', h('p', { class: 'muted' }, 'Unknown is not good: the nodes have told nothing.'))] : figures));
  }

  function figureOf(set: SeriesSet, metric: string, ends: AbortSignal): HTMLElement {
    const lines = set.series.filter(line => line.metric === metric);
    const words = metricWords(metric, lines[0]?.unit);
    return chart({
      title: words.label,
      unit: words.unit,
      times: set.times,
      step: set.stepSeconds,
      span,
      height: 132,
      group: `home-${home}`,
      marks,
      signal: ends,
      ...(words.scale === undefined ? {} : { scale: words.scale }),
      series: lines.map(line => ({
        label: line.node,
        isMain: main.has(line.node),
        look: Math.max(0, nodes.indexOf(line.node)),
        values: line.values.map(value => value === null ? null : Math.round(value * words.factor * 10) / 10),
      })),
    });
  }

  function showChoice(): void {
    fill(rangeChoice, ...(Object.entries(ranges) as [RangeName, { label: string }][]).map(([name, { label }]) =>
      h('button', { type: 'button', 'aria-pressed': String(name === rangeName), 'data-keep': name, on: { click: () => onChoice({ range: name, node }) } }, label)));
    fill(nodeChoice, h('option', { value: '' }, 'All nodes'), ...nodes.map(name => h('option', { value: name, selected: name === node }, name)));
  }

  signal.addEventListener('abort', () => drawing.abort());
  showChoice();

  return {
    element: h('div', { class: 'timelines' },
      h('div', { class: 'timeline-tools' }, rangeChoice, h('label', { for: nodeChoice.id, class: 'visually-hidden' }, 'Node'), nodeChoice,
        h('span', { class: 'chart-key' }, h('i', { class: 'key-hatch' }), 'unknown', h('i', { class: 'key-event' }), 'event', h('i', { class: 'key-start' }), 'trouble began')),
      charts),
    choose(choice) {
      rangeName = choice.range !== null && choice.range in ranges ? choice.range as RangeName : '24h';
      node = choice.node;
      const focused = document.activeElement instanceof HTMLElement && rangeChoice.contains(document.activeElement);
      showChoice();
      if (focused) {
        rangeChoice.querySelector<HTMLElement>(`[data-keep="${rangeName}"]`)?.focus();
      }
      void load();
    },
    refresh: () => void load(),
    setNodes(names) {
      nodes = names;
      showChoice();
      shown = '';
      draw();
    },
    setMain(names) {
      main = names;
      draw();
    },
    setMarks(next) {
      marks = next;
      draw();
    },
  };
}

/** Events and beginnings of findings as marks of charts. */
export function marksOf(events: readonly NodeEvent[], findings: readonly { cause: string; since?: string }[]): ChartMark[] {
  const noticed = events.map(event => ({
    at: Date.parse(event.since ?? event.receivedAt) / 1000, kind: 'event' as const, text: `${event.node}: ${eventText(event)}`,
  }));
  const begun = findings.flatMap(({ cause, since }) => since === undefined ? [] : [{ at: Date.parse(since) / 1000, kind: 'start' as const, text: `${causeLabel(cause)} began` }]);
  return [...begun, ...noticed];
}

function metricsOf(set: SeriesSet): string[] {
  const order = ['score', ...drawnMetrics] as readonly string[];
  return [...new Set(set.series.map(line => line.metric))].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

/** Seconds since 1970 as the interface takes them. */
function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}


// Values over time on a canvas (uPlot): lines that end where nothing is known, hatched gaps, limits and events as marks.
import uPlot from 'uplot';
import { h } from '../base/dom.ts';
import { moment, quantity } from '../base/format.ts';
import { color, themeChanged } from '../base/theme.ts';
import { dataTable } from './dataTable.ts';

/** A line; null = unknown. */
export interface ChartSeries {
  readonly label: string;
  /** Place among the colours and dashes, so that a node looks the same in every chart. */
  readonly look: number;
  /** As many as there are times. */
  readonly values: readonly (number | null)[];
  /** The line that matters here: drawn thicker than the others. */
  readonly isMain?: boolean;
}

export interface ChartMark {
  readonly at: number;
  readonly text: string;
  /** `start` = since when a finding holds, `event` = what a node noticed. */
  readonly kind: 'start' | 'event';
}

export interface ChartOptions {
  readonly title: string;
  readonly unit: string;
  /** Ascending, seconds since 1970. */
  readonly times: readonly number[];
  /** Time that a value stands for, from its moment on, seconds. */
  readonly step: number;
  /** Drawn from here to there, also where nothing is known; left out: as far as the values reach. */
  readonly span?: readonly [number, number];
  readonly series: readonly ChartSeries[];
  readonly height: number;
  readonly threshold?: { readonly value: number; readonly label: string };
  readonly marks?: readonly ChartMark[];
  /** Least and largest value that the scale shows in any case. */
  readonly scale?: readonly [number, number];
  /** Charts of one group move their cursors together. */
  readonly group?: string;
  readonly signal: AbortSignal;
}

/** Looks of lines: they differ by dash too, for those who do not tell the colours apart. */
const dashes: readonly number[][] = [[], [6, 3], [2, 3], [10, 3, 2, 3], [1, 2], [12, 4], [4, 2, 1, 2], [8, 2]];
export const looks = dashes.length;

/** A figure with the chart, its legend and the same values as a table. */
export function chart(options: ChartOptions): HTMLElement {
  const plot = h('div', { class: 'plot', tabindex: '0', role: 'group', 'aria-label': spokenSummary(options), vars: { height: `${options.height}px` } });
  const legend = legendOf(options);
  const figure = h('figure', { class: 'chart' },
    h('figcaption', null, h('span', { class: 'chart-title' }, options.title, options.unit !== '' && h('span', { class: 'muted' }, `, ${options.unit}`)), legend.element),
    plot,
    dataTable(`${options.title} as a table`, () => tableOf(options)));
  const drawn = new Drawn(plot, options, index => legend.show(index));
  options.signal.addEventListener('abort', () => drawn.end());
  return figure;
}

/** Puts an unknown where values are further apart than they usually are; the times, the values and the usual distance. */
export function withGaps(points: readonly { at: number; value: number }[]): { times: number[]; values: (number | null)[]; step: number } {
  const distances = points.slice(1).map((point, i) => point.at - points[i]!.at).sort((a, b) => a - b);
  const step = distances[Math.floor(distances.length / 2)] ?? 300;
  const times: number[] = [];
  const values: (number | null)[] = [];
  for (const { at, value } of points) {
    const last = times.at(-1);
    if (last !== undefined && at - last > 1.75 * step) {
      times.push(last + step);
      values.push(null);
    }
    times.push(at);
    values.push(value);
  }
  return { times, values, step };
}

/** Draws when its place has a size, and again when the size or the colours change. */
class Drawn {
  private plot: uPlot | null = null;
  private readonly data: uPlot.AlignedData;
  private readonly observer: ResizeObserver;
  private readonly redraw = () => this.draw();

  constructor(private readonly place: HTMLElement, private readonly options: ChartOptions, private readonly onCursor: (index: number | null) => void) {
    this.data = [options.times, ...options.series.map(line => line.values)] as uPlot.AlignedData;
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(place);
    themeChanged.addEventListener('change', this.redraw);
    place.addEventListener('keydown', event => this.moveCursor(event));
  }

  end(): void {
    this.observer.disconnect();
    themeChanged.removeEventListener('change', this.redraw);
    this.plot?.destroy();
    this.plot = null;
  }

  private fit(): void {
    const width = this.place.clientWidth;
    if (this.plot === null) {
      this.draw();
    } else if (width > 0 && width !== this.plot.width) {
      this.plot.setSize({ width, height: this.options.height });
    }
  }

  private draw(): void {
    const width = this.place.clientWidth;
    if (width > 0) {
      this.plot?.destroy();
      this.plot = new uPlot(plotOptions(this.options, width, this.onCursor), this.data, this.place);
    }
  }

  /** Left and right move the cursor from value to value. */
  private moveCursor(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (this.plot === null || step === undefined) {
      return;
    }
    event.preventDefault();
    const times = this.data[0];
    const from = this.plot.cursor.idx ?? (step > 0 ? -1 : times.length);
    const to = Math.min(times.length - 1, Math.max(0, from + step * (event.shiftKey ? 12 : 1)));
    // The third argument, which its types leave out, moves the cursors of the other charts too.
    const setCursor = this.plot.setCursor as (at: { left: number; top: number }, tell: boolean, share: boolean) => void;
    setCursor({ left: this.plot.valToPos(times[to]!, 'x'), top: this.options.height / 3 }, true, true);
  }
}

function plotOptions(options: ChartOptions, width: number, onCursor: (index: number | null) => void): uPlot.Options {
  const ink = color('ink-3');
  const axis = { stroke: ink, font: '11px system-ui, sans-serif', grid: { stroke: color('grid'), width: 1 }, ticks: { show: false } };
  return {
    width,
    height: options.height,
    padding: [14, 18, 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: false, y: false },
      points: { size: 7 },
      ...(options.group === undefined ? {} : { sync: { key: options.group } }),
    },
    scales: {
      x: { time: true, range: spanOf(options) },
      y: { range: (_, least, most) => valueRange(options, least, most) },
    },
    series: [{}, ...options.series.map(({ label, look, isMain }) => ({
      label, stroke: color(`line-${look % looks + 1}`), width: isMain || options.series.length === 1 ? 2 : 1.25, dash: dashes[look % looks]!, spanGaps: false, points: { show: false },
    }))],
    axes: [
      { ...axis, size: 26, space: 70, values: timeLabels },
      { ...axis, size: 44, space: 26, ...(isCounted(options) ? { incrs: counts } : {}), values: (_, values) => values.map(v => quantity(v, '')) },
    ],
    hooks: {
      drawClear: [plot => drawGaps(plot, options)],
      draw: [plot => labelGaps(plot, options), plot => drawLonePoints(plot), plot => drawThreshold(plot, options), plot => drawMarks(plot, options)],
      setCursor: [plot => onCursor(plot.cursor.idx ?? null)],
    },
  };
}

/** Steps of a scale of things that there is no half of. */
const counts = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

function isCounted({ unit, series }: ChartOptions): boolean {
  return unit === '' || series.every(line => line.values.every(value => value === null || Number.isInteger(value)));
}

function timeLabels(_: uPlot, times: number[], __: number, ___: number, step: number): string[] {
  const format = step >= 86_400
    ? new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' })
    : new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric' });
  return times.map(time => {
    const at = new Date(time * 1000);
    return step < 86_400 && at.getHours() === 0 && at.getMinutes() === 0 ? weekday.format(at) : format.format(at);
  });
}

function valueRange({ threshold, scale }: ChartOptions, least: number | null, most: number | null): uPlot.Range.MinMax {
  const values = [least, most, threshold?.value, ...(scale ?? [])].filter(value => value != null);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const margin = (high - low || 1) * 0.08;
  return values.length === 0 ? [0, 1] : [scale && low >= scale[0] ? scale[0] : low - margin, scale && high <= scale[1] ? scale[1] : high + margin];
}

/** From the first moment to the end of what the last value stands for, unless a span is given. */
function spanOf({ times, step, span }: ChartOptions): [number, number] {
  return span === undefined ? [times[0] ?? 0, (times.at(-1) ?? 0) + step] : [...span];
}

/** Times in which no line has a value: [from, to], seconds. */
export function gapsOf({ times, step, series }: Pick<ChartOptions, 'times' | 'step' | 'series'>): [number, number][] {
  const gaps: [number, number][] = [];
  times.forEach((at, i) => {
    if (series.some(line => line.values[i] != null)) {
      return;
    }
    const last = gaps.at(-1);
    const end = times[i + 1] ?? at + step;
    if (last?.[1] === at) {
      last[1] = end;
    } else {
      gaps.push([at, end]);
    }
  });
  return gaps;
}

function drawGaps(plot: uPlot, options: ChartOptions): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [from, to] of gapsOf(options)) {
    const left = plot.valToPos(from, 'x', true);
    const width = plot.valToPos(to, 'x', true) - left;
    if (width >= 2) {
      hatch(ctx, left, bbox.top, width, bbox.height);
    }
  }
  ctx.restore();
}

/** Words over the grid, in gaps that are wide enough to be read. */
function labelGaps(plot: uPlot, options: ChartOptions): void {
  const [first, end] = spanOf(options);
  for (const [from, to] of gapsOf(options)) {
    const left = plot.valToPos(Math.max(first, from), 'x', true);
    labelGap(plot.ctx, left, plot.bbox.top, plot.valToPos(Math.min(end, to), 'x', true) - left, plot.bbox.height);
  }
}

function hatch(ctx: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
  const step = 7 * devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.fillStyle = color('gap');
  ctx.fillRect(left, top, width, height);
  ctx.strokeStyle = color('hatch');
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  // From multiples of the step, so that neighbouring gaps look like one pattern.
  for (let x = Math.floor((left - height) / step) * step; x < left + width; x += step) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

function labelGap(ctx: CanvasRenderingContext2D, left: number, top: number, width: number, height: number): void {
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  const size = ctx.measureText('unknown').width;
  if (width < size + 12 * devicePixelRatio) {
    return;
  }
  const x = left + width / 2;
  const y = top + height / 2;
  ctx.fillStyle = color('surface');
  ctx.fillRect(x - size / 2 - 4 * devicePixelRatio, y - 9 * devicePixelRatio, size + 8 * devicePixelRatio, 18 * devicePixelRatio);
  ctx.fillStyle = color('ink-3');
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  ctx.fillText('unknown', x, y);
}

/** A value between two unknowns has no line: without a point it would not be seen. */
function drawLonePoints(plot: uPlot): void {
  const { ctx } = plot;
  for (let s = 1; s < plot.series.length; s++) {
    const values = plot.data[s]!;
    ctx.fillStyle = (plot.series[s]!.stroke as () => string)();
    for (let i = 0; i < values.length; i++) {
      if (values[i] != null && values[i - 1] == null && values[i + 1] == null) {
        ctx.beginPath();
        ctx.arc(plot.valToPos(plot.data[0][i]!, 'x', true), plot.valToPos(values[i]!, 'y', true), 2.5 * devicePixelRatio, 0, 7);
        ctx.fill();
      }
    }
  }
}

function drawThreshold(plot: uPlot, { threshold }: ChartOptions): void {
  if (threshold === undefined) {
    return;
  }
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(threshold.value, 'y', true));
  ctx.save();
  ctx.strokeStyle = color('limit');
  ctx.lineWidth = 1.25 * devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.font = `${11 * devicePixelRatio}px system-ui, sans-serif`;
  const width = ctx.measureText(threshold.label).width + 8 * devicePixelRatio;
  const height = 15 * devicePixelRatio;
  const left = bbox.left + bbox.width - width;
  const top = y - bbox.top < height + 2 * devicePixelRatio ? y + 2 * devicePixelRatio : y - height - 2 * devicePixelRatio;
  ctx.fillStyle = color('surface');
  ctx.globalAlpha = 0.85;
  ctx.fillRect(left, top, width, height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = color('limit');
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(threshold.label, left + 4 * devicePixelRatio, top + height / 2);
  ctx.restore();
}

function drawMarks(plot: uPlot, options: ChartOptions): void {
  const { ctx, bbox } = plot;
  const [from, to] = spanOf(options);
  const size = 4.5 * devicePixelRatio;
  ctx.save();
  for (const mark of (options.marks ?? []).filter(m => m.at >= from && m.at <= to)) {
    const x = Math.round(plot.valToPos(mark.at, 'x', true));
    ctx.strokeStyle = ctx.fillStyle = color(mark.kind === 'start' ? 'poor' : 'ink-2');
    ctx.lineWidth = devicePixelRatio * (mark.kind === 'start' ? 1.5 : 1);
    ctx.setLineDash(mark.kind === 'start' ? [] : [2 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    // A triangle tells when a finding began, a diamond what a node noticed.
    ctx.moveTo(x - size, bbox.top - size);
    ctx.lineTo(mark.kind === 'start' ? x + size : x, mark.kind === 'start' ? bbox.top - size : bbox.top - 2 * size);
    ctx.lineTo(mark.kind === 'start' ? x : x + size, mark.kind === 'start' ? bbox.top + size : bbox.top - size);
    if (mark.kind === 'event') {
      ctx.lineTo(x, bbox.top);
    }
    ctx.fill();
  }
  ctx.restore();
}

const stepsToWait = 2;

/** Names of the lines and their values: at the cursor, or of the last moment of which anything is known. */
function legendOf({ times, series, unit, marks = [], step }: ChartOptions): { element: HTMLElement; show(index: number | null): void } {
  const items = series.map(line => ({ line, value: h('b', null) }));
  const time = h('span', { class: 'legend-time' });
  const element = h('span', { class: 'legend', 'aria-hidden': 'true' }, time, ...items.map(({ line, value }) =>
    h('span', { class: 'legend-item' }, lineSample(line.look), series.length > 1 ? `${line.label} ` : null, value)));

  const latest = times.findLastIndex((_, i) => series.some(line => line.values[i] != null));

  /** Nodes report one after another: what is not there yet of the newest step is taken from those just before. */
  function latestOf(values: ChartSeries['values']): number | null | undefined {
    return values.slice(Math.max(0, latest - stepsToWait), latest + 1).findLast(value => value !== null);
  }

  function show(index: number | null): void {
    const at = index === null ? null : times[index] ?? null;
    const near = at === null ? undefined : marks.find(mark => Math.abs(mark.at - at) <= Math.max(step, 900));
    time.textContent = at === null ? 'latest' : moment(new Date(at * 1000)) + (near === undefined ? '' : ` · ${near.text}`);
    for (const { line, value } of items) {
      const shown = index === null ? latestOf(line.values) : line.values[index];
      value.textContent = shown == null ? 'unknown' : quantity(shown, unit);
    }
  }

  show(null);
  return { element, show };
}

export function lineSample(look: number): SVGSVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  element.setAttribute('class', `line-sample look-${look % looks + 1}`);
  element.setAttribute('viewBox', '0 0 24 4');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', 'M0 2h24');
  line.setAttribute('stroke-dasharray', dashes[look % looks]!.join(' '));
  element.append(line);
  return element;
}

function spokenSummary(options: ChartOptions): string {
  const { title, unit, series } = options;
  const lines = series.map(({ label, values }) => {
    const known = values.filter(value => value !== null);
    return known.length === 0 ? `${label}: unknown`
      : `${label}: ${quantity(Math.min(...known), unit)} to ${quantity(Math.max(...known), unit)}, last ${quantity(known.at(-1)!, unit)}`;
  });
  const gaps = gapsOf(options).length;
  const missing = gaps === 0 ? '' : `${gaps} ${gaps === 1 ? 'stretch' : 'stretches'} in which nothing is known. `;
  return `Chart of ${title}. ${lines.join('; ')}. ${missing}The table below has the values; arrow keys move the marker.`;
}

function tableOf({ times, series, unit }: ChartOptions): HTMLTableElement {
  return h('table', null,
    h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Time'), ...series.map(s => h('th', { scope: 'col' }, s.label, unit === '' ? '' : ` (${unit})`)))),
    h('tbody', null, ...times.map((time, i) => h('tr', null,
      h('th', { scope: 'row' }, h('time', { datetime: new Date(time * 1000).toISOString() }, moment(new Date(time * 1000)))),
      ...series.map(({ values }) => h('td', null, values[i] == null ? 'unknown' : quantity(values[i], '')))))));
}

// What nodes noticed themselves, the newest first.
import { h, svg, type Child } from '../base/dom.ts';
import { count, quantity, when } from '../base/format.ts';
import type { NodeEvent } from '../model.ts';
import { metricWords } from '../metrics.ts';
import { icon } from './icons.ts';
import { emptyNote } from './pending.ts';

export function eventTable(events: readonly NodeEvent[]): HTMLElement {
  if (events.length === 0) {
    return emptyNote('No node has noticed anything yet');
  }
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'List of events' },
    h('table', { class: 'event-table' },
      h('thead', null, h('tr', null, ...['Told', 'Node', 'What', 'Holds since'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', null, ...events.map(event => h('tr', null,
        h('td', null, when(event.receivedAt)),
        h('td', { class: 'wrap-anywhere' }, event.node),
        h('td', null, h('span', { class: event.recovered ? 'event-sign is-better' : 'event-sign is-worse' },
          icon(event.recovered ? 'up' : 'down'), event.recovered ? 'Recovered' : 'Worse'), ' ', eventText(event), sparkline(event.evidence)),
        h('td', null, event.since === undefined ? h('span', { class: 'muted' }, 'unknown') : when(event.since)))))));
}

/** What happened, in the page's words; without the moment, which stands beside it. */
export function eventText({ metric, unit, baseline, now, recovered, suppressed }: NodeEvent): string {
  const words = metricWords(metric, unit);
  const [usual, value] = [baseline, now].map(number => quantity(Math.round(number * words.factor), words.unit)) as [string, string];
  const change = recovered ? `${words.label} is back to ${value}` : `${words.label} ${now < baseline ? 'fell' : 'rose'} from ${usual} to ${value}`;
  return suppressed > 0 ? `${change} (${count(suppressed, 'more event')} held back)` : change;
}

/** The values that the node sent as evidence, as a small line; their numbers are in the evidence bundle. */
function sparkline(values: readonly number[]): Child {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const points = values.map((value, i) => `${(i / (values.length - 1)) * 60},${16 - ((value - least) / (most - least || 1)) * 14}`).join(' ');
  return values.length > 2 && svg('svg', { class: 'sparkline', viewBox: '0 0 60 18', 'aria-hidden': 'true' }, svg('polyline', { points }));
}

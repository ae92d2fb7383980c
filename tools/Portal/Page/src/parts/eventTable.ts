// What nodes noticed themselves, the newest first.
import { h } from '../base/dom.ts';
import { when } from '../base/format.ts';
import type { NodeEvent } from '../model.ts';
import { icon } from './icons.ts';
import { emptyNote } from './pending.ts';

export function eventTable(events: readonly NodeEvent[]): HTMLElement {
  if (events.length === 0) {
    return emptyNote('No node has noticed anything yet');
  }
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'Events' },
    h('table', { class: 'event-table' },
      h('thead', null, h('tr', null, ...['Told', 'Node', 'What', 'Holds since'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', null, ...events.map(event => h('tr', null,
        h('td', null, when(event.receivedAt)),
        h('td', { class: 'wrap-anywhere' }, event.node),
        h('td', null, h('span', { class: event.recovered ? 'event-sign is-better' : 'event-sign is-worse' },
          icon(event.recovered ? 'up' : 'down'), event.recovered ? 'Recovered' : 'Worse'), ' ', event.text),
        h('td', null, event.since === undefined ? h('span', { class: 'muted' }, 'unknown') : when(event.since)))))));
}

// The same home for programs and for those who look closer: documents to take along.
import { fill, h } from '../base/dom.ts';
import { address, get } from '../base/http.ts';
import type { Me } from '../model.ts';
import { icon } from './icons.ts';

export function exportsOf(home: string, signal: AbortSignal): HTMLElement {
  const of = `homes/${encodeURIComponent(home)}`;
  const documents = [
    { path: 'evidence', label: 'Evidence bundle', more: 'one JSON document with facts, sources, ages and diagnosis, for people and AI assistants' },
    { path: 'reports.csv', label: 'Reports (CSV)', more: 'a row for each report of a node and channel heard; an empty cell is “not measured”' },
    { path: 'data-elements', label: 'Data Elements (JSON)', more: 'in the names and encodings of TR-181' },
    { path: 'quality', label: 'Quality of the data (JSON)', more: 'sources, ages and losses' },
  ];
  const element = h('div', null, h('ul', { class: 'exports' }, ...documents.map(({ path, label, more }) => h('li', null,
    h('a', { href: address(`${of}/${path}`), download: true }, icon('download'), label), h('span', { class: 'muted' }, more)))));
  void get<Me>(address('me'), signal).then(me => {
    if (!me.canExport) {
      fill(element, h('p', { class: 'muted' }, 'Your token may look, but not take data along: ask for one of the role “care”.'));
    }
  }, () => {});
  return element;
}

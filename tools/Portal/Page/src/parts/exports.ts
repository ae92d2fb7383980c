// The same home for programs and for those who look closer: documents to take along.
import { h } from '../base/dom.ts';
import { address } from '../base/http.ts';
import { icon } from './icons.ts';

export function exportsOf(home: string): HTMLElement {
  const of = `homes/${encodeURIComponent(home)}`;
  const documents = [
    { path: 'evidence', label: 'Evidence bundle', more: 'one JSON document with facts, sources, ages and diagnosis, for people and AI assistants' },
    { path: 'reports.csv', label: 'Reports (CSV)', more: 'a row for each report and channel; an empty cell is “not measured”' },
    { path: 'data-elements', label: 'Data Elements (JSON)', more: 'in the names and encodings of TR-181' },
    { path: 'quality', label: 'Quality of the data (JSON)', more: 'sources, ages and losses' },
  ];
  return h('ul', { class: 'exports' }, ...documents.map(({ path, label, more }) => h('li', null,
    h('a', { href: address(`${of}/${path}`), download: true }, icon('download'), label), h('span', { class: 'muted' }, more))));
}

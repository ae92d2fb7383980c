// The last 24 hours by what made them bad: of the whole home, and of each node.
import { h } from '../base/dom.ts';
import { duration, percent } from '../base/format.ts';
import type { Assessment, Classifier, UserTime } from '../model.ts';
import { classifiers, partLabel } from '../words.ts';
import { indexMark } from './marks.ts';

/** Parts of a day: good, each classifier that has any, unknown. Seconds. */
interface Part {
  readonly key: 'good' | 'unknown' | Classifier;
  readonly label: string;
  readonly seconds: number;
}

/** Bars and the same numbers in one table. */
export function dayTable({ index, day, nodes }: Assessment): HTMLElement {
  const shown = usedKeys([day, ...nodes.map(node => node.day)]);
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': 'The last 24 hours by node' },
    h('table', { class: 'day-table' },
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, 'Node'), h('th', { scope: 'col' }, 'Index'),
        h('th', { scope: 'col', class: 'day-column' }, 'User time'), h('th', { scope: 'col' }, 'Worst part'))),
      h('tbody', null,
        ...nodes.map(node => row(node.node, node.index, node.day, node.worstPart)),
        row('Whole home', index, day, undefined, true))),
    h('ul', { class: 'day-key', 'aria-hidden': 'true' }, ...shown.map(({ key, label }) => h('li', null, h('i', { class: `part-${key}` }), label))));
}

function row(name: string, index: number | undefined, day: UserTime, worstPart: string | undefined, isTotal = false): HTMLElement {
  return h('tr', { class: isTotal ? 'is-total' : '' },
    h('th', { scope: 'row', class: 'wrap-anywhere' }, name),
    h('td', null, indexMark(index)),
    h('td', { class: 'day-column' }, bar(day)),
    h('td', null, worstPart !== undefined && hasBad(day) ? partLabel(worstPart) : h('span', { class: 'muted' }, '–')));
}

/** A node of which no time was bad has no worst part to speak of. */
function hasBad({ badSeconds }: UserTime): boolean {
  return Object.values(badSeconds).some(seconds => seconds > 0);
}

function bar(day: UserTime): HTMLElement {
  const parts = partsOf(day);
  const all = parts.reduce((sum, part) => sum + part.seconds, 0);
  if (all === 0) {
    return h('span', { class: 'muted' }, 'nothing known');
  }
  const words = parts.map(({ label, seconds }) => `${label} ${percent(seconds / all)}, ${duration(seconds)}`).join('; ');
  return h('div', { class: 'day-bar', role: 'img', 'aria-label': words, title: words },
    ...parts.map(({ key, seconds }) => h('i', { class: `part-${key}`, vars: { share: String(seconds) } })));
}

function partsOf({ goodSeconds, badSeconds, unknownSeconds }: UserTime): Part[] {
  const bad = (Object.keys(classifiers) as Classifier[]).map(key => ({ key, label: classifiers[key], seconds: badSeconds[key] ?? 0 }));
  return [{ key: 'good' as const, label: 'Good', seconds: goodSeconds }, ...bad, { key: 'unknown' as const, label: 'Unknown', seconds: unknownSeconds }]
    .filter(part => part.seconds > 0);
}

function usedKeys(days: UserTime[]): Part[] {
  const used = new Map<string, Part>();
  days.flatMap(partsOf).forEach(part => used.set(part.key, part));
  const order = ['good', ...Object.keys(classifiers), 'unknown'];
  return [...used.values()].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

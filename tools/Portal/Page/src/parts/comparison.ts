// Before and after a change: a moment and a length in, the differences of what was measured out.
import { announce } from '../base/announce.ts';
import { fill, h, newId, type Child } from '../base/dom.ts';
import { count, difference, percent, quantity, unknown } from '../base/format.ts';
import { address, get } from '../base/http.ts';
import type { Comparison, ComparisonSide } from '../model.ts';
import { metricWords } from '../metrics.ts';
import { icon } from './icons.ts';
import { errorNote } from './pending.ts';

/** The form and, when asked, its answer. */
export function comparison(home: string, signal: AbortSignal): { element: HTMLElement; suggest(moment: string): void } {
  const id = newId('comparison');
  const at = h('input', { type: 'datetime-local', id: `${id}-at`, required: true });
  const hours = h('select', { id: `${id}-hours` },
    ...[6, 24, 3 * 24, 7 * 24].map(value => h('option', { value, selected: value === 24 }, value < 48 ? `${value} hours` : `${value / 24} days`)));
  const answer = h('div', { class: 'comparison-answer' });
  let isChosen = false;

  async function compare(event?: Event): Promise<void> {
    event?.preventDefault();
    answer.setAttribute('aria-busy', 'true');
    try {
      const moment = new Date(at.value).toISOString();
      const data = await get<Comparison>(address(`homes/${encodeURIComponent(home)}/comparison`, { at: moment, hours: hours.value }), signal);
      fill(answer, verdict(data), ...data.nodes.map(nodeTable));
      announce('The comparison is there');
    } catch (error) {
      if (!signal.aborted) {
        fill(answer, errorNote(error, () => void compare()));
      }
    } finally {
      answer.removeAttribute('aria-busy');
    }
  }

  at.addEventListener('input', () => { isChosen = true; });
  return {
    element: h('div', null,
      h('form', { class: 'comparison-form', on: { submit: event => void compare(event) } },
        h('div', null, h('label', { for: at.id }, 'Moment of the change'), at),
        h('div', null, h('label', { for: hours.id }, 'Compare'), hours, h('span', { class: 'muted' }, ' before with as much after')),
        h('button', { type: 'submit', class: 'button' }, 'Compare')),
      answer),
    suggest(moment) {
      if (!isChosen) {
        at.value = localInput(new Date(moment));
      }
    },
  };
}

function localInput(at: Date): string {
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function verdict(data: Comparison): HTMLElement {
  const before = data.before.users.score;
  const after = data.after.users.score;
  return h('div', { class: 'verdict' },
    h('p', { class: 'verdict-line' }, 'Good user time: ', score(before), ' → ', score(after),
      before !== undefined && after !== undefined && changeWord(after - before, 'points', 'more')),
    h('p', { class: 'verdict-text' }, data.text),
    !data.enoughKnown && h('p', { class: 'hint' }, icon('warning'), 'Less than half of the time is known on one side: a hint, not a comparison.'),
    h('p', { class: 'muted small' }, `Known: ${sideText(data.before)} before, ${sideText(data.after)} after, of ${count(data.hours, 'hour')} on either side.`));
}

function score(value: number | undefined): Child {
  return value === undefined ? unknown() : h('b', null, quantity(value, '%'));
}

function sideText({ knownShare }: ComparisonSide): string {
  return percent(knownShare);
}

function nodeTable({ node, metrics }: Comparison['nodes'][number]): HTMLElement {
  if (metrics.length === 0) {
    return h('p', { class: 'muted' }, `Nothing was measured by ${node} on either side.`);
  }
  return h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': `Before and after at ${node}` },
    h('table', { class: 'comparison-table' },
      h('caption', { class: 'wrap-anywhere' }, node),
      h('thead', null, h('tr', null, ...['Measured', 'Before', 'After', 'Difference'].map(title => h('th', { scope: 'col' }, title)))),
      h('tbody', null, ...metrics.map(({ metric, unit, statistic, before, after }) => {
        const words = metricWords(metric, unit);
        const [from, to] = [before, after].map(value => value === undefined ? undefined : value * words.factor);
        return h('tr', null,
          h('th', { scope: 'row', title: statistic }, words.label),
          h('td', null, from === undefined ? unknown() : quantity(from, words.unit)),
          h('td', null, to === undefined ? unknown() : quantity(to, words.unit)),
          h('td', null, from === undefined || to === undefined ? unknown() : changeWord(to - from, words.unit === 'dBm' ? 'dB' : words.unit, words.better)));
      }))));
}

function changeWord(change: number, unit: string, better: 'more' | 'less' | undefined): HTMLElement {
  const isSame = Math.abs(change) < 0.05;
  const isBetter = better !== undefined && !isSame && (change > 0) === (better === 'more');
  const sign = isSame ? 'flat' : change > 0 ? 'up' : 'down';
  const word = better === undefined || isSame ? '' : isBetter ? ' better' : ' worse';
  return h('span', { class: `change ${word === '' ? '' : isBetter ? 'is-better' : 'is-worse'}` }, ' ', icon(sign), `${difference(change)} ${unit}`.trim(), word);
}

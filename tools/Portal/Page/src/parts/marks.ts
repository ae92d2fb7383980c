// Small pieces that stand in lists, headlines and tables alike.
import { h, hidden } from '../base/dom.ts';
import { difference, percent, unknown } from '../base/format.ts';
import { bandOf, bands, confidenceWord, indexText, type Band } from '../words.ts';
import { icon } from './icons.ts';

/** A sign for a band: its shape differs, not only its colour. */
export function bandSign(band: Band): HTMLElement {
  return h('span', { class: `band-sign is-${band}`, 'aria-hidden': 'true' }, icon(band));
}

/** An index as sign, number and bar. */
export function indexMark(index: number | undefined): HTMLElement {
  const band = bandOf(index);
  return h('span', { class: `index-mark is-${band}` },
    bandSign(band),
    index === undefined ? unknown('index unknown') : h('span', { class: 'index-number' }, indexText(index)),
    h('span', { class: 'index-bar', 'aria-hidden': 'true', vars: { share: `${index ?? 0}%` } }),
    hidden(bands[band].label));
}

/** Points of the index. Less is the coming and going of any day. */
const notable = 5;

/** Change of an index against its baseline, with an arrow. */
export function changeMark(index: number | undefined, baseline: number | undefined): HTMLElement {
  if (index === undefined || baseline === undefined) {
    return unknown('no baseline yet');
  }
  const change = Math.round(index - baseline);
  const direction = change === 0 ? 'flat' : change > 0 ? 'up' : 'down';
  const isLarge = Math.abs(change) >= notable;
  return h('span', { class: `change${isLarge ? ` is-${direction}` : ''}`, title: `${indexText(baseline)} in the weeks before` },
    icon(direction), difference(change));
}

/** How sure, as five steps, a word and a number. */
export function confidenceMark(confidence: number): HTMLElement {
  const steps = Math.max(1, Math.round(confidence * 5));
  const bars = Array.from({ length: 5 }, (_, i) => h('i', { class: i < steps ? 'is-on' : '' }));
  return h('span', { class: 'confidence' },
    h('span', { class: 'confidence-steps', 'aria-hidden': 'true' }, ...bars),
    `${confidenceWord(confidence)} confidence`, h('span', { class: 'muted' }, ` (${percent(confidence)})`));
}

/** Nodes on line of all, with a warning sign when some are not. */
export function nodesMark(online: number, all: number): HTMLElement {
  return h('span', { class: online < all ? 'nodes-mark is-short' : 'nodes-mark' },
    `${online} of ${all}`, hidden(' nodes on line'));
}

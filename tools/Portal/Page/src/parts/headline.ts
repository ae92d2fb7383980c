// The top of a home: how it is, what is wrong, what to say, and how sure that is.
import { announce } from '../base/announce.ts';
import { h, type Child } from '../base/dom.ts';
import { since, unknown } from '../base/format.ts';
import type { Assessment, Finding } from '../model.ts';
import { bandOf, bands, causeLabel, causes, indexText } from '../words.ts';
import { causeIcon, icon } from './icons.ts';
import { bandSign, changeMark, confidenceMark } from './marks.ts';

/** Index on the left, the likeliest finding with its advice on the right. */
export function headline(assessment: Assessment): HTMLElement {
  const [first] = assessment.findings;
  return h('div', { class: 'headline' },
    indexPanel(assessment),
    first === undefined ? nothingFound(assessment) : mainFinding(first));
}

function indexPanel({ index, baselineIndex, isGettingWorse, at }: Assessment): HTMLElement {
  const band = bandOf(index);
  return h('div', { class: `index-panel is-${band}` },
    h('h2', { class: 'panel-title' }, 'Stability index'),
    h('p', { class: 'index-large' },
      index === undefined ? unknown('The index is unknown') : indexText(index),
      h('span', { class: 'index-of' }, index === undefined ? '' : ' of 100')),
    h('p', { class: 'index-band' }, bandSign(band), h('b', null, bands[band].label),
      isGettingWorse && h('span', { class: 'worse-tag' }, icon('down'), 'getting worse')),
    gauge(index, baselineIndex),
    h('p', { class: 'muted small' }, baselineIndex === undefined ? 'No baseline yet · ' : ['Baseline ', indexText(baselineIndex)].join(''),
      baselineIndex !== undefined && index !== undefined && h('span', null, ' (', changeMark(index, baselineIndex), ') · '),
      'assessed ', since(at)));
}

/** Where the index stands between 0 and 100, with the limits of the bands and the baseline. */
function gauge(index: number | undefined, baseline: number | undefined): HTMLElement {
  return h('div', { class: 'gauge', 'aria-hidden': 'true' },
    h('i', { class: 'gauge-poor' }), h('i', { class: 'gauge-fair' }), h('i', { class: 'gauge-good' }),
    baseline !== undefined && h('span', { class: 'gauge-baseline', vars: { at: `${baseline}%` }, title: 'baseline' }),
    index !== undefined && h('span', { class: 'gauge-index', vars: { at: `${index}%` } }));
}

function mainFinding(finding: Finding): HTMLElement {
  return h('div', { class: 'finding-main' },
    findingTitle(finding, 'h2'),
    h('p', { class: 'finding-summary' }, finding.summary),
    adviceBox(finding.advice, 'Read this out first'));
}

/** Cause, whose it is, since when and how sure. */
export function findingTitle(finding: Finding, level: 'h2' | 'h3'): HTMLElement {
  return h('div', { class: 'finding-title' },
    h(level, { title: causes[finding.cause]?.meaning }, causeIcon(finding.cause), causeLabel(finding.cause)),
    h('p', { class: 'finding-facts' },
      fact('Where', finding.node === undefined ? 'whole home' : h('b', { class: 'wrap-anywhere' }, finding.node)),
      fact('Since', finding.since === undefined ? 'as long as is known' : since(finding.since)),
      finding.confidence !== undefined && confidenceMark(finding.confidence)));
}

function fact(name: string, value: Child): HTMLElement {
  return h('span', { class: 'fact' }, h('span', { class: 'muted' }, `${name} `), value);
}

/** Words to read out, with a button that copies them. */
export function adviceBox(advice: string, label: string): HTMLElement {
  const button = h('button', { type: 'button', class: 'button quiet copy', on: { click: () => void copy() } }, icon('copy'), 'Copy');

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(advice);
      announce('Copied');
      button.lastChild!.textContent = 'Copied';
    } catch {
      announce('Copying failed: mark the text instead');
    }
  }

  return h('div', { class: 'advice' },
    h('div', { class: 'advice-head' }, h('span', { class: 'advice-label' }, label), button),
    h('blockquote', null, h('p', null, advice)));
}

function nothingFound({ index, dismissed }: Assessment): HTMLElement {
  const looked = `${dismissed.length === 0 ? 'All that can be looked for' : `${dismissed.length} causes`} were looked for in the last 24 hours`;
  const band = bandOf(index);
  const [title, summary] = band === 'unknown'
    ? ['Not enough is known', 'The nodes of this home have told too little in the last 24 hours to say how it is. Unknown time is not good time.']
    : band === 'good' ? ['Nothing wrong was found', `${looked}; none fits.`]
    : ['No cause is known yet', `Time was bad for the people in this home. ${looked}; none fits, or not for long enough to be sure. What spoke against each is below.`];
  return h('div', { class: 'finding-main' },
    h('div', { class: 'finding-title' }, h('h2', null, icon(band === 'good' ? 'good' : 'unknown', 'cause-icon'), title)),
    h('p', { class: 'finding-summary' }, summary));
}

// How it is known: the evidence of each finding, with limits and charts, and what else was considered.
import { h, type Child } from '../base/dom.ts';
import { difference, duration, minute, quantity } from '../base/format.ts';
import type { Assessment, Evidence, Finding } from '../model.ts';
import { causeLabel, sourceText } from '../words.ts';
import { chart, withGaps, type ChartMark } from './chart.ts';
import { causeIcon, icon } from './icons.ts';
import { adviceBox, findingTitle } from './headline.ts';

/** Evidence of the likeliest finding, then the others, then what it is not. */
export function findingsOf(assessment: Assessment, signal: AbortSignal): HTMLElement {
  const [first, ...others] = assessment.findings;
  return h('div', { class: 'findings' },
    first !== undefined && evidenceList(first, signal),
    ...others.map(finding => otherFinding(finding, signal)),
    consideredList(assessment));
}

function otherFinding(finding: Finding, signal: AbortSignal): HTMLElement {
  return h('section', { class: 'other-finding' },
    h('p', { class: 'also' }, 'Also found'),
    findingTitle(finding, 'h3'),
    h('p', { class: 'finding-summary' }, finding.summary),
    adviceBox(finding.advice, 'Then say'),
    h('details', { 'data-keep': `evidence-${finding.cause}-${finding.node ?? ''}` },
      h('summary', null, 'How we know'),
      evidenceList(finding, signal)));
}

function evidenceList(finding: Finding, signal: AbortSignal): HTMLElement {
  if (finding.evidence.length === 0) {
    return h('p', { class: 'muted' }, 'No evidence came with this finding.');
  }
  return h('ol', { class: 'evidence-list' }, ...finding.evidence.map(evidence => evidenceItem(evidence, finding, signal)));
}

function evidenceItem(told: Evidence, finding: Finding, signal: AbortSignal): HTMLElement {
  const evidence = inPercent(told);
  return h('li', { class: 'evidence' },
    h('p', { class: 'evidence-text' }, evidence.text),
    h('dl', { class: 'evidence-numbers' },
      evidence.before !== undefined && term('Before', quantity(evidence.before, evidence.unit)),
      hasNumber(evidence) && evidence.now !== undefined && term('Now', h('b', null, quantity(evidence.now, evidence.unit)), changeOf(evidence)),
      evidence.threshold !== undefined && term('Limit', quantity(evidence.threshold, evidence.thresholdUnit ?? evidence.unit),
        evidence.thresholdSource !== undefined && h('span', { class: 'muted' }, ` ${evidence.thresholdSource}`)),
      term('From', fromText(evidence))),
    evidence.series.length > 1 && evidenceChart(evidence, finding, signal));
}

/** Shares of 255, as access points state them, in the unit of the rest of the page. */
function inPercent(evidence: Evidence): Evidence {
  if (evidence.unit !== 'of 255' && evidence.unit !== '0-255') {
    return evidence;
  }
  const { before, now, ...others } = evidence;
  const share = (value: number) => Math.round(value / 2.55);
  return {
    ...others,
    unit: '%',
    ...(before === undefined ? {} : { before: share(before) }),
    ...(now === undefined ? {} : { now: share(now) }),
    series: evidence.series.map(({ at, value }) => ({ at, value: share(value) })),
  };
}

/** A lone number of nothing in particular says less than the text beside it. */
function hasNumber({ before, unit }: Evidence): boolean {
  return unit !== '' || before !== undefined;
}

function term(name: string, ...value: Child[]): HTMLElement {
  return h('div', null, h('dt', null, name), h('dd', null, ...value));
}

function changeOf({ before, now, unit }: Evidence): Child {
  return before !== undefined && now !== undefined && h('span', { class: 'muted' }, ` (${difference(now - before)} ${differenceUnit(unit)})`.replace(' )', ')'));
}

/** Levels differ by decibels, shares by points: 23 % is 13 points more than 10 %, and not 13 % more. */
function differenceUnit(unit: string): string {
  return unit === 'dBm' ? 'dB' : unit.startsWith('%') ? 'points' : unit;
}

function fromText({ node, source, ageSeconds }: Evidence): string {
  const parts = [node ?? 'the home', source === undefined ? 'derived' : sourceText(source)];
  return [...parts, ...(ageSeconds === undefined ? [] : [ageSeconds < minute ? 'newest just now' : `newest ${duration(ageSeconds)} old`])].join(', ');
}

function evidenceChart({ metric, unit, node, series, threshold, thresholdUnit }: Evidence, finding: Finding, signal: AbortSignal): HTMLElement {
  const points = series.map(({ at, value }) => ({ at: Date.parse(at) / 1000, value }));
  const { times, values, step } = withGaps(points);
  const marks: ChartMark[] = finding.since === undefined ? [] : [{ at: Date.parse(finding.since) / 1000, text: 'since then', kind: 'start' }];
  return chart({
    title: metric.charAt(0).toUpperCase() + metric.slice(1), unit, times, step, height: 150, marks, signal,
    ...(unit.startsWith('%') ? { scale: [0, 100] as const } : {}),
    series: [{ label: node ?? 'home', look: 0, values }],
    ...(threshold === undefined || thresholdUnit !== undefined ? {} : { threshold: { value: threshold, label: `limit ${quantity(threshold, unit)}` } }),
  });
}

function consideredList({ findings, dismissed }: Assessment): Child {
  return dismissed.length > 0 && h('section', { class: 'considered' },
    h('h3', null, findings.length > 0 ? 'What else was considered' : 'What was considered'),
    h('dl', null, ...dismissed.map(({ cause, why }) => h('div', null,
      h('dt', null, icon('poor', 'not-sign'), causeIcon(cause), causeLabel(cause)), h('dd', null, why)))));
}

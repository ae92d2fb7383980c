// Small drawings that stand beside words, never instead of them.
import { svg } from '../base/dom.ts';
import type { Cause } from '../model.ts';
import type { Band } from '../words.ts';

/** Strokes on a field of 20 × 20. */
const strokes = {
  weakBackhaul: 'M3 13a4 4 0 0 1 0-6l1.5-1.5M17 7a4 4 0 0 1 0 6l-1.5 1.5M7 10h1.5M11.5 10H13M10 3.5v2M10 14.5v2',
  badPlacement: 'M10 17.5s5-4.7 5-9a5 5 0 0 0-10 0c0 4.3 5 9 5 9ZM8.3 6.8l3.4 3.4M11.7 6.8l-3.4 3.4',
  poorCoverage: 'M3 8.5a10 10 0 0 1 14 0M5.8 11.6a6 6 0 0 1 5-1.7M10 16v.01M13.5 12l3 3M16.5 12l-3 3',
  congestedChannel: 'M3.5 16.5v-7M7 16.5v-12M10.5 16.5v-9M14 16.5V3.5M17 16.5v-6',
  newNeighbour: 'M2.5 10 8 4.5 13.5 10M4 8.7V16h8v-4M16 13v5M13.5 15.5h5',
  interference: 'M2.5 10h2l2-6 3 12 3-9 1.8 5 1.2-2h2',
  overloadedAccessPoint: 'M10 9a2.3 2.3 0 1 0 0-4.6A2.3 2.3 0 0 0 10 9ZM5.5 16a4.5 4.5 0 0 1 9 0M4 9.5a1.8 1.8 0 1 1 .8-3.4M16 9.5a1.8 1.8 0 1 0-.8-3.4M1.8 14a3 3 0 0 1 2-2.2M18.2 14a3 3 0 0 0-2-2.2',
  wanDown: 'M16.2 14.2a7.5 7.5 0 1 0-1.8 1.9M2.6 9h14.8M10 2.5c-4.5 4-4.5 11 0 15M10 2.5c3 2.7 4 6.5 3 10M13 13l5 5M18 13l-5 5',
  sickNode: 'M3 4h14v9H3ZM7 17h6M10 13v4M5.5 8.7h2l1.2-2.2 2 4 1.3-1.8h2.5',
  silentNode: 'M3 4h14v9H3ZM7 17h6M10 13v4M8 6.5h4l-4 4h4',
  good: 'M5.5 10.5 8.7 13.5 14.5 7',
  fair: 'M10 5.5v5.5M10 14v.01',
  poor: 'M6.5 6.5l7 7M13.5 6.5l-7 7',
  unknown: 'M7.5 7.8a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 1.9M10 14.5v.01',
  warning: 'M10 3.5 17.5 16.5h-15ZM10 8.5v3.5M10 14.3v.01',
  up: 'M10 16V4.5M5 9.5l5-5 5 5',
  down: 'M10 4v11.5M5 10.5l5 5 5-5',
  flat: 'M4 10h12',
  search: 'M8.5 14.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM13 13l4.5 4.5',
  sun: 'M10 13.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M4.3 15.7l1.3-1.3M14.4 5.6l1.3-1.3',
  moon: 'M16.5 12A7 7 0 0 1 8 3.5a7 7 0 1 0 8.5 8.5Z',
  device: 'M3 4h14v9H3ZM7 17h6M10 13v4',
  copy: 'M7 7h9v10H7ZM13 7V3H4v10h3',
  flag: 'M5 17V3.5h9l-2 3.5 2 3.5H5',
  gateway: 'M3 11h14v5H3ZM6 13.5v.01M9 13.5v.01M6.5 8a5 5 0 0 1 7 0M4.5 5.5a8 8 0 0 1 11 0',
  person: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 17a6 6 0 0 1 12 0',
  download: 'M10 3v9M6 8.5l4 4 4-4M4 16.5h12',
} as const satisfies Record<Cause | Band | string, string>;

export type IconName = keyof typeof strokes;

export function icon(name: IconName, className = ''): SVGSVGElement {
  return svg('svg', { class: `icon ${className}`.trim(), viewBox: '0 0 20 20', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: strokes[name] }));
}

/** The drawing of a cause; a question mark for one that this page does not know yet. */
export function causeIcon(cause: string): SVGSVGElement {
  return icon(cause in strokes ? cause as IconName : 'unknown', 'cause-icon');
}

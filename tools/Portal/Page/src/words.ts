// The words of the page for what the interface names: causes, classifiers, sources, and how good is good.
import type { Cause, Classifier } from './model.ts';

interface CauseWords {
  readonly label: string;
  readonly meaning: string;
}

export const causes: Readonly<Record<Cause, CauseWords>> = {
  weakBackhaul: { label: 'Weak backhaul', meaning: 'A node’s own link was good and has become weak, or breaks' },
  badPlacement: { label: 'Bad placement', meaning: 'A node stands where its own link has never been good' },
  poorCoverage: { label: 'Poor coverage', meaning: 'Devices are where no node serves them well' },
  congestedChannel: { label: 'Congested channel', meaning: 'The home’s channel is crowded, and has been for as long as is known' },
  newNeighbour: { label: 'New neighbour', meaning: 'Somebody new uses the home’s channel since a day that is known' },
  interference: { label: 'Interference', meaning: 'Bursts that are no Wi-Fi: a microwave oven and the like' },
  overloadedAccessPoint: { label: 'Overloaded access point', meaning: 'One access point serves more devices than it can' },
  wanDown: { label: 'Way out is down', meaning: 'The home works; the way to the operator does not' },
  sickNode: { label: 'Sick node', meaning: 'A node restarts, hangs or runs out of memory' },
  silentNode: { label: 'Silent node', meaning: 'A node is silent, and nothing says why' },
};

export const allCauses = Object.keys(causes) as Cause[];

/** Label of a cause, also of one that this page does not know yet. */
export function causeLabel(cause: string): string {
  return cause in causes ? causes[cause as Cause].label : spaced(cause);
}

/** What made time bad. */
export const classifiers: Readonly<Record<Classifier, string>> = {
  coverage: 'Coverage',
  congestion: 'Congestion',
  interference: 'Interference',
  backhaul: 'Backhaul',
  wan: 'Way out',
  nodeHealth: 'Node health',
  overload: 'Overload',
  placement: 'Placement',
};

const parts: Readonly<Record<string, string>> = { backhaul: 'Backhaul', clients: 'Clients', channel: 'Channel', node: 'Node health', wan: 'Way out' };

/** Label of a part of which an index is the least. */
export function partLabel(part: string): string {
  return parts[part] ?? spaced(part);
}

export type Band = 'good' | 'fair' | 'poor' | 'unknown';

export const bands: Readonly<Record<Band, { readonly label: string; readonly range: string }>> = {
  good: { label: 'Good', range: '90–100' },
  fair: { label: 'Fair', range: '70–89' },
  poor: { label: 'Poor', range: 'below 70' },
  unknown: { label: 'Unknown', range: 'no index' },
};

/** The band of an index; the limits are those of the fleet's numbers. */
export function bandOf(index: number | undefined): Band {
  if (index === undefined) {
    return 'unknown';
  }
  if (index >= 90) {
    return 'good';
  }
  return index >= 70 ? 'fair' : 'poor';
}

/** An index as a whole number, never rounded up into a better band. */
export function indexText(index: number): string {
  return String(Math.floor(index));
}

/** How sure, in a word. */
export function confidenceWord(confidence: number): string {
  if (confidence >= 0.8) {
    return 'High';
  }
  return confidence >= 0.5 ? 'Medium' : 'Low';
}

const sources: Readonly<Record<string, string>> = {
  native: 'measured by the node’s radio',
  stockScan: 'from a Wi-Fi scan',
  stockEvent: 'from joins and leaves',
  bssLoad: 'as the access point states it',
};

export function sourceText(source: string): string {
  return sources[source] ?? spaced(source).toLowerCase();
}

/** `LinkRssi` as `Link rssi`: for names that this page has no words for. */
export function spaced(name: string): string {
  const text = name.replace(/[_-]+/g, ' ').replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// What can be drawn over time, in the words and units of the page.
import { spaced } from './words.ts';

export interface MetricWords {
  readonly label: string;
  readonly unit: string;
  /** From the interface's unit to that of the page. */
  readonly factor: number;
  /** Least and largest value that a scale shows in any case. */
  readonly scale?: readonly [number, number];
  /** Which way is better; absent where neither is. */
  readonly better?: 'more' | 'less';
}

const shareOf255 = 100 / 255;

const metrics: Readonly<Record<string, MetricWords>> = {
  score: { label: 'Good user time', unit: '%', factor: 1, scale: [0, 100], better: 'more' },
  linkRssi: { label: 'Backhaul signal', unit: 'dBm', factor: 1, scale: [-85, -45], better: 'more' },
  clientRssi: { label: 'Client signal', unit: 'dBm', factor: 1, better: 'more' },
  clients: { label: 'Clients', unit: '', factor: 1, scale: [0, 4] },
  utilization: { label: 'Channel busy', unit: '%', factor: shareOf255, scale: [0, 100], better: 'less' },
  airtime: { label: 'Air time heard, at least', unit: '%', factor: 1, scale: [0, 100], better: 'less' },
  gatewayLatency: { label: 'Way to the gateway, 95 % within', unit: 'ms', factor: 1, scale: [0, 20], better: 'less' },
  brokerLatency: { label: 'Way out, 95 % within', unit: 'ms', factor: 1, scale: [0, 50], better: 'less' },
  gatewayFailures: { label: 'Lost round trips to the gateway', unit: '', factor: 1, scale: [0, 4], better: 'less' },
  disconnects: { label: 'Uplink lost', unit: 'times', factor: 1, scale: [0, 2], better: 'less' },
};

export function metricWords(name: string, unit = ''): MetricWords {
  return metrics[name] ?? { label: spaced(name), unit, factor: 1 };
}

/** The metrics of the timelines, in their order. */
export const drawnMetrics = ['linkRssi', 'utilization', 'clients', 'gatewayLatency', 'brokerLatency'] as const;

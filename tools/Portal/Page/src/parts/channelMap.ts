// The channels as each node heard them last: heard, quiet and unknown look different and say so.
import { h, hidden, type Child } from '../base/dom.ts';
import { duration, quantity } from '../base/format.ts';
import type { Channel, ChannelMap } from '../model.ts';
import { emptyNote } from './pending.ts';

interface BandOfChannels {
  readonly title: string;
  holds(channel: number): boolean;
}

const bandsOfChannels: readonly BandOfChannels[] = [
  { title: '2.4 GHz', holds: channel => channel <= 14 },
  { title: '5 GHz', holds: channel => channel > 14 },
];

/** A table for each band, rows are nodes. */
export function channelMap({ nodes }: ChannelMap): HTMLElement {
  const listening = nodes.filter(node => node.channels !== undefined);
  const deaf = nodes.filter(node => node.channels === undefined).map(node => node.node);
  if (listening.length === 0) {
    return emptyNote('No node has listened to the channels in the last two days',
      h('p', { class: 'muted' }, 'Nodes with a stock image cannot: their channels are unknown, not quiet.'));
  }
  return h('div', { class: 'channel-map' },
    ...bandsOfChannels.map(band => bandTable(band, listening)),
    deaf.length > 0 && h('p', { class: 'muted' }, `${deaf.join(', ')}: all channels unknown. A stock image cannot listen to them; or nothing was heard of the node for two days.`),
    key());
}

function bandTable(band: BandOfChannels, nodes: ChannelMap['nodes']): Child {
  const numbers = [...new Set(nodes.flatMap(node => node.channels!.map(c => c.channel)))].filter(band.holds).sort((a, b) => a - b);
  const isListening = (node: ChannelMap['nodes'][number]) => node.channels!.some(c => band.holds(c.channel) && c.state !== 'unknown');
  const deaf = nodes.filter(node => !isListening(node)).map(node => node.node);
  return numbers.length > 0 && h('div', null, h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': `Channels at ${band.title}` },
    h('table', { class: 'channels' },
      h('caption', null, band.title),
      h('thead', null, h('tr', null, h('th', { scope: 'col' }, hidden('Node')), ...numbers.map(n => h('th', { scope: 'col' }, n)))),
      h('tbody', null, ...nodes.filter(isListening).map(node => h('tr', null,
        h('th', { scope: 'row', class: 'wrap-anywhere' }, node.node),
        ...numbers.map(n => cell(node.channels!.find(c => c.channel === n) ?? { channel: n, state: 'unknown', isOwn: false }))))))),
    deaf.length > 0 && h('p', { class: 'muted small' }, `${deaf.join(', ')}: unknown at ${band.title}, not listened to.`));
}

/** Per cent busy from which a channel is drawn as crowded: the red limit of netpulse. */
const crowded = 70;

function cell(channel: Channel): HTMLElement {
  const words = describe(channel);
  const own = channel.isOwn ? ' is-own' : '';
  if (channel.state !== 'heard') {
    return h('td', { class: `is-${channel.state}${own}`, title: words }, h('div', { class: 'channel-box', 'aria-hidden': 'true' }, channel.state === 'quiet' ? '○' : ''), hidden(words));
  }
  const busy = channel.utilization === undefined ? undefined : Math.round(channel.utilization / 2.55);
  const atLeast = channel.airtimeAtLeastPercent;
  return h('td', { class: `is-heard${own}`, title: words },
    h('div', { class: `channel-box${busy === undefined ? ' is-lower-bound' : ''}${(busy ?? 0) >= crowded ? ' is-crowded' : ''}`, 'aria-hidden': 'true', vars: { busy: `${busy ?? atLeast ?? 0}%` } },
      h('span', { class: 'channel-aps' }, channel.apCount === undefined ? '' : `${channel.apCount}`),
      h('span', { class: 'channel-busy' }, busy !== undefined ? `${busy}\u202f%` : atLeast !== undefined ? `≥${Math.round(atLeast)}\u202f%` : '')),
    hidden(words));
}

function describe(channel: Channel): string {
  const own = channel.isOwn ? ', the node’s own' : '';
  const age = channel.ageSeconds === undefined ? '' : `, ${duration(channel.ageSeconds)} ago`;
  if (channel.state === 'unknown') {
    return `Channel ${channel.channel}${own}: unknown, not listened to`;
  }
  if (channel.state === 'quiet') {
    return `Channel ${channel.channel}${own}: quiet, listened ${quantity(channel.dwellSeconds ?? 0, 's')}${age}`;
  }
  const parts = [
    channel.apCount !== undefined && `${channel.apCount} access points`,
    channel.rssiMaxDbm !== undefined && `strongest ${quantity(channel.rssiMaxDbm, 'dBm')}`,
    channel.utilization !== undefined && `${Math.round(channel.utilization / 2.55)} % busy as access points state it`,
    channel.airtimeAtLeastPercent !== undefined && `at least ${quantity(channel.airtimeAtLeastPercent, '%')} of the air time heard in use`,
    channel.stationsMax !== undefined && `up to ${channel.stationsMax} stations on one access point`,
    channel.dwellSeconds === 0 && 'only heard from a neighbouring channel',
  ].filter(part => part !== false);
  return `Channel ${channel.channel}${own}: heard, ${parts.join(', ')}${age}`;
}

function key(): HTMLElement {
  const sample = (state: string, text: string, ...content: Child[]) =>
    h('li', null, h('span', { class: `key-cell is-${state}` }, h('span', { class: 'channel-box', vars: { busy: '55%' } }, ...content)), text);
  return h('ul', { class: 'channel-key', 'aria-hidden': 'true' },
    sample('heard', 'heard: access points above, share of time busy below', h('span', { class: 'channel-aps' }, '7'), h('span', { class: 'channel-busy' }, '55\u202f%')),
    sample('quiet', 'quiet: listened, nothing heard', '○'),
    sample('unknown', 'unknown: not listened to'),
    sample('heard is-own', 'the node’s own channel'));
}

// The home as a drawing: way out, gateway, nodes and their devices. A link's quality is in its label and in the shape of
// its line: thick = strong, dashed = weak, dotted = very weak, broken = lost, faint = unknown.
import { h, hidden, svg, type Child } from '../base/dom.ts';
import { count, duration, quantity, since } from '../base/format.ts';
import type { Home, HomeNode } from '../model.ts';
import { sourceText } from '../words.ts';
import { icon } from './icons.ts';
import { indexMark } from './marks.ts';

type Quality = 'strong' | 'weak' | 'very-weak' | 'lost' | 'unknown';

const qualityWords: Readonly<Record<Quality, string>> = {
  strong: 'good', weak: 'weak', 'very-weak': 'very weak', lost: 'lost', unknown: 'unknown',
};

/** Nested lists: who is served by whom. */
export function topology({ nodes }: Home, troubled: ReadonlySet<string>): HTMLElement {
  const known = new Set(nodes.map(node => node.node));
  const childrenOf = (parent: string | undefined) => nodes.filter(node =>
    (node.uplink.parent !== undefined && known.has(node.uplink.parent) && !isInCircle(node, nodes) ? node.uplink.parent : undefined) === parent);
  const branch = (node: HomeNode): HTMLElement => {
    const children = childrenOf(node.node);
    return h('li', null, linkTo(node), nodeCard(node, troubled.has(node.node)), children.length > 0 && h('ul', null, ...children.map(branch)));
  };
  return h('div', { class: 'topology' },
    h('ul', { class: 'tree' }, h('li', null,
      h('div', { class: 'node-card is-gateway' }, h('p', { class: 'node-name' }, icon('gateway'), 'Gateway'), h('p', { class: 'muted small' }, 'as its nodes see it')),
      h('ul', null, ...childrenOf(undefined).map(branch)))),
    legend());
}

/** Nodes may state, wrongly or a moment apart, that each serves the other. */
function isInCircle(node: HomeNode, nodes: readonly HomeNode[]): boolean {
  const seen = new Set<string>();
  for (let at: HomeNode | undefined = node; at !== undefined; at = nodes.find(n => n.node === at!.uplink.parent)) {
    if (seen.has(at.node)) {
      return true;
    }
    seen.add(at.node);
  }
  return false;
}

function qualityOf({ status, uplink: { rssiDbm } }: HomeNode): Quality {
  if (status === 'offline') {
    return 'lost';
  }
  if (rssiDbm === undefined) {
    return 'unknown';
  }
  return rssiDbm >= -67 ? 'strong' : rssiDbm >= -75 ? 'weak' : 'very-weak';
}

function linkTo(node: HomeNode): HTMLElement {
  const quality = qualityOf(node);
  const { rssiDbm, channel, kind } = node.uplink;
  const signal = rssiDbm === undefined ? null : quantity(Math.round(rssiDbm), 'dBm');
  return h('div', { class: `link is-${quality}` },
    h('span', { class: 'link-label' }, hidden(node.role === 'companion' ? 'Hears the gateway: ' : 'Link: '),
      h('b', null, qualityWords[quality]), signal !== null && (quality === 'lost' ? `, was ${signal}` : ` ${signal}`)),
    svg('svg', { viewBox: '0 0 100 12', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
      svg('path', { class: 'link-line', d: quality === 'lost' ? 'M0 6h40M60 6h40' : 'M0 6h100', 'vector-effect': 'non-scaling-stroke' })),
    h('span', { class: 'link-more' },
      channel !== undefined ? `channel ${channel}` : kind === 'unknown' ? 'to whom is unknown' : ''));
}

function nodeCard(node: HomeNode, isTroubled: boolean): HTMLElement {
  const state = node.status ?? 'unknown';
  return h('div', { class: `node-card is-${state}${isTroubled ? ' is-troubled' : ''}` },
    h('p', { class: 'node-name' },
      h('span', { class: `status-dot is-${state}`, 'aria-hidden': 'true' }), h('span', { class: 'wrap-anywhere' }, node.node),
      indexMark(node.index)),
    h('p', { class: 'node-facts' },
      h('span', null, { online: 'On line', offline: 'Off line', unknown: 'Never heard' }[state],
        state === 'offline' && node.statusSince !== undefined ? h('span', null, ' for ', sinceLength(node.statusSince)) : null),
      clientsText(node)),
    (isTroubled || node.mode === 'safe' || node.role === 'companion') && h('p', { class: 'node-facts' },
      isTroubled && h('span', { class: 'worse-tag' }, 'has the trouble'),
      node.mode === 'safe' && h('span', { class: 'worse-tag' }, 'safe mode'),
      node.role === 'companion' && h('span', null, 'listens beside the gateway')),
    details(node));
}

function sinceLength(at: string): string {
  return duration((Date.now() - Date.parse(at)) / 1000);
}

function clientsText({ clients, role }: HomeNode): Child {
  if (clients === undefined) {
    return h('span', { class: 'muted' }, icon('person'), ' ', role === 'companion' ? 'counts no devices' : 'devices unknown');
  }
  const words = clients.mean === clients.most ? count(Math.round(clients.mean), 'device') : `${count(Math.round(clients.mean), 'device')}, most ${clients.most}`;
  return h('span', { title: `${sourceText(clients.source)}, ${clients.ageSeconds === undefined ? 'age unknown' : `${duration(clients.ageSeconds)} old`}` }, icon('person'), ' ', words);
}

function details(node: HomeNode): HTMLElement {
  const { uplink, clients } = node;
  return h('details', { class: 'node-details', 'data-keep': `node-${node.node}` },
    h('summary', null, 'Details', hidden(` of ${node.node}`)),
    h('dl', null,
      item('Last heard', since(node.lastReceived)),
      item('Measures by', node.radio === undefined ? 'unknown' : radioText(node.radio)),
      item('Served by', { node: uplink.parent ?? 'unknown', other: 'the gateway, as a rule', unknown: 'unknown' }[uplink.kind]),
      item('Link signal', uplink.rssiDbm === undefined ? 'unknown' : `${quantity(uplink.rssiDbm, 'dBm')}${aged(uplink.ageSeconds)}`),
      clients?.rssiDbm !== undefined && item('Devices’ signal', `${quantity(clients.rssiDbm, 'dBm')}${aged(clients.ageSeconds)}`),
      item('Reports every', node.windowSeconds === undefined ? 'unknown' : duration(node.windowSeconds)),
      item('Agent', node.agentVersion ?? 'unknown'),
      node.lastWords !== undefined && item('Last words', h('span', { class: 'wrap-anywhere' }, node.lastWords))));
}

function radioText(radio: string): string {
  return radio === 'native' ? 'native radio: complete' : `${sourceText(radio)}: knows no channels`;
}

function aged(seconds: number | undefined): string {
  return seconds === undefined ? '' : `, ${duration(seconds)} old`;
}

function item(name: string, value: Child): HTMLElement {
  return h('div', null, h('dt', null, name), h('dd', null, value));
}

function legend(): HTMLElement {
  const samples = (Object.keys(qualityWords) as Quality[]).map(quality => h('li', { class: `link is-${quality}` },
    svg('svg', { viewBox: '0 0 36 12' }, svg('path', { class: 'link-line', d: quality === 'lost' ? 'M0 6h13M23 6h13' : 'M0 6h36' })),
    `${qualityWords[quality]}${{ strong: ', from −67 dBm', weak: ', from −75 dBm', 'very-weak': ', below', lost: '', unknown: '' }[quality]}`));
  return h('ul', { class: 'topology-key', 'aria-hidden': 'true' }, ...samples);
}

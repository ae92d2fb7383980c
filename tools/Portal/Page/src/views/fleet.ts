// The fleet at a glance: how many homes are well, what is wrong with the others, and who will call next.
import { announce } from '../base/announce.ts';
import { fill, h, hidden, type Child } from '../base/dom.ts';
import { count, number, percent, since, unknown } from '../base/format.ts';
import { address } from '../base/http.ts';
import { link } from '../base/router.ts';
import type { Cause, Fleet, HomeList, HomeRow } from '../model.ts';
import { causeIcon } from '../parts/icons.ts';
import { bandSign, changeMark, indexMark } from '../parts/marks.ts';
import { emptyNote, place } from '../parts/pending.ts';
import type { View, ViewContext } from '../shell.ts';
import { bands, causeLabel, causes, indexText, type Band } from '../words.ts';

const listed = 6;
/** News come one by one; the lists are fetched again at most this often. */
const refreshAfter = 5000;

export function fleetView(context: ViewContext): View {
  const numbers = h('div', { class: 'numbers' });
  const spread = h('div', null);
  const causesBox = h('div', null);
  const worse = h('div', null);
  const worst = h('div', null);
  const onError = (error: unknown) => context.handle(error);
  const { signal } = context;

  const fleet = place<Fleet>(numbers, {
    url: () => address('fleet'), signal, onError, lines: 2,
    render: data => {
      fill(spread, spreadOf(data));
      fill(causesBox, causesOf(data));
      return numbersOf(data);
    },
  });
  const lists = [
    place<HomeList>(worse, { url: () => address('homes', { gettingWorse: true, order: 'falling', limit: listed }), signal, onError, lines: 14, render: worseList }),
    place<HomeList>(worst, { url: () => address('homes', { order: 'worst', limit: listed }), signal, onError, lines: 14, render: worstList }),
  ];

  function refresh(): void {
    void fleet.refresh();
    lists.forEach(list => void list.refresh());
  }

  followNews(context, homes => {
    refresh();
    announce(`${count(homes, 'home')} assessed anew`);
  });
  context.live.onMissed(refresh, signal);
  context.setTitle('Fleet');

  return {
    element: h('div', { class: 'fleet-view' },
      h('h1', { tabindex: '-1' }, 'Fleet'),
      section('How the homes are', 'wide', numbers, spread),
      section('What is wrong', '', h('p', { class: 'muted lead' }, 'Homes by their likeliest cause.'), causesBox),
      section('Getting worse', '', h('p', { class: 'muted lead' }, 'Fallen below their own baseline, or with a trouble that is new. Call before they do.'), worse),
      section('Worst now', '', h('p', { class: 'muted lead' }, 'The lowest index of the last 24 hours.'), worst)),
  };
}

function section(title: string, className: string, ...children: Child[]): HTMLElement {
  return h('section', { class: `card ${className}`.trim(), 'aria-label': title }, h('h2', null, title), ...children);
}

/** Calls back with the number of homes of which there was news, not more often than the lists can follow. */
function followNews(context: ViewContext, act: (homes: number) => void): void {
  const changed = new Set<string>();
  let timer = 0;
  context.live.listen<HomeRow>('home', home => {
    changed.add(home.home);
    timer ||= setTimeout(() => {
      timer = 0;
      act(changed.size);
      changed.clear();
    }, refreshAfter);
  }, context.signal);
  context.signal.addEventListener('abort', () => clearTimeout(timer));
}

function numbersOf(fleet: Fleet): HTMLElement {
  const { homes, nodes, nodesOnline, gettingWorse, meanIndex } = fleet;
  return h('dl', { class: 'figures' },
    figure('Homes', number(homes)),
    figure('Mean index', meanIndex === undefined ? unknown() : indexText(meanIndex), 'of 100'),
    figure('Nodes on line', nodes === 0 ? unknown('no nodes') : percent(nodesOnline / nodes), `${number(nodesOnline)} of ${number(nodes)}`),
    figure('Getting worse', h('a', { href: link(['homes'], { worse: '1', order: 'falling' }) }, number(gettingWorse)),
      homes === 0 ? '' : `${percent(gettingWorse / homes)} of homes`));
}

function figure(label: string, value: Child, more = ''): HTMLElement {
  return h('div', { class: 'figure' }, h('dt', null, label), h('dd', null, value, more !== '' && h('span', { class: 'figure-more' }, more)));
}

function spreadOf(fleet: Fleet): HTMLElement {
  if (fleet.homes === 0) {
    return emptyNote('No home has been heard yet', h('p', { class: 'muted' }, 'Homes appear here as soon as one of their nodes reports.'));
  }
  const parts = (['good', 'fair', 'poor', 'unknown'] as const).map(band => ({ band, homes: fleet.byBand[band], share: fleet.byBand[band] / fleet.homes }));
  return h('figure', { class: 'spread' },
    h('figcaption', { class: 'visually-hidden' }, 'Homes by their stability index'),
    h('div', { class: 'spread-bar', 'aria-hidden': 'true' },
      ...parts.filter(part => part.homes > 0).map(part => h('i', { class: `is-${part.band}`, vars: { share: String(part.homes) } }))),
    h('ul', { class: 'spread-key' }, ...parts.map(part => spreadItem(part.band, part.homes, part.share))));
}

function spreadItem(band: Band, homes: number, share: number): HTMLElement {
  return h('li', null, bandSign(band),
    h('span', { class: 'spread-name' }, bands[band].label, h('span', { class: 'muted' }, ` ${bands[band].range}`)),
    h('b', null, number(homes)), h('span', { class: 'muted' }, percent(share)));
}

function causesOf(fleet: Fleet): HTMLElement {
  const rows = (Object.entries(fleet.byCause) as [Cause, number][]).filter(([, homes]) => homes > 0).sort((a, b) => b[1] - a[1]);
  if (rows.length === 0) {
    return emptyNote('Nothing was found in any home');
  }
  const most = rows[0]![1];
  return h('ul', { class: 'cause-bars' }, ...rows.map(([cause, homes]) =>
    h('li', null, h('a', { href: link(['homes'], { cause, order: 'worst' }), title: causes[cause]?.meaning },
      causeIcon(cause), h('span', { class: 'cause-name' }, causeLabel(cause)),
      h('span', { class: 'cause-count' }, number(homes), hidden(' homes')),
      h('i', { class: 'cause-bar', 'aria-hidden': 'true', vars: { share: `${100 * homes / most}%` } })))));
}

function worseList({ homes, next }: HomeList): HTMLElement {
  if (homes.length === 0) {
    return emptyNote('No home has got worse');
  }
  return h('div', null, homeList(homes), moreLink(next, { worse: '1', order: 'falling' }));
}

function worstList({ homes, next }: HomeList): HTMLElement {
  const known = homes.filter(home => home.index !== undefined && home.index < 90);
  if (known.length === 0) {
    return emptyNote('No home is below 90');
  }
  return h('div', null, homeList(known), moreLink(next, { order: 'worst' }));
}

function homeList(homes: HomeRow[]): HTMLElement {
  return h('ol', { class: 'home-list' }, ...homes.map(home => h('li', null,
    h('a', { href: link(['homes', home.home]), 'data-keep': home.home }, home.home),
    h('span', { class: 'home-list-index' }, indexMark(home.index), changeMark(home.index, home.baselineIndex)),
    h('p', { class: 'home-list-cause' },
      home.cause === undefined ? h('span', { class: 'muted' }, 'No cause found') : h('b', null, causeLabel(home.cause)),
      home.cause !== undefined && home.since !== undefined && h('span', { class: 'muted' }, ' · since ', since(home.since)),
      home.summary !== undefined && h('span', { class: 'summary' }, home.summary)))));
}

function moreLink(next: number | undefined, query: Record<string, string>): Child {
  return next !== undefined && h('p', { class: 'more' }, h('a', { href: link(['homes'], query) }, 'All of them'));
}

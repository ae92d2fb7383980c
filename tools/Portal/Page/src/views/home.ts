// One home: what is wrong and what to say first, then how that is known, then everything that was measured.
import { announce } from '../base/announce.ts';
import { fill, h, type Child } from '../base/dom.ts';
import { duration, since } from '../base/format.ts';
import { address, RequestError } from '../base/http.ts';
import { go, link, type Route } from '../base/router.ts';
import type { Assessment, ChannelMap, EventList, Home, HomeRow, NodeEvent } from '../model.ts';
import { channelMap } from '../parts/channelMap.ts';
import { comparison } from '../parts/comparison.ts';
import { dayTable } from '../parts/dayBar.ts';
import { eventTable, eventText } from '../parts/eventTable.ts';
import { exportsOf } from '../parts/exports.ts';
import { findingsOf } from '../parts/findings.ts';
import { headline } from '../parts/headline.ts';
import { icon } from '../parts/icons.ts';
import { nodesMark } from '../parts/marks.ts';
import { emptyNote, place } from '../parts/pending.ts';
import { marksOf, timelines } from '../parts/timelines.ts';
import { topology } from '../parts/topology.ts';
import type { View, ViewContext } from '../shell.ts';

const mostEvents = 50;
/** A home that has not been heard for so long is shown as it was then. */
const staleAfter = 30 * 60;
/** News of one home come in bursts: it is fetched once for each. */
const settle = 400;

export function homeView(context: ViewContext, home: string, route: Route): View {
  const of = (path: string) => address(`homes/${encodeURIComponent(home)}${path}`);
  const facts = h('div', { class: 'home-facts' });
  const staleNote = h('div', { class: 'hint', hidden: true });
  const top = h('div', null);
  const boxes = { how: h('div', null), day: h('div', null), topology: h('div', null), channels: h('div', null), events: h('div', null) };
  const { signal } = context;
  const onError = (error: unknown) => context.handle(error);
  let nodes: Home | null = null;
  let assessment: Assessment | null = null;
  let events: EventList | null = null;
  let drawing = new AbortController();

  const lines = timelines(home, signal,
    ({ range, node }) => go(link(['homes', home], { range: range === '24h' ? null : range, node }), true), onError);
  const compare = comparison(home, signal);

  const places = [
    place<Home>(facts, {
      url: () => of(''), signal, lines: 1, onError: error => context.handle(error, `No home is called “${home}”`),
      render: factsOf, onData: takeHome,
    }),
    place<Assessment>(top, { url: () => of('/assessment'), signal, onError: onAssessmentError, lines: 6, render: drawAssessment }),
    place<ChannelMap>(boxes.channels, { url: () => of('/channels'), signal, onError, lines: 5, render: channelMap }),
    place<EventList>(boxes.events, {
      url: () => address('events', { home, limit: mostEvents }), signal, onError, render: list => eventTable(list.events),
      onData: list => { events = list; showMarks(); },
    }),
  ];
  choose(route);
  followNews(context, home, news => {
    refresh();
    announce(`${home}: ${news}`);
  });
  context.live.onMissed(refresh, signal);
  context.setTitle(home);
  signal.addEventListener('abort', () => drawing.abort());

  function refresh(): void {
    places.forEach(p => void p.refresh());
    lines.refresh();
  }

  function takeHome(data: Home): void {
    nodes = data;
    lines.setNodes(data.nodes.map(node => node.node));
    showStale(data);
    showTopology();
  }

  /** While there is no assessment the measurements are there all the same. */
  function onAssessmentError(error: unknown): boolean {
    if (error instanceof RequestError && error.isNotFound) {
      fill(top, emptyNote('Not assessed yet', h('p', { class: 'muted' }, 'The first assessment follows within minutes of the first reports.')));
      fill(boxes.how, h('p', { class: 'muted' }, 'Nothing to tell yet.'));
      fill(boxes.day, h('p', { class: 'muted' }, 'Nothing to tell yet.'));
      return true;
    }
    return onError(error);
  }

  function drawAssessment(data: Assessment): Node {
    assessment = data;
    drawing.abort();
    drawing = new AbortController();
    fill(boxes.how, findingsOf(data, drawing.signal));
    fill(boxes.day, dayTable(data));
    showTopology();
    showMarks();
    const [first] = data.findings;
    if (first?.since !== undefined) {
      compare.suggest(first.since);
    }
    return headline(data);
  }

  function showTopology(): void {
    if (nodes !== null) {
      const troubled = new Set(assessment?.findings.flatMap(finding => finding.node ?? []));
      lines.setMain(troubled);
      fill(boxes.topology, nodes.nodes.length === 0 ? emptyNote('No node has been heard') : topology(nodes, troubled));
    }
  }

  function showMarks(): void {
    lines.setMarks(marksOf(events?.events ?? [], assessment?.findings ?? []));
  }

  function showStale({ nodes: all }: Home): void {
    const ages = all.flatMap(node => node.ageSeconds ?? []);
    const youngest = ages.length === 0 ? null : Math.min(...ages);
    staleNote.hidden = youngest !== null && youngest < staleAfter;
    fill(staleNote, icon('warning'), youngest === null ? 'No node of this home has been heard yet.'
      : `Nothing has been heard of this home for ${duration(youngest)}. What follows is of before that; since then it is unknown.`);
  }

  function choose({ query }: Route): void {
    lines.choose({ range: query.get('range'), node: query.get('node') });
  }

  return {
    element: h('article', { class: 'home-view' },
      h('div', { class: 'view-head' },
        h('nav', { 'aria-label': 'Breadcrumb', class: 'crumbs' }, h('a', { href: link(['homes']) }, 'Homes'), h('span', { 'aria-hidden': 'true' }, '›')),
        h('h1', { tabindex: '-1', class: 'wrap-anywhere' }, home), facts),
      staleNote,
      h('section', { class: 'card', 'aria-label': 'What is wrong' }, top),
      section('How we know', 'how', boxes.how),
      section('The home', 'nodes', boxes.topology),
      section('The last 24 hours', 'day', boxes.day),
      section('Over time', 'time', lines.element),
      section('Channels', 'channels', h('p', { class: 'muted lead' }, 'As each node heard them last.'), boxes.channels),
      section('Events', 'events', h('p', { class: 'muted lead' }, 'What nodes noticed themselves, the newest first.'), boxes.events),
      section('Before and after', 'compare', h('p', { class: 'muted lead' }, 'What a change has brought.'), compare.element),
      section('Take along', 'exports', exportsOf(home, signal))),
    update(to) {
      if (to.path.length !== 2 || to.path[0] !== 'homes' || to.path[1] !== home) {
        return false;
      }
      choose(to);
      return true;
    },
  };
}

function section(title: string, id: string, ...children: Child[]): HTMLElement {
  return h('section', { class: `card card-${id}`, 'aria-labelledby': `section-${id}` }, h('h2', { id: `section-${id}` }, title), ...children);
}

function factsOf({ nodes }: Home): HTMLElement {
  const online = nodes.filter(node => node.status === 'online').length;
  const newest = nodes.map(node => node.lastReceived).filter(at => at !== undefined).sort().at(-1);
  return h('p', null, 'Nodes on line: ', nodesMark(online, nodes.length), h('span', { class: 'muted' }, ' · heard ', since(newest)));
}

function followNews(context: ViewContext, home: string, act: (news: string) => void): void {
  let timer = 0;
  const take = (of: string, news: string) => {
    if (of === home) {
      clearTimeout(timer);
      timer = setTimeout(() => act(news), settle);
    }
  };
  context.live.listen<HomeRow>('home', row => take(row.home, 'assessed anew'), context.signal);
  context.live.listen<NodeEvent>('event', event => take(event.home, `${event.node} noticed: ${eventText(event)}`), context.signal);
  context.signal.addEventListener('abort', () => clearTimeout(timer));
}

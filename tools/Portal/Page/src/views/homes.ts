// The list of homes: any number of them, by prefix, cause and order.
import { announce } from '../base/announce.ts';
import { fill, h, hidden } from '../base/dom.ts';
import { count, number, since, unknown } from '../base/format.ts';
import { go, link, type Route } from '../base/router.ts';
import type { HomeOrder, HomeRow } from '../model.ts';
import { HomePages, isName, type HomeFilter } from '../parts/homePages.ts';
import { causeIcon, icon } from '../parts/icons.ts';
import { changeMark, indexMark, nodesMark } from '../parts/marks.ts';
import { emptyNote, errorNote } from '../parts/pending.ts';
import { VirtualList } from '../parts/virtualList.ts';
import type { View, ViewContext } from '../shell.ts';
import { allCauses, causeLabel, causes } from '../words.ts';

interface Column {
  readonly label: string;
  readonly order?: HomeOrder;
  /** How the order goes, for those who listen. */
  readonly direction?: 'ascending' | 'descending';
}

const columns: readonly Column[] = [
  { label: 'Home', order: 'name', direction: 'ascending' },
  { label: 'Index', order: 'worst', direction: 'ascending' },
  { label: 'Change', order: 'falling', direction: 'ascending' },
  { label: 'What is wrong' },
  { label: 'Since' },
  { label: 'Nodes' },
  { label: 'Assessed', order: 'assessed', direction: 'ascending' },
];

/** Rows of the list as it was left, for who comes back to it. */
const leftAt = new Map<string, number>();

const isNarrow = matchMedia('(max-width: 50rem)');

export function homesView(context: ViewContext, route: Route): View {
  const heading = h('h1', { tabindex: '-1' }, 'Homes');
  const total = h('p', { class: 'list-total muted', role: 'status' });
  const filters = filterBar(filter => go(addressOf(filter), true));
  const news = h('button', { type: 'button', class: 'button news', hidden: true, on: { click: () => restart(filter) } });
  const note = h('div', { class: 'list-note', hidden: true });
  const header = h('div', { class: 'row row-head', role: 'row', 'aria-rowindex': '1' });
  const list = new VirtualList({
    draw: (row, index) => drawHome(row, pages.at(index)),
    inSight: (first, end) => pages.want(first, end),
  }, () => isNarrow.matches ? 88 : 44, context.signal);
  const table = h('div', { class: 'home-table', role: 'table', 'aria-label': 'Homes' }, h('div', { role: 'rowgroup' }, header), list.element);
  const changed = new Set<string>();
  let filter = filterOf(route);
  let pages = pagesOf(filter);

  function pagesOf(of: HomeFilter): HomePages {
    return new HomePages(of, {
      counted: isFirst => showCount(isFirst),
      came(first, end) {
        for (let index = first; index < end; index++) {
          list.redrawRow(index);
        }
      },
      failed: showError,
    });
  }

  /** Lists anew. The rows there are stay until the first new ones are here, so that nothing flickers while somebody types. */
  function restart(next: HomeFilter): void {
    pages.stop();
    filter = next;
    pages = pagesOf(filter);
    changed.clear();
    news.hidden = true;
    filters.show(filter);
    drawHeader();
    pages.want(0, 1);
  }

  function showCount(isFirst: boolean): void {
    const homes = pages.count ?? 0;
    note.hidden = homes > 0;
    table.hidden = homes === 0;
    if (homes === 0) {
      fill(note, emptyHomes(filter));
    }
    if (isFirst) {
      list.scrollToTop();
    }
    list.setCount(homes);
    table.setAttribute('aria-rowcount', String(homes + 1));
    total.textContent = countText(homes);
    const left = leftAt.get(location.hash);
    if (isFirst && left !== undefined) {
      leftAt.delete(location.hash);
      list.element.scrollTop = left;
    }
  }

  function countText(homes: number): string {
    const beyond = homes > list.reachable ? ` The list shows the first ${number(list.reachable)}: narrow it down for the others.` : '';
    return count(homes, 'home') + (isFiltered(filter) ? ' found.' : '.') + beyond;
  }

  function showError(error: unknown): void {
    if (!context.handle(error) && pages.count === null) {
      note.hidden = false;
      table.hidden = true;
      fill(note, errorNote(error, () => restart(filter)));
    }
  }

  /** What changed is shown in its place at once; a place that may have changed waits until the reader asks for it. */
  function takeNews(home: HomeRow): void {
    const index = pages.update(home);
    if (index !== null) {
      list.redrawRow(index);
    }
    if (filter.order !== 'name' || index === null && home.home.startsWith(filter.prefix)) {
      changed.add(home.home);
      fill(news, `${count(changed.size, 'home')} assessed since · list anew`);
      news.hidden = false;
      announce(`${count(changed.size, 'home')} assessed since the list was made`);
    }
  }

  function drawHeader(): void {
    fill(header, ...columns.map(column => headerCell(column, filter)));
  }

  context.setTitle('Homes');
  filters.show(filter);
  drawHeader();
  pages.want(0, 1);
  context.live.onMissed(() => restart(filter), context.signal);
  context.live.listen<HomeRow>('home', takeNews, context.signal);
  addEventListener('open-first-home', () => {
    const first = pages.at(0);
    if (first !== undefined && pages.count === 1 || first?.home === filter.prefix) {
      go(link(['homes', first.home]));
    } else {
      list.element.querySelector('a')?.focus();
    }
  }, { signal: context.signal });
  list.element.addEventListener('click', () => leftAt.set(location.hash, list.element.scrollTop));
  context.signal.addEventListener('abort', () => pages.stop());

  return {
    element: h('section', { class: 'homes-view' },
      h('div', { class: 'view-head' }, h('div', { class: 'title-line' }, heading, total, news), filters.element),
      note, table),
    update(to) {
      if (to.path.length !== 1 || to.path[0] !== 'homes') {
        return false;
      }
      restart(filterOf(to));
      return true;
    },
  };
}

function filterOf({ query }: Route): HomeFilter {
  return {
    prefix: query.get('q') ?? '',
    cause: query.get('cause') ?? '',
    gettingWorse: query.get('worse') === '1',
    order: query.get('order') ?? (query.get('worse') === '1' ? 'falling' : 'name'),
  };
}

function addressOf({ prefix, cause, gettingWorse, order }: HomeFilter): string {
  return link(['homes'], { q: prefix, cause, worse: gettingWorse ? '1' : '', order });
}

function isFiltered({ prefix, cause, gettingWorse }: HomeFilter): boolean {
  return prefix !== '' || cause !== '' || gettingWorse;
}

function filterBar(change: (filter: HomeFilter) => void): { element: HTMLElement; show(filter: HomeFilter): void } {
  let current: HomeFilter;
  const cause = h('select', { id: 'filter-cause', on: { change: () => change({ ...current, cause: cause.value }) } },
    h('option', { value: '' }, 'Any cause'), ...allCauses.map(value => h('option', { value }, causes[value].label)));
  const worse = h('input', { type: 'checkbox', id: 'filter-worse', on: { change: () => change({ ...current, gettingWorse: worse.checked }) } });
  const order = h('select', { id: 'filter-order', on: { change: () => change({ ...current, order: order.value }) } },
    h('option', { value: 'name' }, 'By name'), h('option', { value: 'worst' }, 'Worst first'),
    h('option', { value: 'falling' }, 'Largest fall first'), h('option', { value: 'assessed' }, 'Longest not assessed first'));
  const clear = h('button', {
    type: 'button', class: 'button quiet', on: { click: () => change({ prefix: '', cause: '', gettingWorse: false, order: current.order }) },
  }, 'Clear');
  return {
    element: h('div', { class: 'filters', role: 'group', 'aria-label': 'Which homes' },
      h('label', { for: cause.id, class: 'visually-hidden' }, 'Cause'), cause,
      h('label', { for: order.id, class: 'visually-hidden' }, 'Order'), order,
      h('label', { class: 'check', for: worse.id }, worse, 'Getting worse'), clear),
    show(filter) {
      current = filter;
      cause.value = filter.cause;
      worse.checked = filter.gettingWorse;
      order.value = filter.order;
      clear.hidden = !isFiltered(filter);
    },
  };
}

function headerCell({ label, order, direction }: Column, filter: HomeFilter): HTMLElement {
  const isSorted = order !== undefined && order === filter.order;
  const content = order === undefined ? label
    : h('a', { href: addressOf({ ...filter, order }) }, label, isSorted ? icon(direction === 'ascending' ? 'down' : 'up', 'sort-sign') : null);
  return h('div', { role: 'columnheader', class: 'cell', 'aria-sort': isSorted ? direction : undefined }, content);
}

function drawHome(row: HTMLElement, home: HomeRow | undefined): void {
  row.classList.toggle('is-waiting', home === undefined);
  if (home === undefined) {
    fill(row, h('div', { class: 'cell', role: 'cell' }, h('span', { class: 'bone', 'aria-hidden': 'true' }), hidden('Loading')));
    return;
  }
  fill(row,
    h('div', { class: 'cell cell-home', role: 'cell' }, h('a', { href: link(['homes', home.home]) }, home.home)),
    h('div', { class: 'cell cell-index', role: 'cell' }, indexMark(home.index)),
    h('div', { class: 'cell cell-change', role: 'cell' }, changeMark(home.index, home.baselineIndex)),
    h('div', { class: 'cell cell-cause', role: 'cell', title: home.summary },
      home.cause === undefined ? h('span', { class: 'muted' }, home.assessedAt === undefined ? 'Not assessed yet' : home.index === undefined ? 'Too little is known' : 'Nothing found')
        : h('span', { class: 'cause-text' }, causeIcon(home.cause), h('b', null, causeLabel(home.cause)), h('span', { class: 'summary' }, home.summary ?? ''))),
    h('div', { class: 'cell cell-since', role: 'cell' }, home.cause === undefined ? hidden('none') : home.since === undefined ? h('span', { class: 'muted' }, 'always') : since(home.since)),
    h('div', { class: 'cell cell-nodes', role: 'cell' }, nodesMark(home.nodesOnline, home.nodes)),
    h('div', { class: 'cell cell-assessed', role: 'cell' }, home.assessedAt === undefined ? unknown('not yet') : since(home.assessedAt)));
}

function emptyHomes(filter: HomeFilter): HTMLElement {
  if (!isFiltered(filter)) {
    return emptyNote('No home has been heard yet', h('p', { class: 'muted' }, 'Homes appear here as soon as one of their nodes reports.'));
  }
  return emptyNote(filter.prefix === '' ? 'No home is like that' : `No home begins with “${filter.prefix}”`,
    h('p', { class: 'muted' }, isName(filter.prefix) ? 'Names are told apart by case.' : 'Names are made of letters without accents, digits, “.”, “_” and “-”.'),
    h('p', null, h('a', { class: 'button', href: link(['homes'], { order: filter.order }) }, 'All homes')));
}

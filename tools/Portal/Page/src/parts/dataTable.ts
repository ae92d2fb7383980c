// Values of a drawing as a table, made when somebody opens it.
import { h } from '../base/dom.ts';

export function dataTable(summary: string, make: () => HTMLTableElement): HTMLDetailsElement {
  const details = h('details', { class: 'data-table', 'data-keep': summary, on: { toggle: fillOnce } }, h('summary', null, 'Table', h('span', { class: 'visually-hidden' }, `: ${summary}`)));

  function fillOnce(): void {
    if (details.open && details.children.length === 1) {
      details.append(h('div', { class: 'table-scroll', tabindex: '0', role: 'region', 'aria-label': summary }, make()));
    }
  }

  return details;
}

import { h } from '../base/dom.ts';
import { link } from '../base/router.ts';
import type { View, ViewContext } from '../shell.ts';

/** Says that there is nothing at the address, and where to go. */
export function notFoundView(context: ViewContext, what: string): View {
  context.setTitle('Not found');
  return {
    element: h('section', { class: 'notice-view' },
      h('h1', { tabindex: '-1' }, 'Not found'),
      h('p', { class: 'wrap-anywhere' }, what, '.'),
      h('p', { class: 'muted' }, 'A home is known once one of its nodes has been heard. Names are told apart by case.'),
      h('p', null, h('a', { class: 'button', href: link(['homes']) }, 'All homes'))),
  };
}

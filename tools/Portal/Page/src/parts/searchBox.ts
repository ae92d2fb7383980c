// The search of the header: a home by the beginning of its name, from anywhere with "/".
import { h } from '../base/dom.ts';
import { currentRoute, go, link } from '../base/router.ts';
import { icon } from './icons.ts';

export function searchBox(): HTMLElement {
  const input = h('input', {
    type: 'search', id: 'search', name: 'search', placeholder: 'Home begins with …', autocomplete: 'off', spellcheck: 'false', autocapitalize: 'off',
    maxlength: 64, 'aria-keyshortcuts': '/', enterkeyhint: 'search',
    on: { input: type },
  });

  function type(): void {
    const { path, query } = currentRoute();
    const isList = path[0] === 'homes' && path.length === 1;
    const others = isList ? { cause: query.get('cause'), worse: query.get('worse'), order: query.get('order') } : {};
    go(link(['homes'], { ...others, q: input.value.trim() }), isList);
  }

  function showQuery(): void {
    const { path, query } = currentRoute();
    const text = path[0] === 'homes' && path.length === 1 ? query.get('q') ?? '' : '';
    if (document.activeElement !== input && input.value !== text) {
      input.value = text;
    }
  }

  addEventListener('hashchange', showQuery);
  addEventListener('keydown', event => {
    const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select, [contenteditable]');
    if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  showQuery();

  return h('form', { class: 'search', role: 'search', on: { submit: submit } },
    h('label', { for: 'search', class: 'visually-hidden' }, 'Find a home by the beginning of its name'),
    icon('search'), input, h('kbd', { 'aria-hidden': 'true' }, '/'));

  /** Enter opens the home with exactly this name. */
  function submit(event: Event): void {
    event.preventDefault();
    if (input.value.trim() !== '') {
      dispatchEvent(new CustomEvent('open-first-home'));
    }
  }
}

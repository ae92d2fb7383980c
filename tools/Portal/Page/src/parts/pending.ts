// What stands in a place while its data is on the way, when there is none, and when it did not come.
import { fill, h, type Child } from '../base/dom.ts';
import { get, RequestError } from '../base/http.ts';
import { icon } from './icons.ts';

/** A short wait shows nothing: what flickers is harder to read than what comes a moment later. */
const patience = 150;

export function emptyNote(title: string, ...more: Child[]): HTMLElement {
  return h('div', { class: 'empty-note' }, h('p', { class: 'empty-title' }, title), ...more);
}

export function errorNote(error: unknown, retry: () => void): HTMLElement {
  const { title, message } = error instanceof RequestError ? error : { title: 'This page failed', message: String(error) };
  return h('div', { class: 'error-note', role: 'alert' },
    icon('warning'),
    h('div', null,
      h('p', { class: 'empty-title' }, title),
      message !== title && h('p', { class: 'muted' }, message),
      h('button', { type: 'button', class: 'button', on: { click: retry } }, 'Try again')));
}

export interface Place<T> {
  /** Fetches again. What stands there stays until the answer is here, and also when none comes. */
  refresh(): Promise<void>;
  readonly data: T | null;
}

interface PlaceOptions<T> {
  url: () => string;
  render: (data: T) => Node;
  signal: AbortSignal;
  /** Errors that the view treats as a whole. True = treated. */
  onError?: (error: unknown) => boolean;
  /** Rough height while nothing is known, in lines. */
  lines?: number;
  onData?: (data: T) => void;
}

/** Keeps an element filled with what stands at an address. Draws again only what has changed. */
export function place<T>(element: HTMLElement, options: PlaceOptions<T>): Place<T> {
  let shown: string | null = null;
  let data: T | null = null;

  async function refresh(): Promise<void> {
    const slow = setTimeout(() => shown === null && showWaiting(element, options.lines ?? 3), patience);
    try {
      data = await get<T>(options.url(), options.signal);
      showData(data);
    } catch (error) {
      if (!options.signal.aborted && !(options.onError?.(error) ?? false) && shown === null) {
        fill(element, errorNote(error, () => void refresh()));
      }
    } finally {
      clearTimeout(slow);
      element.removeAttribute('aria-busy');
    }
  }

  function showData(fresh: T): void {
    const text = JSON.stringify(fresh);
    options.onData?.(fresh);
    if (text !== shown) {
      shown = text;
      keepingFocus(element, () => fill(element, options.render(fresh)));
    }
  }

  void refresh();
  return { refresh, get data() { return data; } };
}

function showWaiting(element: HTMLElement, lines: number): void {
  element.setAttribute('aria-busy', 'true');
  fill(element, h('div', { class: 'waiting', role: 'img', 'aria-label': 'Loading', vars: { lines: String(lines) } }));
}

/** Draws anew without taking the focus, an open detail or a typed text from the reader: they are found again by `data-keep`. */
export function keepingFocus(element: HTMLElement, draw: () => void): void {
  const focused = document.activeElement instanceof HTMLElement && element.contains(document.activeElement)
    ? document.activeElement.dataset['keep'] : undefined;
  const open = new Map([...element.querySelectorAll<HTMLDetailsElement>('details[data-keep]')].map(d => [d.dataset['keep']!, d.open]));
  draw();
  for (const details of element.querySelectorAll<HTMLDetailsElement>('details[data-keep]')) {
    details.open = open.get(details.dataset['keep']!) ?? details.open;
  }
  if (focused !== undefined) {
    element.querySelector<HTMLElement>(`[data-keep="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

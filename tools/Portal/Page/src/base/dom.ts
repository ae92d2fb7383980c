// Elements from code. Text goes in as text nodes only: what nodes and people wrote is never markup.

export type Child = Node | string | number | null | undefined | false;

type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };

export interface Properties {
  class?: string;
  on?: Listeners;
  /** Custom properties of the element's own style, as `{ share: '40%' }` for `--share`. */
  vars?: Record<string, string>;
  [attribute: string]: string | number | boolean | null | undefined | Listeners | Record<string, string>;
}

/** An HTML element with attributes, listeners and children. Attributes that are null, undefined or false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, properties: Properties | null, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  assign(element, properties);
  append(element, children);
  return element;
}

/** An SVG element, likewise. */
export function svg<K extends keyof SVGElementTagNameMap>(tag: K, properties: Properties | null, ...children: Child[]): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  assign(element, properties);
  append(element, children);
  return element;
}

/** Puts new children in place of those there are. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

/** For those who do not see the page, or need more words. */
export function hidden(text: string): HTMLElement {
  return h('span', { class: 'visually-hidden' }, text);
}

let lastId = 0;

/** An id that no other element has. */
export function newId(stem: string): string {
  return `${stem}-${++lastId}`;
}

function assign(element: HTMLElement | SVGElement, properties: Properties | null): void {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value as Listeners)) {
        element.addEventListener(event, listener as EventListener);
      }
    } else if (name === 'vars') {
      for (const [variable, text] of Object.entries(value as Record<string, string>)) {
        element.style.setProperty(`--${variable}`, text);
      }
    } else {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false) {
      element.append(child instanceof Node ? child : String(child));
    }
  }
}

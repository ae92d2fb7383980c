// Says what changed to those who listen to the page. Changes that come fast are said together, at most one text at a time.
import { h } from './dom.ts';

const pause = 3000;
const region = h('div', { class: 'visually-hidden', role: 'status', 'aria-live': 'polite', id: 'announcer' });
let waiting: string | null = null;
let quietUntil = 0;

export function announcer(): HTMLElement {
  return region;
}

export function announce(text: string): void {
  const wait = quietUntil - performance.now();
  if (wait > 0) {
    if (waiting === null) {
      setTimeout(sayWaiting, wait);
    }
    waiting = text;
    return;
  }
  say(text);
}

function sayWaiting(): void {
  if (waiting !== null) {
    say(waiting);
    waiting = null;
  }
}

function say(text: string): void {
  quietUntil = performance.now() + pause;
  region.textContent = text;
}

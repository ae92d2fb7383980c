// Numbers and times as people read them. Unknown is a dash with words for those who listen, never 0.
import { h, hidden } from './dom.ts';

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

export const minute = 60;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `12,345`, `−79`, `0.4`: a real minus sign, one decimal only where it says something. */
export function number(value: number): string {
  const format = Math.abs(value) < 10 && !Number.isInteger(value) ? oneDecimal : whole;
  return format.format(value).replace('-', '−');
}

/** `−79 dBm`, `62 %`, `3`. */
export function quantity(value: number, unit: string): string {
  return unit === '' ? number(value) : `${number(value)} ${unit}`;
}

/** Of a number between 0 and 1. Small shares are not rounded to nothing, large ones not to all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) {
    return '< 1 %';
  }
  return share < 1 && share > 0.99 ? '> 99 %' : `${Math.round(share * 100)} %`;
}

/** `3 nodes`, `1 node`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${whole.format(value)} ${value === 1 ? one : many}`;
}

/** `+4`, `−12`, `±0`. */
export function difference(value: number): string {
  const rounded = Math.abs(value) < 10 ? Math.round(value * 10) / 10 : Math.round(value);
  if (rounded === 0) {
    return '±0';
  }
  return rounded > 0 ? `+${number(rounded)}` : number(rounded);
}

/** `40 s`, `12 min`, `5 h`, `3 days`. */
export function duration(seconds: number): string {
  if (seconds < 90) {
    return `${Math.max(0, Math.round(seconds))} s`;
  }
  if (seconds < 90 * minute) {
    return `${Math.round(seconds / minute)} min`;
  }
  return seconds < 2 * day ? `${Math.round(seconds / hour)} h` : `${Math.round(seconds / day)} days`;
}

/** Clocks differ a little: what comes from one that is ahead of ours by less has just been. */
const clocksDiffer = 5 * minute;

/** `just now`, `12 min ago`; `in 12 min` by a clock that is far ahead of ours. */
export function ago(at: Date, now = new Date()): string {
  const seconds = (now.getTime() - at.getTime()) / 1000;
  if (seconds < -clocksDiffer) {
    return `in ${duration(-seconds)}`;
  }
  return seconds < 30 ? 'just now' : `${duration(seconds)} ago`;
}

/** `14:05` of today, `Tue, 17 Nov, 21:30` of other days. */
export function moment(at: Date, now = new Date()): string {
  return at.toDateString() === now.toDateString() ? clock.format(at) : dayAndClock.format(at);
}

/** A moment that says how long ago it was, and exactly when under the pointer. Kept current by `refreshTimes`. */
export function since(at: string | null | undefined): HTMLElement {
  if (!at) {
    return unknown('never');
  }
  return h('time', { datetime: at, title: exact(new Date(at)), 'data-live': 'ago' }, ago(new Date(at)));
}

/** A moment as date and time. */
export function when(at: string): HTMLElement {
  return h('time', { datetime: at, title: exact(new Date(at)) }, moment(new Date(at)));
}

/** Lets every "5 min ago" of the page tell the truth again. */
export function refreshTimes(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-live]')) {
    const text = ago(new Date(time.dateTime));
    if (time.textContent !== text) {
      time.textContent = text;
    }
  }
}

/** The dash that stands for what is not known. */
export function unknown(words = 'unknown'): HTMLElement {
  return h('span', { class: 'unknown', title: words }, h('span', { 'aria-hidden': 'true' }, '–'), hidden(words));
}

/** With seconds and time zone. */
export function exact(at: Date): string {
  return at.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long', hourCycle: 'h23' });
}

/** Seconds of `hh:mm:ss`, `d.hh:mm:ss` or a plain number. */
export function secondsOf(span: string | number | null | undefined): number | null {
  if (span === null || span === undefined || typeof span === 'number') {
    return span ?? null;
  }
  const parts = /^(-)?(?:(\d+)\.)?(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(span);
  if (!parts) {
    return null;
  }
  const [, sign, days, hours, minutes, seconds] = parts;
  const total = Number(days ?? 0) * day + Number(hours) * hour + Number(minutes) * minute + Number(seconds);
  return sign ? -total : total;
}

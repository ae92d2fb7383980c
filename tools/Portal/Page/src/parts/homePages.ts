// Homes of a list, fetched by pages as they come into sight and kept as long as they may be needed again.
import { address, get } from '../base/http.ts';
import type { HomeList, HomeRow } from '../model.ts';

const pageSize = 100;
/** 60 pages are 6,000 homes, a few megabytes. */
const mostPages = 60;
/** What names are made of; nothing else is asked for. */
export const isName = (text: string) => /^[A-Za-z0-9._-]{0,64}$/.test(text);

/** Milliseconds. Who scrolls past does not wait for what has gone by. */
const settle = 40;

export interface HomeFilter {
  readonly prefix: string;
  readonly cause: string;
  readonly gettingWorse: boolean;
  readonly order: string;
}

interface Callbacks {
  /** The number of homes has changed; true = the first answer is here. */
  counted(isFirst: boolean): void;
  came(first: number, end: number): void;
  failed(error: unknown): void;
}

export class HomePages {
  /** Homes of the list; null while that is not known. */
  count: number | null = null;
  private readonly pages = new Map<number, HomeRow[]>();
  private readonly requests = new Map<number, AbortController>();
  private timer = 0;

  constructor(readonly filter: HomeFilter, private readonly callbacks: Callbacks) {}

  /** The home in this place; undefined while it is on its way. */
  at(index: number): HomeRow | undefined {
    return this.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
  }

  /** Puts what is newer in place of what is here; the place of the home, null when it is not here. */
  update(home: HomeRow): number | null {
    for (const [page, homes] of this.pages) {
      const at = homes.findIndex(h => h.home === home.home);
      if (at >= 0) {
        homes[at] = home;
        return page * pageSize + at;
      }
    }
    return null;
  }

  /** Fetches what is missing of these places, and lets go of what is neither here nor wanted any more. */
  want(first: number, end: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fetchPages(first, Math.max(end, first + 1)), this.count === null ? 0 : settle);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.requests.forEach(request => request.abort());
  }

  private fetchPages(first: number, end: number): void {
    const wanted = new Set<number>();
    for (let page = Math.floor(first / pageSize); page <= Math.floor((end - 1) / pageSize); page++) {
      wanted.add(page);
    }
    for (const [page, request] of this.requests) {
      if (!wanted.has(page)) {
        request.abort();
        this.requests.delete(page);
      }
    }
    for (const page of wanted) {
      if (!this.pages.has(page) && !this.requests.has(page)) {
        void this.fetchPage(page);
      }
    }
  }

  private async fetchPage(page: number): Promise<void> {
    const request = new AbortController();
    this.requests.set(page, request);
    try {
      const list = isName(this.filter.prefix) ? await get<HomeList>(this.addressOf(page), request.signal) : { homes: [], total: 0, skip: 0 };
      this.keep(page, list.homes);
      this.setCount(list.total);
      this.callbacks.came(page * pageSize, page * pageSize + list.homes.length);
    } catch (error) {
      if (!request.signal.aborted) {
        this.callbacks.failed(error);
      }
    } finally {
      if (this.requests.get(page) === request) {
        this.requests.delete(page);
      }
    }
  }

  private setCount(count: number): void {
    const isFirst = this.count === null;
    if (count !== this.count) {
      this.count = count;
      this.callbacks.counted(isFirst);
    }
  }

  private addressOf(page: number): string {
    const { prefix, cause, gettingWorse, order } = this.filter;
    return address('homes', { prefix, cause, gettingWorse, order, skip: page * pageSize || null, limit: pageSize });
  }

  private keep(page: number, homes: HomeRow[]): void {
    this.pages.set(page, homes);
    const [oldest] = this.pages.keys();
    if (this.pages.size > mostPages && oldest !== undefined) {
      this.pages.delete(oldest);
    }
  }
}

// A list of any length of which only the rows in sight exist. Scrolls with its own element, rows have one height.
import { h } from '../base/dom.ts';

/** Browsers cannot lay out elements that are higher than this (Firefox: about 17 million pixels). */
const highest = 15_000_000;

export interface VirtualRows {
  /** Fills a row element, which may have shown another row before; called again when `redraw` asks for it. */
  draw(row: HTMLElement, index: number): void;
  /** Rows now in sight, and a few more on both sides. */
  inSight(first: number, end: number): void;
}

export class VirtualList {
  readonly element: HTMLElement;
  private readonly space = h('div', { class: 'rows-space', role: 'presentation' });
  private readonly pool = new Map<number, HTMLElement>();
  private free: HTMLElement[] = [];
  private count = 0;
  private frame = 0;

  constructor(private readonly rows: VirtualRows, private readonly rowHeight: () => number, signal: AbortSignal) {
    this.element = h('div', { class: 'rows', role: 'rowgroup', on: { scroll: () => this.later() } }, this.space);
    this.element.addEventListener('keydown', event => this.move(event));
    const observer = new ResizeObserver(() => this.redraw());
    observer.observe(this.element);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  /** How many rows can be scrolled to. */
  get reachable(): number {
    return Math.min(this.count, Math.floor(highest / this.rowHeight()));
  }

  setCount(count: number): void {
    this.count = count;
    this.redraw();
  }

  scrollToTop(): void {
    this.element.scrollTop = 0;
  }

  /** Draws all rows in sight again. */
  redraw(): void {
    for (const row of this.pool.values()) {
      this.release(row);
    }
    this.pool.clear();
    this.space.style.height = `${this.reachable * this.rowHeight()}px`;
    this.layOut();
  }

  /** Draws one row again, when it is in sight. */
  redrawRow(index: number): void {
    const row = this.pool.get(index);
    if (row !== undefined) {
      this.rows.draw(row, index);
    }
  }

  private later(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.layOut();
    });
  }

  private layOut(): void {
    const height = this.rowHeight();
    const first = Math.max(0, Math.floor(this.element.scrollTop / height) - 4);
    const end = Math.min(this.reachable, Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + 4);
    for (const [index, row] of this.pool) {
      // The row that has the focus stays, wherever the list is scrolled to: else the focus would be lost.
      if ((index < first || index >= end) && !row.contains(document.activeElement)) {
        this.release(row);
        this.pool.delete(index);
      }
    }
    for (let index = first; index < end; index++) {
      if (!this.pool.has(index)) {
        this.pool.set(index, this.take(index, height));
      }
    }
    this.dropFree();
    this.rows.inSight(first, end);
  }

  private take(index: number, height: number): HTMLElement {
    const row = this.free.pop() ?? h('div', { class: 'row', role: 'row' });
    row.style.transform = `translateY(${index * height}px)`;
    row.setAttribute('aria-rowindex', String(index + 2));
    this.rows.draw(row, index);
    if (row.parentNode === null) {
      this.insert(row, index);
    }
    return row;
  }

  /** Rows stand in the document in their own order, for the tab key and for screen readers. */
  private insert(row: HTMLElement, index: number): void {
    let next: HTMLElement | null = null;
    let nearest = Infinity;
    for (const [other, element] of this.pool) {
      if (other > index && other < nearest) {
        nearest = other;
        next = element;
      }
    }
    this.space.insertBefore(row, next);
  }

  private release(row: HTMLElement): void {
    row.remove();
    this.free.push(row);
  }

  private dropFree(): void {
    this.free = this.free.slice(0, 30);
  }

  /** Arrow keys go from link to link, also to rows that do not exist yet. */
  private move(event: KeyboardEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.row');
    if (row === null) {
      return;
    }
    const index = Number(row.getAttribute('aria-rowindex')) - 2;
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.rowHeight()) - 1);
    const steps: Record<string, number> = {
      ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity,
    };
    const step = steps[event.key];
    if (step !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      this.focusRow(Math.min(this.reachable - 1, Math.max(0, index + step)));
    }
  }

  private focusRow(index: number): void {
    const height = this.rowHeight();
    const { scrollTop, clientHeight } = this.element;
    const least = index * height + height - clientHeight;
    if (scrollTop < least || scrollTop > index * height) {
      this.element.scrollTop = scrollTop < least ? least : index * height;
      this.layOut();
    }
    const row = this.pool.get(index);
    (row?.querySelector<HTMLElement>('a') ?? row)?.focus({ preventScroll: true });
  }
}

// Server-sent events, read with fetch: EventSource tells neither why a connection failed nor that it has fallen silent.
// Reconnects by itself, waiting longer each time.
import { address, request, RequestError } from './http.ts';

export type LiveState = 'connecting' | 'live' | 'lost' | 'stopped';

const leastWait = 1000;
const longestWait = 30_000;
/** The server sends at least a comment in this time; longer silence is a dead connection that nobody has told us of. */
const longestSilence = 45_000;

/** One event of the stream. */
export interface LiveMessage {
  readonly type: string;
  readonly data: string;
}

/**
 * The connection of this page to what happens now. Events: `state`; `missed` when something may have happened unseen; `refused` when
 * nobody is signed in; and one of the stream's own types for each message.
 */
export class Live extends EventTarget {
  state: LiveState = 'stopped';
  /** When something was heard last. */
  heardAt: Date | null = null;
  private abort: AbortController | null = null;
  private lastEventId: string | null = null;
  private failures = 0;
  private wasLive = false;

  start(): void {
    if (this.abort === null) {
      this.abort = new AbortController();
      void this.run(this.abort.signal);
    }
  }

  stop(): void {
    this.abort?.abort();
    this.abort = null;
    this.enter('stopped');
  }

  /** Calls back for messages of a type until the signal is aborted. */
  listen<T>(type: string, handler: (data: T) => void, signal: AbortSignal): void {
    this.addEventListener(`message:${type}`, event => handler((event as CustomEvent<T>).detail), { signal });
  }

  private async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.enter(this.failures === 0 ? 'connecting' : 'lost');
      try {
        await this.read(signal);
      } catch (error) {
        if (error instanceof RequestError && error.isUnauthorized) {
          this.stop();
          this.dispatchEvent(new Event('refused'));
          return;
        }
      }
      if (!signal.aborted) {
        this.enter('lost');
        await pauseBeforeTry(this.failures++, signal);
      }
    }
  }

  private async read(signal: AbortSignal): Promise<void> {
    const silence = new AbortController();
    let watch = 0;
    const heard = () => {
      clearTimeout(watch);
      watch = setTimeout(() => silence.abort(), longestSilence);
    };
    heard();
    try {
      const resume: Record<string, string> = this.lastEventId === null ? {} : { 'last-event-id': this.lastEventId };
      const response = await request(address('live'), 'text/event-stream', AbortSignal.any([signal, silence.signal]), resume);
      this.failures = 0;
      this.enter('live');
      this.greet();
      for await (const message of messagesOf(response.body!, heard, id => { this.lastEventId = id; })) {
        this.heardAt = new Date();
        this.pass(message);
      }
    } finally {
      clearTimeout(watch);
    }
  }

  /** Who comes back without knowing the last message cannot be told what came after it. */
  private greet(): void {
    if (this.wasLive && this.lastEventId === null) {
      this.dispatchEvent(new Event('missed'));
    }
    this.wasLive = true;
  }

  private pass(message: LiveMessage): void {
    let detail: unknown;
    try {
      detail = JSON.parse(message.data);
    } catch {
      return;
    }
    if (message.type === 'hello' && (detail as { missed?: boolean }).missed === true) {
      this.dispatchEvent(new Event('missed'));
    }
    this.dispatchEvent(new CustomEvent(`message:${message.type}`, { detail }));
  }

  /** Calls back when the page may have missed something, until the signal is aborted. */
  onMissed(handler: () => void, signal: AbortSignal): void {
    this.addEventListener('missed', handler, { signal });
  }

  private enter(state: LiveState): void {
    if (state !== this.state) {
      this.state = state;
      this.dispatchEvent(new Event('state'));
    }
  }
}

async function* messagesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>, heard: () => void, keepId: (id: string) => void): AsyncGenerator<LiveMessage> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>).getReader();
  let rest = '';
  let type = 'message';
  let data: string[] = [];
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    heard();
    const lines = (rest + part.value).split('\n').map(line => line.replace(/\r$/, ''));
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === '') {
        if (data.length > 0) {
          yield { type, data: data.join('\n') };
        }
        type = 'message';
        data = [];
        continue;
      }
      const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line)!;
      if (field === 'event') {
        type = value!;
      } else if (field === 'data') {
        data.push(value!);
      } else if (field === 'id') {
        keepId(value!);
      }
    }
  }
}

/** Waits longer after each failure, and not all pages as long; ends at once when the device is back on the network. */
function pauseBeforeTry(failures: number, signal: AbortSignal): Promise<void> {
  const most = Math.min(longestWait, leastWait * 2 ** failures);
  return new Promise(resolve => {
    const timer = setTimeout(done, most / 2 + Math.random() * most / 2);
    function done(): void {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}

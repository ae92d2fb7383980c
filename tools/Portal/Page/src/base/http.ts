// Requests to the collector's REST interface.
const root = 'api/v1/';

/** What the collector, or the way to it, answered instead of data. */
export class RequestError extends Error {
  /** @param status 0 = no answer came. */
  constructor(readonly status: number, readonly title: string, detail?: string) {
    super(detail ?? title);
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  get isUnauthorized(): boolean {
    return this.status === 401;
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

/** Path below the interface's root with its query; parameters that are empty are left out. */
export function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return root + path + (text === '' ? '' : `?${text}`);
}

/** JSON at an address. Throws `RequestError`, or the signal's reason when it was aborted. */
export async function get<T>(url: string, signal?: AbortSignal): Promise<T> {
  const response = await request(url, 'application/json', signal);
  try {
    return await response.json() as T;
  } catch (error) {
    signal?.throwIfAborted();
    throw new RequestError(response.status, 'The collector sent something that is not JSON', String(error));
  }
}

/** The response itself, when it is a good one. */
export async function request(url: string, accept: string, signal?: AbortSignal, headers: Record<string, string> = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { accept, ...headers }, ...(signal ? { signal } : {}), cache: 'no-cache' });
  } catch {
    signal?.throwIfAborted();
    throw new RequestError(0, 'The collector does not answer');
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

async function problemOf(response: Response): Promise<RequestError> {
  const fallback = `The collector answered ${response.status}`;
  try {
    const problem = await response.json() as { title?: unknown; detail?: unknown };
    const detail = typeof problem.detail === 'string' ? problem.detail : undefined;
    return new RequestError(response.status, typeof problem.title === 'string' ? problem.title : fallback, detail);
  } catch {
    return new RequestError(response.status, fallback);
  }
}

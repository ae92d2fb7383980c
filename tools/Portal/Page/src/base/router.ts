// Addresses of the page: what stands behind the hash, so that each view can be linked to and no server has to know them.

export interface Route {
  /** Parts of the path, decoded: `['homes', 'h-17']`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** `#/homes/h-17?range=7d` of its parts; query parameters that are empty are left out. */
export function link(path: readonly string[], query: Record<string, string | null | undefined> = {}): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1]);
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text === '' ? '' : `?${text}`}`;
}

export function currentRoute(): Route {
  const [path = '', query = ''] = splitOnce(location.hash.replace(/^#\/?/, ''), '?');
  return { path: path.split('/').filter(part => part !== '').map(decode), query: new URLSearchParams(query) };
}

/** Goes to another view; `replace` keeps the list of visited views as it is. */
export function go(to: string, replace = false): void {
  if (replace) {
    history.replaceState(history.state, '', to);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = to;
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

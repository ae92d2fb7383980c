// The frame of the page: header, the view that the address names, and what holds for all views.
import { fill, h } from './base/dom.ts';
import { moment } from './base/format.ts';
import { RequestError } from './base/http.ts';
import type { Live } from './base/live.ts';
import { currentRoute, link, type Route } from './base/router.ts';
import { forgetSession, isSignedIn, signOut } from './base/session.ts';
import { searchBox } from './parts/searchBox.ts';
import { themeSwitch } from './parts/themeSwitch.ts';
import { fleetView } from './views/fleet.ts';
import { homeView } from './views/home.ts';
import { homesView } from './views/homes.ts';
import { loginView } from './views/login.ts';
import { notFoundView } from './views/notFound.ts';

/** What a view may use of the frame. */
export interface ViewContext {
  readonly live: Live;
  /** Ends when another view is shown: requests, listeners and timers go with it. */
  readonly signal: AbortSignal;
  /** Name of the view for the window's title. */
  setTitle(title: string): void;
  /** Shows the view for a token instead, when that is what the error asks for; shows that nothing is there, when the thing itself is not found. */
  handle(error: unknown, whatIsMissing?: string): boolean;
}

/** A view: its element, and whether it can take a new address of its own kind without being built anew. */
export interface View {
  readonly element: HTMLElement;
  update?(route: Route): boolean;
}

export function shell(live: Live): HTMLElement {
  const main = h('main', { id: 'main', tabindex: '-1' });
  const liveMark = h('span', { class: 'live-mark' });
  const stale = h('div', { class: 'stale', role: 'status', hidden: true });
  const leaveButton = h('button', { type: 'button', class: 'button quiet', hidden: true, on: { click: () => void leave() } }, 'Sign out');
  const links = { fleet: h('a', { href: link([]) }, 'Fleet'), homes: h('a', { href: link(['homes']) }, 'Homes') };
  let view: View | null = null;
  let leaveView = new AbortController();
  let isFirst = true;
  let isAsking = false;
  const positions = new Map<string, number>();
  let shownAddress = location.hash;

  function show(): void {
    const route = currentRoute();
    if (shownAddress !== location.hash) {
      positions.set(shownAddress, scrollY);
    }
    const position = positions.get(location.hash) ?? 0;
    shownAddress = location.hash;
    markLinks(route);
    if (isAsking) {
      return;
    }
    if (view?.update?.(route)) {
      return;
    }
    leaveView.abort();
    leaveView = new AbortController();
    view = viewOf(route, contextOf(leaveView.signal));
    fill(main, view.element);
    enter(position);
  }

  function contextOf(signal: AbortSignal): ViewContext {
    return {
      live,
      signal,
      setTitle: title => { document.title = title === '' ? 'GatewayAgent' : `${title} · GatewayAgent`; },
      handle(error, whatIsMissing) {
        if (!(error instanceof RequestError) || signal.aborted) {
          return false;
        }
        if (error.isUnauthorized) {
          askForToken();
          return true;
        }
        if (error.isNotFound && whatIsMissing !== undefined) {
          replaceView(context => notFoundView(context, whatIsMissing));
          return true;
        }
        return false;
      },
    };
  }

  function askForToken(): void {
    if (isAsking) {
      return;
    }
    isAsking = true;
    live.stop();
    const hadSession = isSignedIn();
    forgetSession();
    replaceView(context => loginView(context, hadSession, () => {
      isAsking = false;
      view = null;
      live.start();
      show();
    }));
  }

  function replaceView(make: (context: ViewContext) => View): void {
    leaveView.abort();
    leaveView = new AbortController();
    view = make(contextOf(leaveView.signal));
    fill(main, view.element);
    enter(0);
  }

  /** A new view is read from its heading on; the first one from where the browser begins. Who types in the header goes on typing. */
  function enter(position: number): void {
    leaveButton.hidden = !isSignedIn();
    scrollTo(0, position);
    if (!isFirst && document.activeElement?.id !== 'search') {
      (main.querySelector<HTMLElement>('[data-autofocus]') ?? main.querySelector<HTMLElement>('h1') ?? main).focus({ preventScroll: true });
    }
    isFirst = false;
  }

  async function leave(): Promise<void> {
    await signOut().catch(() => {});
    askForToken();
  }

  function markLinks(route: Route): void {
    links.fleet.toggleAttribute('data-here', route.path.length === 0);
    links.homes.toggleAttribute('data-here', route.path[0] === 'homes');
    for (const a of Object.values(links)) {
      a.hasAttribute('data-here') ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current');
    }
  }

  function showLiveState(): void {
    const words = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting', stopped: 'Not live' }[live.state];
    liveMark.dataset['state'] = live.state;
    fill(liveMark, h('i', { 'aria-hidden': 'true' }), words);
    stale.hidden = live.state !== 'lost';
    if (!stale.hidden) {
      const from = live.heardAt === null ? '' : ` What you see is of ${moment(live.heardAt)}.`;
      stale.textContent = `The connection to the collector is lost.${from} Trying again.`;
    }
  }

  addEventListener('hashchange', show);
  live.addEventListener('state', showLiveState);
  live.addEventListener('refused', askForToken);
  live.start();
  showLiveState();
  queueMicrotask(show);
  history.scrollRestoration = 'manual';

  return h('div', { class: 'shell' },
    h('a', { href: '#main', class: 'skip', on: { click: event => { event.preventDefault(); main.focus(); } } }, 'Skip to content'),
    h('header', { class: 'top' },
      h('a', { class: 'brand', href: link([]) }, h('img', { src: 'icon.svg', alt: '', width: 24, height: 24 }), 'GatewayAgent'),
      h('nav', { 'aria-label': 'Views', class: 'views' }, links.fleet, links.homes),
      searchBox(),
      h('div', { class: 'top-end' }, liveMark, themeSwitch(), leaveButton)),
    stale,
    main);
}

function viewOf(route: Route, context: ViewContext): View {
  const [first, home, ...more] = route.path;
  if (first === undefined) {
    return fleetView(context);
  }
  if (first === 'homes' && home === undefined) {
    return homesView(context, route);
  }
  if (first === 'homes' && home !== undefined && more.length === 0) {
    return homeView(context, home, route);
  }
  return notFoundView(context, 'There is no such view');
}


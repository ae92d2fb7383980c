// Signing in: the token goes to the collector once, and a cookie that scripts cannot read comes back.
import { RequestError } from './http.ts';

/** Says only that this browser signed in, so that it is offered to sign out. */
const key = 'gateway-agent.signed-in';

export function isSignedIn(): boolean {
  return localStorage.getItem(key) !== null;
}

/** Throws `RequestError` when the token is not accepted. */
export async function signIn(token: string): Promise<void> {
  const status = await post('login', new URLSearchParams({ token }));
  if (status !== null) {
    throw new RequestError(status, status === 429 ? 'Too many tokens were tried. Wait a minute' : `The collector answered ${status}`);
  }
  localStorage.setItem(key, 'yes');
}

export async function signOut(): Promise<void> {
  forgetSession();
  await post('logout', new URLSearchParams());
}

export function forgetSession(): void {
  localStorage.removeItem(key);
}

/** Status when it is not that of success, which is a redirection that nobody has to follow. */
async function post(path: string, body: URLSearchParams): Promise<number | null> {
  let response: Response;
  try {
    response = await fetch(path, { method: 'POST', body, redirect: 'manual' });
  } catch {
    throw new RequestError(0, 'The collector does not answer');
  }
  return response.ok || response.type === 'opaqueredirect' ? null : response.status;
}

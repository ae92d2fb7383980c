import { fill, h, newId } from '../base/dom.ts';
import { RequestError } from '../base/http.ts';
import { signIn } from '../base/session.ts';
import type { View, ViewContext } from '../shell.ts';

/** Asks for the token of a person, tries it and calls back when it holds. */
export function loginView(context: ViewContext, hadSession: boolean, done: () => void): View {
  context.setTitle('Sign in');
  const field = newId('token');
  const note = newId('token-note');
  const problem = h('p', { class: 'field-problem', id: note, role: 'alert' }, hadSession ? 'Your session is over. Sign in again.' : '');
  const input = h('input', {
    id: field, type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', 'aria-describedby': note, 'data-autofocus': true,
  });
  const button = h('button', { type: 'submit', class: 'button primary' }, 'Sign in');

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    try {
      await signIn(input.value.trim());
      done();
    } catch (error) {
      showProblem(error);
    } finally {
      button.disabled = false;
    }
  }

  function showProblem(error: unknown): void {
    const isRefused = error instanceof RequestError && error.isUnauthorized;
    fill(problem, isRefused ? 'This token is not accepted. Look for a missing or doubled character.' : (error as Error).message);
    input.setAttribute('aria-invalid', 'true');
    input.focus();
    input.select();
  }

  return {
    element: h('section', { class: 'notice-view login' },
      h('h1', { tabindex: '-1' }, 'Sign in'),
      h('p', { class: 'muted' }, 'This collector asks for a token. Who runs it has one for you.'),
      h('form', { class: 'stack', on: { submit: event => void submit(event) } },
        h('label', { for: field }, 'Token'), input, problem, button)),
  };
}

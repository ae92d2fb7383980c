// Light, dark, or as the device is set.
import { h } from '../base/dom.ts';
import { setTheme, theme, type Theme } from '../base/theme.ts';
import { icon } from './icons.ts';

const choices: readonly { value: Theme; label: string; sign: 'device' | 'sun' | 'moon' }[] = [
  { value: 'auto', label: 'As the device', sign: 'device' },
  { value: 'light', label: 'Light', sign: 'sun' },
  { value: 'dark', label: 'Dark', sign: 'moon' },
];

export function themeSwitch(): HTMLElement {
  const current = theme();
  return h('fieldset', { class: 'theme-switch' },
    h('legend', { class: 'visually-hidden' }, 'Colours'),
    ...choices.map(({ value, label, sign }) => h('label', { title: label },
      h('input', {
        type: 'radio', name: 'theme', value, class: 'visually-hidden', checked: value === current,
        on: { change: () => setTheme(value) },
      }),
      icon(sign), h('span', { class: 'visually-hidden' }, label))));
}

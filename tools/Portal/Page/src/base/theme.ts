// Light, dark, or as the device is set. The choice is kept on the device.
const key = 'gateway-agent.theme';
const isDark = matchMedia('(prefers-color-scheme: dark)');

export type Theme = 'auto' | 'light' | 'dark';

export function theme(): Theme {
  const kept = localStorage.getItem(key);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function setTheme(value: Theme): void {
  if (value === 'auto') {
    localStorage.removeItem(key);
  } else {
    localStorage.setItem(key, value);
  }
  applyTheme();
}

/** Charts draw on canvases and listen for this to draw again in the colours that hold now. */
export const themeChanged = new EventTarget();

/** The style sheet knows two themes; which of them "as the device" means is decided here. */
export function applyTheme(): void {
  const value = theme();
  document.documentElement.dataset['theme'] = value !== 'auto' ? value : isDark.matches ? 'dark' : 'light';
  themeChanged.dispatchEvent(new Event('change'));
}

/** The colour that a custom property of the style sheet stands for now. */
export function color(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${variable}`).trim();
}

/** Paper is light, and so are charts on it. */
function applyPaper(): void {
  document.documentElement.dataset['theme'] = 'light';
  themeChanged.dispatchEvent(new Event('change'));
}

isDark.addEventListener('change', applyTheme);
addEventListener('beforeprint', applyPaper);
addEventListener('afterprint', applyTheme);

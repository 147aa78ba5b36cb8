import type { Settings } from '../../../contract/settings.ts';

type Appearance = Settings['appearance'];

const KEY = 'tickscope.appearance';
const light = '(prefers-color-scheme: light)';

/** Puts the chosen colours on the page, and remembers them so that the next start shows no flash of others. */
export function applyAppearance({ theme, colourBlind }: Appearance): void {
  const shown = theme === 'system' ? (matchMedia(light).matches ? 'light' : 'dark') : theme;
  const { dataset } = document.documentElement;
  dataset['theme'] = shown;
  dataset['colours'] = colourBlind ? 'blue-orange' : 'teal-red';
  localStorage.setItem(KEY, JSON.stringify({ theme, colourBlind }));
}

/** The colours of last time, before the engine has said a word. */
export function applyRememberedAppearance(): void {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    const { theme, colourBlind } = (stored ?? {}) as Record<string, unknown>; // ours, or nothing we know
    const known = theme === 'light' || theme === 'system' ? theme : 'dark';
    applyAppearance({ theme: known, colourBlind: colourBlind === true });
  } catch {
    applyAppearance({ theme: 'dark', colourBlind: false });
  }
}

/** Follows the system while the setting says so. */
export function followSystem(appearance: Appearance): () => void {
  const list = matchMedia(light);
  const apply = (): void => applyAppearance(appearance);
  apply();
  list.addEventListener('change', apply);
  return () => list.removeEventListener('change', apply);
}

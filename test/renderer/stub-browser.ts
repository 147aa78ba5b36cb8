import { vi } from 'vitest';
import type { NextFrame } from '../../src/renderer/src/live/painted-frame.ts';

/** The few things of a browser that the stores touch. */
export function stubBrowser(nextFrame: NextFrame): Map<string, string> {
  const stored = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  };
  vi.stubGlobal('localStorage', localStorage);
  vi.stubGlobal('window', { localStorage });
  vi.stubGlobal('requestAnimationFrame', nextFrame);
  return stored;
}

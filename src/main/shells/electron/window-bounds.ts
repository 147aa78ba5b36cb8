import { readFileSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

/** What the layout was drawn for. */
const FIRST_SIZE = { width: 1_440, height: 900 };

const saved = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
});

export type Placement = Partial<Rectangle> & typeof FIRST_SIZE & { readonly maximized: boolean };

/**
 * Where the window stood when it was last closed, if a screen is still there; otherwise its first size, placed by
 * the system. `screens` are the areas of the screens of now.
 */
export function readPlacement(file: string, screens: readonly Rectangle[]): Placement {
  const placement = saved.safeParse(readJson(file));
  if (!placement.success) return { ...FIRST_SIZE, maximized: false };
  const { x, y, width, height, maximized } = placement.data;
  const visible = screens.some(
    (screen) =>
      x + width > screen.x + MARGIN &&
      x < screen.x + screen.width - MARGIN &&
      y >= screen.y - MARGIN &&
      y < screen.y + screen.height - MARGIN,
  );
  return visible ? placement.data : { width, height, maximized };
}

/** So much of a window must be on a screen that its title bar can be caught. */
const MARGIN = 40;

/** Remembers where the window stands when it closes. A folder that cannot be written costs the memory, nothing more. */
export function rememberPlacement(
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>,
  file: string,
): void {
  window.on('close', () => {
    try {
      writeFileSync(file, JSON.stringify({ ...window.getNormalBounds(), maximized: window.isMaximized() }));
    } catch {
      // The next start takes the first size.
    }
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

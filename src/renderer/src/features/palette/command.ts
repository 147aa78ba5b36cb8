import type { PaletteItem } from './search-items.ts';

/** Something that can be done, by a name that no other deed has. */
export function command(title: string, detail: string, run: () => void): PaletteItem {
  return { id: title, kind: 'command', title, detail, run };
}

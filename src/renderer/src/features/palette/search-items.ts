export interface PaletteItem {
  readonly id: string;
  readonly kind: 'symbol' | 'timeframe' | 'command';
  readonly title: string;
  readonly detail: string;
  run(): void;
}

const MOST_SHOWN = 50;

/**
 * The items that answer what was typed, best first: a title that is it, starts with it, has a word that starts with
 * it, contains it, then the same in the detail, then letters in their order (`rlnc` finds RELIANCE).
 */
export function searchItems(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const wanted = typed.trim().toLowerCase().replace(/\s+/g, ' ');
  if (wanted === '') return items.slice(0, MOST_SHOWN);
  return items
    .flatMap((item) => {
      const rank = rankOf(item, wanted);
      return rank === undefined ? [] : [{ item, rank }];
    })
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_SHOWN)
    .map(({ item }) => item);
}

function rankOf({ title, detail }: PaletteItem, wanted: string): number | undefined {
  const [name, more] = [title.toLowerCase(), detail.toLowerCase()];
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (startsWord(name, wanted)) return 2;
  if (name.includes(wanted)) return 3;
  if (startsWord(more, wanted)) return 4;
  if (more.includes(wanted)) return 5;
  // Two letters in order are in nearly every name.
  return wanted.length > 2 && inOrder(name, wanted.replaceAll(' ', '')) ? 6 : undefined;
}

function startsWord(text: string, wanted: string): boolean {
  return text.split(/[\s:&-]+/).some((word) => word.startsWith(wanted)) || text.startsWith(wanted);
}

function inOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + 1;
  }
  return true;
}

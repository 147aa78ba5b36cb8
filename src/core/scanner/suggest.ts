/** Longer words are nobody's typing mistake. */
const LONGEST = 24;

/** What other programs and people call things. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map([
  ['ltp', 'close'],
  ['cmp', 'close'],
  ['c', 'close'],
  ['o', 'open'],
  ['h', 'high'],
  ['l', 'low'],
  ['v', 'volume'],
  ['price', 'close'],
  ['last', 'close'],
  ['vol', 'volume'],
  ['average', 'sma'],
  ['avg', 'sma'],
  ['change', 'day change'],
  ['ma', 'sma'],
  ['daily', '1d'],
  ['weekly', '1w'],
  ['monthly', '1mo'],
  ['hourly', '1h'],
  ['day', '1d'],
  ['week', '1w'],
  ['month', '1mo'],
  ['hour', '1h'],
  ['d', '1d'],
  ['w', '1w'],
  ['stock', 'symbol'],
  ['scrip', 'symbol'],
  ['ticker', 'symbol'],
  ['industry', 'sector'],
]);

/**
 * The known word that was probably meant: what others call it, one that begins with it, or the one with the fewest
 * letters changed, one in three at the most. Undefined when none is near.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const small = word.toLowerCase();
  if (small.length > LONGEST || small.length === 0) return undefined;
  const other = OTHER_WORDS.get(small);
  if (other !== undefined && known.includes(other)) return other;
  const longer = small.length < 3 ? undefined : known.find((candidate) => candidate.toLowerCase().startsWith(small));
  if (longer !== undefined) return longer;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(small.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - small.length) >= least) continue;
    const distance = editDistance(small, candidate.toLowerCase());
    // A word of two letters has no letter to spare.
    if (distance < least && distance < candidate.length - 1) [best, least] = [candidate, distance];
  }
  return best;
}

/**
 * Letters to change, add, take away or swap with their neighbour to get from one word to the other (Damerau and
 * Levenshtein's distance, in its restricted form).
 */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

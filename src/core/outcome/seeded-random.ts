/**
 * Numbers in [0, 1) that look random and are the same for the same seed, of whatever text: the text's FNV-1a hash
 * (http://www.isthe.com/chongo/tech/comp/fnv/) starts a mulberry32 generator
 * (https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32).
 */
export function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (let index = 0; index < seed.length; index += 1)
    state = Math.imul(state ^ seed.charCodeAt(index), 0x01000193) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

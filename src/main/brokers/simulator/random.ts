/** A stream's name in 32 bits. */
export type StreamKey = number;

const GOLDEN_RATIO = 0x9e3779b9;
const TO_UNIT = 2 ** -32;

/** FNV-1a (Fowler, Noll, Vo) over the parts' text, e.g. seed, purpose, symbol, date. */
export function streamKey(...parts: readonly (string | number)[]): StreamKey {
  let hash = 0x811c9dc5;
  const text = parts.join('\u0000');
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mix(hash);
}

/** The key of one of many streams that share a name, such as the minutes of a day. */
export function subKey(key: StreamKey, index: number): StreamKey {
  return mix(key ^ mix(index + GOLDEN_RATIO));
}

/** A number in [0, 1) that belongs to the key. */
export function unitOf(key: StreamKey): number {
  return (mix(key) >>> 0) * TO_UNIT;
}

/**
 * xoshiro128** 1.1 by David Blackman and Sebastiano Vigna (public domain, prng.di.unimi.it), its four words of
 * state filled by SplitMix32 from the key. Every stream has a key made of what it is for, so what one draws
 * does not depend on who drew before.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(key: StreamKey) {
    this.#a = mix(key + GOLDEN_RATIO);
    this.#b = mix(key + 2 * GOLDEN_RATIO);
    this.#c = mix(key + 3 * GOLDEN_RATIO);
    // A state of zeros would stay zero for ever.
    this.#d = mix(key + 4 * GOLDEN_RATIO) | 1;
  }

  /** With the four words of state given, for comparison with the reference implementation. */
  static fromState(a: number, b: number, c: number, d: number): Random {
    const random = new Random(0);
    random.#a = a;
    random.#b = b;
    random.#c = c;
    random.#d = d;
    return random;
  }

  uint32(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result >>> 0;
  }

  /** In [0, 1). */
  unit(): number {
    return this.uint32() * TO_UNIT;
  }

  /** Mean 0, deviation 1, never beyond ±3: the sum of three uniform numbers, close enough to a bell. */
  bell(): number {
    return 2 * (this.unit() + this.unit() + this.unit()) - 3;
  }

  /** Mean 1, never negative, seldom large. */
  exponential(): number {
    return -Math.log(1 - this.unit());
  }
}

/** The finalizer of MurmurHash3 (Austin Appleby, public domain): every bit of the input moves every bit out. */
function mix(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

import type { InstrumentKey } from '../../../../core/brand.ts';
import { symbolOf } from '../../../../core/instrument.ts';

export interface NamedKeys {
  readonly keys: readonly InstrumentKey[];
  /** What names none of them. */
  readonly unknown: readonly string[];
}

/** Instruments that a text names, by symbol or key, whatever its capitals; commas and lines separate them. */
export function keysNamed(text: string, known: readonly InstrumentKey[]): NamedKeys {
  const byName = new Map<string, InstrumentKey>();
  for (const key of known) {
    byName.set(symbolOf(key).toUpperCase(), key);
    byName.set(key.toUpperCase(), key);
  }
  const whole = byName.get(text.trim().toUpperCase());
  if (whole !== undefined) return { keys: [whole], unknown: [] };
  const keys: InstrumentKey[] = [];
  const unknown: string[] = [];
  for (const part of text.split(/[,;\n]+/)) {
    // A symbol may have a space (`NIFTY 50`); where the part is none, its words may be.
    const inOne = byName.get(part.trim().toUpperCase());
    for (const name of inOne === undefined ? part.split(/\s+/) : [part.trim()]) {
      if (name === '') continue;
      const key = byName.get(name.toUpperCase());
      if (key === undefined) unknown.push(name);
      else keys.push(key);
    }
  }
  return { keys, unknown };
}

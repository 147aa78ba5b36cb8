import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DAY_MS, type EpochMs } from '../../../core/brand.ts';
import type { Logger } from '../../engine/ports.ts';
import { keepFile } from '../keep-file.ts';
import { type InstrumentRow, instrumentRow } from './instrument-row.ts';

const cacheSchema = z.record(z.string(), z.object({ askedAt: z.number(), row: instrumentRow }));
type Kept = z.infer<typeof cacheSchema>;

/** A lot or a price step changes rarely, and overnight. */
const FRESH_MS = DAY_MS;

/** What the venue said of instruments, kept in a file: a day's opening asks once, and a venue that is down is no obstacle. */
export class InstrumentCache {
  readonly #path: string;
  readonly #logger: Logger;
  readonly #kept: Map<string, Kept[string]>;

  private constructor(path: string, logger: Logger, kept: Kept) {
    this.#path = path;
    this.#logger = logger;
    this.#kept = new Map(Object.entries(kept));
  }

  /** A file that is missing or damaged is an empty cache. */
  static async open(dir: string, contour: string, logger: Logger): Promise<InstrumentCache> {
    const path = join(dir, `tinvest-instruments-${contour}.json`);
    let kept: Kept = {};
    try {
      kept = cacheSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      // Asked again.
    }
    return new InstrumentCache(path, logger, kept);
  }

  /** What is known of a symbol, asked less than a day ago. */
  fresh(symbol: string, now: EpochMs): InstrumentRow | undefined {
    const known = this.#kept.get(symbol);
    return known !== undefined && Math.abs(now - known.askedAt) < FRESH_MS ? known.row : undefined;
  }

  /** What is known of a symbol, however old. */
  any(symbol: string): InstrumentRow | undefined {
    return this.#kept.get(symbol)?.row;
  }

  put(symbol: string, row: InstrumentRow, now: EpochMs): void {
    this.#kept.set(symbol, { askedAt: now, row });
  }

  /** Not keeping it is no failure. */
  async save(): Promise<void> {
    const trouble = 'What T-Invest says of instruments could not be kept; it will be asked again.';
    await keepFile(this.#path, JSON.stringify(Object.fromEntries(this.#kept)), trouble, this.#logger);
  }
}

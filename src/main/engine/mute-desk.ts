import type { Mute } from '../../contract/events.ts';
import type { EpochMs, InstrumentKey } from '../../core/brand.ts';
import { MINUTE_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';
import type { Clock } from './ports.ts';
import type { Store } from './store-port.ts';

/** Name of the document that keeps them. */
const DOCUMENT = 'mutes';

export interface MuteDeskParts {
  readonly store: Pick<Store, 'readDocument' | 'writeDocument'>;
  readonly wall: Clock;
}

/** What a person wants no word of for a while. Kept on disk, so that a restart does not end it. */
export class MuteDesk {
  readonly #parts: MuteDeskParts;
  #mutes: readonly Mute[];

  /** Throws AppError `storage` when the disk lets it down. */
  constructor(parts: MuteDeskParts) {
    this.#parts = parts;
    this.#mutes = mutesOf(parts.store.readDocument(DOCUMENT));
  }

  /** Those that last. */
  get mutes(): readonly Mute[] {
    return this.#lasting(this.#parts.wall.now());
  }

  /**
   * Keeps a rule, an instrument or both together quiet for so many minutes from now on, in place of what was said of
   * the same before; 0 ends it. Throws AppError `invalid-input` when neither is named, `storage` when it cannot be kept.
   */
  mute(rule: string | null, instrument: InstrumentKey | null, minutes: number): void {
    if (rule === null && instrument === null)
      throw new AppError('invalid-input', 'Name the rule or the symbol that is to be quiet, or both.');
    const { store, wall } = this.#parts;
    const now = wall.now();
    const others = this.#lasting(now).filter((mute) => mute.rule !== rule || mute.instrument !== instrument);
    const until = (now + minutes * MINUTE_MS) as EpochMs;
    const mutes = minutes > 0 ? [...others, { rule, instrument, until }] : others;
    store.writeDocument(DOCUMENT, mutes);
    this.#mutes = mutes;
  }

  /** Whether alerts of the rule on the instrument are not to be told; `now` is the time on the wall. */
  isMuted(rule: string, instrument: InstrumentKey, now: EpochMs = this.#parts.wall.now()): boolean {
    return this.#lasting(now).some(
      (mute) => (mute.rule ?? rule) === rule && (mute.instrument ?? instrument) === instrument,
    );
  }

  #lasting(now: EpochMs): readonly Mute[] {
    return this.#mutes.filter(({ until }) => now < until);
  }
}

/** What another version wrote and cannot be read is left out. */
function mutesOf(document: unknown): readonly Mute[] {
  if (!Array.isArray(document)) return [];
  return document.flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const { rule, instrument, until } = entry;
    if (typeof until !== 'number' || !isName(rule) || !isName(instrument)) return [];
    if (rule === null && instrument === null) return [];
    // It was checked when it was written.
    return [{ rule, instrument: instrument as InstrumentKey | null, until: until as EpochMs }];
  });
}

function isName(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

import type { InstrumentKey, TradingDate } from './brand.ts';
import type { SymbolRename } from './corporate-action.ts';
import type { Instrument } from './instrument.ts';

/** A review of the index. */
export interface IndexChange {
  /** First session of the new list. */
  readonly effective: TradingDate;
  /** By their symbols of today. Undefined where nobody told us what the review changed. */
  readonly added: readonly InstrumentKey[] | undefined;
  readonly removed: readonly InstrumentKey[] | undefined;
  /** How sure it is: how many sources said so. */
  readonly status: string;
}

/** What is watched: the index, then its constituents, and how the list came to be. */
export interface Universe {
  /** The day the list was read. */
  readonly asOf: TradingDate;
  readonly instruments: readonly Instrument[];
  readonly renames: readonly SymbolRename[];
  /** Oldest first. */
  readonly changes: readonly IndexChange[];
}

/**
 * The constituents on a date, by their symbols of today, told backwards from the newest list. Undefined where
 * nobody knows: before the oldest change, and from a review on whose outcome we were not told. The stand-ins that
 * an index carries for some days after a demerger are not counted.
 */
export function membersOn(
  { instruments, changes }: Universe,
  date: TradingDate,
): ReadonlySet<InstrumentKey> | undefined {
  const [oldest] = changes;
  if (oldest === undefined || date < oldest.effective) return undefined;
  if (changes.some(({ effective, added }) => added === undefined && effective <= date)) return undefined;
  const members = new Set(instruments.filter(({ segment }) => segment !== 'nse-index').map(({ key }) => key));
  for (const { effective, added = [], removed = [] } of changes.toReversed()) {
    if (effective <= date) break;
    for (const key of added) members.delete(key);
    for (const key of removed) members.add(key);
  }
  return members;
}

/** What a share is called now that was called `key` once. */
export function currentKey(key: InstrumentKey, renames: readonly SymbolRename[]): InstrumentKey {
  const rename = renames.find(({ from }) => from === key);
  // One fewer is left each time, so even a circle ends.
  return rename === undefined
    ? key
    : currentKey(
        rename.to,
        renames.filter((other) => other !== rename),
      );
}

/** What a share was called before, the newest name first. */
export function formerKeys(key: InstrumentKey, renames: readonly SymbolRename[]): readonly InstrumentKey[] {
  const before = renames.filter(({ to }) => to === key);
  return before.flatMap((rename) => [
    rename.from,
    ...formerKeys(
      rename.from,
      renames.filter((other) => other !== rename),
    ),
  ]);
}

/** The index is reviewed twice a year; the new list holds from about the last session of March and of September. */
const REVIEW_DAYS = ['03-31', '09-30'] as const;

/** A sentence for a person whose list is older than the last review of the index; undefined when it is not. */
export function universeWarning(asOf: TradingDate, today: TradingDate): string | undefined {
  const review = lastReview(today);
  if (asOf >= review) return undefined;
  return (
    `The list of NIFTY 50 shares is of ${asOf}, and the index was reviewed about ${review}. ` +
    'Compare it with the list on niftyindices.com; a file universe.json in the data folder replaces it.'
  );
}

function lastReview(today: TradingDate): TradingDate {
  const year = Number(today.slice(0, 4));
  const reviews = [year - 1, year].flatMap((each) => REVIEW_DAYS.map((day) => `${each}-${day}` as TradingDate));
  // Last year's are always over.
  return reviews.findLast((review) => review <= today) ?? today;
}

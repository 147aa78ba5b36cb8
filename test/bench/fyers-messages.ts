import { NSE_INDEX_NAMES } from '../../src/main/brokers/fyers/index-names.ts';
import {
  dataFrame,
  type FakeKind,
  type FakeValues,
  rawValues,
  snapshotRecord,
  updateRecord,
} from '../fakes/fyers-frames.ts';

export type Message = Uint8Array<ArrayBuffer>;

/** A frame tells its length in two bytes: this many snapshots fit. */
const RECORDS_PER_FRAME = 400;
const FIRST_TOKEN = 3_045;
const START = Date.parse('2026-11-20T09:15:00+05:30') / 1_000;

const TWINS: ReadonlySet<string> = new Set(['NIFTY MID SELECT', 'Nifty Next 50']);
/** Without those that have two tickers. */
const INDICES: readonly (readonly [ticker: string, name: string])[] = [...NSE_INDEX_NAMES]
  .filter(([, name]) => !TWINS.has(name))
  .map(([middle, name]) => [`NSE:${middle}-INDEX`, name]);

/** `NSE:SHARE7-EQ`, or one of about sixty indices: clients know them by a list of their own. */
export function tickerOf(kind: FakeKind, place: number): string {
  return kind === 'if' ? indexAt(place)[0] : `NSE:SHARE${place}-EQ`;
}

function indexAt(place: number): readonly [ticker: string, name: string] {
  const index = INDICES[place];
  if (index === undefined) throw new RangeError(`There are only ${INDICES.length} indices.`);
  return index;
}

/** The exchange's number of the share, at the end of Fyers' own. */
export function fyTokenOf(place: number): string {
  return `1010000000${FIRST_TOKEN + place}`;
}

/** `sf|nse_cm|3052` */
export function topicOf(kind: FakeKind, place: number): string {
  return `${kind}|nse_cm|${kind === 'if' ? indexAt(place)[1] : FIRST_TOKEN + place}`;
}

/** Everything the server knows of `count` topics, in as few frames as hold it. */
export function snapshots(kind: FakeKind, count: number, moment: number): readonly Message[] {
  return frames(count, (place) =>
    snapshotRecord({
      id: place + 1,
      topic: topicOf(kind, place),
      values: rawValues(kind, { ...dayOf(kind), ...newsOf(kind, moment * count + place, moment) }),
      segment: 'nse_cm',
      token: kind === 'if' ? indexAt(place)[1] : `${FIRST_TOKEN + place}`,
      symbol: kind === 'if' ? indexAt(place)[1] : `SHARE${place}-EQ`,
    }),
  );
}

/** What moved in each of the topics: a trade, or the best orders. Each `moment` moves them elsewhere. */
export function updates(kind: FakeKind, count: number, moment: number): readonly Message[] {
  return frames(count, (place) =>
    updateRecord(place + 1, rawValues(kind, newsOf(kind, moment * count + place, moment))),
  );
}

function frames(count: number, recordOf: (place: number) => Uint8Array): readonly Message[] {
  const records = Array.from({ length: count }, (_, place) => recordOf(place));
  const made: Message[] = [];
  for (let from = 0; from < count; from += RECORDS_PER_FRAME)
    // A buffer of its own, as a socket gives it.
    made.push(new Uint8Array(dataFrame(undefined, records.slice(from, from + RECORDS_PER_FRAME))));
  return made;
}

/** What stands for the day, or nearly. */
function dayOf(kind: FakeKind): FakeValues {
  if (kind === 'if') return { ic: 24_397.35, highPrice: 24_700.5, lowPrice: 24_300.25, openingPrice: 24_410 };
  if (kind === 'dp') return {};
  return { op: 1_490, c: 1_495, h: 1_560.05, lo: 1_485.5, yh: 1_900, yl: 900, lcl: 1_345.5, ucl: 1_644.5, oi: 0 };
}

function newsOf(kind: FakeKind, variety: number, moment: number): FakeValues {
  const step = (variety % 977) * 0.05;
  if (kind === 'if') return { iv: 24_500 + step, tvalue: START + moment };
  const ltp = 1_500 + step;
  if (kind === 'dp') {
    const news: Record<string, number> = {};
    for (let level = 0; level < 5; level += 1) {
      const end = level === 0 ? '' : `${level}`;
      news[`bp${end}`] = ltp - 0.05 * (level + 1);
      news[`sp${end}`] = ltp + 0.05 * (level + 1);
      news[`bq${end}`] = 100 + ((variety + level) % 900);
      news[`bs${end}`] = 100 + ((variety + 7 * level) % 900);
      news[`bno${level + 1}`] = 1 + (level % 7);
      news[`sno${level + 1}`] = 2 + (level % 7);
    }
    return news;
  }
  return {
    ltp,
    v: 1_000_000 + variety,
    ltt: START + moment,
    fdtm: START + moment + 1,
    bq: 100 + (variety % 333),
    bs: 100 + (variety % 222),
    bp: ltp - 0.05,
    sp: ltp + 0.05,
    ltq: 1 + (variety % 500),
    tbq: 40_000 + (variety % 333),
    tsq: 50_000 + (variety % 222),
    ap: ltp - 0.35,
  };
}

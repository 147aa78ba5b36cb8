import { strict as assert } from 'node:assert';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Tick } from '../../src/core/tick.ts';
import { createDataLine } from '../../src/main/brokers/fyers/data-line.ts';
import { createHsmReader } from '../../src/main/brokers/fyers/hsm-reader.ts';
import { recordOf } from '../../src/main/brokers/fyers/records.ts';
import { Meter } from '../../src/main/brokers/transport/meter.ts';
import type { Clock } from '../../src/main/engine/ports.ts';
import { type FakeKind, loginAnswer, mappingText } from '../fakes/fyers-frames.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { type Message, snapshots, topicOf, updates } from './fyers-messages.ts';
import { startOfficial, type Told } from './official-fyers.ts';
import type { Entry, Job, Part } from './part.ts';
import { quietSink } from './quiet-sink.ts';

type Hear = (message: Message) => void;
type Start = (kind: FakeKind, count: number, told: (news: unknown) => void) => Hear | Promise<Hear>;

/** Messages follow each other, so that every record brings something new. */
const MOMENTS = 8;
/** Of very many symbols fewer: the official client would take seconds for a run. */
const MOST_RECORDS = 6_000;
const RECEIVED_AT = Date.parse('2026-11-20T09:20:00+05:30') as EpochMs;
const CLOCK: Clock = { now: () => RECEIVED_AT, after: () => () => undefined };
const LOGIN = new Uint8Array(loginAnswer(true, 0, mappingText()));

/** What the feed does with a message, from its bytes on: ticks for the engine. Order books wait for the next tick. */
const ticks: Start = (kind, count, told) => {
  const topics = Array.from({ length: count }, (_, place) => topicOf(kind, place));
  const { link, want } = createDataLine({
    login: {
      appId: '',
      accessToken: '',
      hsmKey: 'key',
      expiresAt: Number.POSITIVE_INFINITY as EpochMs,
      ended: new AbortController().signal,
      expire: () => undefined,
    },
    url: '',
    mode: 'full',
    keys: new Map(topics.map((topic, place) => [topic, `NSE:${place}` as InstrumentKey])),
    clock: CLOCK,
    logger: new QuietLogger(),
    meter: new Meter('data', CLOCK),
    sink: quietSink(told),
    isMarketOpen: () => true,
    status: () => undefined,
  });
  want(new Set(topics));
  link.opened({ send: () => undefined, close: () => undefined, terminate: () => undefined });
  link.received(LOGIN);
  return (message) => link.received(message);
};

/** Every value of every record by the names of the official client, as it gives them. */
const everyValue: Start = (_kind, _count, told) => {
  const reader = createHsmReader();
  reader.read(LOGIN, () => undefined);
  return (message) =>
    reader.read(message, (event) => {
      const record = recordOf(event, 'full');
      if (record !== undefined) told(record);
    });
};

async function checkAgreement(): Promise<void> {
  for (const kind of ['sf', 'if', 'dp'] as const) {
    const [theirs, records, found]: [Told[], Told[], Tick[]] = [[], [], []];
    const hears = [
      await startOfficial(kind, COUNT, (message) => theirs.push({ ...message })),
      await everyValue(kind, COUNT, (record) => records.push(record as Told)),
      await ticks(kind, COUNT, (told) => found.push(...(told as readonly Tick[]))),
    ];
    for (const message of [...snapshots(kind, COUNT, 0), ...moments(kind, COUNT, updates).flat()])
      for (const hear of hears) hear(message);
    assert.equal(theirs.length, COUNT * (1 + MOMENTS), `messages of the official client about ${kind}`);
    assert.deepEqual(
      records.map((record, place) => {
        const names = Object.keys(theirs[place] ?? {});
        return Object.fromEntries(names.map((name) => [name, ALWAYS_0.has(name) ? 0 : record[name]]));
      }),
      theirs,
    );
    if (kind === 'dp') continue;
    assert.deepEqual(
      found.map(({ ltp, dayVolume, bid, ask, previousClose, dayHigh }) => [
        ltp,
        dayVolume,
        bid,
        ask,
        previousClose,
        dayHigh,
      ]),
      theirs.map((told) =>
        ['ltp', 'vol_traded_today', 'bid_price', 'ask_price', 'prev_close_price', 'high_price'].map(
          (name) => told[name],
        ),
      ),
    );
    const stamps = theirs.slice(COUNT).map((told) => Number(told['exch_feed_time']) * 1_000);
    assert.deepEqual(
      found.slice(COUNT).map(({ time }) => time),
      stamps,
    );
  }
}

/** The official client has no value for these, whatever it is sent. */
const ALWAYS_0 = new Set(['lower_ckt', 'upper_ckt']);
const COUNT = 50;

/** From 1 on: at moment 0 everything stood where the snapshots say. */
function moments(kind: FakeKind, count: number, make: typeof updates): readonly (readonly Message[])[] {
  const length = Math.min(MOMENTS, MOST_RECORDS / count);
  return Array.from({ length }, (_, moment) => make(kind, count, moment + 1));
}

function reading(name: string, kind: FakeKind, count: number, make: typeof updates, start: Start): Entry {
  const prepare: Entry['prepare'] = async () => {
    const told = moments(kind, count, make);
    const messages = told.flat();
    let last: unknown;
    const hear = await start(kind, count, (news) => {
      last = news;
    });
    for (const message of snapshots(kind, count, 0)) hear(message);
    return {
      operations: told.length * count,
      run() {
        for (const message of messages) hear(message);
        return last;
      },
    };
  };
  return { name, prepare };
}

function job(what: string, kind: FakeKind, count: number, make: typeof updates, reference: string): Job {
  const entry = (name: string, start: Start): Entry => reading(name, kind, count, make, start);
  return {
    title: `${what} of ${count} symbols`,
    unit: 'records',
    entries: [
      entry(kind === 'dp' ? 'tickscope, order books' : 'tickscope, ticks for the engine', ticks),
      entry('tickscope, every value as objects', everyValue),
      entry('fyers-api-v3 1.9.0', startOfficial),
    ],
    reference,
  };
}

export const fyers: Part = {
  name: 'fyers',
  check: checkAgreement,
  jobs: [
    job(
      'snapshots',
      'sf',
      50,
      snapshots,
      'ticks 72x, every value 22x as fast as fyers-api-v3; ticks 32x when each topic kept a map of its own',
    ),
    job('snapshots', 'sf', 3_000, snapshots, 'ticks 67x, every value 17x as fast as fyers-api-v3'),
    job('updates', 'sf', 50, updates, 'ticks 243x, every value 21x as fast as fyers-api-v3'),
    job('updates', 'sf', 3_000, updates, 'ticks 111x, every value 13x as fast as fyers-api-v3'),
    job('updates of indices', 'if', 50, updates, 'ticks 232x, every value 11x as fast as fyers-api-v3'),
    job(
      'updates of the order books',
      'dp',
      50,
      updates,
      'books 92x, every value 4.4x as fast as fyers-api-v3; books 16x when names of levels were put together for each',
    ),
  ],
};

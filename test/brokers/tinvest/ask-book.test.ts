import { describe, expect, it } from 'vitest';
import { AskBook } from '../../../src/main/brokers/tinvest/ask-book.ts';
import type { AckItem } from '../../../src/main/brokers/tinvest/messages.ts';
import {
  bookOf,
  candlesOf,
  idOfAck,
  infoOf,
  isCounted,
  lastPriceOf,
  planStreams,
  type Subscription,
  tradesOf,
} from '../../../src/main/brokers/tinvest/subscriptions.ts';
import { intervalNamed, SBER } from './worked-examples.ts';

const wishes = (...list: readonly Subscription[]) => new Map(list.map((wish) => [wish.id, wish]));
const ack = (status: string, changes: Partial<AckItem> = {}): AckItem => ({
  ...SBER,
  interval: undefined,
  depth: undefined,
  action: undefined,
  status: `SUBSCRIPTION_STATUS_${status}`,
  ...changes,
});
const framesOf = (book: AskBook): readonly unknown[] => {
  const frames: unknown[] = [];
  for (let frame = book.nextFrame(); frame !== undefined; frame = book.nextFrame()) frames.push(JSON.parse(frame));
  return frames;
};

describe('what is asked of a stream', () => {
  it('goes out in one frame a kind, of a hundred at most, dropped ones first', () => {
    const book = new AskBook();
    const many = Array.from({ length: 150 }, (_none, index) => tradesOf(`u${index}`));
    book.want(wishes(...many, lastPriceOf('u0')));
    expect(book.isSettled).toBe(false);
    const sizes = framesOf(book).map((frame) => JSON.stringify(frame).split('instrumentId').length - 1);
    expect(sizes).toEqual([100, 50, 1]);
    expect(book.isSettled).toBe(true);
    book.want(wishes(tradesOf('u0'), tradesOf('new')));
    expect(framesOf(book).map((frame) => JSON.stringify(frame).match(/SUBSCRIPTION_ACTION_\w+/)?.[0])).toEqual([
      'SUBSCRIPTION_ACTION_UNSUBSCRIBE',
      'SUBSCRIPTION_ACTION_UNSUBSCRIBE',
      'SUBSCRIPTION_ACTION_UNSUBSCRIBE',
      'SUBSCRIPTION_ACTION_SUBSCRIBE',
    ]);
    book.reset();
    expect(framesOf(book), 'a new connection is asked for everything').toHaveLength(1);
  });

  it('asks for closed candles where that is wished', () => {
    const book = new AskBook(true);
    book.want(wishes(candlesOf('u', intervalNamed('1h'))));
    expect(framesOf(book)).toEqual([
      {
        subscribeCandlesRequest: {
          subscriptionAction: 'SUBSCRIPTION_ACTION_SUBSCRIBE',
          instruments: [{ interval: 'SUBSCRIPTION_INTERVAL_ONE_HOUR', instrumentId: 'u' }],
          waitingClose: true,
        },
      },
    ]);
  });

  it.each([
    ['SUCCESS', { kind: 'active' }],
    ['INSTRUMENT_NOT_FOUND', { kind: 'failed', reject: 'instrument-not-found', detail: SBER.uid }],
    ['INTERVAL_IS_INVALID', { kind: 'failed', reject: 'subscription-refused' }],
    ['SOURCE_IS_INVALID', { kind: 'failed', reject: 'subscription-refused' }],
    ['UNSPECIFIED', { kind: 'failed', reject: 'subscription-refused' }],
    ['LIMIT_IS_EXCEEDED', { kind: 'full' }],
    ['TOO_MANY_REQUESTS', { kind: 'later', ms: 60_000, holdAll: true }],
    ['SUBSCRIPTION_NOT_FOUND', undefined],
  ])('%s', (status, verdict) => {
    const book = new AskBook();
    const wish = tradesOf(SBER.uid);
    book.want(wishes(wish));
    book.nextFrame();
    const judged = book.judge(wish.id, ack(status));
    if (verdict === undefined) expect(judged).toBeUndefined();
    else expect(judged).toMatchObject(verdict);
    expect(book.nextFrame(), 'it is not asked again by itself').toBeUndefined();
    expect(book.activeCount).toBe(status === 'SUCCESS' ? 1 : 0);
  });

  it('tries three times more after an internal error, later and later', () => {
    const book = new AskBook();
    const wish = tradesOf(SBER.uid);
    book.want(wishes(wish));
    const waits: unknown[] = [];
    for (let round = 0; round < 4; round += 1) {
      expect(book.nextFrame()).toBeDefined();
      const verdict = book.judge(wish.id, ack('INTERNAL_ERROR'));
      waits.push(verdict?.kind === 'later' ? verdict.ms : verdict?.kind);
      book.wake(wish.id);
      if (verdict?.kind === 'failed') break;
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 'failed']);
  });

  it('takes the answer to an unsubscription for none to a subscription', () => {
    const book = new AskBook();
    const wish = tradesOf(SBER.uid);
    book.want(wishes(wish));
    book.nextFrame();
    book.want(wishes());
    book.nextFrame();
    expect(book.judge(wish.id, ack('SUCCESS'))).toBeUndefined();
    expect(book.activeCount).toBe(0);
  });

  it('mends what the server forgot, and calls off what nobody wants', () => {
    const book = new AskBook();
    const [kept, lost, strange] = [tradesOf('kept'), tradesOf('lost'), tradesOf('strange')];
    book.want(wishes(kept, lost));
    book.nextFrame();
    expect(book.reconcile(wishes(kept, strange))).toEqual({ missing: 1, surplus: 1 });
    const [first, second] = framesOf(book).map((frame) => JSON.stringify(frame));
    expect(first).toMatch(/UNSUBSCRIBE.*strange/);
    expect(second).toMatch(/_SUBSCRIBE.*lost/);
  });

  it('is matched to answers by kind, instrument, and interval or depth', () => {
    const uidOf = (figi: string) => (figi === SBER.figi ? SBER.uid : undefined);
    const interval = intervalNamed('5m');
    expect(idOfAck('candles', ack('SUCCESS', { interval }), uidOf)).toBe(candlesOf(SBER.uid, interval).id);
    expect(idOfAck('orderbook', ack('SUCCESS', { depth: 20 }), uidOf)).toBe(bookOf(SBER.uid, 20).id);
    expect(idOfAck('info', ack('SUCCESS', { uid: '' }), uidOf)).toBe(infoOf(SBER.uid).id);
    expect(idOfAck('trades', ack('SUCCESS', { uid: '', figi: 'other' }), uidOf)).toBeUndefined();
    expect(idOfAck('candles', ack('SUCCESS'), uidOf)).toBeUndefined();
  });
});

describe('the division among streams', () => {
  const counts = (streams: readonly ReadonlyMap<string, Subscription>[]) =>
    streams.map((each) => [...each.values()].filter(isCounted).length);

  it('fills one after another; what costs nothing rides along', () => {
    const uids = Array.from({ length: 5 }, (_none, index) => `u${index}`);
    const wanted = wishes(...uids.map(tradesOf), ...uids.map(lastPriceOf), ...uids.map(infoOf));
    const { streams, left } = planStreams([], wanted, { perStream: 2, streams: 4 });
    expect(counts(streams)).toEqual([2, 2, 1]);
    expect(streams.map(({ size }) => size)).toEqual([6, 6, 3]);
    expect(left).toBe(0);
  });

  it('leaves what a stream carries where it is', () => {
    const before = planStreams([], wishes(tradesOf('a'), tradesOf('b'), tradesOf('c')), { perStream: 2, streams: 2 });
    const after = planStreams(before.streams, wishes(tradesOf('d'), tradesOf('b'), tradesOf('c')), {
      perStream: 2,
      streams: 2,
    });
    expect(after.streams.map((each) => [...each.values()].map(({ uid }) => uid))).toEqual([['b', 'd'], ['c']]);
  });

  it('says what has no room', () => {
    const wanted = wishes(...['a', 'b', 'c'].map(tradesOf), bookOf('a', 10));
    expect(planStreams([], wanted, { perStream: 1, streams: 2 }).left).toBe(2);
    expect(planStreams([], wishes(), { perStream: 1, streams: 2 }).streams).toHaveLength(1);
  });
});

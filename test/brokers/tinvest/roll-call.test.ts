import { describe, expect, it } from 'vitest';
import { SBER } from '../../fakes/tinvest-frames.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/real-clock.ts';
import { key } from './open-context.ts';
import { MARKET_HOURS, startFeed } from './running-feed.ts';

const watched = [key('SBER')];
const clock = () => fastClock(200, MARKET_HOURS);
const GET = '{"getMySubscriptions":{}}';

describe('the roll call of subscriptions', () => {
  it('asks every five minutes, and leaves a stream that agrees alone', async () => {
    const { venue, notes, trade } = await startFeed({ clock: clock(), watched });
    const asked = () => venue.stream.requests.filter((text) => text === GET).length;
    await eventually(() => {
      trade();
      venue.trade({ uid: SBER.uid, price: 250, quantity: 1, time: MARKET_HOURS });
      return asked();
    }).toBeGreaterThanOrEqual(2);
    expect(venue.stream.requests.filter((text) => text.includes('subscribeTrades'))).toHaveLength(1);
    expect(venue.stream.upgrades).toBe(1);
    expect(notes.rejects).toEqual([]);
  });

  it('asks again for what the server has forgotten', async () => {
    const { venue, subscriptions, logger } = await startFeed({ clock: clock(), watched });
    await eventually(subscriptions).toHaveLength(3);
    venue.faults.forgotten.add(`trades ${SBER.uid}`);
    const asked = () => venue.stream.requests.filter((text) => text.includes('subscribeTradesRequest')).length;
    await eventually(() => {
      venue.lastPrice(SBER.uid, 250, MARKET_HOURS + venue.calls.length);
      return asked();
    }).toBe(2);
    expect(logger.lines.join()).toContain('other subscriptions than ours');
  });

  it('opens a stream anew that gives no answer', async () => {
    const { venue, logger } = await startFeed({
      clock: clock(),
      watched,
      prepare: (each) => {
        each.faults.noRollCall = true;
      },
    });
    await eventually(() => {
      venue.lastPrice(SBER.uid, 250, MARKET_HOURS);
      return venue.stream.upgrades;
    }).toBeGreaterThanOrEqual(2);
    expect(logger.lines.join()).toContain('did not say what is subscribed');
  });
});

describe('answers to subscriptions', () => {
  it('count an instrument the stream does not know, and go on with the rest', async () => {
    const { venue, notes, trade, reach } = await startFeed({
      prepare: (each) => each.faults.statuses.set(`trades ${SBER.uid}`, 'INSTRUMENT_NOT_FOUND'),
    });
    await reach('live');
    await eventually(() => notes.rejects).toEqual([{ reason: 'instrument-not-found', detail: SBER.uid }]);
    trade(SBER, { ...SBER, uid: '962e2a95-02a9-4171-abd7-aa198dbe643a' });
    await eventually(() => notes.tickCount).toBe(1);
    expect(venue.stream.upgrades).toBe(1);
  });

  it('“too many requests” is asked again after a minute', async () => {
    const id = `trades ${SBER.uid}`;
    const {
      venue,
      subscriptions,
      clock: now,
    } = await startFeed({
      clock: fastClock(50, MARKET_HOURS),
      watched,
      prepare: (each) => each.faults.statuses.set(id, 'TOO_MANY_REQUESTS'),
    });
    const began = now.now();
    await eventually(() => venue.stream.requests.some((text) => text.includes('subscribeTrades'))).toBe(true);
    venue.faults.statuses.clear();
    await eventually(subscriptions).toContain(id);
    expect(now.now() - began).toBeGreaterThanOrEqual(60_000);
  });

  it('the pace of thirty frames a minute is kept, however the list changes', async () => {
    const { venue, session, reach } = await startFeed({ clock: fastClock(5, MARKET_HOURS) });
    await reach('live');
    for (let turn = 0; turn < 200; turn += 1) {
      session.feed.watch(new Set(turn % 2 === 0 ? [key('SBER')] : [key('GAZP'), key('LKOH')]));
      await new Promise(setImmediate);
    }
    const frames = venue.stream.requests.filter((text) => text.includes('subscriptionAction')).length;
    expect(frames).toBeGreaterThan(10);
    expect(frames).toBeLessThanOrEqual(30);
  });
});

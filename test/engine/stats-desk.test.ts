import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { StatsDesk } from '../../src/main/engine/stats-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';

const now = 5 as EpochMs;

describe('StatsDesk', () => {
  it('counts a second at a time', () => {
    const clock = new FakeClock(1_000);
    const stats = new StatsDesk(clock);
    for (let n = 0; n < 30; n += 1) stats.tick();
    for (let n = 0; n < 10; n += 1) stats.heard();
    clock.advance(1_000);
    expect(stats.report(now, 7)).toMatchObject({
      ticksPerSecond: 30,
      messagesPerSecond: 10,
      marketTime: 5,
      databaseBytes: 7,
    });
    clock.advance(1_000);
    expect(stats.report(now, 7)).toMatchObject({ ticksPerSecond: 0, messagesPerSecond: 0, lastTickAt: 1_000 });
  });

  it('keeps what it does not know unknown', () => {
    expect(new StatsDesk(new FakeClock()).report(now, 0)).toMatchObject({
      lastTickAt: undefined,
      latencyP95Ms: undefined,
    });
  });

  it('tells the 95th percentile of the last minute', () => {
    const clock = new FakeClock();
    const stats = new StatsDesk(clock);
    for (let n = 1; n <= 20; n += 1) stats.published(n === 20 ? 90 : 10);
    expect(stats.report(now, 0).latencyP95Ms).toBe(90);
    clock.advance(61_000);
    expect(stats.report(now, 0).latencyP95Ms).toBeUndefined();
  });

  it('counts rejects by reason', () => {
    const stats = new StatsDesk(new FakeClock());
    stats.rejected('bad-price');
    stats.rejected('bad-price');
    stats.rejected('unknown-length');
    expect(stats.report(now, 0).rejects).toEqual({ 'bad-price': 2, 'unknown-length': 1 });
  });

  it('counts what happened to bars, and sums what each instrument counted', () => {
    let resets = 2;
    const stats = new StatsDesk(new FakeClock(), () => resets);
    stats.late();
    stats.outside();
    stats.outside();
    stats.inferred();
    stats.revised();
    stats.reconnected();
    stats.badBar('high-below-low');
    stats.badBar('bad-price');
    stats.badBar('bad-price');
    resets = 3;
    expect(stats.report(now, 0)).toMatchObject({
      late: 1,
      outsideSession: 2,
      inferred: 1,
      revised: 1,
      reconnects: 1,
      badBars: 3,
      rejects: { 'bar high-below-low': 1, 'bar bad-price': 2 },
      volumeResets: 3,
    });
  });
});

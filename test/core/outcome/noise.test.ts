import { describe, expect, it } from 'vitest';
import type { InstrumentKey, TradingDate } from '../../../src/core/brand.ts';
import { afterCooldown, COOLDOWNS, countNoise, type Fire } from '../../../src/core/outcome/noise.ts';
import { ist } from '../../support/ist.ts';

/** A fire on the 5-minute bar that opens then. */
function fire(symbol: string, time: string, side: Fire['side'] = 'buy'): Fire {
  const barTime = ist(time);
  const date = time.slice(0, 10) as TradingDate;
  return {
    instrument: `NSE:${symbol}` as InstrumentKey,
    side,
    barTime,
    date,
    minute: (barTime - ist(`${date} 09:15`)) / 60_000 + 5,
  };
}

const MON = '2026-08-03' as TradingDate;
const TUE = '2026-08-04' as TradingDate;
const WED = '2026-08-05' as TradingDate;

describe('a cooldown', () => {
  const fires = [
    fire('INFY', `${MON} 09:20`),
    fire('INFY', `${MON} 09:25`, 'sell'),
    fire('TCS', `${MON} 09:25`),
    fire('INFY', `${MON} 09:35`),
    fire('INFY', `${MON} 15:10`),
    fire('INFY', `${TUE} 09:15`),
  ];

  it('keeps an instrument quiet for so many minutes since it was told, either side', () => {
    const left = (minutes: number) => afterCooldown(fires, minutes).map((each) => fires.indexOf(each));
    expect(left(0)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(left(5), 'five minutes after is not within five minutes').toEqual([0, 1, 2, 3, 4, 5]);
    expect(left(10)).toEqual([0, 2, 3, 4, 5]);
    expect(left(15)).toEqual([0, 2, 3, 4, 5]);
    expect(left(16)).toEqual([0, 2, 4, 5]);
    expect(left(1_440), 'a new day forgets').toEqual([0, 2, 5]);
  });

  it('does nothing on bars of days', () => {
    const days = [MON, TUE].map((date) => ({ ...fire('INFY', `${date} 09:15`), minute: undefined }));
    expect(afterCooldown(days, 1_440)).toEqual(days);
  });
});

describe('the noise of a rule', () => {
  const symbols = ['INFY', 'TCS', 'WIPRO', 'HCLTECH', 'TECHM'];
  const fires = [
    ...symbols.map((symbol) => fire(symbol, `${MON} 10:00`)),
    fire('INFY', `${MON} 10:30`),
    fire('INFY', `${MON} 11:05`),
    fire('TCS', `${MON} 10:15`, 'sell'),
    fire('INFY', `${WED} 10:00`),
  ].sort((a, b) => a.barTime - b.barTime);

  it('is counted a day, with its repeats and clusters', () => {
    const noise = countNoise(fires, [MON, TUE, WED], 0);
    expect(noise).toMatchObject({
      sessions: 3,
      perDay: 3,
      busiest: { date: MON, count: 8 },
      quietDays: 1,
      repeats: 1,
      clusters: 1,
      inClusters: 5,
      days: [
        { date: MON, count: 8 },
        { date: TUE, count: 0 },
        { date: WED, count: 1 },
      ],
    });
    expect(noise.cooldowns.map(({ minutes }) => minutes)).toEqual([...COOLDOWNS]);
    expect(noise.cooldowns.map(({ perDay }) => perDay * 3)).toEqual([9, 9, 9, 8, 7, 6]);
  });

  it('is that which the cooldown of the rule leaves', () => {
    const noise = countNoise(fires, [MON, TUE, WED], 60);
    expect([noise.perDay * 3, noise.busiest?.count, noise.repeats]).toEqual([7, 6, 0]);
    expect(noise.cooldowns[0]?.perDay, 'the rows stand for themselves').toBe(3);
  });

  it('of no session is none', () => {
    expect(countNoise([], [], 0)).toMatchObject({ sessions: 0, perDay: 0, busiest: null, quietDays: 0 });
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { MINUTE_MS } from '../../src/core/brand.ts';
import type { Timeframe } from '../../src/core/timeframe.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { planHistory } from '../../src/main/engine/history-plan.ts';
import { Track } from '../../src/main/engine/track.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY } from '../support/tape.ts';

const at = (text: string): EpochMs => ist(`2026-11-${text}`);
const wall = (time: number): string => new Date(time + 330 * MINUTE_MS).toISOString().slice(8, 16).replace('T', ' ');
const ignore = (): void => undefined;

function planned(
  timeframe: Timeframe,
  {
    from = '18 09:15',
    to = '20 10:30',
    timeframes = ['1m', '30m', '1h', '1d'] as readonly Timeframe[],
    mostDays = {} as Partial<Record<Timeframe, number>>,
    keptDays = {} as Partial<Record<Timeframe, number>>,
    before = (_track: Track): void => undefined,
  } = {},
): readonly string[] {
  const out = {
    store: ignore,
    auction: ignore,
    auctionSoFar: () => undefined,
    inferred: ignore,
    late: ignore,
    ruleBar: ignore,
    chartBar: ignore,
  };
  const track = new Track(INFY, nse(), out, new Hearing({ ms: 0 }));
  before(track);
  const source = { timeframes, mostDays, keptDays, candles: async () => [] };
  const parts = planHistory(track, source, timeframe, at(from), at(to));
  return parts.map((part) => `${part.timeframe} ${wall(part.open)} to ${wall(part.close)}`);
}

describe('planHistory', () => {
  it('asks short frames in minutes, all the way', () => {
    for (const timeframe of ['1m', '5m', '15m'] as const)
      expect(planned(timeframe)).toEqual(['1m 18 09:15 to 20 10:30']);
  });

  it('asks past sessions in the longest frame that serves, and today in minutes', () => {
    expect(planned('1h')).toEqual(['1h 18 09:15 to 20 09:15', '1m 20 09:15 to 20 10:30']);
    expect(planned('4h')[0]).toBe('1h 18 09:15 to 20 09:15');
    expect(planned('1w')).toEqual(['1d 18 09:15 to 20 09:15', '1m 20 09:15 to 20 10:30']);
    expect(planned('1h', { timeframes: ['1m', '45s', '15m'] })[0]).toBe('15m 18 09:15 to 20 09:15');
    expect(planned('1d', { timeframes: ['1m'] })).toEqual(['1m 18 09:15 to 20 10:30']);
  });

  it('leaves out what history has told and what stands, frame by frame', () => {
    const before = ({ coverage }: Track): void => coverage.known({ open: at('18 09:15'), close: at('19 15:35') }, '1m');
    expect(planned('5m', { before })).toEqual(['1m 19 15:35 to 20 10:30']);
    expect(planned('1h', { before })[0], 'hours are another question').toBe('1h 18 09:15 to 20 09:15');
  });

  it('asks nothing where all is known', () => {
    const before = ({ coverage }: Track): void => coverage.known({ open: at('18 09:15'), close: at('20 10:30') }, '1m');
    expect(planned('5m', { before })).toEqual([]);
    expect(planned('5m', { from: '20 10:30' })).toEqual([]);
  });

  it('leaves out what the feed told today, and asks for earlier days all the same', () => {
    const before = ({ coverage }: Track): void => {
      coverage.saw({ open: at('19 10:00'), close: at('19 12:00') });
      coverage.saw({ open: at('20 09:30'), close: at('20 10:00') });
    };
    expect(planned('5m', { before })).toEqual(['1m 18 09:15 to 20 09:30', '1m 20 10:00 to 20 10:30']);
  });

  it('asks whole for a minute that was told in part, once', () => {
    const before = ({ coverage }: Track): void => {
      coverage.saw({ open: at('20 09:15'), close: at('20 10:00:20') });
      coverage.saw({ open: at('20 10:00:40'), close: at('20 10:02:30') });
    };
    expect(planned('5m', { from: '20 09:15', before })).toEqual(['1m 20 10:00 to 20 10:01', '1m 20 10:02 to 20 10:30']);
    const torn = ({ coverage }: Track): void => {
      for (const seconds of ['10', '30', '50'])
        coverage.saw({ open: at(`20 10:00:${seconds}`), close: at(`20 10:00:${Number(seconds) + 5}`) });
    };
    expect(planned('5m', { from: '20 10:00', to: '20 10:02', before: torn })).toEqual(['1m 20 10:00 to 20 10:02']);
  });

  it('cuts to what the venue answers at once, without a gap', () => {
    expect(planned('1m', { from: '16 09:15', mostDays: { '1m': 2 } })).toEqual([
      '1m 16 09:15 to 18 09:15',
      '1m 18 09:15 to 20 09:15',
      '1m 20 09:15 to 20 10:30',
    ]);
  });

  it('asks seconds as such where the venue has them, as far back as it keeps them', () => {
    const timeframes = ['5s', '10s', '1m', '1h'] as const;
    for (const frame of ['5s', '10s', '30s', '45s'] as const)
      expect(planned(frame, { timeframes })).toEqual(['5s 18 09:15 to 20 10:30']);
    expect(planned('30s', { timeframes: ['10s', '30s', '1m'] })).toEqual(['30s 18 09:15 to 20 10:30']);
    expect(planned('5s', { timeframes: ['1m'] }), 'minutes tell the rest at least').toEqual([
      '1m 18 09:15 to 20 10:30',
    ]);
    expect(planned('5s', { timeframes, keptDays: { '5s': 1 } })).toEqual(['5s 19 10:30 to 20 10:30']);
    expect(planned('5s', { timeframes, keptDays: { '5s': 0 } })).toEqual([]);
    expect(planned('1m', { timeframes })).toEqual(['1m 18 09:15 to 20 10:30']);
  });

  it('asks no seconds of what the feed has told, on whatever day', () => {
    const before = ({ coverage }: Track): void => coverage.saw({ open: at('18 09:15'), close: at('19 15:00') });
    expect(planned('5s', { timeframes: ['5s', '1m'], before })).toEqual(['5s 19 15:00 to 20 10:30']);
  });
});

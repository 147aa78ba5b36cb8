import { describe, expect, it } from 'vitest';
import type { ConnectionMetrics } from '../../src/contract/connection.ts';
import type { StandbyState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import {
  comparedWords,
  connectionState,
  droppedBy,
  metricRows,
  standbyWords,
} from '../../src/renderer/src/features/health/connection-words.ts';
import { FAKE_NOW } from './fake-snapshot.ts';

const ago = (ms: number): EpochMs => (FAKE_NOW - ms) as EpochMs;
const TICKER: ConnectionMetrics = {
  name: 'ticker 1',
  state: 'live',
  messages: 124_300,
  bytes: 8_400_000,
  errors: 0,
  drops: 12,
  reconnects: 1,
  rotations: 2,
  connectedAt: ago(3_600_000),
  lastMessageAt: ago(200),
  lastDataAt: ago(1_500),
  latencyMs: 11.6,
  subscriptions: 51,
};
const ORDERS: ConnectionMetrics = {
  ...TICKER,
  name: 'orders',
  drops: 0,
  lastMessageAt: undefined,
  lastDataAt: undefined,
  latencyMs: undefined,
  connectedAt: undefined,
};

describe('connections', () => {
  it('stand side by side, with what is unknown said to be', () => {
    const rows = Object.fromEntries(metricRows([TICKER, ORDERS], FAKE_NOW).map(({ name, values }) => [name, values]));
    expect(rows).toEqual({
      Messages: ['1,24,300', '1,24,300'],
      Received: ['8.4 MB', '8.4 MB'],
      Subscriptions: ['51', '51'],
      'Last message': ['0.2 s ago', 'none yet'],
      'Last price': ['1.5 s ago', 'none yet'],
      Latency: ['12 ms', '–'],
      'Up for': ['1 h', '–'],
      Errors: ['0', '0'],
      Dropped: ['12', '0'],
      Reconnects: ['1', '1'],
      Rotations: ['2', '2'],
    });
  });

  it('mark what is lost, and not what is merely counted', () => {
    const trouble = metricRows([TICKER, ORDERS], FAKE_NOW).filter(({ isTrouble }) => isTrouble.some(Boolean));
    expect(trouble.map(({ name, isTrouble }) => [name, isTrouble])).toEqual([['Dropped', [true, false]]]);
    expect(droppedBy({ connections: [TICKER, TICKER, ORDERS] })).toBe(24);
  });

  it.each([
    ['live', 'live', 'good'],
    ['stale', 'silent', 'warn'],
    ['waiting', 'reconnecting', 'warn'],
    ['stopped', 'stopped', 'bad'],
    ['idle', 'not started', 'calm'],
  ] as const)('that are %s are called %s', (state, words, tone) => {
    expect(connectionState(state)).toEqual({ words, tone });
  });
});

describe('a second venue', () => {
  const second: StandbyState = {
    source: 'bank',
    label: 'Bank',
    status: { state: 'live', since: FAKE_NOW },
    first: { state: 'stale', lastTickAt: FAKE_NOW },
    isCarrying: false,
    compared: 0,
    differing: 0,
  };
  it('says who carries', () => {
    expect(standbyWords(second, 'Kite')).toBe('Bank checks Kite, and stands in for it when it falls silent.');
    expect(standbyWords({ ...second, isCarrying: true }, 'Kite')).toBe('Kite is silent: prices come from Bank.');
    const down = { ...second, status: { state: 'stopped', reason: 'auth-expired' } } as const;
    expect(standbyWords(down, 'Kite')).toBe('Bank should check Kite, but is stopped.');
  });

  it('says whether the two agree', () => {
    expect(comparedWords(second)).toBe('No bar compared yet.');
    expect(comparedWords({ compared: 1, differing: 0 })).toBe('1 bar compared, all alike.');
    expect(comparedWords({ compared: 1_204, differing: 3 })).toBe('1,204 bars compared, 3 differed.');
  });
});

import { describe, expect, it } from 'vitest';
import type { BrokerState, EngineStats } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import { barRows, credentialWords, feedRows, rejectRows } from '../../src/renderer/src/features/health/health-words.ts';

const NOW = Date.parse('2026-11-20T10:47:12+05:30') as EpochMs;
const stats: EngineStats = {
  marketTime: NOW,
  messagesPerSecond: 214,
  ticksPerSecond: 180,
  lastTickAt: (NOW - 200) as EpochMs,
  rejects: { 'bad-price': 2, 'unknown-length': 7, none: 0 },
  late: 3,
  outsideSession: 1_200,
  inferred: 0,
  revised: 0,
  volumeResets: 0,
  badBars: 0,
  latencyP95Ms: 83.6,
  databaseBytes: 212e6,
  reconnects: 1,
  differing: 0,
  connections: [],
};
const field = (name: string, label: string) => ({ name, label, secret: true, hint: '' });
const kite: BrokerState = {
  manifest: {
    id: 'kite',
    label: 'Zerodha Kite',
    description: '',
    credentialFields: [field('apiKey', 'API key'), field('accessToken', 'Access token')],
    limits: { instrumentsPerSocket: 3_000, sockets: 3 },
    can: { stream: true, quotes: true, history: true, orders: false },
    world: 'market',
  },
  fieldsSet: ['apiKey', 'accessToken'],
  savedAt: NOW,
};

describe('health', () => {
  it('tells the feed in numbers', () => {
    expect(Object.fromEntries(feedRows(stats, NOW))).toEqual({
      Messages: '214 /s',
      Ticks: '180 /s',
      'Last tick': '0.2 s ago',
      'Tick to screen, p95': '84 ms',
      Reconnects: '1',
      'Late for their bar': '3',
      'Outside trading hours': '1,200',
      Database: '212 MB',
    });
  });

  it('does not invent what is unknown', () => {
    const rows = Object.fromEntries(feedRows({ ...stats, lastTickAt: undefined, latencyP95Ms: undefined }, NOW));
    expect(rows).toMatchObject({ 'Last tick': 'none yet', 'Tick to screen, p95': '–' });
  });

  it('counts what the store had to do to its bars, and says what each of it means', () => {
    const rows = barRows({ ...stats, inferred: 4, revised: 1_200, volumeResets: 1, badBars: 7, differing: 3 });
    expect(rows.map(([name, value]) => `${name} ${value}`)).toEqual([
      'Inferred prints 4',
      'Revised bars 1,200',
      'Volume resets 1',
      'Differing bars 3',
      'Refused bars 7',
    ]);
    expect(
      rows.every(([, , means]) => /^[A-Z].+\.$/.test(means)),
      'a sentence each',
    ).toBe(true);
  });

  it('lists refused messages by reason, most first, without those that never came', () => {
    expect(rejectRows(stats)).toEqual([
      ['unknown length', '7'],
      ['bad price', '2'],
    ]);
  });

  it('says what a broker was given to log in with', () => {
    expect(credentialWords(kite)).toBe('API key, Access token set 20 Nov 10:47:12');
    expect(credentialWords({ ...kite, fieldsSet: ['apiKey'] })).toBe('API key set 20 Nov 10:47:12');
    expect(credentialWords({ ...kite, fieldsSet: [] })).toBe('nothing set');
    expect(credentialWords({ ...kite, savedAt: undefined })).toBe('API key, Access token set');
    expect(credentialWords({ ...kite, manifest: { ...kite.manifest, credentialFields: [] } })).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey } from '../../src/core/brand.ts';
import type { Proof } from '../../src/core/passport.ts';
import { minutesToday, mutedWords, muteLine } from '../../src/renderer/src/features/alerts/mute-words.ts';
import {
  barName,
  barWords,
  deliveryWords,
  ledgerWords,
  operandReadings,
  pathPoints,
  proofWords,
  stepText,
} from '../../src/renderer/src/features/alerts/passport-words.ts';
import { priceStyleOf } from '../../src/renderer/src/format/price-style.ts';
import { fakeLink } from './fake-scan-answers.ts';

const style = priceStyleOf(undefined);
const { content } = fakeLink('a');
if (content.kind !== 'alert') throw new Error('The link is of an alert.');
const { passport } = content;

describe('an alert’s passport in words', () => {
  it('tells what became of it on each channel', () => {
    const at = 0 as EpochMs;
    expect(deliveryWords({ channel: 'telegram', outcome: 'told', at })).toBe('Told by Telegram');
    expect(deliveryWords({ channel: 'webhook', outcome: 'failed', at })).toBe('Not told by webhook');
    expect(deliveryWords({ channel: 'desktop', outcome: 'quiet', at })).toBe('Kept quiet by desktop');
  });

  it('tells its way, each point with its distance from the one before', () => {
    expect(pathPoints(passport.times)).toEqual([
      { name: 'Newest trade, by the exchange', at: '10:44:59.812', after: '' },
      { name: 'Received here', at: '10:44:59.896', after: '+84 ms' },
      { name: 'Bar ended', at: '10:45:00.000', after: '+104 ms' },
      { name: 'Judged', at: '10:45:00.004', after: '+4 ms' },
      { name: 'Stored', at: '10:45:00.011', after: '+7 ms' },
    ]);
  });

  it('leaves out points nobody knows, and measures from the last that is known', () => {
    const points = pathPoints({ ...passport.times, exchange: null, received: null });
    expect(points.map(({ name, after }) => `${name} ${after}`)).toEqual(['Bar ended ', 'Judged +4 ms', 'Stored +7 ms']);
  });

  it.each([
    [0, '+0 ms'],
    [-310, '−310 ms'],
    [12_400, '+12.4 s'],
    [300_000, '+5 min'],
  ])('writes a distance of %d ms as %s', (ms, text) => {
    expect(stepText(ms)).toBe(text);
  });

  it('shows readings before and now; one that is unknown is a dash', () => {
    expect(passport.operands.map((operand) => operandReadings(operand, style))).toEqual([
      ['1,410.3100', '1,411.2041'],
      ['1,410.6200', '1,410.9000'],
      ['–', '58.3'],
    ]);
  });

  it('shows a price as it is, and what is computed finer, for a crossing is small', () => {
    const [operand] = passport.operands;
    if (operand === undefined) expect.fail('there is an operand');
    expect(operandReadings({ ...operand, text: 'close', now: 1_412.3 }, style)[1]).toBe('1,412.30');
  });

  it('names bars by where they come from', () => {
    const [first, second] = passport.bars;
    if (first === undefined || second === undefined) expect.fail('there are two bars');
    expect(barName(first)).toBe('20 Nov 10:35 · 5m · told by the venue’s history');
    expect(barName({ ...second, provenance: null, marks: ['revised'] })).toBe(
      '20 Nov 10:40 · 5m · not stored yet · revised',
    );
    expect(barName({ ...second, timeframe: '1d' })).toBe('20 Nov · D · made here from ticks');
    expect(barWords(first, style).replaceAll('\u00a0', ' ')).toBe(
      'O 1,409.00 H 1,413.20 L 1,408.40 C 1,412.30 V 12,400',
    );
    expect(barWords({ ...first, volume: null }, style)).not.toContain('V');
  });

  it('says how the bar is known', () => {
    expect(ledgerWords(passport.ledger)).toBe('told by the feed, without a gap');
    expect(ledgerWords({ ...passport.ledger, bar: 'not-whole', late: true })).toBe('not whole; found late');
  });

  it.each<[Proof, string]>([
    [{ alert: 'a', kind: 'reproduced', bars: 246 }, 'Reproduced: computed again from 246 stored bars'],
    [{ alert: 'a', kind: 'differs', differences: [{ what: 'close', told: '1', now: '2' }] }, '1 value differs.'],
    [{ alert: 'a', kind: 'tampered', reason: 'Link 3 was changed.' }, 'tampered with. Link 3 was changed.'],
    [{ alert: 'a', kind: 'cannot', reason: 'Its bars are gone.' }, 'cannot be proved. Its bars are gone.'],
  ])('says what a proof found: %o', (proof, words) => {
    expect(proofWords(proof)).toContain(words);
  });
});

describe('a mute in words', () => {
  const reliance = 'NSE:RELIANCE' as InstrumentKey;
  const nameOf = (): string => 'EMA cross';

  it('names what is quiet, and for how long', () => {
    expect(mutedWords({ rule: 'ema-cross', instrument: null }, nameOf)).toBe('EMA cross');
    expect(mutedWords({ rule: null, instrument: reliance }, nameOf)).toBe('RELIANCE');
    const both = { rule: 'ema-cross', instrument: reliance, until: 3_600_000 as EpochMs };
    expect(muteLine(both, 61_000, nameOf)).toBe('Muted for 58 min: EMA cross on RELIANCE');
  });

  it.each([
    ['2026-11-20T10:47:12+05:30', 793],
    ['2026-11-20T23:59:59+05:30', 1],
    ['2026-11-20T00:00:00+05:30', 1_440],
  ])('counts what is left of the Indian day at %s', (at, minutes) => {
    expect(minutesToday(Date.parse(at) as EpochMs)).toBe(minutes);
  });
});

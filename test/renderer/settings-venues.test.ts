import { describe, expect, it } from 'vitest';
import type { OptionField } from '../../src/contract/manifest.ts';
import { settingsSchema } from '../../src/contract/settings.ts';
import { USUAL_SCHEDULE } from '../../src/contract/usual-schedule.ts';
import {
  initialKeys,
  isPreset,
  listWords,
  moveKey,
  parseKeys,
  usualKeys,
} from '../../src/renderer/src/features/settings/instrument-keys.ts';
import { isWhole, optionsWords, optionValue } from '../../src/renderer/src/features/settings/option-values.ts';
import {
  inOrder,
  isUsual,
  parseClock,
  scheduleWords,
  withRow,
  withTime,
} from '../../src/renderer/src/features/settings/schedule-rows.ts';
import { BANK, COIN_HOUSE, COINS, venueStates } from './fake-brokers.ts';

describe('instruments that are typed', () => {
  const parse = (text: string, known: readonly string[] = []) => parseKeys(text, known, 'NSE:INFY');
  it.each([
    ['nse:infy', ['NSE:INFY']],
    [' Binance : btcusdt ', ['BINANCE:BTCUSDT']],
    ['NSE:M&M, nse:nifty 50\nFX:EURUSD,', ['NSE:M&M', 'NSE:NIFTY 50', 'FX:EURUSD']],
    ['NSE:INFY,nse:infy', ['NSE:INFY']],
    ['MOEX:e6123145-9665-43e0-8413-cd61b8aa9b13', ['MOEX:e6123145-9665-43e0-8413-cd61b8aa9b13']],
  ])('are read from %j', (text, keys) => {
    expect(parse(text)).toEqual({ keys, problem: undefined });
  });

  it.each([
    ['', 'Write EXCHANGE:SYMBOL'],
    ['INFY', '“INFY” is no EXCHANGE:SYMBOL, such as NSE:INFY.'],
    ['NSE:', 'is no EXCHANGE:SYMBOL'],
    ['NSE:INFY, TCS', '“TCS” is no EXCHANGE:SYMBOL'],
    ['nse:tcs', 'NSE:TCS is in the list already.'],
    [`NSE:${'X'.repeat(70)}`, 'is no EXCHANGE:SYMBOL'],
  ])('are refused with the reason: %j', (text, problem) => {
    const read = parse(text, ['NSE:TCS']);
    expect(read.problem).toContain(problem);
    expect(read.keys).toEqual([]);
  });

  it('are no more than a list holds', () => {
    const full = Array.from({ length: 5_000 }, (_, at) => `NSE:S${at}`);
    expect(parse('NSE:ONE', full).problem).toContain('5000');
  });
});

describe('a venue’s list', () => {
  const coins = COINS.map(({ key }) => key);
  it('begins with the first preset, or with none of its own', () => {
    expect(initialKeys(COIN_HOUSE, ['NSE:INFY'])).toEqual(coins);
    expect(initialKeys(BANK, ['NSE:INFY'])).toEqual(['NSE:INFY']);
    expect(listWords(undefined, COIN_HOUSE.presets)).toBe('Crypto');
    expect(listWords(undefined, undefined)).toBe('NIFTY 50');
  });

  it('is the usual one where the feed in use has told it', () => {
    const settings = settingsSchema.parse({ feed: { source: 'bank' } });
    const known = { brokers: venueStates(), instruments: COINS };
    expect(usualKeys({ ...known, settings })).toEqual(coins);
    const told = settingsSchema.parse({ feed: { source: 'bank', lists: { bank: { instruments: ['NSE:INFY'] } } } });
    expect(usualKeys({ ...known, settings: told }), 'the person’s own').toEqual([]);
    const other = settingsSchema.parse({ feed: { source: 'coins' } });
    expect(usualKeys({ ...known, settings: other }), 'a venue with presets').toEqual([]);
    expect(usualKeys({ ...known, settings: undefined })).toEqual([]);
  });

  it('is a preset only whole and in its order', () => {
    const [crypto] = COIN_HOUSE.presets ?? [];
    if (crypto === undefined) expect.fail('the sample has a preset');
    expect(isPreset(crypto, coins)).toBe(true);
    expect(isPreset(crypto, coins.toReversed())).toBe(false);
    expect(listWords(coins.slice(1), COIN_HOUSE.presets)).toBe('2 of your own');
  });

  it('moves a row by steps, held at the ends', () => {
    expect(moveKey(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moveKey(['a', 'b', 'c'], 2, -9)).toEqual(['c', 'a', 'b']);
    expect(moveKey(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
    expect(moveKey(['a'], 5, 1)).toEqual(['a']);
  });
});

describe('an option', () => {
  const field = (name: string): OptionField => BANK.options?.find((one) => one.name === name) ?? expect.fail(name);
  it('is what the person said, if that can be', () => {
    expect(optionValue(field('rest'), { rest: 10 })).toBe(10);
    expect(optionValue(field('rest'), undefined)).toBe(3);
    expect(optionValue(field('rest'), { rest: 'ten' }), 'of another kind').toBe(3);
    expect(optionValue(field('server'), { server: 'moon' }), 'no longer offered').toBe('production');
  });

  it('says how many are set otherwise', () => {
    expect(optionsWords(BANK.options ?? [], { lite: false, rest: 3 })).toBe('as delivered');
    expect(optionsWords(BANK.options ?? [], { lite: true, server: 'sandbox' })).toBe('2 changed');
  });

  it('counts in whole steps where all that is known of it is whole', () => {
    const number = { kind: 'number', name: 'x', label: '', hint: '', initial: 1, min: 0, max: 5 } as const;
    expect(isWhole(number)).toBe(true);
    expect(isWhole({ ...number, min: 0.5 })).toBe(false);
  });
});

describe('a schedule', () => {
  it.each([
    ['9:15', '09:15'],
    ['0915', '09:15'],
    ['9.15', '09:15'],
    [' 23:59 ', '23:59'],
    ['24:00', undefined],
    ['12:60', undefined],
    ['noon', undefined],
    ['', undefined],
  ])('reads %j as %s', (text, clock) => {
    expect(parseClock(text)).toBe(clock);
  });

  it('stays in order when a time changes, and has each time once', () => {
    const moved = withTime(USUAL_SCHEDULE, 0, '15:00');
    expect('rows' in moved && scheduleWords(moved.rows)).toBe('10:00 polling, 14:00 streaming, 15:00 streaming');
    expect(withTime(USUAL_SCHEDULE, 0, '10:00')).toEqual({ problem: 'A row for 10:00 is there already.' });
    expect(withTime(USUAL_SCHEDULE, 0, 'soon')).toMatchObject({ problem: expect.stringContaining('“soon”') });
    expect('rows' in withTime(USUAL_SCHEDULE, 0, '09:15'), 'its own time is no other').toBe(true);
  });

  it('grows by a row an hour after the last, in the other mode, beyond midnight too', () => {
    expect(scheduleWords(withRow(USUAL_SCHEDULE)).endsWith('15:00 polling')).toBe(true);
    const late = withRow([{ from: '23:30', mode: 'polling' }]);
    expect(scheduleWords(late)).toBe('00:30 streaming, 23:30 polling');
    expect(withRow(late), 'a taken minute gives way').toHaveLength(3);
  });

  it('knows the usual', () => {
    expect(isUsual(USUAL_SCHEDULE.map((row) => ({ ...row })))).toBe(true);
    expect(isUsual(inOrder(USUAL_SCHEDULE.slice(1)))).toBe(false);
  });
});

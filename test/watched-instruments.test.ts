import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../src/core/brand.ts';
import type { Instrument } from '../src/core/instrument.ts';
import { watchedInstruments } from '../src/main/watched-instruments.ts';

const instrument = (key: string, decimals = 2): Instrument => ({
  key: key as InstrumentKey,
  name: key,
  segment: key.startsWith('NSE:') ? 'nse-cas' : 'fx',
  sector: undefined,
  tickSize: 10 ** -decimals,
  priceDecimals: decimals,
  lotSize: 1,
});
const universe = [instrument('NSE:INFY'), instrument('NSE:TCS')];
const presets = [
  { id: 'forex', label: 'Currencies', instruments: [instrument('FX:EURUSD', 5), instrument('FX:USDJPY', 3)] },
  { id: 'metals', label: 'Metals', instruments: [instrument('FX:XAUUSD')] },
];
const keysOf = (list: readonly Instrument[]): readonly string[] => list.map(({ key }) => key);

describe('what is watched', () => {
  it('is the NIFTY 50 where the broker has no lists of its own', () => {
    expect(watchedInstruments({ id: 'kite' }, { lists: {} }, universe)).toBe(universe);
    expect(watchedInstruments({ id: 'kite' }, { lists: { fyers: { instruments: ['NSE:X'] } } }, universe)).toBe(
      universe,
    );
  });

  it('is the first preset until the person makes a list', () => {
    expect(keysOf(watchedInstruments({ id: 'fcs', presets }, { lists: {} }, universe))).toEqual([
      'FX:EURUSD',
      'FX:USDJPY',
    ]);
    const emptied = { lists: { fcs: { instruments: [] } } };
    expect(keysOf(watchedInstruments({ id: 'fcs', presets }, emptied, universe))).toHaveLength(2);
  });

  it('is the list in its order, each once, with all that is known of it', () => {
    const lists = { fcs: { instruments: ['FX:XAUUSD', 'FX:USDJPY', 'FX:XAUUSD', 'BINANCE:BTCUSDT'] } };
    const watched = watchedInstruments({ id: 'fcs', presets }, { lists }, universe);
    expect(keysOf(watched)).toEqual(['FX:XAUUSD', 'FX:USDJPY', 'BINANCE:BTCUSDT']);
    expect(watched[1]?.priceDecimals).toBe(3);
    expect(watched[2]).toMatchObject({ name: 'BTCUSDT', segment: '24x7' });
  });
});

import { describe, expect, it } from 'vitest';
import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Instrument, Segment } from '../../../src/core/instrument.ts';
import { matchInstruments } from '../../../src/main/brokers/fyers/match-instruments.ts';
import { parseSymbolMaster } from '../../../src/main/brokers/fyers/symbol-master.ts';
import { tickerOf, topicsOf } from '../../../src/main/brokers/fyers/symbols.ts';
import { planTopics, subscriptionFrames } from '../../../src/main/brokers/fyers/wanted-topics.ts';
import { readRequest } from '../../fakes/fyers-requests.ts';

/** As the list of September 2026 has them, and more in the same form. */
const LIST = `10100000003045,STATE BANK OF INDIA,0,1,0.1,INE062A01020,0915-1530|1815-1915:,2026-09-09,,NSE:SBIN-EQ,10,10,3045,SBIN,3045,-1.0,XX,10100000003045,None,1,3.7
101000000026000,NIFTY50-INDEX,10,0,0.05,,0915-1530|1815-1915:,2026-09-09,,NSE:NIFTY50-INDEX,10,10,26000,NIFTY,26000,-1.0,XX,101000000026000,None,0,0.0
101000000026009,NIFTYBANK-INDEX,10,0,0.05,,0915-1530:,2026-09-09,,NSE:NIFTYBANK-INDEX,10,10,26009,BANKNIFTY,26009,-1.0,XX,101000000026009,None,0,0.0
10100000002031,"MAHINDRA, & MAHINDRA",0,1,0.05,,0915-1530:,1789000000,,NSE:M&M-EQ,10,10,2031,M&M,2031,-1.0,XX,10100000002031,None,1,0
101000000016669,BAJAJ AUTO LIMITED,0,1,1,,0915-1530:,2026-09-09,,NSE:BAJAJ-AUTO-EQ,10,10,16669,BAJAJ-AUTO,16669,-1.0,XX,101000000016669,None,1,0
1010000000777,MOVED LTD,0,1,0.05,,0915-1530:,2026-09-09,,NSE:MOVED-BE,10,10,777,MOVED,777,-1.0,XX,1010000000777,None,1,0
1010000000778,MOVED LTD,0,1,0.05,,0915-1530:,2026-09-09,,NSE:MOVED-BL,10,10,778,MOVED,778,-1.0,XX,1010000000778,None,1,0
1210000000500112,STATE BANK OF INDIA,0,1,0.05,,0915-1530:,2026-09-09,,BSE:SBIN-A,12,10,500112,SBIN,500112,-1.0,XX,1210000000500112,None,1,0
121000000012,SENSEX,10,0,0.01,,0915-1530:,2026-09-09,,BSE:SENSEX-INDEX,12,10,1,SENSEX,1,-1.0,XX,121000000012,None,0,0
101126112653123,NIFTY 26 Nov FUT,11,75,0.1,,0915-1540:,2026-09-09,1795600000,NSE:NIFTY26NOVFUT,10,11,53123,NIFTY,26000,-1.0,XX,101000000026000,None,1,0
101226112610001,USDINR 26 Nov FUT,16,1,0.0025,,0900-1700:,2026-09-09,1795600000,NSE:USDINR26NOVFUT,10,12,10001,USDINR,1,-1.0,XX,x,None,1,0
101000000099999,NIFTY SOMETHING,10,0,0.05,,0915-1530:,2026-09-09,,NSE:NIFTYSOMETHING-INDEX,10,10,99999,X,99999,-1.0,XX,101000000099999,None,0,0
not a row
1010000000,short,0,1,0.1,,,,,NSE:SHORT-EQ
`;

const { rows, unreadable } = parseSymbolMaster(LIST);

function instrument(key: string, segment: Segment = 'nse-cas'): Instrument {
  return {
    key: key as InstrumentKey,
    name: key.slice(4),
    segment,
    sector: undefined,
    tickSize: 0.01,
    priceDecimals: 3,
    lotSize: 9,
  };
}
const match = (key: string, segment?: Segment) => matchInstruments([instrument(key, segment)], rows).known[0];

describe('a list of symbols', () => {
  it('is read without a header, commas in names and all', () => {
    expect(rows).toHaveLength(12);
    expect(unreadable).toBe(2);
    expect(rows[0]).toEqual({
      fyToken: '10100000003045',
      ticker: 'NSE:SBIN-EQ',
      name: 'STATE BANK OF INDIA',
      isIndex: false,
      tickSize: 0.1,
      lotSize: 1,
    });
    expect(rows[3]).toMatchObject({ name: 'MAHINDRA, & MAHINDRA', ticker: 'NSE:M&M-EQ' });
  });

  it.each(['', 'a web page', '"'])('is not found in %j', (text) => {
    expect(() => parseSymbolMaster(text)).toThrow(expect.objectContaining({ code: 'network' }));
  });
});

describe('instruments', () => {
  it.each([
    ['NSE:SBIN', 'nse-cas', 'NSE:SBIN-EQ', 'sf|nse_cm|3045', 'nse-cas'],
    ['NSE:SBIN-EQ', 'nse-cash', 'NSE:SBIN-EQ', 'sf|nse_cm|3045', 'nse-cash'],
    ['NSE:M&M', 'nse-cas', 'NSE:M&M-EQ', 'sf|nse_cm|2031', 'nse-cas'],
    ['NSE:BAJAJ-AUTO', 'nse-cas', 'NSE:BAJAJ-AUTO-EQ', 'sf|nse_cm|16669', 'nse-cas'],
    ['NSE:MOVED', 'nse-cash', 'NSE:MOVED-BE', 'sf|nse_cm|777', 'nse-cash'],
    ['NSE:NIFTY 50', 'nse-index', 'NSE:NIFTY50-INDEX', 'if|nse_cm|Nifty 50', 'nse-index'],
    ['NSE:NIFTY BANK', 'nse-index', 'NSE:NIFTYBANK-INDEX', 'if|nse_cm|Nifty Bank', 'nse-index'],
    ['NSE:NIFTY50-INDEX', 'nse-index', 'NSE:NIFTY50-INDEX', 'if|nse_cm|Nifty 50', 'nse-index'],
    ['BSE:SBIN', 'nse-cash', 'BSE:SBIN-A', 'sf|bse_cm|500112', 'nse-cash'],
    ['BSE:SENSEX', 'nse-cash', 'BSE:SENSEX-INDEX', 'if|bse_cm|SENSEX', 'nse-index'],
    ['NSE:NIFTY26NOVFUT', 'nse-cash', 'NSE:NIFTY26NOVFUT', 'sf|nse_fo|53123', 'nse-fno'],
  ] as const)('are found: %s', (key, segment, ticker, topic, found) => {
    const known = match(key, segment);
    expect([known?.ticker, known?.topics?.prices, known?.instrument.segment]).toEqual([ticker, topic, found]);
  });

  it('have the list’s tick size, decimals and lot', () => {
    expect(match('NSE:SBIN')?.instrument).toMatchObject({
      tickSize: 0.1,
      priceDecimals: 2,
      lotSize: 1,
      name: 'STATE BANK OF INDIA',
    });
    expect(match('NSE:BAJAJ-AUTO')?.instrument).toMatchObject({ tickSize: 1, priceDecimals: 2 });
    expect(match('NSE:NIFTY 50', 'nse-index')?.instrument).toMatchObject({ lotSize: 9, name: 'NIFTY 50' });
    expect(match('NSE:NIFTY26NOVFUT', 'nse-fno')?.instrument).toMatchObject({ lotSize: 75 });
  });

  it('are left out where the list has them not, or our calendar has not their hours', () => {
    const wanted = ['NSE:NOSUCH', 'NSE:USDINR26NOVFUT'].map((key) => instrument(key));
    expect(matchInstruments(wanted, rows)).toEqual({ known: [], missing: ['NSE:NOSUCH', 'NSE:USDINR26NOVFUT'] });
  });

  it('are found under a former symbol in a list from before', () => {
    const rename = {
      from: 'NSE:MOVED' as InstrumentKey,
      to: 'NSE:NEW' as InstrumentKey,
      firstSession: '2026-09-01' as never,
    };
    expect(matchInstruments([instrument('NSE:NEW')], rows, [rename]).known[0]).toMatchObject({
      ticker: 'NSE:MOVED-BE',
      instrument: { key: 'NSE:NEW' },
    });
  });

  it('cannot be streamed where nobody knows the name of an index', () => {
    expect(match('NSE:NIFTYSOMETHING-INDEX', 'nse-index')).toMatchObject({
      ticker: 'NSE:NIFTYSOMETHING-INDEX',
      topics: undefined,
    });
    expect(topicsOf('NSE:SBIN-EQ', '9910000000003045')).toBeUndefined();
    expect(topicsOf('NSE:SBIN-EQ', 'rubbish')).toBeUndefined();
  });
});

describe('topics', () => {
  it('are told by the name Fyers has for the instrument', () => {
    expect(tickerOf('sf', 'nse_cm', 'SBIN-EQ')).toBe('NSE:SBIN-EQ');
    expect(tickerOf('if', 'nse_cm', 'Nifty 50')).toBe('NSE:NIFTY50-INDEX');
    expect(tickerOf('if', 'bse_cm', 'BSE100')).toBe('BSE:100-INDEX');
    expect(tickerOf('if', 'nse_cm', 'Unheard Of')).toBe('NSE:Unheard Of-INDEX');
    expect(tickerOf('sf', 'mcx_fo', 'GOLD26DECFUT')).toBe('MCX:GOLD26DECFUT');
  });

  it('are planned prices first, books in the places that are left', () => {
    const known = matchInstruments(
      ['NSE:SBIN', 'NSE:NIFTY 50', 'NSE:M&M'].map((key) =>
        instrument(key, key.includes(' ') ? 'nse-index' : 'nse-cas'),
      ),
      rows,
    ).known;
    expect([...planTopics(known, false, 10).topics]).toEqual([
      'sf|nse_cm|3045',
      'if|nse_cm|Nifty 50',
      'sf|nse_cm|2031',
    ]);
    expect([...planTopics(known, true, 4).topics]).toEqual([
      'sf|nse_cm|3045',
      'if|nse_cm|Nifty 50',
      'sf|nse_cm|2031',
      'dp|nse_cm|3045',
    ]);
    expect(planTopics(known, true, 1)).toMatchObject({ left: ['NSE:NIFTY 50', 'NSE:M&M'] });
  });

  it('are asked for by what changed', () => {
    const frames = subscriptionFrames(new Set(['a|1', 'b|2']), new Set(['b|2', 'c|3']));
    expect(frames.map((frame) => readRequest(Buffer.from(frame)))).toEqual([
      { type: 'unsubscribe', topics: ['a|1'], channel: 11 },
      { type: 'subscribe', topics: ['c|3'], channel: 11 },
    ]);
    expect(subscriptionFrames(new Set(['a']), new Set(['a']))).toEqual([]);
  });
});

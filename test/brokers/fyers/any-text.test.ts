import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { readAccessToken } from '../../../src/main/brokers/fyers/access-token.ts';
import { readCandleRow } from '../../../src/main/brokers/fyers/candle-row.ts';
import { openEnvelope } from '../../../src/main/brokers/fyers/envelope.ts';
import { readMapping } from '../../../src/main/brokers/fyers/mapping.ts';
import { parseOrderMessage } from '../../../src/main/brokers/fyers/order-messages.ts';
import { parseSymbolMaster } from '../../../src/main/brokers/fyers/symbol-master.ts';
import { parseTextMessage } from '../../../src/main/brokers/fyers/system-messages.ts';
import { mappingText } from '../../fakes/fyers-frames.ts';
import { FAKE_SYMBOLS, listOf } from '../../fakes/fyers-symbols.ts';
import { damaged as damagedFrame, numbersFrom } from '../../support/damage.ts';

const ORDER = JSON.stringify({
  orders: { id: '1', symbol: 'NSE:SBIN-EQ', qty: 1, qty_filled: 0, tran_side: 1, ord_status: 20, time_oms: '' },
});
/** Any text, any JSON, and what was JSON of ours once. */
const texts = fc.oneof(
  fc.string(),
  fc.json(),
  fc.nat().map((seed) => damaged(seed % 2 === 0 ? ORDER : mappingText(), seed)),
);

function damaged(text: string, seed: number): string {
  return Buffer.from(damagedFrame(Buffer.from(text), [], numbersFrom(seed))).toString('utf8');
}

/** Fine, or refused with an AppError. */
function refusesAtMost(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (thrown) {
    return thrown instanceof AppError;
  }
}

describe('whatever text comes', () => {
  it('messages of both sockets, mappings and tokens are read or refused, and nothing is thrown', () => {
    fc.assert(
      fc.property(texts, (text) => {
        parseOrderMessage(text, () => undefined, 0 as never);
        parseTextMessage(text);
        readAccessToken(text);
        const layouts = readMapping(text);
        return layouts === undefined || (layouts.sf.fields.length <= 255 && layouts.sf.liteCount <= 255);
      }),
      { numRuns: 2_000 },
    );
  });

  it('an answer is opened or refused in a sentence', () => {
    const types = fc.constantFrom('application/json', 'text/html', '');
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), types, texts, (status, contentType, text) =>
        refusesAtMost(() => openEnvelope({ status, contentType, text }, ['secret'])),
      ),
      { numRuns: 2_000 },
    );
  });

  it('a damaged list of symbols loses rows, and makes up none', () => {
    const list = listOf(FAKE_SYMBOLS);
    const tickers = new Set(FAKE_SYMBOLS.map(({ fyToken }) => fyToken));
    let read = 0;
    for (let seed = 0; seed < 2_000; seed += 1) {
      const csv = damaged(list, seed);
      const isFine = refusesAtMost(() => {
        const { rows } = parseSymbolMaster(csv);
        read += rows.filter(({ fyToken }) => tickers.has(fyToken)).length;
        for (const { fyToken, ticker } of rows)
          expect([/^\d{12,}$/.test(fyToken), ticker.includes(':')]).toEqual([true, true]);
      });
      expect(isFine, csv).toBe(true);
    }
    expect(read, 'most rows are whole').toBeGreaterThan(2_000 * 3);
  });

  it('a row of history is a candle that can be, or none', () => {
    fc.assert(
      fc.property(fc.anything(), fc.array(fc.oneof(fc.double(), fc.integer(), fc.anything())), (value, row) => {
        for (const each of [readCandleRow(value), readCandleRow(row)]) {
          if (each === undefined) continue;
          const { open, high, low, close, time, volume } = each;
          if (!(low > 0 && low <= open && close <= high && low <= close && open <= high)) return false;
          if (!Number.isSafeInteger(time) || !(volume >= 0)) return false;
        }
        return true;
      }),
      { numRuns: 2_000 },
    );
  });
});

import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TradingDate } from '../../../src/core/brand.ts';
import { AppError } from '../../../src/core/errors.ts';
import { parseInstrumentDump } from '../../../src/main/brokers/kite/instrument-dump.ts';
import { loadInstruments } from '../../../src/main/brokers/kite/instruments.ts';
import { matchInstruments } from '../../../src/main/brokers/kite/match-instruments.ts';
import { dumpOf, FAKE_INSTRUMENTS, INFY, MAHINDRA, NIFTY } from '../../fakes/kite-instruments.ts';
import { day } from '../../support/ist.ts';
import { QuietLogger } from '../../support/quiet-logger.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { instrumentOf, key } from './open-context.ts';

const HEADER =
  'instrument_token,exchange_token,tradingsymbol,name,last_price,expiry,strike,tick_size,lot_size,instrument_type,segment,exchange';
const never = new AbortController().signal;

describe('the instruments dump', () => {
  it('is read with names that hold commas, quotes and ampersands', () => {
    const { rows, unreadable } = parseInstrumentDump(
      `${HEADER}\n408065,1594,INFY,INFOSYS,0,,,0.05,1,EQ,NSE,NSE\n519937,2031,M&M,"MAHINDRA & MAHINDRA, LTD",0.0,,0.0,0.1,1,EQ,NSE,NSE\n256265,1001,NIFTY 50,NIFTY 50,0.0,,0.0,0,0,EQ,INDICES,NSE\n`,
    );
    expect(unreadable).toBe(0);
    expect(rows).toEqual([
      { token: 408_065, tradingSymbol: 'INFY', exchange: 'NSE', segment: 'NSE', tickSize: 0.05, lotSize: 1 },
      { token: 519_937, tradingSymbol: 'M&M', exchange: 'NSE', segment: 'NSE', tickSize: 0.1, lotSize: 1 },
      { token: 256_265, tradingSymbol: 'NIFTY 50', exchange: 'NSE', segment: 'INDICES', tickSize: 0, lotSize: 0 },
    ]);
  });

  it('is read by its header, whatever the order of the columns', () => {
    const { rows } = parseInstrumentDump(
      'exchange,segment,lot_size,tick_size,new_column,tradingsymbol,instrument_token\nNSE,NSE,1,0.05,x,INFY,408065\n',
    );
    expect(rows).toMatchObject([{ token: 408_065, tradingSymbol: 'INFY' }]);
  });

  it('loses its broken rows and no others', () => {
    const { rows, unreadable } = parseInstrumentDump(
      `${HEADER}\nabc,1,BAD,BAD,0,,,0.05,1,EQ,NSE,NSE\n1.5,1,BAD,BAD,0,,,0.05,1,EQ,NSE,NSE\n7,1,,BAD,0,,,0.05,1,EQ,NSE,NSE\n9\n408065,1594,INFY,INFOSYS,0,,,0.05,1,EQ,NSE,NSE\n`,
    );
    expect(rows.map(({ tradingSymbol }) => tradingSymbol)).toEqual(['INFY']);
    expect(unreadable).toBe(4);
  });

  it.each([
    ['nothing', ''],
    ['a web page', '<html><body>Sorry</body></html>'],
    ['a header alone', `${HEADER}\n`],
    ['other columns', 'a,b\n1,2\n'],
  ])('that is %s is an error', (_case, csv) => {
    expect(() => parseInstrumentDump(csv)).toThrow(AppError);
  });
});

describe('finding instruments in the dump', () => {
  const dump = (...rows: readonly string[]) => parseInstrumentDump([HEADER, ...rows].join('\n')).rows;
  const row = (token: number, symbol: string, segment = 'NSE', exchange = 'NSE') =>
    `${token},1,${symbol},X,0,,,0.05,1,EQ,${segment},${exchange}`;

  it('goes by exchange and symbol, and takes the sizes of the dump', () => {
    const { known, missing } = matchInstruments(
      [INFY, NIFTY].map(instrumentOf),
      dump(row(1, 'INFY', 'BSE', 'BSE'), row(408_065, 'INFY'), row(256_265, 'NIFTY 50', 'INDICES')),
    );
    expect(missing).toEqual([]);
    expect(known).toEqual([
      { instrument: { ...instrumentOf(INFY), tickSize: 0.05 }, token: 408_065, quoteKey: 'NSE:INFY' },
      { instrument: { ...instrumentOf(NIFTY), tickSize: 0.05 }, token: 256_265, quoteKey: 'NSE:NIFTY 50' },
    ]);
  });

  it('finds a stock that was moved to trade-for-trade under the name it has there', () => {
    const { known } = matchInstruments([instrumentOf(INFY)], dump(row(5, 'INFY-BL'), row(7, 'INFY-BE')));
    expect(known).toMatchObject([{ instrument: { key: 'NSE:INFY' }, token: 7, quoteKey: 'NSE:INFY-BE' }]);
  });

  it('prefers the normal series, and never takes the block deal window', () => {
    const both = dump(row(7, 'INFY-BE'), row(408_065, 'INFY'), row(5, 'INFY-BL'));
    expect(matchInstruments([instrumentOf(INFY)], both).known).toMatchObject([{ token: 408_065 }]);
    expect(matchInstruments([instrumentOf(INFY)], dump(row(5, 'INFY-BL'))).missing).toEqual([key('INFY')]);
  });

  describe('of before a rename', () => {
    const tmpv = instrumentOf({ tradingSymbol: 'TMPV', name: 'Tata Motors', segment: 'NSE' });
    const renames = [{ from: key('TATAMOTORS'), to: key('TMPV'), firstSession: day('2025-10-24') }];

    it('finds a share under the symbol it had then, and keeps its key', () => {
      const { known, missing } = matchInstruments([tmpv], dump(row(884_737, 'TATAMOTORS')), renames);
      expect(missing).toEqual([]);
      expect(known).toMatchObject([{ instrument: { key: 'NSE:TMPV' }, token: 884_737, quoteKey: 'NSE:TATAMOTORS' }]);
    });

    it('prefers the new symbol, though another share may have taken the old one', () => {
      const both = dump(row(1, 'TATAMOTORS'), row(884_737, 'TMPV-BE'));
      expect(matchInstruments([tmpv], both, renames).known).toMatchObject([{ token: 884_737 }]);
    });

    it('knows no old symbol unless it is told', () => {
      expect(matchInstruments([tmpv], dump(row(884_737, 'TATAMOTORS'))).missing).toEqual([key('TMPV')]);
    });
  });

  it('takes no stock for an index, and no index for a stock', () => {
    expect(matchInstruments([instrumentOf(NIFTY)], dump(row(1, 'NIFTY 50'))).missing).toEqual([key('NIFTY 50')]);
    expect(matchInstruments([instrumentOf(INFY)], dump(row(1, 'INFY', 'INDICES'))).missing).toEqual([key('INFY')]);
  });
});

describe('loading instruments', () => {
  const wanted = [INFY, MAHINDRA, NIFTY].map(instrumentOf);

  function source(csv: string | AppError, cacheDir = tempFolder(), day = '2026-11-20') {
    const logger = new QuietLogger();
    const paths: string[] = [];
    const api = {
      csv(path: string): Promise<string> {
        paths.push(path);
        return typeof csv === 'string' ? Promise.resolve(csv) : Promise.reject(csv);
      },
    };
    return { api, cacheDir, day: day as TradingDate, logger, paths };
  }
  const offline = new AppError('network', 'Nobody is there.');
  const csv = dumpOf(FAKE_INSTRUMENTS);

  it('fetches the exchange’s dump once a day', async () => {
    const first = source(csv);
    const { known } = await loadInstruments(wanted, first, never);
    expect(known.map(({ token }) => token)).toEqual([INFY.token, MAHINDRA.token, NIFTY.token]);
    expect(first.paths).toEqual(['/instruments/NSE']);
    expect(readdirSync(first.cacheDir)).toEqual(['kite-instruments-NSE-2026-11-20.csv']);

    const again = source(offline, first.cacheDir);
    expect((await loadInstruments(wanted, again, never)).known).toEqual(known);
    expect(again.paths).toEqual([]);
  });

  it('fetches anew on another day, and forgets the old dump', async () => {
    const first = source(csv);
    await loadInstruments(wanted, first, never);
    const next = source(csv, first.cacheDir, '2026-11-23');
    await loadInstruments(wanted, next, never);
    expect(next.paths).toHaveLength(1);
    expect(readdirSync(first.cacheDir)).toEqual(['kite-instruments-NSE-2026-11-23.csv']);
  });

  it('makes do with an older dump while Kite cannot be reached, and says so', async () => {
    const first = source(csv);
    await loadInstruments(wanted, first, never);
    const next = source(offline, first.cacheDir, '2026-11-23');
    expect((await loadInstruments(wanted, next, never)).known).toHaveLength(3);
    expect(next.logger.lines.join()).toContain('an older one is used');
    await expect(loadInstruments(wanted, source(offline), never)).rejects.toBe(offline);
  });

  it('does not paper over a login that was refused', async () => {
    const first = source(csv);
    await loadInstruments(wanted, first, never);
    const refused = new AppError('auth-expired', 'Log in again.');
    await expect(loadInstruments(wanted, source(refused, first.cacheDir, '2026-11-23'), never)).rejects.toBe(refused);
  });

  it('fetches anew when the kept dump was damaged, and keeps no broken one', async () => {
    const damaged = source(csv);
    writeFileSync(join(damaged.cacheDir, 'kite-instruments-NSE-2026-11-20.csv'), 'half a fi');
    await loadInstruments(wanted, damaged, never);
    expect(damaged.paths).toHaveLength(1);

    const broken = source('not,a,dump\n1,2,3\n');
    await expect(loadInstruments(wanted, broken, never)).rejects.toMatchObject({ code: 'network' });
    expect(readdirSync(broken.cacheDir)).toEqual([]);
  });

  it('works without a place to keep it', async () => {
    const file = join(tempFolder(), 'a-file');
    writeFileSync(file, '');
    const blocked = source(csv, file);
    expect((await loadInstruments(wanted, blocked, never)).known).toHaveLength(3);
    expect(blocked.logger.lines.join()).toContain('could not be kept');
  });

  it('leaves out what Kite does not list, and names it', async () => {
    const unknown = instrumentOf({ tradingSymbol: 'NOSUCH', name: 'No such', segment: 'NSE' });
    const some = source(csv);
    const { known, missing } = await loadInstruments([...wanted, unknown], some, never);
    expect(known).toHaveLength(3);
    expect(missing).toEqual([key('NOSUCH')]);
    expect(some.logger.lines.join()).toContain('NOSUCH');
    await expect(loadInstruments([unknown], source(csv), never)).rejects.toMatchObject({ code: 'not-found' });
  });
});

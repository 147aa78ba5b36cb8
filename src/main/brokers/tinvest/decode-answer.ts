import { isRecord } from '../../../core/is-record.ts';
import type { RecordedText } from '../text-recording.ts';
import { DOCUMENTED_FIGI } from './documented-instruments.ts';
import { restInterval } from './intervals.ts';
import { listMember, member, textMember } from './member.ts';
import type { VenueTrade } from './messages.ts';
import { readCandleOf, readLastPrice, readTrade } from './read-events.ts';
import { candleRecord, errorRecord, lastPriceRecord, secondRecord, tradeRecord } from './records.ts';
import { secondBars } from './seconds.ts';

/** The answer of a single call as records. Which call it was, the request tells, or else the answer's only list. */
export function answerRecords(value: unknown, { status = 200, request, text }: RecordedText): readonly object[] {
  if (!isRecord(value)) return [reject('unreadable-frame', `${text.length} characters`)];
  const code = member(value, 'code');
  if (status >= 400 || typeof code === 'number') {
    const description = member(value, 'description');
    const number = description === undefined || description === '' ? String(code ?? status) : String(description);
    return [errorRecord(number, textMember(value, 'message'), typeof code === 'number' ? code : undefined, status)];
  }
  const asked = isRecord(request?.body) ? request.body : {};
  for (const [name, read] of Object.entries(ANSWERS)) {
    const rows = member(value, name) === undefined ? undefined : listMember(value, name);
    if (rows !== undefined) return read(rows, asked);
  }
  return isRecord(value['instrument']) ? instruments([value['instrument']]) : [reject('unknown-answer', '')];
}

type Fields = Readonly<Record<string, unknown>>;

const ANSWERS: Readonly<Record<string, (rows: readonly unknown[], asked: Fields) => readonly object[]>> = {
  candles(rows, asked) {
    const interval = restInterval(member(asked, 'interval'));
    if (interval === undefined) return [reject('bad-interval', 'the request names no interval')];
    const uid = textMember(asked, 'instrumentId');
    const names = { uid, figi: Object.hasOwn(DOCUMENTED_FIGI, uid) ? (DOCUMENTED_FIGI[uid] ?? '') : '' };
    return eachRow(rows, (row) => {
      const candle = readCandleOf(row, interval, names);
      return 'reject' in candle ? candle : candleRecord({ candle, closed: member(row, 'isComplete') === true });
    });
  },
  trades(rows) {
    const good: VenueTrade[] = [];
    const records = eachRow(rows, (row) => {
      const trade = readTrade(row);
      if ('reject' in trade) return trade;
      good.push(trade);
      return tradeRecord(trade);
    });
    const byInstrument = Map.groupBy(good, ({ uid, figi }) => uid || figi);
    const bars = [...byInstrument.values()].flatMap((trades) =>
      secondBars(trades).map((bar) => secondRecord(bar, { uid: trades[0]?.uid ?? '', figi: trades[0]?.figi ?? '' })),
    );
    return [...records, ...bars];
  },
  lastPrices(rows) {
    return eachRow(rows, (row) => {
      const last = readLastPrice(row);
      return 'reject' in last ? last : lastPriceRecord(last);
    });
  },
  instruments,
};

function instruments(rows: readonly unknown[]): readonly object[] {
  return eachRow(rows, (row) => {
    const lot = member(row, 'lot');
    return {
      kind: 'instrument',
      broker: 'tinvest',
      id: textMember(row, 'uid'),
      figi: textMember(row, 'figi'),
      ticker: textMember(row, 'ticker'),
      classCode: textMember(row, 'classCode'),
      displayName: textMember(row, 'name'),
      lot: typeof lot === 'number' ? lot : null,
      tradable: member(row, 'apiTradeAvailableFlag') === true,
    };
  });
}

function eachRow(rows: readonly unknown[], read: (row: Fields) => object): readonly object[] {
  return rows.map((row) => (isRecord(row) ? read(row) : reject('unreadable-row', '')));
}

function reject(reason: string, detail: string): object {
  return { reject: reason, detail };
}

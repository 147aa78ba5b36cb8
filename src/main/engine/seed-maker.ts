import { type BarSpan, barAt, periodSpan } from '../../core/bar-time.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import { type FormingBar, foldPiece } from '../../core/candle-builder.ts';
import { candlesOf } from '../../core/candle-columns.ts';
import { isIntraday, type Timeframe } from '../../core/timeframe.ts';
import type { Archive } from './archive.ts';
import { BarMaker } from './bar-maker.ts';
import type { Track } from './track.ts';

/** A maker that goes on with the bar in progress: what of it is stored, and the base bar that is not stored yet. */
export function seedMaker(track: Track, archive: Archive, timeframe: Timeframe, now: EpochMs): BarMaker {
  const { calendar, base } = track;
  const instrument = track.instrument.key;
  const kind = { instrument, timeframe, calendar };
  const span = spanAt(now, timeframe, calendar);
  if (span === undefined) return new BarMaker(kind);

  const stored = candlesOf(archive.load(instrument, timeframe, calendar, span.openTime, now), instrument, timeframe);
  let forming: FormingBar | undefined;
  for (const { openTime: time, open, high, low, close, volume } of [...stored, ...(base === undefined ? [] : [base])]) {
    if (time < span.openTime || time >= span.closeTime) continue;
    const step = foldPiece(forming, { time, open, high, low, close, volume }, kind);
    if (step.kind === 'updated') forming = step.forming;
  }
  return new BarMaker(kind, forming);
}

/** A week goes on while nobody trades. */
function spanAt(now: EpochMs, timeframe: Timeframe, calendar: Calendar): BarSpan | undefined {
  if (isIntraday(timeframe)) return barAt(now, timeframe, calendar);
  const span = periodSpan(calendar.dateOf(now), timeframe, calendar);
  return span.openTime <= now && now < span.closeTime ? span : undefined;
}

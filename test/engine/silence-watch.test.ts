import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import type { Instrument } from '../../src/core/instrument.ts';
import { Hearing } from '../../src/main/engine/hearing.ts';
import { SilenceWatch } from '../../src/main/engine/silence-watch.ts';
import { Track } from '../../src/main/engine/track.ts';
import { ist } from '../support/ist.ts';
import { nse } from '../support/nse.ts';
import { INFY, stock } from '../support/tape.ts';

const INDEX: Instrument = { ...stock('NIFTY 50'), segment: 'nse-index' };
const at = (time: string, date = '2026-11-20'): EpochMs => ist(`${date} ${time}`);
const ignore = (): void => undefined;

/** A watch that heard the instrument at these times, while the feed told all the while. */
function watched(instrument: Instrument, times: readonly EpochMs[]) {
  const out = {
    store: ignore,
    auction: ignore,
    auctionSoFar: () => undefined,
    inferred: ignore,
    late: ignore,
    ruleBar: ignore,
    chartBar: ignore,
  };
  const hearing = new Hearing({ ms: 0 });
  const track = new Track(instrument, nse(instrument.segment), out, hearing);
  hearing.begin((times[0] ?? 0) - 60_000);
  const watch = new SilenceWatch();
  for (const time of times) {
    hearing.heard(time);
    watch.look(track, time);
  }
  const broken = (from: EpochMs, to: EpochMs): boolean => track.coverage.isBroken({ open: from, close: to });
  return { track, watch, broken };
}

describe('SilenceWatch', () => {
  it('notices that the feed lost an index for half a minute of trading', () => {
    const { broken, track } = watched(INDEX, [at('10:00:00'), at('10:00:31'), at('10:00:32')]);
    expect(broken(at('10:00:10'), at('10:00:20'))).toBe(true);
    expect(broken(at('10:00:31'), at('10:00:32'))).toBe(false);
    expect(track.coverage.live).toEqual([
      { open: at('09:59:00'), close: at('10:00:00') },
      { open: at('10:00:31'), close: at('10:00:32') },
    ]);
  });

  it('takes a short pause for nothing', () => {
    const { broken } = watched(INDEX, [at('10:00:00'), at('10:00:29.999')]);
    expect(broken(at('10:00:00'), at('10:01:00'))).toBe(false);
  });

  it('knows nothing of a stock, which may not have traded', () => {
    const { broken } = watched(INFY, [at('10:00:00'), at('10:30:00')]);
    expect(broken(at('10:00:00'), at('10:30:00'))).toBe(false);
  });

  it.each([
    ['over a night', at('15:14:59'), at('09:15:01', '2026-11-23')],
    ['into the auction', at('15:14:50'), at('15:31:00')],
    ['before the open', at('09:05:00'), at('09:15:02')],
    ['over the pause of a two-part day', at('09:59:59', '2024-03-02'), at('11:30:01', '2024-03-02')],
  ])('expects no word %s', (_case, from, to) => {
    expect(watched(INDEX, [from, to]).broken(from, to)).toBe(false);
  });

  it('is not confused by a word that comes late', () => {
    const { broken } = watched(INDEX, [at('10:00:40'), at('10:00:05'), at('10:01:05')]);
    expect(broken(at('10:00:00'), at('10:02:00'))).toBe(false);
  });

  it('measures bars from the end of one to the opening of the next', () => {
    const { watch, track, broken } = watched(INDEX, []);
    for (const open of ['10:00', '10:01', '10:03']) watch.look(track, at(open), (at(open) + 60_000) as EpochMs);
    expect(broken(at('10:00'), at('10:02'))).toBe(false);
    expect(broken(at('10:02'), at('10:03'))).toBe(true);
  });
});

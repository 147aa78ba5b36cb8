import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import type { CorporateAction } from '../../src/core/corporate-action.ts';
import type { Proof } from '../../src/core/passport.ts';
import { proveAlert } from '../../src/main/engine/prove-alert.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { deskOf, PROOF_CALENDAR, PROOF_NOW, plainRule, raiseFound, storeBars } from '../support/raised-alerts.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { tamper } from '../support/tamper.ts';
import { tempFolder, tempFolderForAll } from '../support/temp-folder.ts';

const template = join(tempFolderForAll(), 'tickscope.sqlite');
const ids = makeTemplate();
const [FIRST = '', SECOND = ''] = ids;

function makeTemplate(): readonly string[] {
  const store = openStore(template);
  storeBars(store);
  const raised = raiseFound(store);
  store.close();
  return raised;
}

/** A store of its own with the alerts of the template. */
function raised(change = '', ...values: readonly (string | number)[]) {
  const path = join(tempFolder(), 'tickscope.sqlite');
  copyFileSync(template, path);
  if (change !== '') tamper(path, change, ...values);
  const store = openStore(path);
  onTestFinished(() => store.close());
  return { path, store };
}

const EMPTY = 'DELETE FROM alert; DELETE FROM evidence; DELETE FROM sqlite_sequence; DELETE FROM delivery';

const kinds = (proofs: Iterable<Proof>): readonly string[] => [...proofs].map(({ kind }) => kind);
const barTimeOf = (id: string): EpochMs => Number(id.split(' ').at(-1)) as EpochMs;
const symbolOf = (id: string): string => id.split(' ')[0] ?? '';

describe('the proof of an alert', () => {
  it('reproduces every one of many kinds to the last bit', () => {
    expect(ids.length).toBeGreaterThan(30);
    expect(new Set(ids.map((id) => id.split(' ')[2]))).toEqual(new Set(['cross', 'day', 'longer', 'far']));
    const { store } = raised();
    const proofs = [...deskOf(store).proveAll()];
    expect(proofs).toEqual(ids.map((alert) => ({ alert, kind: 'reproduced', bars: expect.any(Number) })));
    expect(deskOf(store).prove(FIRST)).toEqual(proofs[0]);
  });

  it('begins longer bars where the lane began them, which other rules have a say in', () => {
    const { store } = raised();
    const id = ids.find((each) => each.includes(' longer ')) ?? '';
    const link = deskOf(store).passport(id);
    if (link?.content.kind !== 'alert') return expect.unreachable('it has a passport');
    const { passport } = link.content;
    expect(passport.longer).toMatchObject([{ timeframe: '15m' }]);
    const ground = { store, key: passport.instrument, calendar: PROOF_CALENDAR };
    expect(proveAlert(passport, ground).kind).toBe('reproduced');
    const proof = proveAlert({ ...passport, longer: [] }, ground);
    expect(proof).toMatchObject({ kind: 'differs' });
  });

  it('shows what history has changed since, and leaves alone what came before', () => {
    const { store } = raised();
    const id = ids.findLast((each) => symbolOf(each) === 'NSE:CCC') ?? '';
    const openTime = barTimeOf(id);
    const instrument = symbolOf(id) as InstrumentKey;
    const [stored] = store.storedCandles(instrument, '1m', openTime, (openTime + 1) as EpochMs);
    if (stored === undefined) return expect.unreachable('the bar is stored');
    const high = stored.candle.high + 5;
    store.saveBars({ batches: [{ candles: [{ ...stored.candle, high }], provenance: 'history' }], at: PROOF_NOW });
    const place = `5m ${new Date(openTime + 19_800_000).toISOString().slice(0, 16).replace('T', ' ')}`;
    expect(deskOf(store).prove(id)).toMatchObject({
      kind: 'differs',
      differences: expect.arrayContaining([{ what: `${place} high`, told: expect.any(String), now: String(high) }]),
    });
    const before = ids.filter((each) => symbolOf(each) === instrument && barTimeOf(each) < openTime);
    expect(before.length).toBeGreaterThan(3);
    for (const each of before) expect(deskOf(store).prove(each).kind).toBe('reproduced');
  });

  it('says when a rule would no longer fire, and what its operands are now', () => {
    const { store } = raised();
    const id = ids.find((each) => each.includes(' day ')) ?? '';
    const openTime = barTimeOf(id);
    const instrument = symbolOf(id) as InstrumentKey;
    const candles = store
      .storedCandles(instrument, '1m', openTime, (openTime + 300_000) as EpochMs)
      .map(({ candle }) => ({ ...candle, volume: 1 }));
    store.saveBars({ batches: [{ candles, provenance: 'official' }], at: PROOF_NOW });
    expect(deskOf(store).prove(id)).toMatchObject({
      kind: 'differs',
      differences: expect.arrayContaining([
        { what: 'verdict', told: 'buy', now: 'false' },
        { what: 'volume', told: expect.any(String), now: '5' },
      ]),
    });
  });

  it('misses bars that were lost', () => {
    const lost = `DELETE FROM candle WHERE instrument = ? AND open_time >= ? AND open_time < ?`;
    const time = barTimeOf(FIRST);
    const earlier = raised(lost, symbolOf(FIRST), time - 3_000_000, time - 2_700_000);
    const proof = deskOf(earlier.store).prove(FIRST);
    expect(proof).toMatchObject({ kind: 'differs' });
    const bars = proof.kind === 'differs' ? proof.differences.find(({ what }) => what === 'bars of 5m') : undefined;
    expect(Number(bars?.told) - Number(bars?.now)).toBe(1);

    const own = raised(lost, symbolOf(FIRST), time, time + 300_000);
    expect(deskOf(own.store).prove(FIRST)).toMatchObject({
      kind: 'differs',
      differences: expect.arrayContaining([
        { what: 'verdict', told: expect.any(String), now: 'unknown' },
        { what: expect.stringMatching(/^5m 2026-10-30 \d\d:\d\d$/), told: 'there', now: 'missing' },
      ]),
    });
  });

  it('cannot be had of bars that are no longer kept, and says so', () => {
    const { store } = raised();
    const retention = { ticks: 1, books: 1, seconds: 1, base: 1, intraday: 1, budgetBytes: undefined };
    while (!store.trim(retention, PROOF_NOW).isDone);
    const proofs = [...deskOf(store).proveAll()];
    expect(new Set(kinds(proofs))).toEqual(new Set(['cannot']));
    expect(proofs[0]).toMatchObject({
      reason: expect.stringMatching(
        /^It was judged by bars of 5m from 2026-10-.. 09:15 on, and only those from 2026-10-.. 09:15 on are still/,
      ),
    });
    while (!store.trim({ ...retention, intraday: 0 }, (PROOF_NOW + 9 * 86_400_000) as EpochMs).isDone);
    expect(deskOf(store).prove(FIRST)).toMatchObject({
      reason: 'None of the bars it was judged by is stored any more.',
    });
  });

  it('counts in the shares of its own date, whatever was split since', () => {
    const instrument = symbolOf(FIRST) as InstrumentKey;
    const split = (exDate: string): CorporateAction => {
      return { instrument, exDate: exDate as TradingDate, kind: 'split', factor: 0.1, note: '1:10' };
    };
    const later = split('2026-11-02');
    const { store } = raised(EMPTY);
    raiseFound(store, { actions: [split('2020-01-01'), split('2026-10-29'), later] });
    store.saveCorporateActions([split('2020-01-01'), split('2026-10-29'), later]);
    const told = store.toldAlerts().find(({ alert }) => alert.signal.instrument === instrument)?.alert.id ?? '';
    const link = deskOf(store).passport(told);
    expect(link?.content).toMatchObject({
      passport: { actions: [{ exDate: '2026-10-29', kind: 'split', factor: 0.1 }] },
    });
    expect(new Set(kinds(deskOf(store).proveAll()))).toEqual(new Set(['reproduced']));
    if (link?.content.kind !== 'alert') return expect.unreachable('it has a passport');
    const unadjusted = { ...link.content.passport, actions: [] };
    expect(proveAlert(unadjusted, { store, key: instrument, calendar: PROOF_CALENDAR }).kind).toBe('differs');
  });

  it('is had under the new symbol, and still under the one it was told by', () => {
    const { store } = raised();
    const from = symbolOf(FIRST) as InstrumentKey;
    const to = 'NSE:ZZZ' as InstrumentKey;
    store.renameInstrument({ from, to, firstSession: '2026-11-02' as TradingDate });
    const now = FIRST.replace(from, to);
    expect(deskOf(store).prove(now)).toMatchObject({ kind: 'reproduced', alert: now });
    expect(deskOf(store).prove(FIRST)).toMatchObject({ kind: 'reproduced', alert: now });
    expect(new Set(kinds(deskOf(store).proveAll()))).toEqual(new Set(['reproduced']));
  });

  it('is had of a rule that names its symbols, though one is called otherwise today', () => {
    const { store } = raised(
      'DELETE FROM alert; DELETE FROM evidence; DELETE FROM sqlite_sequence; DELETE FROM delivery',
    );
    const instruments = [symbolOf(FIRST) as InstrumentKey];
    const rule = plainRule({ id: 'named', buy: 'close > open', universe: { kind: 'list', instruments } });
    expect(raiseFound(store, { rules: [rule] }).length).toBeGreaterThan(3);
    const rename = { from: instruments[0] ?? ('' as InstrumentKey), to: 'NSE:ZZZ' as InstrumentKey };
    store.renameInstrument({ ...rename, firstSession: '2026-11-02' as TradingDate });
    expect(new Set(kinds(deskOf(store).proveAll()))).toEqual(new Set(['reproduced']));
  });

  it('cannot be had of an alert nobody knows, of an older version, or of a newer one', () => {
    const { store } = raised();
    expect(deskOf(store).prove('nobody')).toEqual({
      alert: 'nobody',
      kind: 'cannot',
      reason: 'No alert of that name is stored.',
    });
    const old = raised('DELETE FROM alert; DELETE FROM evidence; DELETE FROM sqlite_sequence').store;
    old.addAlert(sampleAlert());
    expect(deskOf(old).prove(sampleAlert().id)).toMatchObject({
      kind: 'cannot',
      reason: expect.stringMatching(/kept no passports yet/),
    });
    const link = deskOf(store).passport(SECOND);
    if (link?.content.kind !== 'alert') return expect.unreachable('it has a passport');
    const ground = { store, key: symbolOf(SECOND) as InstrumentKey, calendar: PROOF_CALENDAR };
    const newer = { ...link.content.passport, version: 2 } as unknown as typeof link.content.passport;
    expect(proveAlert(newer, ground)).toMatchObject({
      kind: 'cannot',
      reason: expect.stringMatching(/another version/),
    });
  });
});

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { EpochMs, InstrumentKey, TradingDate } from '../../src/core/brand.ts';
import { canonicalJson } from '../../src/core/canonical-json.ts';
import type { SymbolRename } from '../../src/core/corporate-action.ts';
import { signalId } from '../../src/core/signal.ts';
import { openReader } from '../../src/main/store/open-reader.ts';
import { openStore } from '../../src/main/store/open-store.ts';
import { sampleAlert } from '../support/sample-alert.ts';
import { sampleWrite } from '../support/sample-passport.ts';
import { minute } from './sample-bars.ts';
import { tempStore } from './temp-store.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const write = (index: number, channels: readonly string[] = []) =>
  sampleWrite({ barTime: minute(index) }, { raisedAt: minute(index + 5), inputs: 'incomplete' }, channels);
const told = (alert: string, channel = 'desktop') =>
  ({ kind: 'delivery', alert, channel, outcome: 'told', at: minute(9) }) as const;

const key = (symbol: string) => `NSE:${symbol}` as InstrumentKey;
const [OLD, NEW, NEWER] = [key('RELIANCE'), key('RELI'), key('RIL')];
const firstSession = '2026-11-23' as TradingDate;
const rename = (from: InstrumentKey, to: InstrumentKey): SymbolRename => ({ from, to, firstSession });

describe('an alert that is raised', () => {
  it('is stored with its signal, its passport and what channels owe', () => {
    const { store } = tempStore();
    const given = write(0, ['desktop', 'webhook']);
    expect(store.raise(given)).toBe(true);
    expect(store.alerts(9)).toEqual([given.alert]);
    expect(store.toldAlert(given.alert.id)).toEqual({ alert: given.alert, link: 1 });
    expect(store.addSignal(given.signal, minute(9)), 'its signal is known').toBe(false);
    expect(store.evidence(given.alert.id).map(({ content }) => content)).toEqual([
      { kind: 'alert', passport: given.passport },
    ]);
    for (const channel of ['desktop', 'webhook'])
      expect(store.deliveries(channel, 9).map(({ alert }) => alert.id)).toEqual([given.alert.id]);
  });

  it('is raised once, and nothing of a second time is written', () => {
    const { store } = tempStore();
    store.raise(write(0, ['desktop']));
    const again = { ...write(0, ['telegram']), alert: { ...write(0).alert, text: 'again' } };
    expect(store.raise(again)).toBe(false);
    expect(store.toldAlerts()).toEqual([{ alert: write(0).alert, link: 1 }]);
    expect(store.evidence(again.alert.id)).toHaveLength(1);
    expect(store.deliveries('telegram', 9)).toEqual([]);
    store.clearAlerts();
    expect(store.raise(write(0)), 'cleared, and still known').toBe(false);
  });

  it('is raised though its signal was stored before, as an older version may have left it', () => {
    const { store } = tempStore();
    store.addSignal(write(0).signal, minute(1));
    expect(store.raise(write(0))).toBe(true);
  });

  it('leaves nothing behind when a part of it cannot be stored', () => {
    const { store } = tempStore();
    const bad = write(0, ['desktop']);
    expect(() => store.raise({ ...bad, passport: { ...bad.passport, price: Number.NaN } })).toThrow();
    expect(store.toldAlerts()).toEqual([]);
    expect(store.deliveries('desktop', 9)).toEqual([]);
    expect(store.addSignal(bad.signal, minute(1)), 'nor its signal').toBe(true);
    expect(store.raise({ ...bad, alert: sampleAlert() })).toBe(true);
    expect(store.brokenLink()).toBeUndefined();
  });
});

describe('the chain of evidence', () => {
  it('links each content to the hash before it, the first to 64 zeros', () => {
    const { store } = tempStore();
    for (const index of [0, 1]) store.raise(write(index));
    const added = store.addEvidence(told(write(0).alert.id));
    const links = [0, 1].flatMap((index) => store.evidence(write(index).alert.id)).sort((a, b) => a.seq - b.seq);
    expect(links.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    let previous = '0000000000000000000000000000000000000000000000000000000000000000';
    for (const link of links) {
      expect(link.previous).toBe(previous);
      expect(link.hash).toBe(sha256(previous + canonicalJson(link.content)));
      previous = link.hash;
    }
    expect(links[2]).toEqual(added);
    expect(store.brokenLink()).toBeUndefined();
  });

  it('has the hash that sha256sum gives', () => {
    // printf '%064d{"alert":"a","at":5,"channel":"webhook","kind":"delivery","outcome":"failed"}' 0 | sha256sum
    const store = openStore(':memory:');
    const content = { kind: 'delivery', outcome: 'failed', channel: 'webhook', at: 5 as EpochMs, alert: 'a' } as const;
    const link = store.addEvidence(content);
    expect(link.hash).toBe('3ecfa002d1deb41655567edfa7a07d2c160dccbf1b0d3adbf950f4a32a1a57fa');
  });

  it('is empty and whole in a new store, and in one whose alerts are of an older version', () => {
    const { store } = tempStore();
    expect(store.brokenLink()).toBeUndefined();
    store.addAlert(sampleAlert());
    expect(store.brokenLink()).toBeUndefined();
    expect(store.evidence(sampleAlert().id)).toEqual([]);
    expect(store.toldAlerts()).toEqual([{ alert: sampleAlert(), link: undefined }]);
    expect(store.toldAlert('nobody')).toBeUndefined();
  });

  it('goes on after a restart, is in a backup, and is read beside a running program', async () => {
    const { path, store, reopen } = tempStore();
    store.raise(write(0));
    const again = reopen();
    again.raise(write(1));
    const copy = join(path, '..', 'copy.sqlite');
    await again.backUp(copy);
    for (const file of [path, copy]) {
      const reader = openReader(file);
      expect(reader.brokenLink()).toBeUndefined();
      expect(reader.evidence(write(1).alert.id)).toEqual(again.evidence(write(1).alert.id));
      expect(reader.toldAlerts()).toEqual(again.toldAlerts());
      reader.close();
    }
    expect(again.evidence(write(1).alert.id)).toMatchObject([{ seq: 2 }]);
  });

  it('stays when everything else of its days is trimmed', () => {
    const { store } = tempStore();
    store.raise(write(0));
    const nothing = { ticks: 0, books: 0, seconds: 0, base: 0, intraday: 0, budgetBytes: 0 };
    while (!store.trim(nothing, minute(1_000_000)).isDone);
    expect(store.evidence(write(0).alert.id)).toHaveLength(1);
    expect(store.brokenLink()).toBeUndefined();
  });
});

describe('the chain of a symbol that was renamed', () => {
  const idOf = (instrument: InstrumentKey) => signalId({ ...write(0).signal, instrument });

  it('still knows the alert, by the name it has now, and says so', () => {
    const { store } = tempStore();
    store.raise(write(0));
    store.renameInstrument(rename(OLD, NEW));
    store.addEvidence(told(idOf(NEW)));
    store.renameInstrument(rename(NEW, NEWER));
    store.addEvidence(told(idOf(NEWER), 'webhook'));
    expect(store.toldAlert(idOf(NEWER))).toMatchObject({ link: 1, alert: { signal: { instrument: NEWER } } });
    expect(store.evidence(idOf(NEWER)).map(({ content }) => content)).toEqual([
      { kind: 'alert', passport: write(0).passport },
      { kind: 'rename', from: OLD, to: NEW, firstSession },
      told(idOf(OLD)),
      { kind: 'rename', from: NEW, to: NEWER, firstSession },
      told(idOf(OLD), 'webhook'),
    ]);
    expect(store.brokenLink()).toBeUndefined();
  });

  it('does not mix it up with another, nor speak of renames of symbols without alerts', () => {
    const { store } = tempStore();
    const other = sampleWrite({ instrument: 'NSE:TCS' as InstrumentKey });
    store.raise(other);
    store.addSignal({ ...write(0).signal, instrument: NEW }, minute(0));
    store.renameInstrument(rename(NEW, NEWER));
    expect(store.addEvidence(told(other.alert.id)).seq).toBe(2);
    expect(store.evidence(other.alert.id)).toHaveLength(2);
  });

  it('keeps an alert that both symbols have, off the list', () => {
    const { path, store } = tempStore();
    const both = [OLD, NEW].map((instrument) => sampleWrite({ instrument, barTime: minute(0) }));
    for (const each of both) store.raise(each);
    store.renameInstrument(rename(OLD, NEW));
    expect(store.alerts(9)).toEqual([both[1]?.alert]);
    expect(store.toldAlerts()).toHaveLength(2);
    expect(store.brokenLink()).toBeUndefined();
    const db = new Database(path, { readonly: true });
    expect(db.prepare('SELECT DISTINCT instrument FROM alert').pluck().all()).toEqual([NEW]);
    db.close();
  });
});

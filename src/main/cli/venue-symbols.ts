import type { BrokerManifest } from '../../contract/manifest.ts';
import { type Instrument, symbolOf } from '../../core/instrument.ts';
import type { BrokerModule } from '../brokers/broker-module.ts';
import { watchedInstruments } from '../watched-instruments.ts';
import { UsageError } from './cli-command.ts';

const KEY = /^[A-Z]+:\S.*$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MOST = 5_000;

/**
 * The instruments of `A,B`: each a key such as `NSE:INFY` or `KUCOIN:BTC-USDT`, or a symbol alone, which is looked up
 * in the venue's lists or else taken for one of its usual exchange. Throws UsageError.
 */
export function instrumentsNamed(
  text: string,
  manifest: BrokerManifest,
  universe: readonly Instrument[],
): readonly Instrument[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === ''))
    throw new UsageError('--symbols takes names such as INFY,TCS, none of them empty.');
  if (names.length > MOST) throw new UsageError(`--symbols takes at most ${MOST} names.`);
  const listed = (manifest.presets ?? []).flatMap(({ instruments }) => instruments);
  const known = listed.length > 0 ? [...listed, ...universe] : universe;
  const keys = names.map((name) => keyOf(name, known));
  return watchedInstruments(manifest, { lists: { [manifest.id]: { instruments: keys } } }, universe);
}

/** For `--help`: `RELIANCE, or whole keys: NSE:RELIANCE, …`, with the first that each venue's lists have. */
export function symbolExamples(brokers: readonly BrokerModule[]): string {
  const firsts = brokers.flatMap(({ manifest }) => manifest.presets?.[0]?.instruments[0]?.key ?? []);
  return `RELIANCE, or whole keys: ${['NSE:RELIANCE', ...new Set(firsts)].join(', ')}`;
}

function keyOf(name: string, known: readonly Instrument[]): string {
  const [exchange = '', ...rest] = name.split(':');
  const key = rest.length === 0 ? keyOfSymbol(name, known) : wholeKey(exchange.toUpperCase(), rest.join(':'), known);
  if (KEY.test(key)) return key;
  throw new UsageError(`"${name}" names no instrument. Say INFY, or the whole key as NSE:INFY.`);
}

function keyOfSymbol(symbol: string, known: readonly Instrument[]): string {
  const found = known.find(({ key }) => symbolOf(key).toUpperCase() === symbol.toUpperCase());
  const usual = known[0]?.key.split(':')[0] ?? 'NSE';
  return found?.key ?? `${usual}:${inCapitals(symbol)}`;
}

function wholeKey(exchange: string, symbol: string, known: readonly Instrument[]): string {
  const sought = `${exchange}:${symbol}`.toUpperCase();
  return known.find(({ key }) => key.toUpperCase() === sought)?.key ?? `${exchange}:${inCapitals(symbol)}`;
}

/** Symbols are in capitals, but for a few that mix (SiZ6) and ids: only what is all small was typed without care. */
function inCapitals(symbol: string): string {
  return UUID.test(symbol) || symbol !== symbol.toLowerCase() ? symbol : symbol.toUpperCase();
}

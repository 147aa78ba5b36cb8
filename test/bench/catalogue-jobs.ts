import { strict as assert } from 'node:assert';
import { findFunction } from '../../src/core/scanner/catalogue.ts';
import { INDICATOR_RACES, type IndicatorRace, type Reader, type TradedBar } from './catalogue-peers.ts';
import type { Entry, Job } from './part.ts';
import { walk } from './prices.ts';

const BARS = barsOf(walk(100_000));
/** After so many no seed is remembered. */
const SETTLED = 5_000;
const TOLERANCE = 1e-8;

/** Bars of two closes, in rupees and whole shares. */
function barsOf(closes: Float64Array): readonly TradedBar[] {
  return Array.from(closes, (close, index) => {
    const open = closes[index - 1] ?? close;
    const [high, low] = [Math.max(open, close) + (index % 3) * 0.05, Math.min(open, close) - (index % 5) * 0.05];
    return { openTime: index * 60_000, open, high, low, close, volume: 1 + ((index * 37) % 997) };
  });
}

function ours({ name, numbers, part }: IndicatorRace): Reader {
  const scanFunction = findFunction(name);
  if (scanFunction === undefined) throw new Error(`There is no ${name}.`);
  let now = scanFunction.build(numbers, { arithmetic: 'trading-view', dayOf: () => '' });
  return (bar) => {
    now = now.next(bar, bar.close);
    return now.value(part) ?? Number.NaN;
  };
}

type Starter = readonly [name: string, start: () => Reader];

function contenders(race: IndicatorRace): readonly Starter[] {
  const { tradingSignals, technicalIndicators } = race;
  const all: Starter[] = [['tickscope', () => ours(race)]];
  if (tradingSignals !== undefined) all.push(['trading-signals 8.3.0', tradingSignals]);
  if (technicalIndicators !== undefined) all.push(['technicalindicators 3.1.0', technicalIndicators]);
  return all;
}

/** Throws where the contenders of a race do not read the same once their seeds are forgotten. */
export function checkCatalogue(): void {
  for (const race of INDICATOR_RACES) {
    const readers = contenders(race).map(([name, start]) => ({ name, read: start() }));
    BARS.slice(0, SETTLED + 200).forEach((bar, index) => {
      const values = readers.map(({ read }) => read(bar));
      if (index < SETTLED) return;
      values.forEach((value, at) => {
        const off = Math.abs(value - (values[0] ?? Number.NaN));
        assert.ok(
          off <= (race.tolerance ?? TOLERANCE),
          `${race.title}: ${readers[at]?.name} reads ${value} for ${values[0]}`,
        );
      });
    });
  }
}

function entry([name, start]: Starter): Entry {
  const prepare: Entry['prepare'] = () => {
    let read = start();
    return {
      operations: BARS.length,
      reset: () => {
        read = start();
      },
      run() {
        let sum = 0;
        for (const bar of BARS) sum += read(bar) || 0;
        return sum;
      },
    };
  };
  return { name, prepare };
}

/** Each indicator of the scan language against its peers, a closed bar. */
export const CATALOGUE_JOBS: readonly Job[] = INDICATOR_RACES.map((race) => ({
  title: `${race.title}, a closed bar`,
  unit: 'bars',
  entries: contenders(race).map(entry),
  reference: race.reference,
}));

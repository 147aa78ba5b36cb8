import type { Part } from './part.ts';
import { backtest } from './part-backtest.ts';
import { fyers } from './part-fyers.ts';
import { indicators } from './part-indicators.ts';
import { kite } from './part-kite.ts';
import { kucoin } from './part-kucoin.ts';
import { resample } from './part-resample.ts';
import { rules } from './part-rules.ts';
import { store } from './part-store.ts';
import { transport } from './part-transport.ts';

export const PARTS: readonly Part[] = [kite, fyers, kucoin, transport, indicators, rules, backtest, resample, store];

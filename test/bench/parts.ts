import type { Part } from './part.ts';
import { fyers } from './part-fyers.ts';
import { indicators } from './part-indicators.ts';
import { kite } from './part-kite.ts';
import { resample } from './part-resample.ts';
import { store } from './part-store.ts';

export const PARTS: readonly Part[] = [kite, fyers, indicators, resample, store];

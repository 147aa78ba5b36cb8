import type { Part } from './part.ts';
import { indicators } from './part-indicators.ts';
import { resample } from './part-resample.ts';
import { store } from './part-store.ts';

export const PARTS: readonly Part[] = [indicators, resample, store];

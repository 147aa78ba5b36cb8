import { obv, obvTalib } from '../../indicators/obv.ts';
import { vwap } from '../../indicators/vwap.ts';
import type { ScanFunction } from '../scan-function.ts';
import { ofBars } from './instance.ts';
import { noFault } from './numbers.ts';

const VWAP: ScanFunction = {
  name: 'vwap',
  aliases: [],
  summary: 'average price since the day began, weighted by volume',
  example: 'vwap',
  takes: 'bars',
  needsSource: false,
  numbers: [],
  parts: [],
  needsVolume: true,
  readsFrom: () => 1,
  // It begins with the day: what it needs is the day's bars from the first on, however many those are.
  settlesAfter: () => 1,
  fault: noFault,
  build: (_numbers, { dayOf }) => ofBars(vwap(dayOf)),
};

const OBV: ScanFunction = {
  name: 'obv',
  aliases: [],
  summary: 'on-balance volume: volume of rising bars less that of falling ones; only its changes mean anything',
  example: 'obv',
  takes: 'bars',
  needsSource: false,
  numbers: [],
  parts: [],
  needsVolume: true,
  readsFrom: () => 2,
  // Its level never forgets where the data began, and its changes never knew.
  settlesAfter: () => 2,
  fault: noFault,
  build: (_numbers, { arithmetic }) => ofBars(arithmetic === 'ta-lib' ? obvTalib() : obv()),
};

/** What trading itself says. */
export const VOLUMES: readonly ScanFunction[] = [VWAP, OBV];

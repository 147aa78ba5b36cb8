import type { Settings } from '../../../../contract/settings.ts';

type KeepDays = Settings['storage']['keepDays'];

interface KeepKind {
  readonly kind: keyof KeepDays;
  readonly label: string;
  /** Days offered to a person who no longer keeps it for ever. */
  readonly usual: number;
}

/** What can be kept for some days or for ever, the finest first. Where the settings have a number, it is the same. */
export const KEEP_KINDS: readonly KeepKind[] = [
  { kind: 'ticks', label: 'Ticks', usual: 30 },
  { kind: 'books', label: 'Order books', usual: 7 },
  { kind: 'seconds', label: '1-second bars', usual: 90 },
  { kind: 'base', label: '5-second bars', usual: 180 },
  { kind: 'intraday', label: 'Bars of 10 seconds to 4 hours', usual: 365 },
];

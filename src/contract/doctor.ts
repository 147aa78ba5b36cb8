import type { EpochMs } from '../core/brand.ts';

/** What can be looked into, in the order in which it is. Each is about one venue but those of this computer. */
export const CHECKS = [
  'clock',
  'disk',
  'credentials',
  'dns',
  'tls',
  'token',
  'rest',
  'instruments',
  'market',
  'socket',
  'subscription',
  'first-tick',
  'silence',
] as const;
export type Check = (typeof CHECKS)[number];

/** What a button beside a finding does. */
export const FIXES = [
  'log-in',
  'open-settings',
  'reconnect',
  'switch-to-polling',
  'refresh-instruments',
  'switch-to-simulator',
] as const;
export type Fix = (typeof FIXES)[number];

/** One thing the doctor looked at. */
export interface Finding {
  readonly check: Check;
  /** `unknown`: it could not be looked at, because of what another finding says. */
  readonly level: 'fine' | 'warning' | 'problem' | 'unknown';
  /** What was found, as a sentence; never with a secret. */
  readonly text: string;
  /** What to do about it, as a sentence; undefined where there is nothing to do. */
  readonly advice: string | undefined;
  readonly fix: Fix | undefined;
}

/** A whole examination of one venue. */
export interface Examination {
  readonly venue: string;
  readonly label: string;
  readonly examinedAt: EpochMs;
  readonly findings: readonly Finding[];
}

import type { OptionValue } from '../../../contract/manifest.ts';
import { manifest } from './manifest.ts';

/** What a person set, by the names of the manifest. */
export interface FcsOptions {
  readonly reconnectDelayMs: number;
  /** 0 never gives up. */
  readonly reconnectLimit: number;
  readonly dayCandles: boolean;
  readonly mostSymbols: number;
  readonly requestsPerMinute: number;
  /** 0 is without limit. */
  readonly requestsPerDay: number;
}

/** Where a value is absent or of another kind, the manifest's own holds. */
export function readOptions(options: Readonly<Record<string, OptionValue>>): FcsOptions {
  const initial = (name: string): OptionValue | undefined =>
    manifest.options?.find((option) => option.name === name)?.initial;
  const numberOf = (name: string): number => {
    const [value, usual] = [options[name], initial(name)];
    if (typeof value === 'number') return value;
    return typeof usual === 'number' ? usual : 0;
  };
  const dayCandles = options['dayCandles'] ?? initial('dayCandles');
  return {
    reconnectDelayMs: numberOf('reconnectDelay'),
    reconnectLimit: numberOf('reconnectLimit'),
    dayCandles: dayCandles === true,
    mostSymbols: numberOf('mostSymbols'),
    requestsPerMinute: numberOf('requestsPerMinute'),
    requestsPerDay: numberOf('requestsPerDay'),
  };
}

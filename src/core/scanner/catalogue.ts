import { AVERAGES } from './functions/averages.ts';
import { DIRECTIONAL } from './functions/directional.ts';
import { MOMENTUM } from './functions/momentum.ts';
import { RANGES } from './functions/ranges.ts';
import { VOLUMES } from './functions/volumes.ts';
import { WINDOWS } from './functions/windows.ts';
import type { ScanFunction } from './scan-function.ts';

/** Every indicator of the scan language, in the order in which lists show them. Definitions are in docs/indicators.md. */
export const SCAN_FUNCTIONS: readonly ScanFunction[] = [
  ...AVERAGES,
  ...WINDOWS,
  ...MOMENTUM,
  ...RANGES,
  ...DIRECTIONAL,
  ...VOLUMES,
];

const BY_NAME: ReadonlyMap<string, ScanFunction> = new Map(
  SCAN_FUNCTIONS.flatMap((scanFunction) =>
    [scanFunction.name, ...scanFunction.aliases].map((name) => [name, scanFunction] as const),
  ),
);

/** The function of that name or alias, in small letters. */
export function findFunction(name: string): ScanFunction | undefined {
  return BY_NAME.get(name);
}

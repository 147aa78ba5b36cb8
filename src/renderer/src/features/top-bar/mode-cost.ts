import type { BrokerManifest } from '../../../../contract/manifest.ts';
import type { RunningMode } from '../../../../contract/settings.ts';

/** What a mode costs, in the words beside its switch: `live`, `scan every 60 s · 1 request`. */
export function modeCost(
  mode: RunningMode,
  pollSeconds: number,
  instruments: number,
  limits: BrokerManifest['limits'] | undefined,
): string {
  if (mode === 'streaming') return 'live';
  const scan = `scan every ${pollSeconds} s`;
  if (limits?.quotesPerRequest === undefined) return scan;
  const requests = Math.max(1, Math.ceil(instruments / limits.quotesPerRequest));
  return `${scan} · ${requests} request${requests === 1 ? '' : 's'}`;
}

import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { SECOND_MS } from '../../core/brand.ts';
import type { Clock } from '../engine/ports.ts';

/** How often the addresses are looked at: the system tells Node of no change. */
const LOOK_MS = 5 * SECOND_MS;

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

export interface NetworkWatch {
  readonly clock: Clock;
  /** This computer has other addresses than before, and at least one that leads out. */
  onChange(): void;
  /** What tests turn. */
  readonly interfaces?: () => Interfaces;
}

/**
 * Notices that this computer changed its network: another Wi-Fi, a cable, a VPN. Connections over the old one are dead
 * and do not say so. Losing the network is no change: there is nowhere to connect to until there is another. Answers
 * the way to stop.
 */
export function watchNetwork({ clock, onChange, interfaces = networkInterfaces }: NetworkWatch): () => void {
  const addresses = (): string => {
    try {
      return addressesOf(interfaces());
    } catch {
      // Some sandboxes forbid the question; then nothing is ever seen to change.
      return '';
    }
  };
  let known = addresses();
  let cancel = (): void => undefined;
  const look = (): void => {
    const now = addresses();
    if (now !== known && now !== '') onChange();
    // While there is none, the last one stays: coming back to it is a change too.
    known = now === '' ? 'none' : now;
    cancel = clock.after(LOOK_MS, look);
  };
  cancel = clock.after(LOOK_MS, look);
  return () => cancel();
}

/** Addresses that lead out of this computer, in an order of their own. Those given by link alone come and go. */
function addressesOf(interfaces: Interfaces): string {
  return Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, address }) => !internal && !address.startsWith('fe80:') && !address.startsWith('169.254.'))
    .map(({ address }) => address)
    .sort()
    .join(' ');
}

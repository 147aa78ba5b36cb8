import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { watchNetwork } from '../../src/main/platform/network-watch.ts';
import { FakeClock } from '../support/fake-clock.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});

function watched(...first: NetworkInterfaceInfo[]) {
  const clock = new FakeClock(0);
  let addresses = first;
  let changes = 0;
  const stop = watchNetwork({
    clock,
    onChange: () => {
      changes += 1;
    },
    interfaces: () => ({ lo: [at('127.0.0.1', true)], eth0: addresses }),
  });
  /** The addresses change; so many changes are noticed by the next look. */
  const become = (...next: NetworkInterfaceInfo[]): number => {
    addresses = next;
    const before = changes;
    clock.advance(5_000);
    return changes - before;
  };
  return { clock, become, stop };
}

describe('the network of this computer', () => {
  it('is noticed to be another one', () => {
    const { become } = watched(at('192.168.1.5'));
    expect(become(at('192.168.1.5'))).toBe(0);
    expect(become(at('10.0.0.7'))).toBe(1);
    expect(become(at('10.0.0.7'))).toBe(0);
  });

  it('is no other for a different order, or for addresses that lead nowhere', () => {
    const { become } = watched(at('192.168.1.5'), at('10.8.0.2'));
    expect(become(at('10.8.0.2'), at('192.168.1.5'))).toBe(0);
    expect(become(at('10.8.0.2'), at('192.168.1.5'), at('fe80::1'), at('169.254.3.4'))).toBe(0);
  });

  it('that is gone is waited for, and noticed when it is back, the same one too', () => {
    const { become } = watched(at('192.168.1.5'));
    expect(become()).toBe(0);
    expect(become()).toBe(0);
    expect(become(at('192.168.1.5'))).toBe(1);
  });

  it('that was not there at the start is noticed when it comes', () => {
    expect(watched().become(at('192.168.1.5'))).toBe(1);
  });

  it('is looked at no more after the end', () => {
    const { clock, become, stop } = watched(at('192.168.1.5'));
    stop();
    expect(become(at('10.0.0.7'))).toBe(0);
    expect(clock.timers).toBe(0);
  });
});

describe('a computer that does not tell its addresses', () => {
  it('is taken for one whose network never changes', () => {
    const clock = new FakeClock(0);
    const stop = watchNetwork({
      clock,
      onChange: () => expect.unreachable('Nothing changed.'),
      interfaces: () => {
        throw new Error('uv_interface_addresses returned Unknown system error 13');
      },
    });
    clock.advance(60_000);
    stop();
    expect(clock.timers).toBe(0);
  });
});

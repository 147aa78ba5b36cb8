import { describe, expect, it } from 'vitest';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { WakeBell } from '../../../src/main/brokers/transport/wake-bell.ts';
import { FakeClock } from '../../support/fake-clock.ts';

describe('a meter', () => {
  it('counts from nothing', () => {
    const clock = new FakeClock(5_000);
    const meter = new Meter('ticker 1', clock);
    expect(meter.metrics).toEqual({
      name: 'ticker 1',
      state: 'idle',
      messages: 0,
      bytes: 0,
      errors: 0,
      drops: 0,
      reconnects: 0,
      rotations: 0,
      connectedAt: undefined,
      lastMessageAt: undefined,
      lastDataAt: undefined,
      latencyMs: undefined,
      subscriptions: 0,
    });
  });

  it('takes the first connection for no reconnect, and no latency from a clock that was set back', () => {
    const clock = new FakeClock(5_000);
    const meter = new Meter('orders', clock);
    meter.connected();
    meter.latency(40);
    meter.latency(-3_000);
    meter.subscriptions = 7;
    expect(meter.metrics).toMatchObject({ reconnects: 0, connectedAt: 5_000, latencyMs: 40, subscriptions: 7 });
    clock.advance(1_000);
    meter.lost();
    meter.connected();
    meter.rotated();
    meter.error();
    expect(meter.metrics).toMatchObject({ reconnects: 1, rotations: 1, errors: 2, connectedAt: 6_000 });
  });
});

describe('a wake bell', () => {
  it('is heard by all who listen, until they leave', () => {
    const bell = new WakeBell();
    const heard: string[] = [];
    const note = (): void => void heard.push('same');
    bell.ring();
    const leave = [bell.listen(note), bell.listen(note)];
    bell.ring();
    expect(heard).toEqual(['same', 'same']);
    leave[0]?.();
    bell.ring();
    expect(heard).toHaveLength(3);
    leave[1]?.();
    leave[1]?.();
    bell.ring();
    expect(heard).toHaveLength(3);
  });
});

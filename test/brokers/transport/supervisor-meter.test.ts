import { describe, expect, it } from 'vitest';
import { settle, startSupervised } from './supervised.ts';

describe('what a supervised connection counts', () => {
  it('is everything that came, and what became of the connections', async () => {
    const { clock, link, meter, wait } = startSupervised();
    expect(meter.metrics.state).toBe('connecting');
    link.socket.open();
    link.socket.hear('price');
    const dataAt = clock.now();
    await wait(1);
    link.socket.hear('heartbeat');
    link.socket.hear('₹');
    link.socket.hear(new Uint8Array(5));
    expect(meter.metrics).toMatchObject({
      state: 'live',
      messages: 4,
      bytes: 5 + 9 + 3 + 5,
      errors: 0,
      reconnects: 0,
      connectedAt: dataAt,
      lastMessageAt: clock.now(),
    });
    link.socket.end({ kind: 'lost', reason: 'cut' });
    await settle();
    expect(meter.metrics).toMatchObject({ state: 'waiting', errors: 1, reconnects: 0, connectedAt: undefined });
    await wait(1);
    link.socket.end({ kind: 'refused', httpStatus: 500 });
    await wait(2);
    link.socket.open();
    expect(meter.metrics).toMatchObject({ errors: 2, reconnects: 1, connectedAt: clock.now() });
  });

  it('includes what a flood made us throw away, told once a slice', async () => {
    const told: number[] = [];
    const { clock, link, meter } = startSupervised(undefined, { onDropped: (messages) => told.push(messages) });
    link.socket.open();
    for (let at = 0; at < 7_000; at += 1) link.socket.hear(`price ${at}`);
    expect(link.read).toHaveLength(5_000);
    clock.advance(1);
    expect(told).toEqual([1_000]);
    expect(meter.metrics).toMatchObject({ messages: 7_000, drops: 1_000 });
    expect(link.read).toHaveLength(6_000);
    expect(link.read.at(-1), 'the newest is what counts').toBe('price 6999');
  });

  it('survives a listener to drops that throws', () => {
    const { clock, link } = startSupervised(undefined, {
      onDropped() {
        throw new Error('a fault of the engine');
      },
    });
    link.socket.open();
    for (let at = 0; at < 7_000; at += 1) link.socket.hear('price');
    clock.advance(1);
    expect(link.faults).toHaveLength(1);
    link.socket.hear('price');
    expect(link.last?.state).toBe('live');
  });

  it('reads what came before a loss, and nothing after our own goodbye', async () => {
    const { link, stop, done, wait } = startSupervised();
    link.socket.open();
    for (let at = 0; at < 5_500; at += 1) link.socket.hear('price');
    expect(link.read).toHaveLength(5_000);
    link.socket.end({ kind: 'lost', reason: 'cut' });
    expect(link.read).toHaveLength(5_500);
    await wait(1);
    link.socket.open();
    for (let at = 0; at < 5_500; at += 1) link.socket.hear('price');
    expect(link.read).toHaveLength(10_500);
    stop.abort();
    await done;
    expect(link.read).toHaveLength(10_500);
  });
});

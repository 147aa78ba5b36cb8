import { describe, expect, it } from 'vitest';
import { Rooms } from '../../../src/main/brokers/fcs/rooms.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function open() {
  const clock = new FakeClock(1_000_000);
  const sent: string[] = [];
  const silent: string[] = [];
  const rooms = new Rooms({
    clock,
    send(frame) {
      const { type, symbol = '', timeframe = '' } = JSON.parse(frame);
      sent.push([type.replace('_symbol', ''), symbol, timeframe].join(' ').trim());
    },
    onSilent: ({ symbol, timeframe }) => silent.push(`${symbol} ${timeframe}`),
  });
  const take = (): readonly string[] => sent.splice(0);
  return { clock, rooms, take, silent };
}
const room = (symbol: string, timeframe = '1') => ({ symbol, timeframe });
const [A, B, C] = [room('FX:A'), room('FX:B'), room('BINANCE:A')];

describe('rooms', () => {
  it('are joined after the welcome only, twenty a second', () => {
    const { clock, rooms, take } = open();
    rooms.want([A, B, C]);
    clock.advance(60_000);
    expect(take()).toEqual([]);
    rooms.opened();
    expect(take()).toEqual(['join FX:A 1']);
    clock.advance(50);
    expect(take()).toEqual(['join FX:B 1']);
    clock.advance(1_000);
    expect(take()).toEqual(['join BINANCE:A 1']);
  });

  it('are left one by one, and all at once when nothing is wanted', () => {
    const { clock, rooms, take } = open();
    rooms.want([A, B]);
    rooms.opened();
    clock.advance(1_000);
    take();
    rooms.want([B, C]);
    expect(take()).toEqual(['leave FX:A 1', 'join BINANCE:A 1']);
    rooms.want([]);
    expect(take()).toEqual(['remove_all']);
    clock.advance(60_000);
    expect([take(), clock.timers]).toEqual([[], 0]);
  });

  it('that were not asked for yet need not be left', () => {
    const { rooms, take } = open();
    rooms.want([A, B]);
    rooms.opened();
    rooms.want([A]);
    expect(take()).toEqual(['join FX:A 1']);
  });

  it('in another timeframe are left before they are joined', () => {
    const { clock, rooms, take } = open();
    rooms.want([room('FX:A', '1')]);
    rooms.opened();
    take();
    clock.advance(100);
    rooms.want([room('FX:A', '5')]);
    expect(take()).toEqual(['leave FX:A 1', 'join FX:A 5']);
  });

  it('without an answer are asked for twice, then given up until the next connection', () => {
    const { clock, rooms, take, silent } = open();
    rooms.want([A]);
    rooms.opened();
    clock.advance(9_999);
    expect(take()).toEqual(['join FX:A 1']);
    clock.advance(1);
    expect(take()).toEqual(['join FX:A 1']);
    clock.advance(10_050);
    expect(silent).toEqual(['FX:A 1']);
    clock.advance(600_000);
    expect([take(), clock.timers]).toEqual([[], 0]);
    expect(rooms.has(A), 'it is wanted still').toBe(true);
    rooms.closed();
    rooms.opened();
    expect(take()).toEqual(['join FX:A 1']);
  });

  it('are not asked for again once they answered, also late, or were refused', () => {
    const { clock, rooms, take, silent } = open();
    rooms.want([A, B]);
    rooms.opened();
    clock.advance(12_000);
    rooms.joined(A);
    rooms.refused(B);
    take();
    clock.advance(60_000);
    expect([take(), silent]).toEqual([[], []]);
  });

  it('are found by their short name: the oldest join that waits', () => {
    const { clock, rooms } = open();
    rooms.want([B, C, A]);
    rooms.opened();
    clock.advance(500);
    expect(rooms.awaiting('A', '1')).toEqual(C);
    rooms.joined(C);
    expect(rooms.awaiting('A', '1')).toEqual(A);
    rooms.joined(A);
    expect([rooms.awaiting('A', '1'), rooms.awaiting('B', '5')]).toEqual([undefined, undefined]);
  });

  it('send nothing while there is no connection', () => {
    const { clock, rooms, take } = open();
    rooms.opened();
    rooms.closed();
    rooms.want([A]);
    rooms.want([]);
    clock.advance(60_000);
    expect([take(), clock.timers]).toEqual([[], 0]);
  });
});

import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { Meter } from '../../src/main/brokers/transport/meter.ts';
import { describeDamage } from '../support/damage-contract.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QuietLogger } from '../support/quiet-logger.ts';
import { createLine } from './pigeon/line.ts';
import { readMessages } from './pigeon/read-message.ts';

const NOW = 1_792_988_430_000 as EpochMs;
const TRADE = `{"t":"trade","s":"CORN","p":201.75,"q":3,"side":"buy","ts":${NOW}}`;
const FRAMES: readonly string[] = [
  '{"t":"welcome"}',
  '{"t":"subscribed","symbols":["CORN","OATS"]}',
  `{"t":"pong","n":${NOW}}`,
  '{"t":"error","code":"plan","text":"No: plan"}',
  TRADE,
  `{"t":"quote","s":"OATS","p":98.5,"bid":98.495,"ask":98.505,"ts":${NOW}}`,
  `${TRADE}\n{"t":"trade","s":"PEAS","p":140.1,"q":5,"ts":${NOW}}\n`,
];

describe('a frame of the Pigeon Exchange', () => {
  it('has a trade, each quantity by itself', () => {
    expect(readMessages(TRADE)).toEqual([
      { kind: 'trade', symbol: 'CORN', price: 201.75, quantity: 3, side: 'buy', time: NOW },
    ]);
  });

  it('has several lines, of which a bad one takes none with it', () => {
    const bad = TRADE.replace('201.75', '-1');
    expect(readMessages(`${bad}\n{"t":"coo"}\n[]\n{\n${TRADE}`)).toMatchObject([
      { reject: 'bad-price', detail: 'CORN' },
      { reject: 'unknown-type' },
      { reject: 'unreadable-text' },
      { reject: 'unreadable-text' },
      { kind: 'trade', price: 201.75 },
    ]);
  });

  it.each([
    ['bytes', Uint8Array.of(123, 125), 'not-text'],
    ['a symbol that cannot be', TRADE.replace('CORN', 'corn and more'), 'bad-symbol'],
    ['a time that cannot be', TRADE.replace(`${NOW}`, '1.5'), 'bad-time'],
    ['no quantity', TRADE.replace('"q":3,', ''), 'bad-quantity'],
  ])('with %s is refused', (_case, frame, reject) => {
    expect(readMessages(frame)).toMatchObject([{ reject }]);
  });
});

describeDamage('pigeon', () => {
  const clock = new FakeClock(NOW);
  let made = 0;
  const { link } = createLine({
    wsUrl: '',
    offers: true,
    clock,
    meter: new Meter('prices', clock),
    logger: new QuietLogger(),
    tap: undefined,
    token: () => 'pgn.1.secret',
    wanted: () => new Set(['CORN']),
    status: () => undefined,
    heard: () => undefined,
    rejected(reason, detail) {
      if (reason === '' || detail.length > 100) throw new Error(`a reject without measure: ${reason}, ${detail}`);
    },
    priced(message) {
      made += 1;
      const price = message.kind === 'trade' ? message.price * message.quantity : message.last;
      if (!(price > 0 && Number.isFinite(price) && Number.isSafeInteger(message.time)))
        throw new Error(`a price that cannot be: ${JSON.stringify(message)}`);
      return true;
    },
  });
  return {
    frames: FRAMES,
    read(frame) {
      const before = made;
      return link.received(frame) && made > before;
    },
  };
});

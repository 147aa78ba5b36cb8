import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../src/contract/events.ts';
import { AppError } from '../../src/core/errors.ts';
import { Publisher } from '../../src/main/engine/publisher.ts';
import { TroubleDesk } from '../../src/main/engine/trouble-desk.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { QuietLogger } from '../support/quiet-logger.ts';

function openDesk() {
  const clock = new FakeClock(1_000);
  const logger = new QuietLogger();
  const publisher = new Publisher(clock);
  const events: EngineEvent[] = [];
  publisher.subscribe((batch) => events.push(...batch.events));
  const desk = new TroubleDesk(clock, logger, publisher);
  const tell = (message: string): void => desk.tell(new AppError('storage', message));
  return { clock, logger, events, tell };
}

describe('TroubleDesk', () => {
  it('tells log and screens', () => {
    const { clock, logger, events, tell } = openDesk();
    tell('The disk is full.');
    clock.advance(100);
    expect(logger.lines).toEqual(['error storage The disk is full. ']);
    expect(events).toEqual([{ type: 'notice', level: 'error', text: 'The disk is full.' }]);
  });

  it('does not repeat a sentence within a minute, and does after it', () => {
    const { clock, logger, events, tell } = openDesk();
    for (let second = 0; second < 60; second += 1) {
      tell('The disk is full.');
      clock.advance(1_000);
    }
    tell('The line is dead.');
    expect(logger.lines).toHaveLength(2);
    tell('The disk is full.');
    clock.advance(100);
    expect(logger.lines).toHaveLength(3);
    expect(events).toHaveLength(3);
  });

  it('keeps for a later screen what nobody is there to hear', () => {
    const posted: string[] = [];
    const publisher = new Publisher(new FakeClock());
    const desk = new TroubleDesk(new FakeClock(), new QuietLogger(), publisher, (sentence) => posted.push(sentence));
    desk.tell(new AppError('storage', 'The store is locked.'));
    publisher.subscribe(() => undefined);
    desk.tell(new AppError('storage', 'The disk is full.'));
    expect(posted).toEqual(['The store is locked.']);
  });

  it('remembers no more sentences than it needs', () => {
    const { logger, tell } = openDesk();
    for (let n = 0; n < 1_000; n += 1) tell(`${n} bars were lost.`);
    tell('999 bars were lost.');
    expect(logger.lines).toHaveLength(1_000);
  });
});

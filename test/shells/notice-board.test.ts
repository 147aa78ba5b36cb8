import { describe, expect, it } from 'vitest';
import type { EngineBatch, EngineEvent } from '../../src/contract/events.ts';
import { createNoticeBoard } from '../../src/main/shells/notice-board.ts';
import { fakeEngine } from '../support/fake-engine.ts';

const NEWS: EngineEvent = { type: 'market', market: { phase: 'open', until: undefined, warning: undefined } };

function openBoard() {
  const engine = fakeEngine();
  const board = createNoticeBoard();
  const noticed = board.over(engine);
  const join = () => {
    const batches: EngineBatch[] = [];
    const leave = noticed.subscribe((batch) => batches.push(batch));
    const snapshot = () => noticed.handlers['app.snapshot'](null);
    return { batches, leave, snapshot, texts: () => textsOf(batches) };
  };
  return { engine, board, join };
}

function textsOf(batches: readonly EngineBatch[]): readonly string[] {
  return batches.flatMap(({ events }) => events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])));
}

describe('NoticeBoard', () => {
  it('tells every screen once, also one that comes later', async () => {
    const { engine, board, join } = openBoard();
    board.post('No key ring is running.');
    const first = join();
    await first.snapshot();
    engine.tell(NEWS);
    board.post('No program shows notifications.');
    const second = join();
    await second.snapshot();
    engine.tell(NEWS);
    engine.tell(NEWS);

    const both = ['No key ring is running.', 'No program shows notifications.'];
    expect(first.texts()).toEqual(both);
    expect(second.texts()).toEqual(both);
    expect(
      first.batches.map(({ seq }) => seq),
      'the numbers stay those of the engine',
    ).toEqual([1, 2, 3]);
    first.leave();
    expect(engine.subscribers).toBe(1);
  });

  it('does not put a notice into a batch that the screen will drop', async () => {
    const { engine, board, join } = openBoard();
    board.post('No key ring is running.');
    const screen = join();
    engine.tell(NEWS);
    expect(screen.texts(), 'before its snapshot').toEqual([]);
    await screen.snapshot();
    engine.tell({ type: 'reset' });
    expect(screen.texts(), 'with a reset, after which it takes another').toEqual([]);
    await screen.snapshot();
    engine.tell(NEWS);
    expect(screen.texts()).toEqual(['No key ring is running.']);
  });
});

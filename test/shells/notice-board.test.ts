import { expect, it } from 'vitest';
import type { EngineBatch } from '../../src/contract/events.ts';
import { createNoticeBoard } from '../../src/main/shells/notice-board.ts';
import { fakeEngine } from '../support/fake-engine.ts';

it('tells every screen once, also one that comes later', () => {
  const engine = fakeEngine();
  const board = createNoticeBoard();
  const noticed = board.over(engine);
  const texts = (batches: readonly EngineBatch[]): readonly string[] =>
    batches.flatMap(({ events }) => events.flatMap((event) => (event.type === 'notice' ? [event.text] : [])));

  board.post('No key ring is running.');
  const first: EngineBatch[] = [];
  noticed.subscribe((batch) => first.push(batch));
  engine.tell({ type: 'reset' });
  board.post('No program shows notifications.');
  const second: EngineBatch[] = [];
  const leave = noticed.subscribe((batch) => second.push(batch));
  engine.tell({ type: 'reset' });
  engine.tell({ type: 'reset' });

  const both = ['No key ring is running.', 'No program shows notifications.'];
  expect(texts(first)).toEqual(both);
  expect(texts(second)).toEqual(both);
  expect(
    first.map(({ seq }) => seq),
    'the numbers stay those of the engine',
  ).toEqual([1, 2, 3]);
  leave();
  expect(engine.subscribers).toBe(1);
});

import { describe, expect, it } from 'vitest';
import { judgeRefusal } from '../../../src/main/brokers/kucoin/refusal.ts';
import { Subscriber } from '../../../src/main/brokers/kucoin/subscriber.ts';
import { FakeClock } from '../../support/fake-clock.ts';

/** Lets every promise that can be kept be kept. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function subscriber() {
  const clock = new FakeClock(1_000_000);
  const sent: { readonly id: string; readonly type: string; readonly topic: string }[] = [];
  const failed: (readonly string[])[] = [];
  let count = 0;
  const subject = new Subscriber({
    clock,
    send: (frame) => sent.push(JSON.parse(frame)),
    nextId() {
      count += 1;
      return `${count}`;
    },
    failed: (topics) => failed.push(topics),
    broke: (error) => expect.unreachable(error.message),
  });
  return { clock, sent, failed, subject };
}

const candles = (count: number): ReadonlySet<string> =>
  new Set(Array.from({ length: count }, (_none, index) => `/market/candles:C${index}-USDT_1min`));

describe('the subscriber', () => {
  it('sends no more than eighty frames in ten seconds', async () => {
    const { clock, sent, subject } = subscriber();
    subject.want(candles(200));
    await settle();
    expect(sent).toHaveLength(80);
    for (const { id } of sent) subject.answered(id);
    clock.advance(9_999);
    await settle();
    expect(sent).toHaveLength(80);
    clock.advance(1);
    await settle();
    expect(sent).toHaveLength(160);
    subject.stop();
    clock.advance(60_000);
    await settle();
    expect(sent).toHaveLength(160);
  });

  it('gives back what was granted, and asks nothing of what was dropped before its turn', async () => {
    const { clock, sent, subject } = subscriber();
    subject.want(candles(100));
    await settle();
    for (const { id } of sent) subject.answered(id);
    subject.want(candles(1));
    clock.advance(10_000);
    await settle();
    expect(sent.filter(({ type }) => type === 'subscribe')).toHaveLength(80);
    expect(sent.filter(({ type }) => type === 'unsubscribe')).toHaveLength(79);
    for (const { id } of sent) subject.answered(id);
    expect(subject.isComplete).toBe(true);
  });

  it('asks once more what nobody answered, in its turn, and then gives it up', async () => {
    const { clock, sent, failed, subject } = subscriber();
    subject.want(candles(81));
    await settle();
    clock.advance(10_000);
    await settle();
    expect(sent, 'no more than eighty at once').toHaveLength(160);
    expect(new Set(sent.map(({ topic }) => topic)).size).toBe(80);
    expect(failed).toEqual([]);
    clock.advance(10_000);
    await settle();
    expect(failed).toHaveLength(80);
    expect(sent.at(-1)).toMatchObject({ topic: '/market/candles:C80-USDT_1min' });
  });

  it('is complete once everything wanted was granted, and not before', async () => {
    const { sent, subject } = subscriber();
    expect(subject.isComplete).toBe(true);
    subject.want(new Set(['/market/match:A-B', '/market/ticker:A-B']));
    expect(subject.isComplete).toBe(false);
    await settle();
    expect(sent.map(({ topic }) => topic)).toEqual(['/market/match:A-B', '/market/ticker:A-B']);
    expect(subject.answered('1')).toBe(true);
    expect(subject.isComplete).toBe(false);
    expect(subject.answered('2')).toBe(true);
    expect(subject.isComplete).toBe(true);
    expect(subject.answered('2'), 'an answer counts once').toBe(false);
  });

  it('is not complete with a refused topic that is still wanted', async () => {
    const { failed, subject } = subscriber();
    subject.want(new Set(['/market/match:A-B']));
    await settle();
    subject.answered('1', { code: 404, text: 'topic /market/match:A-B is not found' });
    await settle();
    expect(failed).toEqual([['/market/match:A-B']]);
    expect(subject.isComplete).toBe(false);
    subject.want(new Set());
    expect(subject.isComplete).toBe(true);
  });
});

describe('a refused subscription', () => {
  const topics = ['/market/match:A', '/market/match:B', '/market/match:C'];
  const said = (code: number, text: string) => judgeRefusal(topics, { code, text });

  it.each([
    [
      'names one',
      said(404, 'topic /market/match:B is not found'),
      ['/market/match:B'],
      [['/market/match:A', '/market/match:C']],
    ],
    ['names none of them', said(404, 'topic is not found'), [], [topics.slice(0, 2), topics.slice(2)]],
    [
      'named too many',
      said(509, 'exceed max subscription count limitation of 2 per time'),
      [],
      [topics.slice(0, 2), topics.slice(2)],
    ],
    ['does not fit', said(509, 'exceed max subscription count limitation of 300 per session'), topics, []],
    ['is refused otherwise', said(415, 'type is not supported'), topics, []],
  ])('that %s', (_case, verdict, failed, again) => {
    expect(verdict).toMatchObject({ failed, again });
  });
});

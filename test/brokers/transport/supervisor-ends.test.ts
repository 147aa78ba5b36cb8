import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import type { EndVerdict } from '../../../src/main/brokers/transport/link.ts';
import type { SocketEnd } from '../../../src/main/brokers/transport/socket.ts';
import { SECOND, settle, startSupervised } from './supervised.ts';

const CUT: SocketEnd = { kind: 'lost', reason: 'cut' };
const judging = (verdict: EndVerdict) =>
  startSupervised((link) => {
    link.verdict = verdict;
  });
const failing = (error: AppError): SocketEnd => ({ kind: 'lost', reason: error.message, error });

describe('an end the venue has a word on', () => {
  it('may be final, with a reason and a sentence', async () => {
    const { link, done, wait } = judging({ kind: 'stop', reason: 'failed', message: 'The plan has ended.' });
    link.socket.end({ kind: 'lost', reason: 'closed', code: 4_001 });
    await done;
    await wait(300);
    expect(link.last).toEqual({ state: 'stopped', reason: 'failed', message: 'The plan has ended.' });
    expect(link.judged).toEqual([{ kind: 'lost', reason: 'closed', code: 4_001 }]);
    expect(link.sockets).toHaveLength(1);
  });

  it('may want a longer wait, but no longer than an hour, and none that is no number', async () => {
    for (const [ms, seconds] of [
      [120_000, 120],
      [0, 1],
      [-5, 1],
      [Number.NaN, 1],
      [1e15, 3_600],
    ] as const) {
      const { link, waiting } = judging({ kind: 'wait', ms, reason: 'The limit is reached.' });
      link.socket.end(CUT);
      expect(await waiting()).toBe(seconds);
      expect(link.last).toMatchObject({ reason: 'The limit is reached.' });
    }
  });

  it('may want to be back at once: granted once, and again only after good data and a minute', async () => {
    const { link, wait, waiting } = judging({ kind: 'now' });
    const dropAfterData = async (): Promise<void> => {
      link.socket.open();
      link.socket.hear('price');
      link.socket.end(CUT);
      await settle();
    };
    await dropAfterData();
    expect(link.last?.state).toBe('connecting');
    expect(link.sockets).toHaveLength(2);
    link.socket.end(CUT);
    expect(await waiting(), 'without data in between').toBe(2);
    await wait(2);
    await dropAfterData();
    expect(await waiting(), 'within the minute').toBeGreaterThanOrEqual(1);
    await wait(60);
    await dropAfterData();
    expect(link.last?.state).toBe('connecting');
  });

  it('is an end as any other when the venue only names it', async () => {
    const { link, waiting } = judging({ kind: 'retry', reason: 'The server is being restarted.' });
    link.socket.end({ kind: 'refused', httpStatus: 503 });
    expect(await waiting()).toBe(1);
    expect(link.last).toMatchObject({ reason: 'The server is being restarted.' });
  });

  it('is not asked about our own goodbye', async () => {
    const { link, stop, done } = startSupervised();
    link.socket.open();
    stop.abort();
    await done;
    expect(link.judged).toEqual([]);
  });

  it('is judged as usual when the venue’s own code throws', async () => {
    const { link, waiting } = startSupervised((it) => {
      it.judgeEnd = () => {
        throw new Error('a bug');
      };
    });
    link.socket.end(CUT);
    expect(await waiting()).toBe(1);
    expect(link.faults).toEqual([new Error('a bug')]);
  });
});

describe('an end the venue has no word on', () => {
  it.each([
    ['an asking that needs a new login', failing(new AppError('auth-expired', 'Log in again.')), 'auth-expired'],
    ['one that is not allowed', failing(new AppError('forbidden', 'Ask the broker.')), 'failed'],
    ['settings that cannot work', failing(new AppError('invalid-input', 'Choose another file.')), 'failed'],
    [
      'a certificate that is not trusted',
      { kind: 'lost', reason: 'No trust.', failure: 'SELF_SIGNED_CERT_IN_CHAIN' } as const,
      'failed',
    ],
  ])('is final after %s', async (_case, end, reason) => {
    const { link, done } = startSupervised();
    link.socket.end(end);
    await done;
    expect(link.last).toEqual({ state: 'stopped', reason, message: end.kind === 'lost' ? end.reason : '' });
    expect(link.sockets).toHaveLength(1);
  });

  it('is not final where all was well before: a hotel’s sign-in page passes', async () => {
    const { link, wait, waiting } = startSupervised();
    link.socket.open();
    await wait(1);
    link.socket.end(CUT);
    await wait(1);
    link.socket.end({ kind: 'lost', reason: 'No trust.', failure: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    expect(await waiting()).toBe(300);
    await wait(300);
    expect(link.sockets).toHaveLength(3);
  });

  it.each([
    ['too many requests', new AppError('rate-limited', 'Slow down.'), 60],
    ['no network', new AppError('network', 'No network.'), 1],
    ['a fault of ours', new AppError('internal', 'Something went wrong.'), 1],
  ])('waits after %s', async (_case, error, seconds) => {
    const { link, waiting } = startSupervised();
    link.socket.end(failing(error));
    expect(await waiting()).toBe(seconds);
  });

  it('names a redirect for what it may be', async () => {
    const { link, waiting } = startSupervised();
    link.socket.end({ kind: 'refused', httpStatus: 302 });
    await waiting();
    expect(link.last).toMatchObject({ reason: expect.stringContaining('sign-in page') });
  });
});

describe('connections that bring data and end soon', () => {
  it('are made anew after longer and longer waits, until one lasts ten seconds', async () => {
    const { link, wait, waiting } = startSupervised();
    const liveFor = async (seconds: number): Promise<number> => {
      link.socket.open();
      for (let second = 0; second < seconds; second += 1) {
        link.socket.hear('price');
        await wait(1);
      }
      link.socket.hear('price');
      link.socket.end(CUT);
      const waits = await waiting();
      await wait(waits);
      return waits;
    };
    expect([await liveFor(0), await liveFor(1), await liveFor(9), await liveFor(2)]).toEqual([1, 2, 4, 8]);
    expect([await liveFor(10), await liveFor(0), await liveFor(60)]).toEqual([1, 2, 1]);
  });

  it('may wait as the venue likes, but never less than a short second', async () => {
    const { link, waiting } = startSupervised(undefined, {
      waitMs: (failures) => (failures === 1 ? 3_000 : Number.NaN),
    });
    link.socket.end(CUT);
    expect(await waiting()).toBe(3);
    const other = startSupervised(undefined, { waitMs: () => 0 });
    other.link.socket.end(CUT);
    expect((await other.waiting()) * SECOND).toBe(800);
  });
});

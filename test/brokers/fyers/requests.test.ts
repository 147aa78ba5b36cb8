import { describe, expect, it } from 'vitest';
import {
  acknowledgeFrame,
  loginFrame,
  modeFrame,
  PING_FRAME,
  pauseFrame,
  resumeFrame,
  snapshotFrames,
  subscribeFrames,
  unsubscribeFrames,
} from '../../../src/main/brokers/fyers/requests.ts';
import { readRequest } from '../../fakes/fyers-requests.ts';
import { bytesOf, HSM_KEY, REQUESTS } from './worked-examples.ts';

const OTHERS = Array.from({ length: 30 }, (_none, place) => place + 1).filter((channel) => channel !== 11);

describe('requests of the data socket', () => {
  it.each([
    ['log in', REQUESTS.login, [loginFrame(HSM_KEY, 'JS_API')]],
    ['subscribe to two', REQUESTS.subscribeTwo, subscribeFrames(['sf|nse_cm|3045', 'sf|nse_cm|14366'])],
    ['subscribe to an index', REQUESTS.subscribeIndex, subscribeFrames(['if|nse_cm|Nifty 50'])],
    ['subscribe to an order book', REQUESTS.subscribeBook, subscribeFrames(['dp|nse_cm|3045'])],
    ['unsubscribe', REQUESTS.unsubscribe, unsubscribeFrames(['sf|nse_cm|14366'])],
    ['want last prices', REQUESTS.lite, [modeFrame('lite')]],
    ['want everything', REQUESTS.full, [modeFrame('full')]],
    ['pause all other channels', REQUESTS.pauseOthers, [pauseFrame(OTHERS)]],
    ['resume a channel', REQUESTS.resume, [resumeFrame([11])]],
    ['acknowledge', REQUESTS.acknowledge, [acknowledgeFrame(2)]],
    ['keep the line open', REQUESTS.ping, [PING_FRAME]],
    ['ask for a snapshot', REQUESTS.snapshot, snapshotFrames(['sf|nse_cm|3045'])],
  ])('%s, byte for byte', (_what, hex, frames) => {
    expect(frames.map((frame) => Buffer.from(frame).toString('hex'))).toEqual([
      Buffer.from(bytesOf(hex)).toString('hex'),
    ]);
  });

  it('are divided among frames of at most 1,500 topics, with a length that is right', () => {
    const topics = Array.from({ length: 5_000 }, (_none, place) => `sf|nse_cm|${place}`);
    const frames = subscribeFrames(topics);
    expect(frames).toHaveLength(4);
    for (const frame of frames) expect((frame[0] ?? 0) * 256 + (frame[1] ?? 0)).toBe(frame.length - 2);
    const told = frames.map((frame) => readRequest(Buffer.from(frame)));
    expect(told.flatMap((request) => ('topics' in request ? request.topics : []))).toEqual(topics);
  });

  it('leave out a topic no frame can name', () => {
    const [frame] = subscribeFrames([`sf|nse_cm|${'9'.repeat(300)}`, 'sf|nse_cm|1']);
    expect(readRequest(Buffer.from(frame ?? []))).toMatchObject({ topics: ['sf|nse_cm|1'], channel: 11 });
  });

  it('are none where there is nothing to ask for', () => {
    expect([...subscribeFrames([]), ...unsubscribeFrames([])]).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/errors.ts';
import { dispatch } from '../../src/main/shells/dispatch.ts';
import { fakeEngine } from '../support/fake-engine.ts';

describe('dispatch', () => {
  it('answers a command it knows', async () => {
    expect(await dispatch(fakeEngine(), 'app.snapshot', null)).toMatchObject({ ok: true, value: { seq: 0 } });
  });

  it.each(['orders.cancelAll', 'toString', '__proto__', 'constructor', '', 7, null, undefined, {}])(
    'refuses %s',
    async (name) => {
      expect(await dispatch(fakeEngine(), name, null)).toMatchObject({ ok: false, code: 'not-supported' });
    },
  );

  it.each([
    ['an instrument without its exchange', 'chart.watch', { screen: 's', instrument: 'INFY', timeframe: '5m' }],
    ['a timeframe nobody has', 'chart.watch', { screen: 's', instrument: 'NSE:INFY', timeframe: '7m' }],
    [
      'more bars than a chart holds',
      'candles.load',
      { instrument: 'NSE:INFY', timeframe: '5m', before: null, limit: 5_001 },
    ],
    ['a field nobody asked for', 'chart.watch', { screen: 's', instrument: 'NSE:INFY', timeframe: '5m', admin: true }],
    ['nothing at all', 'credentials.save', undefined],
  ])('stops %s before the engine sees it', async (_case, name, input) => {
    const engine = fakeEngine();
    expect(await dispatch(engine, name, input)).toMatchObject({ ok: false, code: 'invalid-input' });
    expect(engine.asked).toEqual([]);
  });

  it('passes on what is meant for people', async () => {
    const sentence = 'Kite asks us to slow down. Trying again in a minute.';
    const engine = fakeEngine({ 'feed.reconnect': () => Promise.reject(new AppError('rate-limited', sentence)) });
    expect(await dispatch(engine, 'feed.reconnect', null)).toEqual({
      ok: false,
      code: 'rate-limited',
      message: sentence,
    });
    expect(engine.reported).toEqual([]);
  });

  it('keeps everything else to itself and the log', async () => {
    const engine = fakeEngine({
      'credentials.save': () => {
        throw new TypeError('cannot store secret=abc');
      },
    });
    const reply = await dispatch(engine, 'credentials.save', { broker: 'kite', fields: {} });
    expect(reply).toMatchObject({ ok: false, code: 'internal' });
    expect(JSON.stringify(reply)).not.toContain('abc');
    expect(engine.reported.map((error) => error.cause)).toEqual([new TypeError('cannot store secret=abc')]);
  });
});

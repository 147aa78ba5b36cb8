import { describe, expect, it } from 'vitest';
import type { EpochMs } from '../../src/core/brand.ts';
import { AppError, type ErrorCode } from '../../src/core/errors.ts';
import { deliveryRig, FakeChannel, NOON } from './delivery-rig.ts';

const MINUTE = 60_000;
const fails =
  (code: ErrorCode, message = 'It is down.', context = {}) =>
  () => {
    throw new AppError(code, message, { context });
  };
const never = (): Promise<never> => new Promise(() => undefined);

describe('a channel', () => {
  it('is told at once, in order, and it is written down as evidence', async () => {
    const webhook = new FakeChannel('webhook');
    const { raise, outcomes, desk, troubles } = deliveryRig([webhook]);
    await raise('INFY TCS');
    await raise('ITC');
    expect(webhook.told).toEqual(['INFY', 'TCS', 'ITC']);
    expect(webhook.tried[0]).toMatchObject({ world: 'market', isLate: false, isTest: false });
    expect(webhook.tried[0]?.ruleNames).toEqual({ 'ema-cross': 'EMA cross' });
    expect(outcomes('webhook')).toEqual(['INFY told', 'TCS told', 'ITC told']);
    expect(desk.states()).toMatchObject([{ id: 'webhook', waiting: 0, trouble: null }]);
    expect(troubles).toEqual([]);
  });

  it('that hangs delays no other', async () => {
    const [webhook, telegram, desktop] = [
      new FakeChannel('webhook'),
      new FakeChannel('telegram'),
      new FakeChannel('desktop'),
    ];
    webhook.answer = never;
    telegram.answer = fails('network');
    const { raise, desk } = deliveryRig([webhook, telegram, desktop]);
    await raise('INFY');
    await raise('TCS');
    expect(desktop.told).toEqual(['INFY', 'TCS']);
    expect(webhook.told).toEqual(['INFY']);
    expect(desk.states().map(({ waiting }) => waiting)).toEqual([2, 2, 0]);
  });

  it('that hangs is tried again after half a minute, whatever it heeds', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = never;
    const { raise, advance, desk, outcomes } = deliveryRig([webhook]);
    await raise('INFY');
    await advance(30_000);
    expect(desk.states()[0]?.trouble).toBe('webhook did not answer within 30 seconds. Tickscope tries again.');
    webhook.answer = () => undefined;
    await advance(5_000);
    expect(webhook.told).toEqual(['INFY', 'INFY']);
    expect(outcomes('webhook')).toEqual(['INFY told']);
  });

  it('that fails is tried again ever more seldom, ten minutes apart at the most, with the same id', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = fails('network');
    const { raise, advance, clock, troubles, desk } = deliveryRig([webhook]);
    const tries: number[] = [];
    const answer = webhook.answer;
    webhook.answer = (message, stop) => {
      tries.push(clock.now() - NOON);
      return answer(message, stop);
    };
    await raise('INFY');
    for (let second = 0; second < 45 * 60; second += 1) await advance(1_000);
    const seconds = tries.map((ms) => ms / 1_000);
    const gaps = seconds.slice(1).map((time, index) => time - (seconds[index] ?? 0));
    expect(gaps).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
    expect(new Set(webhook.tried.map(({ id }) => id)).size).toBe(1);
    expect(
      troubles.map(({ message }) => message),
      'told once',
    ).toEqual(['It is down.']);
    expect(desk.states()).toMatchObject([{ waiting: 1, trouble: 'It is down.' }]);
  });

  it('waits as long as the server asks', async () => {
    const telegram = new FakeChannel('telegram');
    telegram.answer = fails('rate-limited', 'Too much.', { retryAfterSeconds: 33 });
    const { raise, advance } = deliveryRig([telegram]);
    await raise('INFY TCS');
    await advance(32_000);
    expect(telegram.told, 'the next one waits too').toEqual(['INFY']);
    telegram.answer = () => undefined;
    await advance(1_000);
    expect(telegram.told).toEqual(['INFY', 'INFY', 'TCS']);
  });

  it('that refuses a message gives up that one and goes on', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = ({ alerts }) => alerts[0]?.signal.instrument === 'NSE:TCS' && fails('invalid-input', 'No.')();
    const { raise, outcomes, troubles, desk } = deliveryRig([webhook]);
    await raise('INFY TCS ITC');
    expect(outcomes('webhook')).toEqual(['INFY told', 'TCS failed', 'ITC told']);
    expect(troubles.map(({ message }) => message)).toEqual(['No.']);
    expect(desk.states()[0]?.trouble, 'the last one got through').toBeNull();
  });

  it('tells the same reason again after an hour only', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = fails('forbidden', 'Who are you?');
    const { raise, advance, troubles } = deliveryRig([webhook]);
    await raise('INFY TCS');
    expect(troubles).toHaveLength(1);
    await advance(60 * MINUTE);
    await raise('ITC');
    expect(troubles).toHaveLength(2);
  });

  it('gives up after a day, and says so to the evidence', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = fails('network');
    const { raise, advance, outcomes, desk } = deliveryRig([webhook]);
    await raise('INFY');
    for (let minutes = 0; minutes < 24 * 60; minutes += 5) await advance(5 * MINUTE);
    expect(outcomes('webhook')).toEqual([]);
    await advance(10 * MINUTE);
    expect(outcomes('webhook')).toEqual(['INFY failed']);
    expect(desk.states()[0]?.waiting).toBe(0);
  });

  it('is not held up for good by one message that nobody takes', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.answer = ({ alerts }) => alerts[0]?.signal.instrument === 'NSE:BAD' && fails('network')();
    const { raise, advance, outcomes } = deliveryRig([webhook]);
    await raise('BAD');
    await raise('INFY TCS');
    for (let second = 0; second < 60; second += 1) await advance(1_000);
    expect(outcomes('webhook')).toEqual(['INFY told', 'TCS told']);
    expect(webhook.told.filter((symbol) => symbol === 'BAD').length).toBeGreaterThan(3);
  });

  it('without what it needs keeps what it owes until it is set', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.isSet = false;
    const { raise, advance, desk, outcomes, written, events, clock } = deliveryRig([webhook]);
    await raise('INFY');
    await advance(MINUTE);
    expect(desk.states()).toMatchObject([{ waiting: 1, fieldsSet: [] }]);
    webhook.isSet = true;
    desk.save('webhook', { address: ' https://x.example ' });
    expect(written).toEqual([['channel-webhook', { address: 'https://x.example' }]]);
    await advance(0);
    expect(outcomes('webhook')).toEqual(['INFY told']);
    clock.advance(1_000);
    expect(events).toContain('channels-changed');
  });

  it('without what it needs gives up after a day, with a word', async () => {
    const webhook = new FakeChannel('webhook');
    webhook.isSet = false;
    const { raise, outcomes, clock, troubles } = deliveryRig([webhook]);
    await raise('INFY', { raisedAt: (clock.now() - 25 * 60 * MINUTE) as EpochMs });
    await raise('TCS');
    expect(outcomes('webhook')).toEqual(['INFY failed']);
    expect(troubles).toHaveLength(1);
    expect(troubles[0]?.message).toContain('not set up');
  });
});

describe('fields of a channel', () => {
  it('nobody knows are refused, without their value', () => {
    const { desk, written } = deliveryRig([new FakeChannel('webhook')]);
    expect(() => desk.save('webhook', { 'a secret': 'b' })).toThrow(
      new AppError('invalid-input', 'webhook has no field of that name. It has: Address.'),
    );
    expect(() => desk.save('telegram', {})).toThrow('Tickscope runs without the channel telegram here.');
    expect(written).toEqual([]);
  });
});

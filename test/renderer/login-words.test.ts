import { describe, expect, it } from 'vitest';
import type { BrokerState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import {
  credentialState,
  isLoginShort,
  loginLeft,
  loginUntilWords,
  loginWay,
} from '../../src/renderer/src/features/login/login-words.ts';
import { BANK, COIN_HOUSE, RADIO } from './fake-brokers.ts';
import { FAKE_NOW } from './fake-snapshot.ts';

const state = (manifest: BrokerState['manifest'], ...fieldsSet: string[]): BrokerState => ({
  manifest,
  fieldsSet,
  savedAt: undefined,
});

describe('the way to a login', () => {
  const { login: _none, ...noLogin } = BANK;
  it.each([
    ['nothing is set', state(BANK), 'enter'],
    ['what is required is missing', state(BANK, 'appId'), 'enter'],
    ['the page can be opened', state(BANK, 'appId', 'appSecret'), 'page'],
    ['it goes by itself', state(BANK, 'appId', 'appSecret', 'totpKey'), 'unattended'],
    ['the broker knows no login', state(noLogin, 'appId', 'appSecret'), 'enter'],
    ['no field is required, and none is set', state({ ...COIN_HOUSE, login: { browser: true } }), 'enter'],
    ['no field is required, and one is set', state({ ...COIN_HOUSE, login: { browser: true } }, 'key'), 'page'],
    ['a page is all there is', state({ ...RADIO, login: { browser: true } }), 'page'],
  ] as const)('where %s', (_case, broker, way) => {
    expect(loginWay(broker)).toBe(way);
  });
});

describe('what is known of credentials', () => {
  it.each([
    [state(BANK), 'credentials missing', 'warn'],
    [state(BANK, 'appId'), 'App secret missing', 'warn'],
    [state(BANK, 'appId', 'appSecret'), 'credentials set', 'good'],
    [state(COIN_HOUSE), 'no credentials set', 'calm'],
    [state(RADIO), 'no login needed', 'calm'],
  ] as const)('is told in a few words', (broker, words, tone) => {
    expect(credentialState(broker)).toEqual({ words, tone });
  });
});

describe('the life of a login', () => {
  const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
  it('is told as near as it needs to be', () => {
    expect(loginUntilWords(at('2026-11-20T15:30'), FAKE_NOW)).toBe('Logged in until 15:30');
    expect(loginUntilWords(at('2026-11-21T06:00'), FAKE_NOW)).toBe('Logged in until Sat 06:00');
    expect(loginUntilWords(at('2026-11-20T06:00'), FAKE_NOW)).toBe('Login ended 06:00');
    expect(loginUntilWords(undefined, FAKE_NOW)).toBeUndefined();
  });

  it('is told as what is left of it, and is short within the last hour', () => {
    expect(loginLeft(at('2026-11-20T15:30'), FAKE_NOW)).toBe('4 h left');
    expect(loginLeft(at('2026-11-20T06:00'), FAKE_NOW)).toBeUndefined();
    expect(isLoginShort({ loginUntil: at('2026-11-20T11:30') }, FAKE_NOW)).toBe(true);
    expect(isLoginShort({ loginUntil: at('2026-11-20T15:30') }, FAKE_NOW)).toBe(false);
    expect(isLoginShort({ loginUntil: undefined }, FAKE_NOW)).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { manifest } from '../../../src/main/brokers/kucoin/manifest.ts';
import { decimalsOf } from '../../../src/main/brokers/kucoin/read-symbols.ts';
import { readToken, socketUrl } from '../../../src/main/brokers/kucoin/token.ts';
import { inLots, joinTopics, planConnections } from '../../../src/main/brokers/kucoin/topics.ts';

const plan = (current: readonly (readonly string[])[], wanted: readonly string[], room = 2, most = 3) => {
  const { connections, left } = planConnections(
    current.map((topics) => new Set(topics)),
    new Set(wanted),
    () => room,
    most,
  );
  return [connections.map((topics) => [...topics].join('')), left.join('')];
};

describe('topics of KuCoin', () => {
  it('fill one connection after the other, and stay where they are', () => {
    expect(plan([], [])).toEqual([[''], '']);
    expect(plan([], ['a', 'b', 'c'])).toEqual([['ab', 'c'], '']);
    expect(plan([['a', 'b'], ['c']], ['b', 'c', 'd', 'e'])).toEqual([['bd', 'ce'], '']);
    expect(
      plan(
        [
          ['a', 'b'],
          ['c', 'd'],
          ['e', 'f'],
        ],
        [...'abcdefgh'],
      ),
    ).toEqual([['ab', 'cd', 'ef'], 'gh']);
  });

  it('go by purpose, a hundred a frame, candles alone', () => {
    const matches = Array.from({ length: 101 }, (_none, index) => `/market/match:C${index}`);
    const lots = inLots(['/market/candles:A_1min', ...matches, '/market/candles:B_1min', '/market/ticker:A']);
    expect(lots.map((lot) => lot.length)).toEqual([1, 1, 100, 1, 1]);
    expect(joinTopics(['/market/ticker:A', '/market/ticker:B'])).toBe('/market/ticker:A,B');
  });
});

describe('access to the stream', () => {
  const server = { endpoint: 'wss://stream.example', protocol: 'websocket', pingInterval: 18_000, pingTimeout: 10_000 };

  it('escapes the token, with a slash at the end of the address or without', () => {
    const token = 'fakeTokenAAA-bbb_ccc==.fakeSig==';
    for (const endpoint of ['wss://stream.example', 'wss://stream.example/'])
      expect(socketUrl(endpoint, token, 'c1')).toBe(
        'wss://stream.example/?token=fakeTokenAAA-bbb_ccc%3D%3D.fakeSig%3D%3D&connectId=c1',
      );
  });

  it('takes the servers that can be used, and the usual heartbeat for one that cannot be', () => {
    const odd = { ...server, pingInterval: 0, pingTimeout: 1e12 };
    const servers = [{ ...server, endpoint: 'https://no' }, null, { ...server, protocol: 'other' }, odd, server];
    expect(readToken({ token: 't', instanceServers: servers })?.servers).toEqual([
      { endpoint: 'wss://stream.example', pingIntervalMs: 18_000, pingTimeoutMs: 10_000 },
      { endpoint: 'wss://stream.example', pingIntervalMs: 18_000, pingTimeoutMs: 10_000 },
    ]);
    for (const nothing of [null, {}, { token: '', instanceServers: [server] }, { token: 't', instanceServers: [] }])
      expect(readToken(nothing)).toBeUndefined();
  });
});

describe('what KuCoin’s manifest promises', () => {
  it('has presets of instruments that are named as the venue names them', () => {
    const keys = manifest.presets?.flatMap(({ instruments }) =>
      instruments.map(({ key, segment }) => `${key} ${segment}`),
    );
    expect(keys).toContain('KUCOIN:BTC-USDT 24x7');
    expect(keys?.every((each) => /^KUCOIN:[A-Z]+-[A-Z]+ 24x7$/.test(each))).toBe(true);
    expect(new Set(keys).size).toBe(keys?.length);
  });

  it.each([
    ['0.1', 1],
    ['0.00001', 5],
    ['0.0010', 3],
    ['5', 0],
    ['1e-8', 8],
  ])('reads the digits of a step of %s', (step, digits) => {
    expect(decimalsOf(step)).toBe(digits);
  });
});

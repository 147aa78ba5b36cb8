import { describe, expect, it } from 'vitest';
import type { BrokerState, FeedState, MarketState } from '../../src/contract/events.ts';
import type { EpochMs } from '../../src/core/brand.ts';
import type { FeedStatus } from '../../src/core/feed-status.ts';
import { badgeState } from '../../src/renderer/src/features/top-bar/badge-state.ts';
import {
  feedSentence,
  lacksLogin,
  marketWords,
  startDeed,
} from '../../src/renderer/src/features/top-bar/feed-words.ts';

const at = (text: string): EpochMs => Date.parse(`${text}+05:30`) as EpochMs;
const now = at('2026-11-20T10:47:12');
const live: FeedStatus = { state: 'live', since: now };

function feed(status: FeedStatus, world: FeedState['world'] = 'market', speed = 1): FeedState {
  return {
    source: 'kite',
    label: 'Zerodha Kite',
    world,
    mode: 'streaming',
    nextMode: undefined,
    isHeld: false,
    status,
    standby: undefined,
    loginUntil: undefined,
    speed,
  };
}
function says(state: FeedState | undefined, market?: MarketState, connected = true, marketTime = now): string {
  const { text, pace, phase, note } = badgeState({
    connected,
    feed: state,
    market,
    needsLogin: false,
    now,
    marketTime,
  });
  const running = pace === undefined ? text : `${text} ${pace}`;
  const words = phase === undefined ? running : `${running} · ${phase}`;
  return note === undefined ? words : `${words} (${note})`;
}
const KITE: BrokerState = {
  manifest: {
    id: 'kite',
    label: 'Zerodha Kite',
    description: '',
    credentialFields: [{ name: 'apiKey', label: 'API key', secret: false, hint: '' }],
    limits: { instrumentsPerSocket: 3_000, sockets: 3 },
    can: { stream: true, quotes: true, history: true, orders: false },
    world: 'market',
  },
  fieldsSet: [],
  savedAt: undefined,
};
const closed = (until?: EpochMs): MarketState => ({ phase: 'closed', until, warning: undefined });

const inPhase = (phase: MarketState['phase'], until: string): MarketState => ({
  phase,
  until: at(`2026-11-20T${until}`),
  warning: undefined,
});

describe('the live badge', () => {
  it.each([
    ['LIVE', says(feed(live), { phase: 'open', until: undefined, warning: undefined })],
    ['STALE 12 s', says(feed({ state: 'stale', lastTickAt: (now - 12_400) as EpochMs }))],
    ['RECONNECTING in 4 s', says(feed({ state: 'waiting', retryAt: (now + 3_200) as EpochMs, reason: 'Refused' }))],
    ['RECONNECTING in 0 s', says(feed({ state: 'waiting', retryAt: (now - 900) as EpochMs, reason: 'Refused' }))],
    ['LOGIN NEEDED', says(feed({ state: 'stopped', reason: 'auth-expired' }))],
    ['STOPPED', says(feed({ state: 'stopped', reason: 'by-user' }))],
    ['FAILED', says(feed({ state: 'stopped', reason: 'failed', message: 'No such file.' }))],
    ['CONNECTING', says(feed({ state: 'connecting', attempt: 1 }))],
    ['CONNECTING (attempt 3)', says(feed({ state: 'connecting', attempt: 3 }))],
    ['NOT CONNECTED', says(feed({ state: 'idle' }))],
    ['CLOSING AUCTION', says(feed(live), { phase: 'closing-auction', until: undefined, warning: undefined })],
    ['CLOSING AUCTION (until 15:35)', says(feed(live), inPhase('closing-auction', '15:35:00'))],
    ['PRE-OPEN (until 09:15)', says(feed(live), inPhase('pre-open', '09:15:00'))],
    ['PRE-OPEN (until 09:15)', says(feed({ state: 'stale', lastTickAt: now }), inPhase('pre-open', '09:15:00'))],
    ['SIMULATED 10× · PRE-OPEN (until 09:15)', says(feed(live, 'simulated', 10), inPhase('pre-open', '09:15:00'))],
    [
      'SIMULATED 10× · CLOSING AUCTION (until 15:35)',
      says(feed(live, 'simulated', 10), inPhase('closing-auction', '15:35:00')),
    ],
    ['REPLAY 20× · CLOSING AUCTION', says(feed(live, 'replay', 20), { ...closed(), phase: 'closing-auction' })],
    ['SIMULATED 10×', says(feed(live, 'simulated', 10), inPhase('open', '15:15:00'))],
    ['REPLAY 20×', says(feed(live, 'replay', 20))],
    ['REPLAY MAX', says(feed(live, 'replay', 0))],
    ['REPLAY FINISHED', says(feed({ state: 'finished' }, 'replay', 20))],
    ['SIMULATED 10×', says(feed(live, 'simulated', 10))],
    ['STARTING', says(undefined)],
    ['NO ENGINE', says(feed(live), undefined, false)],
  ])('says %s', (wanted, said) => {
    expect(said).toBe(wanted);
  });

  it.each([
    ['today', '2026-11-20T18:00:00', 'MARKET CLOSED (opens 18:00)'],
    ['after the weekend', '2026-11-23T09:15:00', 'MARKET CLOSED (opens Mon 09:15)'],
    ['after a week of holidays', '2026-11-30T09:15:00', 'MARKET CLOSED (opens 30 Nov 09:15)'],
  ])('says when a closed market opens: %s', (_case, opens, words) => {
    for (const status of [live, { state: 'idle' }, { state: 'stale', lastTickAt: now }] as const) {
      expect(says(feed(status), closed(at(opens))), status.state).toBe(words);
    }
  });

  it('says so too when nobody knows when it opens', () => {
    expect(says(feed(live), closed())).toBe('MARKET CLOSED');
  });

  it('lets trouble with the feed speak before the hour', () => {
    expect(says(feed({ state: 'stopped', reason: 'auth-expired' }), closed())).toBe('LOGIN NEEDED');
    expect(says(feed({ state: 'waiting', retryAt: now, reason: 'Refused' }), closed())).toContain('RECONNECTING');
  });

  it('asks for a login where a broker never got one', () => {
    const nothing: FeedStatus = { state: 'stopped', reason: 'failed', message: 'Kite needs an API key.' };
    const kite = (fieldsSet: readonly string[]): BrokerState[] => [{ ...KITE, fieldsSet }];
    expect(lacksLogin(feed(nothing), kite([]))).toBe(true);
    expect(lacksLogin(feed(nothing), kite(['apiKey'])), 'another failure').toBe(false);
    expect(lacksLogin(feed({ state: 'stopped', reason: 'auth-expired' }), kite(['apiKey']))).toBe(true);
    expect(lacksLogin(feed(live), kite([]))).toBe(false);
    const seen = { connected: true, feed: feed(nothing), market: closed(), now };
    expect(badgeState({ ...seen, needsLogin: true }).text).toBe('LOGIN NEEDED');
  });

  it('tells by a made market’s own clock when it opens, and never that it is real', () => {
    const replay = (until?: EpochMs) => says(feed(live, 'replay', 20), closed(until), true, at('2022-10-21T16:00:00'));
    expect(replay(at('2022-10-24T18:15:00'))).toBe('REPLAY 20× · CLOSED (opens Mon 18:15)');
    expect(replay()).toBe('REPLAY 20× · CLOSED');
  });

  it('says whose prices they are where the second venue carries', () => {
    const standby = {
      source: 'bank',
      label: 'Bank',
      status: live,
      first: { state: 'stale', lastTickAt: now },
      isCarrying: true,
      compared: 0,
      differing: 0,
    } as const;
    const carried = { ...feed(live), standby };
    expect(says(carried)).toBe('STAND-IN LIVE (Bank)');
    expect(feedSentence(carried)).toBe('Zerodha Kite is silent: prices come from Bank.');
    expect(says({ ...carried, status: { state: 'stale', lastTickAt: now } }), 'neither tells').toContain('STALE');
    expect(says({ ...carried, standby: { ...standby, isCarrying: false } })).toBe('LIVE');
    const expired = { ...standby, first: { state: 'stopped', reason: 'auth-expired' } } as const;
    expect(lacksLogin({ ...carried, standby: expired }, []), 'the login is still wanted').toBe(true);
    expect(feedSentence({ ...carried, standby: expired })).toBe('Zerodha Kite has stopped: prices come from Bank.');
  });

  it('never tells two states apart by colour alone', () => {
    const rest = { market: undefined, needsLogin: false, now };
    const looks = [
      badgeState({ connected: true, feed: feed(live), ...rest }),
      badgeState({ connected: true, feed: feed({ state: 'stale', lastTickAt: now }), ...rest }),
      badgeState({ connected: true, feed: feed({ state: 'connecting', attempt: 1 }), ...rest }),
      badgeState({ connected: false, feed: undefined, ...rest }),
    ];
    expect(new Set(looks.map(({ shape }) => shape)).size).toBe(looks.length);
  });
});

describe('the words behind the badge', () => {
  it('say what to do', () => {
    expect(feedSentence(feed({ state: 'stopped', reason: 'auth-expired' }))).toContain('Log in again');
    expect(feedSentence(feed({ state: 'stopped', reason: 'failed', message: 'The file is gone. Pick another' }))).toBe(
      'The file is gone. Pick another.',
    );
    expect(feedSentence(feed({ state: 'waiting', retryAt: now, reason: 'The venue refused.' }))).toBe(
      'The venue refused. The next try is at 10:47:12.',
    );
  });

  it('name the button by what it does', () => {
    expect(startDeed({ state: 'stopped', reason: 'by-user' })).toBe('Start monitoring');
    expect(startDeed({ state: 'idle' })).toBe('Start monitoring');
    expect(startDeed({ state: 'finished' })).toBe('Play again');
    expect(startDeed({ state: 'stopped', reason: 'failed' })).toBe('Reconnect');
    expect(startDeed(live)).toBe('Reconnect');
  });

  it('say nothing good of a feed whose engine is gone', () => {
    expect(feedSentence(feed(live), false)).toBe('The engine has stopped. What you see is old.');
  });

  it('promise no prices of a closed market', () => {
    expect(feedSentence(feed(live, 'replay', 20), true, 'open')).toBe('Prices arrive.');
    expect(feedSentence(feed(live, 'replay', 20), true, 'closed')).toBe('Connected. The market is closed.');
  });

  it('tell where the market stands', () => {
    expect(marketWords({ phase: 'open', until: at('2026-11-20T15:15:00'), warning: undefined }, now)).toBe(
      'open until 15:15',
    );
    expect(marketWords(closed(at('2026-11-23T09:15:00')), now)).toBe('closed, opens Mon 09:15');
    expect(marketWords(inPhase('pre-open', '09:15:00'), now)).toBe('pre-open until 09:15');
    expect(marketWords(inPhase('closing-auction', '15:35:00'), now)).toBe('closing auction until 15:35');
    expect(marketWords(undefined, now)).toBe('–');
  });
});

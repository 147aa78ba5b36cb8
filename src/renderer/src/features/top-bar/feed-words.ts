import type { BrokerState, FeedState, MarketState, StandbyState } from '../../../../contract/events.ts';
import type { EpochMs } from '../../../../core/brand.ts';
import { formatClock, formatMinute } from '../../format/time.ts';
import { opens } from './badge-state.ts';

/** Where the feed stands, as a sentence that says what to do where there is something to do. */
export function feedSentence(
  { status, label, world, standby }: FeedState,
  connected = true,
  phase?: MarketState['phase'] | undefined,
): string {
  if (!connected) return 'The engine has stopped. What you see is old.';
  if (standby?.isCarrying === true && status.state === 'live') return carriedWords(label, standby);
  switch (status.state) {
    case 'idle':
      return `${label} has not been started.`;
    case 'connecting':
      return status.attempt > 1 ? `Connecting, attempt ${status.attempt}.` : 'Connecting.';
    case 'live':
      if (phase === 'closed') return 'Connected. The market is closed.';
      return world === 'market' ? `Prices arrive since ${formatClock(status.since)}.` : 'Prices arrive.';
    case 'stale':
      return `Connected, but no price has come since ${formatClock(status.lastTickAt)}. Prices on screen are old.`;
    case 'waiting':
      return `${withStop(status.reason)} The next try is at ${formatClock(status.retryAt)}.`;
    case 'finished':
      return 'The recording has come to its end. Play it again, or choose other files in Feed settings.';
    case 'stopped':
      if (status.message !== undefined) return withStop(status.message);
      if (status.reason === 'auth-expired')
        return 'The login has expired. Log in again, or enter new credentials in Settings.';
      return status.reason === 'by-user'
        ? 'Stopped by you. Start monitoring to go on.'
        : 'The feed has failed. Reconnect tries again.';
  }
}

/** Whether a login is what the feed stands still for: the broker refused the one it has, or never got one. */
export function lacksLogin(feed: FeedState | undefined, brokers: readonly BrokerState[]): boolean {
  // With a second venue the feed's status is of whoever tells; the login is the first one's.
  const status = feed?.standby?.first ?? feed?.status;
  if (feed === undefined || status?.state !== 'stopped') return false;
  if (status.reason === 'auth-expired') return true;
  const broker = brokers.find(({ manifest }) => manifest.id === feed.source);
  const isBare = broker !== undefined && broker.manifest.credentialFields.length > 0 && broker.fieldsSet.length === 0;
  return status.reason === 'failed' && isBare;
}

/** Why the second venue tells the prices: `Kite is silent: prices come from Fyers.` */
export function carriedWords(label: string, { first, label: second }: StandbyState): string {
  const why = first.state === 'live' || first.state === 'stale' ? 'is silent' : CARRIED[first.state];
  return `${label} ${why}: prices come from ${second}.`;
}

const CARRIED = {
  idle: 'has not been started',
  connecting: 'is connecting',
  waiting: 'has lost its connection',
  finished: 'has ended',
  stopped: 'has stopped',
} as const;

/** Where the market stands by its calendar: `open until 15:15`, `closed, opens Mon 09:15`. */
export function marketWords(market: MarketState | undefined, now: EpochMs): string {
  if (market === undefined) return '–';
  const { phase, until } = market;
  if (phase === 'closed') return ['closed', opens(until, now)].filter((part) => part !== undefined).join(', ');
  const name = phase === 'closing-auction' ? 'closing auction' : phase;
  return until === undefined ? name : `${name} until ${formatMinute(until)}`;
}

function withStop(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What the button that starts a feed, or starts it anew, is called. */
export function startDeed(status: FeedState['status'] | undefined): 'Start monitoring' | 'Play again' | 'Reconnect' {
  if (status?.state === 'finished') return 'Play again';
  const rests = status?.state === 'idle' || (status?.state === 'stopped' && status.reason === 'by-user');
  return rests ? 'Start monitoring' : 'Reconnect';
}

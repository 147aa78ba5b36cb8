import type { FeedState, MarketState } from '../../../../contract/events.ts';
import { DAY_MS, type EpochMs } from '../../../../core/brand.ts';
import { formatDate, formatMinute, formatWeekdayTime } from '../../format/time.ts';

/** The feed's state as the badge says it: words first, then colour, then shape. */
export interface BadgeState {
  /** Capitals are part of the words, so that a screen reader and a test see what the eye sees. */
  readonly text: string;
  /** How fast a made market runs: `10×`. */
  readonly pace: string | undefined;
  /** Where a made market stands while it does not trade, beside the words that call it made: `CLOSING AUCTION`. */
  readonly phase: string | undefined;
  /** What follows the words in small letters, such as when the market opens. */
  readonly note: string | undefined;
  readonly tone: 'good' | 'calm' | 'warn' | 'bad';
  readonly shape: 'dot' | 'ring' | 'square' | 'triangle' | 'bar';
}

interface Seen {
  readonly connected: boolean;
  readonly feed: FeedState | undefined;
  readonly market: MarketState | undefined;
  /** The feed stands still for want of a login. */
  readonly needsLogin: boolean;
  /** The clock on the wall. */
  readonly now: EpochMs;
  /** The clock of the watched market, which is another one where the market is made. */
  readonly marketTime?: EpochMs | undefined;
}

/** One truth: what the feed says of itself, put beside what the calendar says of the market. */
export function badgeState({ connected, feed, market, needsLogin, now, marketTime = now }: Seen): BadgeState {
  if (!connected) return state('NO ENGINE', 'bad', 'square');
  if (feed === undefined) return state('STARTING', 'calm', 'ring');
  const { status } = feed;
  // Prices do come, though not from where they were asked for.
  if (feed.standby?.isCarrying === true && status.state === 'live')
    return state('STAND-IN LIVE', 'warn', 'square', feed.standby.label);
  switch (status.state) {
    case 'idle':
      return quietMarket(feed, market, now) ?? state('NOT CONNECTED', 'calm', 'ring');
    case 'connecting':
      return state('CONNECTING', 'warn', 'ring', status.attempt > 1 ? `attempt ${status.attempt}` : undefined);
    case 'waiting':
      return state(`RECONNECTING in ${secondsUntil(status.retryAt, now)} s`, 'warn', 'ring');
    case 'finished':
      return state(`${feed.world === 'replay' ? 'REPLAY' : 'FEED'} FINISHED`, 'calm', 'square');
    case 'stopped':
      if (needsLogin || status.reason === 'auth-expired') return state('LOGIN NEEDED', 'bad', 'triangle');
      return status.reason === 'by-user' ? state('STOPPED', 'calm', 'square') : state('FAILED', 'bad', 'triangle');
    case 'stale':
      return (
        quietMarket(feed, market, now) ?? state(`STALE ${secondsSince(status.lastTickAt, now)} s`, 'warn', 'triangle')
      );
    case 'live':
      return quietMarket(feed, market, now) ?? running(feed, market, marketTime);
  }
}

function running({ world, speed }: FeedState, market: MarketState | undefined, marketTime: EpochMs): BadgeState {
  if (world !== 'market') return made(world, pace(speed), market, marketTime);
  if (market?.phase === 'closing-auction') return state('CLOSING AUCTION', 'warn', 'square', until(market.until));
  return state('LIVE', 'good', 'dot');
}

/** A made market says first that it is made, then why its prices stand still. */
function made(world: 'simulated' | 'replay', pace: string, market: MarketState | undefined, now: EpochMs): BadgeState {
  const running = { ...state(world === 'replay' ? 'REPLAY' : 'SIMULATED', 'good', 'bar'), pace };
  switch (market?.phase) {
    case 'closing-auction':
      return { ...running, tone: 'warn', phase: 'CLOSING AUCTION', note: until(market.until) };
    case 'pre-open':
      return { ...running, tone: 'warn', phase: 'PRE-OPEN', note: until(market.until) };
    case 'closed':
      return { ...running, tone: 'calm', phase: 'CLOSED', note: opens(market.until, now) };
    default:
      return running;
  }
}

/** A real market that is closed, or has not opened, explains an idle or silent feed. A made one does not wait for it. */
function quietMarket(feed: FeedState, market: MarketState | undefined, now: EpochMs): BadgeState | undefined {
  if (feed.world !== 'market') return undefined;
  if (market?.phase === 'closed') return state('MARKET CLOSED', 'calm', 'ring', opens(market.until, now));
  if (market?.phase === 'pre-open') return state('PRE-OPEN', 'warn', 'square', until(market.until));
  return undefined;
}

function until(at: EpochMs | undefined): string | undefined {
  return at === undefined ? undefined : `until ${formatMinute(at)}`;
}

/** `opens 09:15`, `opens Mon 09:15`, `opens 27 Nov 09:15`: as near as it needs to be told. */
export function opens(at: EpochMs | undefined, now: EpochMs): string | undefined {
  if (at === undefined) return undefined;
  if (formatDate(at) === formatDate(now)) return `opens ${formatMinute(at)}`;
  if (at - now < 6 * DAY_MS) return `opens ${formatWeekdayTime(at)}`;
  return `opens ${formatDate(at)} ${formatMinute(at)}`;
}

function pace(speed: number): string {
  return speed === 0 ? 'MAX' : `${speed}×`;
}

function secondsSince(time: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.floor((now - time) / 1_000));
}

function secondsUntil(time: EpochMs, now: EpochMs): number {
  return Math.max(0, Math.ceil((time - now) / 1_000));
}

function state(text: string, tone: BadgeState['tone'], shape: BadgeState['shape'], note?: string): BadgeState {
  return { text, pace: undefined, phase: undefined, tone, shape, note };
}

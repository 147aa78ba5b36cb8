import type { EpochMs } from '../../../core/brand.ts';
import { streamName } from './intervals.ts';
import type { Subscription } from './subscriptions.ts';
import { toTimestamp } from './timestamp.ts';

/** Most instruments of one frame. The venue names no limit; a frame stays small. */
export const ITEMS_PER_FRAME = 100;

/** What the server is told to do with what a frame lists. */
export type SubscriptionAction = 'SUBSCRIBE' | 'UNSUBSCRIBE';

/**
 * One frame for subscriptions of one kind. `waitingClose` asks for candles only after their interval has ended, and
 * holds for the whole frame.
 *
 * Source: docs/wire-formats/tinvest.md, "What we send".
 */
export function subscriptionFrame(
  action: SubscriptionAction,
  items: readonly Subscription[],
  waitingClose = false,
): string {
  const [first] = items;
  const subscriptionAction = `SUBSCRIPTION_ACTION_${action}`;
  switch (first?.kind) {
    case 'candles': {
      const instruments = items.map((item) => ({ interval: intervalName(item), instrumentId: item.uid }));
      return JSON.stringify({ subscribeCandlesRequest: { subscriptionAction, instruments, waitingClose } });
    }
    case 'orderbook': {
      const instruments = items.map(({ depth, uid }) => ({ depth, instrumentId: uid }));
      return JSON.stringify({ subscribeOrderBookRequest: { subscriptionAction, instruments } });
    }
    case 'info':
      return JSON.stringify({ subscribeInfoRequest: { subscriptionAction, instruments: byUid(items) } });
    case 'lastPrice':
      return JSON.stringify({ subscribeLastPriceRequest: { subscriptionAction, instruments: byUid(items) } });
    default:
      return JSON.stringify({ subscribeTradesRequest: { subscriptionAction, instruments: byUid(items) } });
  }
}

/** How often the server is to say that it is there. Between 5,000 and 180,000 ms. */
export function pingSettingsFrame(pingDelayMs: number): string {
  return JSON.stringify({ pingSettings: { pingDelayMs } });
}

/** Answered by a `ping` whose `pingRequestTime` is ours: a round trip to measure. */
export function pingFrame(now: EpochMs): string {
  return JSON.stringify({ ping: { time: toTimestamp(now) } });
}

/** Answered by an acknowledgement for each kind of subscription that is in force. */
export const GET_MY_SUBSCRIPTIONS = JSON.stringify({ getMySubscriptions: {} });

function byUid(items: readonly Subscription[]): readonly { readonly instrumentId: string }[] {
  return items.map(({ uid }) => ({ instrumentId: uid }));
}

function intervalName({ interval }: Subscription): string | undefined {
  return interval && streamName(interval);
}

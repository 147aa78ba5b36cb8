import type { Calendar } from '../../../core/calendar.ts';
import type { Segment } from '../../../core/instrument.ts';
import type { Clock, Feed, Logger } from '../../engine/ports.ts';
import { whileAllTrade } from '../market-hours.ts';
import { aborted } from '../transport/aborted.ts';
import type { Jitter } from '../transport/back-off.ts';
import type { Patience } from '../transport/connection.ts';
import { mergeStatuses } from '../transport/merge-status.ts';
import { Meter } from '../transport/meter.ts';
import { supervise } from '../transport/supervisor.ts';
import { WakeBell } from '../transport/wake-bell.ts';
import type { WireTap } from '../transport/wire-tap.ts';
import { createLine, type Line } from './line.ts';
import type { Login } from './login.ts';
import type { KiteInstrument } from './match-instruments.ts';
import { createOrderNews } from './order-news.ts';
import { planSockets, type SocketLimits } from './subscribe.ts';

export interface KiteFeedParts {
  readonly login: Login;
  readonly wsUrl: string;
  readonly instruments: readonly KiteInstrument[];
  readonly limits: SocketLimits;
  readonly clock: Clock;
  readonly jitter: Jitter;
  readonly logger: Logger;
  readonly patience?: Partial<Patience> | undefined;
  readonly tap?: WireTap | undefined;
  calendarOf(segment: Segment): Calendar;
}

/**
 * Kite's ticker in full mode, over as few sockets as hold what is wanted. One socket whose login is refused
 * ends them all.
 */
export function createKiteFeed(parts: KiteFeedParts): Feed {
  const { login, instruments, limits, clock } = parts;
  const tokens = new Map(instruments.map(({ instrument, token }) => [instrument.key, token]));
  const keys = new Map(instruments.map(({ instrument, token }) => [token, instrument.key]));
  const isMarketOpen = whileAllTrade(instruments, parts.calendarOf);
  const judgeOrder = createOrderNews();
  const bell = new WakeBell();
  let meters: readonly Meter[] = [];
  let wanted: ReadonlySet<number> = new Set();
  let wantsBooks = false;
  let replan = (): void => undefined;

  return {
    watch(watched) {
      wanted = new Set([...watched].map((key) => tokens.get(key)).filter((token) => token !== undefined));
      replan();
    },
    books(areWanted) {
      wantsBooks = areWanted;
    },
    wake: () => bell.ring(),
    connections: () => meters.map(({ metrics }) => metrics),
    async run(sink, stop) {
      const over = new AbortController();
      const end = AbortSignal.any([stop, login.ended, over.signal]);
      const report = mergeStatuses((status) => sink.status(status));
      const lines: Line[] = [];
      const running: Promise<void>[] = [];
      const { accessToken, expiresAt } = login;
      meters = [];

      replan = () => {
        const { sockets, left } = planSockets(
          lines.map((line) => line.wanted),
          wanted,
          limits,
        );
        if (left.length > 0) sink.rejected('too-many-instruments', `${left.length} instruments have no room`);
        sockets.forEach((share, place) => {
          const line = lines[place];
          if (line !== undefined) {
            line.want(share);
            return;
          }
          const name = `ticker ${place + 1}`;
          const meter = new Meter(name, clock);
          meters = [...meters, meter];
          const added = createLine({
            ...parts,
            keys,
            sink,
            meter,
            tap: { connection: name, to: parts.tap },
            judgeOrder,
            isMarketOpen,
            wantsBooks: () => wantsBooks,
            status: (status) => report(place, status),
          });
          lines.push(added);
          added.want(share);
          const options = { ...parts, meter, bell, onDropped: (messages: number) => sink.dropped(messages) };
          running.push(supervise(added.link, options, end).then(() => over.abort()));
        });
      };

      const untilExpiryMs = Math.max(0, expiresAt - clock.now());
      const cancelExpiry = clock.after(untilExpiryMs, () => login.expire(accessToken, clock.now()));
      replan();
      await aborted(end);
      cancelExpiry();
      replan = () => undefined;
      await Promise.all(running);
    },
  };
}

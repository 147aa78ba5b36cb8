import type { InstrumentKey } from '../../../src/core/brand.ts';
import type { Link } from '../../../src/main/brokers/transport/link.ts';
import { Meter } from '../../../src/main/brokers/transport/meter.ts';
import { openSocket, type Socket, type SocketAddress } from '../../../src/main/brokers/transport/socket.ts';
import { supervise } from '../../../src/main/brokers/transport/supervisor.ts';
import { WakeBell } from '../../../src/main/brokers/transport/wake-bell.ts';
import type { Clock, Feed, FeedSink } from '../../../src/main/engine/ports.ts';

/** The adapter of the plain venue: the shortest that keeps every promise of a feed over a network. */
export function createPlainFeed(address: SocketAddress, names: ReadonlySet<InstrumentKey>, clock: Clock): Feed {
  const bell = new WakeBell();
  let wanted: ReadonlySet<InstrumentKey> = new Set();
  let meter = new Meter('prices', clock);
  let resubscribe = (): void => undefined;

  const linkTo = (sink: FeedSink): Link => {
    let socket: Socket | undefined;
    let isWelcome = false;
    let asked: ReadonlySet<InstrumentKey> = new Set();
    const ask = (): void => {
      if (!isWelcome) return;
      for (const name of asked) if (!wanted.has(name)) socket?.send(`-${name}`);
      for (const name of wanted) if (!asked.has(name)) socket?.send(`+${name}`);
      asked = wanted;
      meter.subscriptions = asked.size;
    };
    resubscribe = ask;
    return {
      connect: (listener) => openSocket(address, listener),
      opened(opened) {
        socket = opened;
      },
      received(message) {
        sink.heard(message.length);
        const [word = '', number = '', ...more] = String(message).split(' ');
        if (word === 'welcome') {
          isWelcome = true;
          ask();
        }
        if (['welcome', 'beat', '!'].includes(word)) return false;
        // Only known names pass.
        const instrument = word as InstrumentKey;
        const ltp = Number(number);
        if (!names.has(instrument) || !(ltp > 0) || more.length > 0) {
          meter.error();
          sink.rejected('bad-message', `${message.length} bytes`);
          return false;
        }
        const now = clock.now();
        if (wanted.has(instrument)) sink.ticks([{ instrument, ltp, time: now, receivedAt: now }]);
        return true;
      },
      isReady: () => isWelcome,
      heartbeat: () => ({ everyMs: 1_000, message: '?' }),
      closed() {
        socket = undefined;
        isWelcome = false;
        asked = new Set();
      },
      status: (status) => sink.status(status),
      isDataDue: () => wanted.size > 0,
      failed: () => meter.error(),
    };
  };

  return {
    watch(watched) {
      wanted = new Set([...watched].filter((key) => names.has(key)));
      resubscribe();
    },
    wake: () => bell.ring(),
    connections: () => [meter.metrics],
    run(sink, stop) {
      meter = new Meter('prices', clock);
      const onDropped = (messages: number): void => sink.dropped(messages);
      return supervise(linkTo(sink), { clock, jitter: () => 0.5, meter, bell, onDropped }, stop);
    },
  };
}

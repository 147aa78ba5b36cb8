import { AppError } from '../../../core/errors.ts';
import type { RotatingLink } from '../transport/rotation.ts';
import { Channel, type ChannelEvents } from './channel.ts';
import type { Access } from './connector.ts';
import { judgeEnd } from './judge-end.ts';
import type { LineParts, LineState } from './line-state.ts';
import { readFrame } from './read-frame.ts';

/** What KuCoin needs of a supervised connection that is replaced before its day is over. */
export function createLink(parts: LineParts, line: LineState): RotatingLink {
  const { name, connector, clock, logger, sink, market, meter } = parts;
  let channel: Channel | undefined;
  let hasExpired = false;

  return {
    connect(listener) {
      hasExpired = false;
      const turn = line.failures;
      let token = '';
      line.failures += 1;
      const events: ChannelEvents = {
        opened: () => listener.opened(),
        welcomed() {
          line.failures = 0;
        },
        heard: (message) => listener.received(message),
        complained: (code, text) => line.reject('venue-error', `${code} ${withoutToken(text, token)}`),
        failed(topics, why) {
          const [oldest] = line.channels;
          // What the old connection carries a fresh one has to get, or it is of no use.
          if (oldest !== mine) mine.hangUp('A subscription was not granted.');
          else line.failed(topics, why);
        },
        latency: (ms) => meter.latency(ms),
        expired() {
          hasExpired = true;
        },
        broke: (error) => logger.error(error),
        closed: (end) => listener.closed(end),
      };
      const connect = async (stop: AbortSignal): Promise<Access> => {
        const access = await connector(name, turn, stop);
        token = new URL(access.address.url).searchParams.get('token') ?? '';
        return access;
      };
      const mine = new Channel(clock, connect, events);
      mine.want(line.topics);
      channel = mine;
      line.channels.add(mine);
      // What there is to say the channel says.
      return { send: () => undefined, close: () => mine.close(), terminate: () => mine.hangUp('Hung up.') };
    },
    opened: () => undefined,
    isReady: () => channel?.isReady === true,
    isCarrying: () => channel?.isComplete === true,
    received(message) {
      sink.heard(message.length);
      if (typeof message !== 'string') {
        line.reject('binary-message', `${message.length} bytes`);
        return false;
      }
      const frame = readFrame(message);
      if ('reject' in frame) line.reject(frame.reject, frame.detail);
      else if (frame.type === 'message') return market.take(frame, line.reject);
      else if (frame.type === 'other') logger.info('KuCoin said something we do not know.', { type: frame.name });
      return false;
    },
    judgeEnd: (end) => judgeEnd(end, hasExpired),
    closed() {
      const wasComplete = channel?.isComplete === true;
      if (channel !== undefined) line.channels.delete(channel);
      channel = undefined;
      // While another carries the same nothing is missed.
      if (line.channels.size === 0) market.lost(line.topics);
      else if (!wasComplete)
        logger.warn('A fresh connection to KuCoin could not be had; the old one goes on.', { connection: name });
    },
    status: parts.status,
    isDataDue: () => line.topics.size > 0,
    failed: (thrown) => logger.error(AppError.from(thrown)),
  };
}

/** Servers quote what they were sent. */
function withoutToken(text: string, token: string): string {
  return token === '' ? text : text.replaceAll(token, '…').replaceAll(encodeURIComponent(token), '…');
}

import { SECOND_MS } from '../../../core/brand.ts';
import type { AppError } from '../../../core/errors.ts';
import type { Clock } from '../../engine/ports.ts';
import { prepareSocket } from '../transport/prepared-socket.ts';
import type { Socket, SocketAddress, SocketEnd } from '../transport/socket.ts';
import type { Access } from './connector.ts';
import { Pinger } from './pinger.ts';
import { readFrame, type ServerFrame } from './read-frame.ts';
import type { Refusal } from './refusal.ts';
import { Subscriber } from './subscriber.ts';
import type { InstanceServer } from './token.ts';
import { ANSWER_MS, PING } from './wire.ts';

/** What happens on a channel. Nothing comes after `closed`. */
export interface ChannelEvents {
  opened(): void;
  welcomed(): void;
  /** Every message. What the channel sees to itself has been seen to. */
  heard(message: string | Uint8Array): void;
  /** The venue reports an error that answers nothing we asked. */
  complained(code: number, text: string): void;
  failed(topics: readonly string[], why: Refusal): void;
  latency(ms: number): void;
  /** The venue does not take the token any more. `closed` follows. */
  expired(): void;
  broke(error: AppError): void;
  closed(end: SocketEnd): void;
}

const EXPIRED = 401;
/** How KuCoin begins market data, which is none of the channel's business and need not be read twice. */
const DATA = '"type":"message"';

/** One socket, from the token to the end, and what is said over it: welcome, subscriptions, heartbeat. */
export class Channel {
  readonly #clock: Clock;
  readonly #events: ChannelEvents;
  readonly #subscriber: Subscriber;
  readonly #socket: Socket;
  readonly #nextId: () => string;
  #server: InstanceServer | undefined;
  #pinger: Pinger | undefined;
  #cancelDeadline = (): void => undefined;
  #isReady = false;
  #isOver = false;
  #wanted: ReadonlySet<string> = new Set();

  constructor(clock: Clock, access: (stop: AbortSignal) => Promise<Access>, events: ChannelEvents) {
    this.#clock = clock;
    this.#events = events;
    this.#nextId = counter();
    this.#subscriber = new Subscriber({
      clock,
      send: (frame) => this.#socket.send(frame),
      nextId: this.#nextId,
      failed: (topics, why) => events.failed(topics, why),
      broke: (error) => events.broke(error),
    });
    const prepare = async (stop: AbortSignal): Promise<SocketAddress> => {
      const { address, server } = await access(stop);
      this.#server = server;
      return address;
    };
    this.#socket = prepareSocket(prepare, {
      opened: () => this.#opened(),
      received: (message) => this.#received(message),
      closed: (end) => this.#end(end),
    });
  }

  /** The venue has said welcome: nothing is sent before that. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** It is welcome, and everything wanted was granted. */
  get isComplete(): boolean {
    return this.#isReady && this.#subscriber.isComplete;
  }

  want(topics: ReadonlySet<string>): void {
    this.#wanted = topics;
    if (this.#isReady) this.#subscriber.want(topics);
  }

  /** Says goodbye properly; `closed` follows. */
  close(): void {
    this.#rest();
    this.#socket.close();
  }

  /** Hangs up at once; `closed` follows. */
  hangUp(reason: string): void {
    this.#end({ kind: 'lost', reason });
    this.#socket.terminate();
  }

  #opened(): void {
    if (this.#isOver) return;
    const late = `KuCoin did not say welcome within ${ANSWER_MS / SECOND_MS} seconds.`;
    this.#cancelDeadline = this.#clock.after(ANSWER_MS, () => this.hangUp(late));
    this.#events.opened();
  }

  #received(message: string | Uint8Array): void {
    if (this.#isOver) return;
    this.#pinger?.heard();
    if (typeof message === 'string' && !message.includes(DATA)) {
      const frame = readFrame(message);
      if (!('reject' in frame)) this.#obey(frame);
    }
    if (!this.#isOver) this.#events.heard(message);
  }

  #obey(frame: ServerFrame): void {
    switch (frame.type) {
      case 'welcome':
        this.#welcomed();
        break;
      case 'ack':
        this.#subscriber.answered(frame.id);
        break;
      case 'pong':
        this.#pinger?.pong(frame.id);
        break;
      case 'error':
        if (frame.code === EXPIRED) {
          this.#events.expired();
          this.hangUp('KuCoin says that the token has expired.');
        } else if (frame.id === undefined || !this.#subscriber.answered(frame.id, frame)) {
          this.#events.complained(frame.code, frame.text);
        }
    }
  }

  #welcomed(): void {
    if (this.#isReady) return;
    this.#isReady = true;
    this.#cancelDeadline();
    const { pingIntervalMs: intervalMs, pingTimeoutMs: timeoutMs } = this.#server ?? PING;
    this.#pinger = new Pinger({
      clock: this.#clock,
      intervalMs,
      timeoutMs,
      send: (frame) => this.#socket.send(frame),
      nextId: this.#nextId,
      latency: (ms) => this.#events.latency(ms),
      dead: () => this.hangUp(`KuCoin did not answer a ping within ${timeoutMs / SECOND_MS} seconds.`),
    });
    this.#events.welcomed();
    this.#subscriber.want(this.#wanted);
  }

  #rest(): void {
    this.#cancelDeadline();
    this.#pinger?.stop();
    this.#subscriber.stop();
  }

  #end(end: SocketEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#rest();
    this.#events.closed(end);
  }
}

/** Ids that are unique on a connection. */
function counter(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${count}`;
  };
}

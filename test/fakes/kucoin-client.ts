import type { WebSocket } from 'ws';
import type { FakePush } from './kucoin-messages.ts';

export interface StreamFaults {
  /** Answer upgrades with this HTTP status. */
  upgrade: number | undefined;
  /** Ms until the welcome; undefined is never. */
  welcomeMs: number | undefined;
  /** Ms until an ack; undefined is never. */
  ackMs: number | undefined;
  /** How many requests are passed over in silence before the next is answered. */
  ignoreNext: number;
  pongs: boolean;
  /** What a list with an unknown symbol is told: with its name, or without. */
  namesUnknown: boolean;
  /** Send nothing of the market. */
  mute: boolean;
  /** So many of the next tokens let nobody in. */
  deadTokens: number;
  /** Symbols that REST lists and the stream does not know. */
  unknown: Set<string>;
}

/** What a client sent, and when. */
export interface SeenFrame {
  /** Number of the connection, from 0. */
  readonly client: number;
  readonly at: number;
  readonly frame: { readonly id?: string; readonly type?: string; readonly topic?: string };
}

export interface ClientParts {
  readonly socket: WebSocket;
  readonly index: number;
  readonly connectId: string;
  readonly pingIntervalMs: number;
  readonly mostTopics: number;
  readonly mostPerFrame: number;
  readonly faults: StreamFaults;
  isKnown(symbol: string): boolean;
  seen(frame: SeenFrame): void;
}

/** KuCoin hangs up on a client that sent no ping of its own for so many intervals. */
const INTERVALS_WITHOUT_PING = 3;
const PURPOSES = /^\/(market\/(match|ticker|candles|level2|snapshot)|spotMarket\/(level1|level2Depth5|level2Depth50))$/;

/** One connection at the fake venue. */
export class FakeClient {
  readonly #parts: ClientParts;
  readonly topics = new Set<string>();
  /** Something was sent before the welcome. */
  wasEarly = false;
  isWelcome = false;
  pings = 0;
  closeCode: number | undefined;
  #cancelWatch: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
    const { socket, connectId, faults } = parts;
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closeCode = code;
      clearTimeout(this.#cancelWatch);
    });
    socket.on('message', (data) => this.#obey(String(data)));
    if (faults.welcomeMs === undefined) return;
    setTimeout(() => {
      this.isWelcome = true;
      this.say({ id: connectId, type: 'welcome' });
      this.#watch();
    }, faults.welcomeMs);
  }

  get isOpen(): boolean {
    return this.#parts.socket.readyState === 1;
  }

  get connectId(): string {
    return this.#parts.connectId;
  }

  say(frame: object): void {
    void this.sendText(JSON.stringify(frame));
  }

  sendText(text: string | Uint8Array): Promise<void> {
    return new Promise((resolve) => this.#parts.socket.send(text, () => resolve()));
  }

  async push({ topic, text }: FakePush): Promise<void> {
    if (this.#parts.faults.mute || !this.topics.has(topic)) return;
    await this.sendText(text);
  }

  close(code: number): void {
    this.#parts.socket.close(code);
  }

  drop(): void {
    this.#parts.socket.terminate();
  }

  #watch(): void {
    clearTimeout(this.#cancelWatch);
    this.#cancelWatch = setTimeout(() => this.drop(), INTERVALS_WITHOUT_PING * this.#parts.pingIntervalMs);
  }

  #obey(text: string): void {
    const { index, faults, seen } = this.#parts;
    const frame = JSON.parse(text) as SeenFrame['frame'] & { readonly response?: boolean };
    seen({ client: index, at: Date.now(), frame });
    const { id = '', type = '', topic = '' } = frame;
    if (!this.isWelcome) {
      this.wasEarly = true;
      this.say({ id, type: 'error', code: 415, data: 'type is not supported' });
      return;
    }
    if (type === 'ping') {
      this.pings += 1;
      this.#watch();
      if (faults.pongs) this.say({ id, type: 'pong' });
      return;
    }
    if (type !== 'subscribe' && type !== 'unsubscribe') {
      this.say({ id, type: 'error', code: 415, data: 'type is not supported' });
      return;
    }
    if (faults.ignoreNext > 0) {
      faults.ignoreNext -= 1;
      return;
    }
    const error = this.#apply(type, topic);
    if (error !== undefined) this.say({ id, type: 'error', ...error });
    else if (frame.response === true && faults.ackMs !== undefined)
      setTimeout(() => this.say({ id, type: 'ack' }), faults.ackMs);
  }

  #apply(type: 'subscribe' | 'unsubscribe', topic: string): { code: number; data: string } | undefined {
    const { mostPerFrame, mostTopics, isKnown, faults } = this.#parts;
    const colon = topic.indexOf(':');
    const purpose = topic.slice(0, colon);
    const subjects = topic.slice(colon + 1).split(',');
    const isUnknown = (subject: string): boolean =>
      !PURPOSES.test(purpose) ||
      !isKnown(purpose.endsWith('candles') ? subject.slice(0, subject.lastIndexOf('_')) : subject);
    const unknown = subjects.find(isUnknown);
    if (unknown !== undefined) {
      const name = faults.namesUnknown || subjects.length === 1 ? `${purpose}:${unknown}` : topic;
      return { code: 404, data: `topic ${name} is not found` };
    }
    if (subjects.length > mostPerFrame)
      return { code: 509, data: `exceed max subscription count limitation of ${mostPerFrame} per time` };
    const topics = subjects.map((subject) => `${purpose}:${subject}`);
    if (type === 'unsubscribe') {
      for (const each of topics) this.topics.delete(each);
      return undefined;
    }
    if (new Set([...this.topics, ...topics]).size > mostTopics)
      return { code: 509, data: `exceed max subscription count limitation of ${mostTopics} per session` };
    for (const each of topics) this.topics.add(each);
    return undefined;
  }
}

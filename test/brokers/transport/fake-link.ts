import type { EpochMs } from '../../../src/core/brand.ts';
import type { FeedStatus } from '../../../src/core/feed-status.ts';
import type { EndVerdict, Heartbeat, Link } from '../../../src/main/brokers/transport/link.ts';
import type { Socket, SocketEnd, SocketListener } from '../../../src/main/brokers/transport/socket.ts';

/** A socket in the hands of a test. */
export class FakeSocket implements Socket {
  readonly sent: (string | Uint8Array)[] = [];
  isClosed = false;
  isOpen = false;
  readonly #listener: SocketListener;
  readonly #agrees: boolean;

  constructor(listener: SocketListener, agrees: boolean) {
    this.#listener = listener;
    this.#agrees = agrees;
  }

  send(message: string | Uint8Array): void {
    this.sent.push(message);
  }

  close(): void {
    if (this.#agrees) this.end({ kind: 'lost', reason: 'closed' });
  }

  terminate(): void {
    this.end({ kind: 'lost', reason: 'terminated' });
  }

  open(): void {
    this.isOpen = true;
    this.#listener.opened();
  }

  ping(): void {
    this.sent.push('(control)');
  }

  hear(message: string | Uint8Array): void {
    this.#listener.received(message);
  }

  end(end: SocketEnd): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.isOpen = false;
    this.#listener.closed(end);
  }
}

/** A venue that calls every message but `heartbeat` good data. */
export class FakeLink implements Link {
  readonly sockets: FakeSocket[] = [];
  readonly statuses: FeedStatus[] = [];
  readonly faults: unknown[] = [];
  isMarketOpen = true;
  /** Whether the server answers our goodbye. */
  agreesToClose = true;
  /** Thrown by the next message. */
  bomb: Error | undefined;
  /** Whether an open socket is enough to be let in. */
  isReadyNow = true;
  beat: Heartbeat | undefined;
  verdict: EndVerdict | undefined;
  /** Ends the venue was asked about. */
  readonly judged: SocketEnd[] = [];
  /** Messages in the order they were read. */
  readonly read: string[] = [];

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (socket === undefined) throw new Error('No connection was tried yet.');
    return socket;
  }

  get last(): FeedStatus | undefined {
    return this.statuses.at(-1);
  }

  connect(listener: SocketListener): Socket {
    const socket = new FakeSocket(listener, this.agreesToClose);
    this.sockets.push(socket);
    return socket;
  }

  opened(socket: Socket): void {
    socket.send('everything');
  }

  received(message: string | Uint8Array): boolean {
    if (this.bomb !== undefined) throw this.bomb;
    this.read.push(String(message));
    return message !== 'heartbeat';
  }

  isReady(): boolean {
    return this.isReadyNow;
  }

  heartbeat(): Heartbeat | undefined {
    return this.beat;
  }

  judgeEnd(end: SocketEnd): EndVerdict | undefined {
    this.judged.push(end);
    return this.verdict;
  }

  closed(): void {}

  status(status: FeedStatus): void {
    this.statuses.push(status);
  }

  isDataDue(_now: EpochMs): boolean {
    return this.isMarketOpen;
  }

  failed(thrown: unknown): void {
    this.faults.push(thrown);
  }
}

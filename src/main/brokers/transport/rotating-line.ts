import type { FeedStatus } from '../../../core/feed-status.ts';
import type { Clock } from '../../engine/ports.ts';
import type { Link } from './link.ts';
import type { ConnectionRecord } from './meter.ts';
import { type SupervisorOptions, supervise } from './supervisor.ts';

/** A link that another can take over from, and that can take over. */
export interface RotatingLink extends Link {
  /** Whether everything wanted is subscribed, and the venue said so. */
  isCarrying(): boolean;
}

export interface LineParts {
  readonly clock: Clock;
  readonly options: SupervisorOptions;
  readonly record: ConnectionRecord;
  /** How long its connections may live; asked for each. */
  lifeMs(): number;
}

/** One supervised connection of a rotation, in the lead or about to take it. Only what leads tells its status. */
export class RotatingLine {
  readonly done: Promise<void>;
  /** Called once it carries everything, while it does not lead. */
  onCarrying = (): void => undefined;
  /** Called when a connection of it ended, or could not be made. */
  onLost = (): void => undefined;
  readonly #link: RotatingLink;
  readonly #parts: LineParts;
  readonly #end = new AbortController();
  #leads: boolean;
  #status: FeedStatus = { state: 'idle' };
  #cancelDue = (): void => undefined;
  #isDue = false;
  #isOver = false;
  #onDue = (): void => undefined;

  constructor(link: RotatingLink, leads: boolean, parts: LineParts) {
    this.#link = link;
    this.#leads = leads;
    this.#parts = parts;
    const options = { ...parts.options, meter: this.#record() };
    this.done = supervise(this.#watched(), options, this.#end.signal).finally(() => {
      this.#isOver = true;
      this.#cancelDue();
    });
  }

  get status(): FeedStatus {
    return this.#status;
  }

  /**
   * From now on it speaks for both. `told` is what the other said last: that all is well holds until this one says
   * otherwise, also before its first price.
   */
  takeLead(told: FeedStatus): void {
    this.#leads = true;
    const { state } = this.#status;
    const holds = told.state === 'live' || told.state === 'stale';
    if (holds && (state === 'connecting' || state === told.state)) return;
    this.#parts.record.status(state);
    this.#link.status(this.#status);
  }

  /** Says goodbye. */
  end(reason?: unknown): void {
    this.#end.abort(reason);
  }

  /** Says goodbye without a word about it: another leads. */
  retire(): void {
    this.#leads = false;
    this.end();
  }

  /** Its connection is to be replaced after `ms`, if that still lives then. */
  dueIn(ms: number): void {
    this.#cancelDue();
    this.#isDue = false;
    if (this.#isOver) return;
    this.#cancelDue = this.#parts.clock.after(ms, () => {
      this.#isDue = true;
      this.#onDue();
    });
  }

  whenDue(callback: () => void): void {
    this.#onDue = callback;
    if (this.#isDue) callback();
  }

  #watched(): Link {
    const link = this.#link;
    const look = (): void => {
      if (!this.#leads && link.isCarrying()) this.onCarrying();
    };
    return {
      connect: (listener) => link.connect(listener),
      opened(socket) {
        link.opened(socket);
        look();
      },
      received(message) {
        const isData = link.received(message);
        look();
        return isData;
      },
      isReady: () => link.isReady?.() ?? true,
      heartbeat: () => link.heartbeat?.(),
      judgeEnd: (end) => link.judgeEnd?.(end),
      closed: () => {
        this.#cancelDue();
        this.#isDue = false;
        link.closed();
        this.onLost();
      },
      status: (status) => {
        this.#status = status;
        if (this.#leads) link.status(status);
      },
      isDataDue: (now) => link.isDataDue(now),
      failed: (thrown) => link.failed(thrown),
    };
  }

  #record(): ConnectionRecord {
    const { record, lifeMs } = this.#parts;
    return {
      status: (state) => {
        if (this.#leads) record.status(state);
      },
      connected: () => {
        this.dueIn(lifeMs());
        if (this.#leads) record.connected();
      },
      lost: () => {
        if (this.#leads) record.lost();
      },
      heard: (bytes, now) => record.heard(bytes, now),
      data: (now) => record.data(now),
      dropped: (messages) => record.dropped(messages),
    };
  }
}

import type { ChannelState, RemoteChannel } from '../../contract/channels.ts';
import type { BrokerManifest } from '../../contract/manifest.ts';
import type { Settings } from '../../contract/settings.ts';
import { type EpochMs, HOUR_MS } from '../../core/brand.ts';
import { AppError } from '../../core/errors.ts';
import type { DeliveryStore } from './alert-store-port.ts';
import { DeliveryLane } from './delivery-lane.ts';
import type { Channel, Clock, SecretVault } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { sendInTime } from './send-in-time.ts';
import { testAlert } from './test-alert.ts';

export interface DeliveryDeskParts {
  readonly store: DeliveryStore;
  readonly channels: readonly Channel[];
  readonly vault: Pick<SecretVault, 'write'>;
  /** The clock on the wall. */
  readonly wall: Clock;
  readonly publisher: Publisher;
  /** Whose prices the alerts are of: made-up ones say so. */
  readonly world: BrokerManifest['world'];
  settings(): Settings;
  /** Names of rules, by id. */
  ruleNames(): Readonly<Record<string, string>>;
  onTrouble(error: AppError): void;
}

/** The same sentence of the same channel is not repeated for so long. */
const REPEAT_MS = HOUR_MS;

/** Tells people what the store says is owed, on each channel by itself. */
export class DeliveryDesk {
  readonly #parts: DeliveryDeskParts;
  readonly #lanes: ReadonlyMap<ChannelState['id'], DeliveryLane>;
  readonly #stop = new AbortController();
  readonly #toldAt = new Map<string, EpochMs>();

  /** Throws AppError `storage` when the disk lets it down. */
  constructor(parts: DeliveryDeskParts) {
    this.#parts = parts;
    const onChanged = (): void => parts.publisher.publish({ type: 'channels-changed' });
    const laneOf = (channel: Channel): DeliveryLane =>
      new DeliveryLane({ ...parts, channel, onChanged, onTrouble: (error) => this.#tell(channel, error) });
    this.#lanes = new Map(parts.channels.map((channel) => [channel.id, laneOf(channel)]));
  }

  /** Alerts were raised, or may be owed since an earlier run: each channel looks at once. Never throws. */
  wake(): void {
    for (const lane of this.#lanes.values()) lane.wake();
  }

  /** The computer woke, or its network changed: what failed before is tried again at once. Never throws. */
  refresh(): void {
    for (const lane of this.#lanes.values()) lane.refresh();
  }

  /** Ends it, at once: what is on its way stays owed, and the store is not touched any more. */
  stop(): void {
    this.#stop.abort();
    for (const lane of this.#lanes.values()) lane.stop();
  }

  /** What a screen may know of each channel. Throws AppError `storage`. */
  states(): readonly ChannelState[] {
    return this.#parts.channels.map((channel) => {
      const { id, label, fields } = channel;
      const lane = this.#lanes.get(id);
      const fieldsSet = channel.fieldsSet();
      return { id, label, fields, fieldsSet, waiting: lane?.waiting() ?? 0, trouble: lane?.trouble ?? null };
    });
  }

  /**
   * Keeps what a channel needs in the vault; an empty text removes a field. Throws AppError `invalid-input` when a field
   * is unknown or of no use; nothing is kept then.
   */
  save(id: RemoteChannel, fields: Readonly<Record<string, string>>): readonly ChannelState[] {
    const { vault, publisher } = this.#parts;
    const channel = this.#channel(id);
    const trimmed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value.trim()]));
    const unknown = Object.keys(trimmed).find((name) => channel.fields.every((field) => field.name !== name));
    if (unknown !== undefined)
      throw new AppError('invalid-input', `${channel.label} has no field of that name. It has: ${namesOf(channel)}.`);
    channel.check(trimmed);
    vault.write(`channel-${id}`, trimmed);
    publisher.publish({ type: 'channels-changed' });
    this.#lanes.get(id)?.refresh();
    return this.states();
  }

  /** Sends a sample through one channel. Resolves when it got through; rejects with an AppError that says what to do. */
  async test(id: ChannelState['id']): Promise<void> {
    const { wall, world, publisher } = this.#parts;
    const channel = this.#channel(id);
    if (!channel.isReady())
      throw new AppError('invalid-input', `${channel.label} is not set up. It needs: ${namesOf(channel)}.`);
    const alert = testAlert(wall.now());
    const message = { id: alert.id, alerts: [alert], ruleNames: {}, world, isLate: false, isTest: true };
    const lane = this.#lanes.get(id);
    try {
      await sendInTime(channel, message, wall, this.#stop.signal);
      if (lane !== undefined) lane.trouble = null;
      lane?.refresh();
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (lane !== undefined) lane.trouble = error.message;
      throw error;
    } finally {
      publisher.publish({ type: 'channels-changed' });
    }
  }

  /** Sends a sample through every channel that is set up and wanted. Never rejects: trouble is told as any other. */
  async testAll(): Promise<void> {
    const { channels, settings, onTrouble } = this.#parts;
    const wanted = channels.filter((each) => each.isReady() && (each.id !== 'desktop' || settings().alerts.desktop));
    await Promise.all(wanted.map(({ id }) => this.test(id).catch((thrown) => onTrouble(AppError.from(thrown)))));
  }

  #channel(id: ChannelState['id']): Channel {
    const channel = this.#parts.channels.find((each) => each.id === id);
    if (channel !== undefined) return channel;
    throw new AppError('not-found', `Tickscope runs without the channel ${id} here.`);
  }

  #tell(channel: Channel, error: AppError): void {
    const { wall, onTrouble } = this.#parts;
    const now = wall.now();
    const reason = `${channel.id} ${error.message}`;
    if (now - (this.#toldAt.get(reason) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return;
    this.#toldAt.set(reason, now);
    onTrouble(error);
  }
}

function namesOf({ fields }: Channel): string {
  return fields.map(({ label }) => label).join(', ');
}

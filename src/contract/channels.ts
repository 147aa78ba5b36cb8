/** A way of telling a person that leaves the machine. */
export const REMOTE_CHANNELS = ['webhook', 'telegram'] as const;
export type RemoteChannel = (typeof REMOTE_CHANNELS)[number];

/** A field that a channel needs. All are write-only: they lie in the vault. */
export interface ChannelField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly secret: boolean;
}

/** What a screen may know of a channel. */
export interface ChannelState {
  readonly id: 'desktop' | RemoteChannel;
  readonly label: string;
  readonly fields: readonly ChannelField[];
  readonly fieldsSet: readonly string[];
  /** Messages that wait: to be sent, or to be tried again. */
  readonly waiting: number;
  /** The last failure as a sentence; null when the last message got through. */
  readonly trouble: string | null;
}

import { createRequire } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';

/** What the SDK tells of a message, as far as the bench reads it. */
export interface KucoinEvent {
  readonly price: string;
  readonly size: string;
  readonly side?: string;
  /** Nanoseconds as text of a trade, milliseconds of a ticker. */
  readonly time: string | number;
  readonly bestBid?: string;
  readonly bestAsk?: string;
}

export type Told = (topic: string, event: KucoinEvent) => void;

interface Stream {
  trade(
    symbols: readonly string[],
    callback: (topic: string, subject: string, event: KucoinEvent) => void,
  ): Promise<string>;
  ticker(
    symbols: readonly string[],
    callback: (topic: string, subject: string, event: KucoinEvent) => void,
  ): Promise<string>;
  readonly wsService: {
    readonly client: {
      state: number;
      write: (message: unknown) => Promise<void>;
      onMessage(message: { readonly type: string; readonly data: string }): void;
    };
  };
}

const CONNECTED = 2;

/**
 * KuCoin's own SDK with these symbols subscribed, and no network: what its worker thread would hand over goes in by
 * the same door. What the thread itself costs is left out, in its favour.
 */
export async function startOfficial(
  kind: 'trade' | 'ticker',
  symbols: readonly string[],
  told: Told,
): Promise<(message: string) => void> {
  const require = createRequire(import.meta.url);
  const sdk = require('kucoin-universal-sdk') as typeof import('kucoin-universal-sdk');
  const { logger } = require('kucoin-universal-sdk/dist/common') as { readonly logger: Record<string, unknown> };
  for (const level of ['log', 'info', 'warn', 'error', 'debug']) logger[level] = () => undefined;
  const option = new sdk.ClientOptionBuilder()
    .setKey('')
    .setSecret('')
    .setPassphrase('')
    .setSpotEndpoint('http://127.0.0.1:9')
    .setFuturesEndpoint('http://127.0.0.1:9')
    .setBrokerEndpoint('http://127.0.0.1:9')
    .setTransportOption(new sdk.TransportOptionBuilder().setKeepAlive(false).build())
    .setWebSocketClientOption(new sdk.WebSocketClientOptionBuilder().build())
    .build();
  // Its types hide the parts; `check` compares all that comes of them.
  const stream = new sdk.DefaultClient(option).wsService().newSpotPublicWS() as unknown as Stream;
  const { client } = stream.wsService;
  client.state = CONNECTED;
  client.write = () => Promise.resolve();
  await stream[kind](symbols, (topic, _subject, event) => told(topic, event));
  // Its buffer flows from the next turn on.
  await turn();
  return (data) => client.onMessage({ type: 'message', data });
}

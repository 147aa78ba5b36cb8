import { optionValues } from '../contract/option-values.ts';
import type { FeedSettings } from '../contract/settings.ts';
import { AppError } from '../core/errors.ts';
import type { BrokerModule, Endpoints, LoginContext } from './brokers/broker-module.ts';
import type { Clock, SecretVault } from './engine/ports.ts';

/** The broker of that id. Throws an AppError that names those there are. */
export function brokerOf(brokers: readonly BrokerModule[], id: string): BrokerModule {
  const broker = brokers.find(({ manifest }) => manifest.id === id);
  if (broker !== undefined) return broker;
  const known = brokers.map(({ manifest }) => manifest.id).join(', ');
  throw new AppError('invalid-input', `There is no feed named ${id}. Choose one of: ${known}.`);
}

/** `TICKSCOPE_KITE_API_URL`, `TICKSCOPE_KITE_WS_URL` and `TICKSCOPE_KITE_LOGIN_URL` point a venue elsewhere. */
export function endpointsOf(id: string, env: Readonly<Record<string, string | undefined>>): Endpoints {
  const name = `TICKSCOPE_${id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
  const at = (which: string): string | undefined => env[`${name}_${which}_URL`] || undefined;
  return { api: at('API'), ws: at('WS'), login: at('LOGIN') };
}

/** What every broker gets, whether it is to be opened, logged in at, or looked into. */
export function setupOf(
  { manifest }: BrokerModule,
  parts: {
    readonly clock: Clock;
    readonly vault: SecretVault;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly feed: Pick<FeedSettings, 'options'>;
  },
): LoginContext {
  return {
    clock: parts.clock,
    credentials: parts.vault.read(manifest.id),
    endpoints: endpointsOf(manifest.id, parts.env),
    options: optionValues(manifest, parts.feed.options[manifest.id]),
  };
}

import type { BrokerModule } from '../brokers/broker-module.ts';
import { UsageError } from './cli-command.ts';

/** A day: longer is nothing to watch on a terminal. */
const MOST_SECONDS = 86_400;

/** The broker of `--venue`. Throws UsageError. */
export function venueNamed(brokers: readonly BrokerModule[], id: string | undefined, usage: string): BrokerModule {
  const known = brokers.map(({ manifest }) => manifest.id).join(', ');
  if (id === undefined) throw new UsageError(`Say which venue with --venue: ${known}. Usage: ${usage}`);
  const broker = brokers.find(({ manifest }) => manifest.id === id);
  if (broker === undefined) throw new UsageError(`There is no venue "${id}". Known: ${known}. Usage: ${usage}`);
  return broker;
}

/** The value of `--seconds`; undefined runs until Ctrl-C. Throws UsageError. */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0 && seconds <= MOST_SECONDS) return seconds;
  throw new UsageError(`--seconds takes a number above 0 and up to ${MOST_SECONDS}, not "${text}".`);
}

import { resolve } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { SettingsPatch, Source } from '../contract/settings.ts';
import { BROKERS } from './brokers/registry.ts';

/** The web door's port unless told otherwise; the same each time, so that the browser remembers the page's layout. */
export const USUAL_PORT = 4210;

/** What a launch may be told on the command line, at every door. Each door checks what concerns it. */
export const LAUNCH_OPTIONS = {
  port: { type: 'string' },
  feed: { type: 'string' },
  file: { type: 'string', multiple: true },
  speed: { type: 'string' },
  data: { type: 'string' },
  'api-key': { type: 'string' },
} as const satisfies ParseArgsOptionsConfig;

export interface LaunchArgs {
  readonly port?: string | undefined;
  readonly feed?: string | undefined;
  readonly file?: readonly string[] | undefined;
  readonly speed?: string | undefined;
  readonly data?: string | undefined;
  readonly 'api-key'?: string | undefined;
}

export interface Launch {
  readonly port: number | undefined;
  readonly apiKey: string | undefined;
  /** Undefined leaves the choice to the environment and the system. */
  readonly dataDir: string | undefined;
  readonly settingsOverride: SettingsPatch | undefined;
}

/** Scripts send the key in links and headers, where other characters would have to be encoded. */
const API_KEY = /^[\w.~-]+$/;

/**
 * Reads the options of a launch; file names are relative to `cwd`. `files` are further files to replay. Returns the
 * sentence to show when they make no sense.
 */
export function readLaunch(args: LaunchArgs, files: readonly string[], cwd: string): Launch | string {
  const { port, feed, speed, data, 'api-key': apiKey } = args;
  const replayed = [...(args.file ?? []), ...files].map((file) => resolve(cwd, file));
  const source = feed ?? (replayed.length > 0 ? 'replay' : undefined);

  if (port !== undefined && !isPort(port)) return `--port takes a number from 0 to 65535, not "${port}".`;
  if (source !== undefined && !isSource(source)) return `--feed takes ${SOURCES.join(', ')}, not "${source}".`;
  if (replayed.length > 0 && source !== 'replay') return `Only --feed replay reads files, not --feed ${source}.`;
  if (data === '') return '--data takes a folder.';
  if (apiKey !== undefined && !API_KEY.test(apiKey))
    return '--api-key takes letters, digits and any of . _ ~ - (the longer the better: openssl rand -hex 16 makes one).';
  if (speed !== undefined && !isSpeed(speed, source))
    return `--speed takes a number from ${source === 'replay' ? '0 (as fast as it goes)' : '1'} to 1000, not "${speed}".`;
  if (speed !== undefined && source !== 'simulator' && source !== 'replay')
    return '--speed goes with --feed simulator or --feed replay.';
  return {
    port: port === undefined ? undefined : Number(port),
    apiKey,
    dataDir: data === undefined ? undefined : resolve(cwd, data),
    settingsOverride: source === undefined ? undefined : { feed: feedPatch(source, replayed, speed) },
  };
}

function feedPatch(
  source: Source,
  files: readonly string[],
  speed: string | undefined,
): NonNullable<SettingsPatch['feed']> {
  const pace = speed === undefined ? {} : { speed: Number(speed) };
  if (source === 'replay') return { source, replay: { ...(files.length > 0 && { files: [...files] }), ...pace } };
  return source === 'simulator' ? { source, simulator: pace } : { source };
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isSpeed(text: string, source: string | undefined): boolean {
  const speed = Number(text);
  return text.trim() !== '' && speed <= 1_000 && speed >= (source === 'replay' ? 0 : 1);
}

const SOURCES: readonly Source[] = BROKERS.map(({ manifest }) => manifest.id);

function isSource(text: string): text is Source {
  return SOURCES.includes(text);
}

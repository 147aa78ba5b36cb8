import { isIP } from 'node:net';
import type { BrokerManifest, OptionValue } from '../../contract/manifest.ts';
import type { Endpoints } from '../brokers/broker-module.ts';

/** The venue's servers as they are used: where the environment points, or the usual place. */
export interface ServerList {
  readonly api: URL | undefined;
  readonly ws: URL | undefined;
  /** Names of variables whose address makes no sense. */
  readonly bad: readonly string[];
}

/** An address in the environment goes before the manifest's, and its sandbox before its usual servers when it is on. */
export function serversOf(
  { id, servers = {} }: BrokerManifest,
  endpoints: Endpoints,
  options: Readonly<Record<string, OptionValue>>,
): ServerList {
  const bad: string[] = [];
  const { sandbox } = servers;
  const usual = { ...servers, ...(sandbox !== undefined && options[sandbox.option] === true && sandbox) };
  const read = (kind: 'api' | 'ws'): URL | undefined => {
    const text = endpoints[kind] ?? usual[kind];
    if (text === undefined || text === '') return undefined;
    const url = URL.parse(text);
    if (url !== null && PROTOCOLS[kind].includes(url.protocol) && url.hostname !== '') return url;
    bad.push(`TICKSCOPE_${id.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}_${kind.toUpperCase()}_URL`);
    return undefined;
  };
  return { api: read('api'), ws: read('ws'), bad };
}

const PROTOCOLS: Readonly<Record<'api' | 'ws', readonly string[]>> = {
  api: ['https:', 'http:'],
  ws: ['wss:', 'ws:'],
};

/** Each server once, by host. */
export function eachServer({ api, ws }: ServerList): readonly URL[] {
  const urls = [api, ws].filter((url) => url !== undefined);
  return urls.filter((url, place) => urls.findIndex(({ host }) => host === url.host) === place);
}

/** The host as the resolver wants it: without the brackets of a version 6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

export function isAddress(url: URL): boolean {
  return isIP(hostOf(url)) !== 0;
}

export function isSecure({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'wss:';
}

/** What is said to this very computer nobody can listen to on the way. */
export function isLoopback(url: URL): boolean {
  const host = hostOf(url);
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Port of a server, given or usual. */
export function portOf(url: URL): number {
  return url.port === '' ? (isSecure(url) ? 443 : 80) : Number(url.port);
}

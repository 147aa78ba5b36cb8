import type { BrokerManifest, Preset } from '../../../../contract/manifest.ts';
import { brokerOf, type SettingsState } from '../../stores/settings-store.ts';

const MOST = 5_000;
const LONGEST = 64;

/** Names from a text box: `EXCHANGE:SYMBOL`, several with commas or lines between. */
export function parseKeys(
  text: string,
  known: readonly string[],
  example: string,
): { readonly keys: readonly string[]; readonly problem: string | undefined } {
  const keys: string[] = [];
  for (const word of text.split(/[,;\n]/).map((one) => one.trim())) {
    if (word === '') continue;
    const key = normalKey(word);
    if (key === undefined)
      return { keys: [], problem: `“${word.slice(0, 30)}” is no EXCHANGE:SYMBOL, such as ${example}.` };
    if (known.includes(key) && !keys.includes(key)) return { keys: [], problem: `${key} is in the list already.` };
    if (!keys.includes(key)) keys.push(key);
  }
  if (keys.length === 0) return { keys, problem: `Write EXCHANGE:SYMBOL, such as ${example}.` };
  if (known.length + keys.length > MOST) return { keys: [], problem: `A list holds ${MOST} instruments at most.` };
  return { keys, problem: undefined };
}

/** The exchange is in capitals, and so is the symbol, but for the long ids that some venues use. */
function normalKey(word: string): string | undefined {
  const [, exchange, symbol] = /^([A-Za-z]+)\s*:\s*(\S.*)$/.exec(word) ?? [];
  if (exchange === undefined || symbol === undefined) return undefined;
  const isId = /^[0-9a-f]{8}-/i.test(symbol);
  const key = `${exchange.toUpperCase()}:${isId ? symbol : symbol.toUpperCase()}`;
  return key.length <= LONGEST ? key : undefined;
}

/** What a venue without lists of its own watches. */
export const USUAL_LIST = 'NIFTY 50';

/** The keys that stand for "as delivered": the first preset's, or where a venue has none the usual ones. */
export function initialKeys({ presets }: Pick<BrokerManifest, 'presets'>, usual: readonly string[]): readonly string[] {
  return presets?.[0]?.instruments.map(({ key }) => key) ?? usual;
}

/** The keys of the usual list, where the feed in use watches it and so has told them; none where nobody has. */
export function usualKeys({
  settings,
  brokers,
  instruments,
}: Pick<SettingsState, 'settings' | 'brokers' | 'instruments'>): readonly string[] {
  const source = settings?.feed.source ?? '';
  const manifest = brokerOf({ brokers }, source)?.manifest;
  const isUsual =
    manifest !== undefined &&
    manifest.world !== 'replay' &&
    manifest.presets === undefined &&
    settings?.feed.lists[source]?.instruments === undefined;
  return isUsual ? instruments.map(({ key }) => key) : [];
}

/** Which list this is: a preset's name, or how many of the person's own. */
export function listWords(keys: readonly string[] | undefined, presets: readonly Preset[] | undefined): string {
  if (keys === undefined) return presets?.[0]?.label ?? USUAL_LIST;
  const preset = presets?.find((one) => isPreset(one, keys));
  return preset?.label ?? `${keys.length} of your own`;
}

export function isPreset({ instruments }: Preset, keys: readonly string[]): boolean {
  return instruments.length === keys.length && instruments.every(({ key }, at) => key === keys[at]);
}

/** The list with the row at `at` moved by `steps`, held at the ends. */
export function moveKey(keys: readonly string[], at: number, steps: number): readonly string[] {
  const key = keys[at];
  if (key === undefined) return keys;
  const rest = keys.toSpliced(at, 1);
  return rest.toSpliced(Math.min(rest.length, Math.max(0, at + steps)), 0, key);
}

import { isRecord } from '../../../core/is-record.ts';
import { type Field, type FieldUnit, STATIC_FIELDS } from './fields.ts';
import type { TopicKind } from './wire.ts';

/** How records of one kind of topic are to be read. */
export interface TopicLayout {
  readonly fields: readonly Field[];
  /** The fields' names, in their order, and where each is. */
  readonly names: readonly string[];
  readonly places: ReadonlyMap<string, number>;
  /** Values of a lite record. */
  readonly liteCount: number;
}

export type Layouts = Readonly<Record<TopicKind, TopicLayout>>;

/** A lite record brings the last price alone; of an order book there is none. */
export const STATIC_LAYOUTS: Layouts = {
  sf: layoutOf(STATIC_FIELDS.sf, 1),
  if: layoutOf(STATIC_FIELDS.if, 1),
  dp: layoutOf(STATIC_FIELDS.dp, 0),
};

function layoutOf(fields: readonly Field[], liteCount: number): TopicLayout {
  const names = fields.map(({ name }) => name);
  return { fields, names, places: new Map(names.map((name, place) => [name, place])), liteCount };
}

const LIST_OF: Readonly<Record<TopicKind, string>> = { sf: 'scrip', if: 'index', dp: 'depth' };
const UNITS: Readonly<Record<string, FieldUnit>> = { ConvNumber: 'price', Number: 'quantity', timestamp: 'time' };
/** A record counts its values in one byte. */
const MOST_FIELDS = 255;

/**
 * Reads the mapping that comes with the answer to a login: which values records bring, in which order. What it does
 * not say stays as the static lists have it. Undefined when it is no mapping at all.
 */
export function readMapping(text: string): Layouts | undefined {
  let mapping: unknown;
  try {
    mapping = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(mapping) || !Array.isArray(mapping['fields'])) return undefined;
  const told = new Map<string, Told>();
  for (const entry of mapping['fields']) {
    if (!isRecord(entry) || typeof entry['fid'] !== 'string' || typeof entry['fld'] !== 'string') continue;
    const { fid, fld, dataType } = entry;
    told.set(fid, { short: fld, unit: typeof dataType === 'string' ? UNITS[dataType] : undefined });
  }
  const toldOf = (kind: TopicKind): TopicLayout =>
    layoutOf(fieldsOf(kind, mapping[LIST_OF[kind]], told), liteCountOf(kind, mapping[`${LIST_OF[kind]}_lite`]));
  return { sf: toldOf('sf'), if: toldOf('if'), dp: toldOf('dp') };
}

/** What the mapping says of a field. */
interface Told {
  readonly short: string;
  readonly unit: FieldUnit | undefined;
}

function fieldsOf(kind: TopicKind, list: unknown, told: ReadonlyMap<string, Told>): readonly Field[] {
  const usual = STATIC_FIELDS[kind];
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_FIELDS) return usual;
  return list.map((fid: unknown): Field => {
    const name = String(fid);
    const { short, unit } = told.get(name) ?? { short: undefined, unit: undefined };
    // The mapping's own word for a field tells more than its number, which another version may use for another.
    const known = usual.find((each) => each.short === short) ?? usual.find((each) => each.fid === name);
    return {
      name: known?.name ?? short ?? name,
      unit: unit ?? known?.unit ?? 'quantity',
      short: short ?? known?.short ?? name,
      fid: name,
    };
  });
}

function liteCountOf(kind: TopicKind, lite: unknown): number {
  const count = isRecord(lite) ? lite['hfid'] : undefined;
  const isCount = typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= MOST_FIELDS;
  return isCount && kind !== 'dp' ? count : STATIC_LAYOUTS[kind].liteCount;
}

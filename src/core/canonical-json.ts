/**
 * JSON of which there is one way to write it: keys sorted by their UTF-16 units, no blanks, numbers and texts as
 * `JSON.stringify` writes them. For all that can be said in JSON it is what RFC 8785 says, so others can write it too.
 *
 * Throws a TypeError at what JSON has no word for: NaN, infinities, undefined, functions, dates and other objects.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  // Not map: it would leave out the holes of a list.
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`;
  if (isPlain(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
    return `{${fields.join(',')}}`;
  }
  throw new TypeError(`JSON has no word for ${nameOf(value)}.`);
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function nameOf(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value) : String(value);
}

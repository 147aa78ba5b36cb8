// Carries values between processes as structured clone does, as text. A plain script, loaded in Node and in the page.
(() => {
  const VIEWS = {
    Uint8Array,
    Int8Array,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  };
  const inNode = typeof Buffer === 'function';
  const toText = (bytes) =>
    inNode
      ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
      : btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const toBytes = (text) =>
    (inNode ? new Uint8Array(Buffer.from(text, 'base64')) : Uint8Array.from(atob(text), (char) => char.charCodeAt(0)))
      .buffer;

  const encodeNumber = (value) => {
    if (Number.isFinite(value) && !Object.is(value, -0)) return value;
    return { $: 'number', value: Object.is(value, -0) ? '-0' : String(value) };
  };
  const encodeObject = (value, seen) => {
    if (Array.isArray(value)) return value.map((item) => encode(item, seen));
    if (value instanceof Date) return { $: 'date', value: value.getTime() };
    if (value instanceof Map)
      return { $: 'map', value: [...value].map((pair) => pair.map((item) => encode(item, seen))) };
    if (value instanceof Set) return { $: 'set', value: [...value].map((item) => encode(item, seen)) };
    if (value instanceof Error) return { $: 'error', name: value.name, value: value.message };
    if (value instanceof ArrayBuffer) return { $: 'buffer', value: toText(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const name = Object.keys(VIEWS).find((each) => value instanceof VIEWS[each]) ?? 'Uint8Array';
      return { $: 'view', name, value: toText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, encode(item, seen)]));
    return '$' in plain ? { $: 'object', value: plain } : plain;
  };
  const encode = (value, seen) => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'number') return encodeNumber(value);
    if (typeof value === 'bigint') return { $: 'bigint', value: String(value) };
    if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (value === null || typeof value !== 'object') return value;
    if (seen.has(value)) throw new Error('The double does not carry cyclic values.');
    seen.add(value);
    try {
      return encodeObject(value, seen);
    } finally {
      seen.delete(value);
    }
  };

  const decodeFields = (object) => Object.fromEntries(Object.entries(object).map(([key, item]) => [key, decode(item)]));
  const DECODERS = {
    undefined: () => undefined,
    number: ({ value }) => Number(value),
    bigint: ({ value }) => BigInt(value),
    date: ({ value }) => new Date(value),
    map: ({ value }) => new Map(value.map((pair) => pair.map(decode))),
    set: ({ value }) => new Set(value.map(decode)),
    error: ({ name, value }) => Object.assign(new Error(value), { name }),
    buffer: ({ value }) => toBytes(value),
    view: ({ name, value }) => new VIEWS[name](toBytes(value)),
    object: ({ value }) => decodeFields(value),
  };
  const decode = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(decode);
    return value.$ === undefined ? decodeFields(value) : DECODERS[value.$](value);
  };
  globalThis.__codec = {
    pack: (value) => JSON.stringify(encode(value, new Set())),
    unpack: (text) => decode(JSON.parse(text)),
  };
})();

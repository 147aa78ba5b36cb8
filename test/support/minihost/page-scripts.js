// Two functions that run in the page before its own scripts, as text. `eventName` is random and known to these two only.
// MAIN_WORLD builds what contextBridge exposes. PRELOAD_WORLD gives the preload its `electron` and runs it.
// Between the worlds, CustomEvent.detail is cloned and delivered at once, so exposed functions exist before the page's scripts.

export function MAIN_WORLD(eventName) {
  if (window !== window.top) return;
  const callbacks = new Map();
  const promises = new Map();
  let lastId = 0;
  let returned;
  const send = (detail) => document.dispatchEvent(new CustomEvent(`${eventName}i`, { detail }));
  const isPlain = (value) => Object.getPrototypeOf(value) === Object.prototype;
  const mapValues = (object, map) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

  const wrap = (value) => {
    if (typeof value === 'function') {
      lastId += 1;
      callbacks.set(lastId, value);
      return { $callback: lastId };
    }
    if (Array.isArray(value)) return value.map(wrap);
    return value && typeof value === 'object' && isPlain(value) ? mapValues(value, wrap) : value;
  };
  const caller =
    (id) =>
    (...args) => {
      returned = undefined;
      send({ type: 'call', id, args: wrap(args) });
      const result = returned;
      returned = undefined;
      if (result && 'error' in result) throw new Error(result.error);
      return result ? unwrap(result.value) : undefined;
    };
  const unwrap = (value) => {
    if (!value || typeof value !== 'object') return value;
    if (value.$function) return caller(value.$function);
    if (value.$promise) return new Promise((resolve, reject) => promises.set(value.$promise, { resolve, reject }));
    if (Array.isArray(value)) return value.map(unwrap);
    return isPlain(value) ? mapValues(value, unwrap) : value;
  };
  const freeze = (value) => {
    if (value && typeof value === 'object') {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };

  document.addEventListener(`${eventName}m`, ({ detail }) => {
    if (detail.type === 'expose') {
      const value = freeze(unwrap(detail.api));
      Object.defineProperty(window, detail.key, { value, writable: false, configurable: false, enumerable: true });
    } else if (detail.type === 'return') returned = detail;
    else if (detail.type === 'callback') callbacks.get(detail.id)?.(...detail.args.map(unwrap));
    else if (detail.type === 'resolve') promises.get(detail.id)?.resolve(unwrap(detail.value));
    else if (detail.type === 'reject') promises.get(detail.id)?.reject(new Error(detail.error));
  });
}

export function PRELOAD_WORLD(eventName, bindingName, preload) {
  if (window !== window.top) return;
  const codec = globalThis.__codec;
  const functions = new Map();
  const functionIds = new Map();
  const callbacks = new Map();
  const pending = new Map();
  const listeners = new Map();
  let lastId = 0;
  const nextId = () => {
    lastId += 1;
    return lastId;
  };
  const send = (detail) => document.dispatchEvent(new CustomEvent(`${eventName}m`, { detail }));
  const isPlain = (value) => Object.getPrototypeOf(value) === Object.prototype;
  const mapValues = (object, map) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]));

  const wrapFunction = (value) => {
    const id = functionIds.get(value) ?? nextId();
    functionIds.set(value, id);
    functions.set(id, value);
    return { $function: id };
  };
  const wrapPromise = (value) => {
    const id = nextId();
    value.then(
      (result) => send({ type: 'resolve', id, value: wrap(result) }),
      (error) => send({ type: 'reject', id, error: String(error?.message ?? error) }),
    );
    return { $promise: id };
  };
  const wrap = (value) => {
    if (typeof value === 'function') return wrapFunction(value);
    if (value instanceof Promise) return wrapPromise(value);
    if (Array.isArray(value)) return value.map(wrap);
    return value && typeof value === 'object' && isPlain(value) ? mapValues(value, wrap) : value;
  };
  const unwrapCallback = (id) => {
    const known = callbacks.get(id) ?? ((...args) => send({ type: 'callback', id, args: args.map(wrap) }));
    callbacks.set(id, known);
    return known;
  };
  const unwrap = (value) => {
    if (!value || typeof value !== 'object') return value;
    if (value.$callback) return unwrapCallback(value.$callback);
    if (Array.isArray(value)) return value.map(unwrap);
    return isPlain(value) ? mapValues(value, unwrap) : value;
  };

  document.addEventListener(`${eventName}i`, ({ detail }) => {
    if (detail.type !== 'call') return;
    try {
      send({ type: 'return', value: wrap(functions.get(detail.id)(...detail.args.map(unwrap))) });
    } catch (error) {
      send({ type: 'return', error: String(error?.message ?? error) });
    }
  });

  const post = (message) => globalThis[bindingName](codec.pack(message));
  globalThis.__receive = (text) => {
    const message = codec.unpack(text);
    if (message.type === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({ ports: [] }, ...message.args);
      return;
    }
    const promise = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) promise?.resolve(message.value);
    else promise?.reject(new Error(`Error invoking remote method '${message.channel}': ${message.error}`));
  };

  const off = (channel, listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter((each) => each !== listener),
    );
  };
  const ipcRenderer = {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const id = nextId();
        pending.set(id, { resolve, reject });
        post({ type: 'invoke', id, channel, args });
      }),
    on: (channel, listener) => listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    off,
    removeListener: off,
  };
  const contextBridge = { exposeInMainWorld: (key, api) => send({ type: 'expose', key, api: wrap(api) }) };
  // All that a sandboxed preload may require.
  const require = (id) => {
    if (id === 'electron' || id === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${id}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

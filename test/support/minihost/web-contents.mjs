import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { app } from './app.mjs';
import { browser } from './browser.mjs';
import './codec.js';
import { MAIN_WORLD, PRELOAD_WORLD } from './page-scripts.js';
import { fromBrowser, handlers, toBrowser } from './protocol.mjs';
import { session } from './session.mjs';

const { pack, unpack } = globalThis.__codec;
const codecSource = readFileSync(new URL('./codec.js', import.meta.url), 'utf8');
const WORLD = 'electron-preload';
const FOREIGN = process.env.MINIHOST_FOREIGN;

class IpcMain extends EventEmitter {
  handlers = new Map();
  handle(channel, handler) {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }
  removeHandler(channel) {
    this.handlers.delete(channel);
  }
}
export const ipcMain = new IpcMain();

const preventable = (more) => ({
  ...more,
  defaultPrevented: false,
  preventDefault() {
    this.defaultPrevented = true;
  },
});

/** One page of Chromium, as Electron's main process sees it. */
export class WebContents extends EventEmitter {
  static #lastId = 0;
  id = ++WebContents.#lastId;
  #window;
  #queue = [];
  #context;
  #cdp;
  #page;
  #windowOpenHandler = () => ({ action: 'allow' });
  /** Addresses that main itself asked for: those raise no will-navigate. */
  #asked = new Set();

  constructor(window, { preload, partition }, size) {
    super();
    this.#window = window;
    this.session = partition === undefined ? session.defaultSession : session.fromPartition(partition);
    app.emit('web-contents-created', {}, this);
    this.ready = this.#start(preload, size);
  }

  async #start(preload, viewport) {
    this.#page = await (await browser()).newPage({ viewport });
    this.#page.on('load', () => this.emit('did-finish-load'));
    this.#page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    this.#page.on('close', () => this.#window.pageClosed());
    this.#page.on('popup', (popup) => {
      if (this.#windowOpenHandler({ url: popup.url() }).action === 'deny') void popup.close();
    });
    await this.#page.route('**/*', (route) => this.#answer(route));
    this.#cdp = await this.#page.context().newCDPSession(this.#page);
    if (preload !== undefined) await this.#injectPreload(preload);
  }

  async #injectPreload(preload) {
    const eventName = `e${Math.random().toString(36).slice(2)}`;
    const bindingName = `__send_${eventName}`;
    this.#cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== WORLD || context.auxData.frameId !== this.#topFrame) return;
      this.#context = context.id;
      for (const text of this.#queue.splice(0)) this.#push(text);
    });
    this.#cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#context) this.#context = undefined;
    });
    this.#cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === bindingName) void this.#receive(unpack(payload));
    });
    await this.#cdp.send('Page.enable');
    const { frameTree } = await this.#cdp.send('Page.getFrameTree');
    this.#topFrame = frameTree.frame.id;
    await this.#cdp.send('Runtime.enable');
    await this.#cdp.send('Runtime.addBinding', { name: bindingName, executionContextName: WORLD });
    const names = `${JSON.stringify(eventName)}, ${JSON.stringify(bindingName)}`;
    const script = `function (require, module, exports) {${readFileSync(preload, 'utf8')}\n}`;
    const sources = [
      { source: `(${MAIN_WORLD})(${JSON.stringify(eventName)})` },
      {
        worldName: WORLD,
        source: `${codecSource}\n(${PRELOAD_WORLD})(${names}, ${script});\n//# sourceURL=${pathToFileURL(preload)}`,
      },
    ];
    for (const source of sources) await this.#cdp.send('Page.addScriptToEvaluateOnNewDocument', source);
  }
  #topFrame;

  /** Serves our scheme, lets main judge navigation, and lets nothing out to the network. */
  async #answer(route) {
    const request = route.request();
    const url = fromBrowser(request.url());
    const isNavigation = request.isNavigationRequest() && request.frame() === this.#page.mainFrame();
    if (isNavigation && !this.#asked.delete(url) && url !== FOREIGN) {
      const event = preventable({ url });
      this.emit('will-navigate', event, url);
      if (event.defaultPrevented) return route.abort('aborted');
    }
    if (url === FOREIGN) return route.fulfill({ contentType: 'text/html', body: '<title>foreign</title>' });
    if (this.session !== session.defaultSession) return this.#answerForeign(route, url, isNavigation);
    const { protocol: scheme } = new URL(url);
    const handler = handlers.get(scheme.slice(0, -1));
    if (handler === undefined) return route.abort('blockedbyclient');
    const response = await handler(new Request(url, { method: request.method() }));
    const headers = Object.fromEntries(response.headers);
    return route.fulfill({ status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) });
  }

  /** A page of a session of its own may talk to servers of this machine, whose redirects main judges. */
  async #answerForeign(route, url, isNavigation) {
    if (new URL(url).hostname !== '127.0.0.1') return route.abort('blockedbyclient');
    const response = await route.fetch({ maxRedirects: 0 });
    const { location } = response.headers();
    if (!isNavigation || location === undefined) {
      await route.fulfill({ response });
      if (isNavigation) this.emit('did-navigate', {}, url);
      return;
    }
    const next = new URL(location, url).href;
    const event = preventable({ url: next, isMainFrame: true });
    this.emit('will-redirect', event, next);
    await route.abort('aborted');
    if (!event.defaultPrevented) await this.load(next).catch(() => undefined);
  }

  #push(text) {
    const call = { functionDeclaration: 'function (text) { __receive(text) }', arguments: [{ value: text }] };
    // The page may go while this is on its way; then nobody is there to hear it.
    this.#cdp.send('Runtime.callFunctionOn', { executionContextId: this.#context, ...call }).catch(() => undefined);
  }
  #tell(message) {
    const text = pack(message);
    if (this.#context === undefined) this.#queue.push(text);
    else this.#push(text);
  }
  async #receive({ type, id, channel, args }) {
    if (type !== 'invoke') return;
    const url = this.getURL();
    const { protocol: scheme, host } = new URL(url);
    const senderFrame = { url, origin: `${scheme}//${host}`, parent: null };
    const handler = ipcMain.handlers.get(channel);
    try {
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      this.#tell({ type: 'reply', id, channel, value: await handler({ sender: this, senderFrame }, ...args) });
    } catch (error) {
      this.#tell({ type: 'reply', id, channel, error: String(error) });
    }
  }

  send(channel, ...args) {
    this.#tell({ type: 'event', channel, args });
  }
  async load(url) {
    await this.ready;
    this.#asked.add(url);
    try {
      await this.#page.goto(toBrowser(url));
    } catch (cause) {
      // As Electron says it.
      const [code = 'ERR_FAILED'] = /ERR_[A-Z_]+/.exec(String(cause)) ?? [];
      throw Object.assign(new Error(`${code} loading '${url}'`, { cause }), { code });
    }
  }
  async reload() {
    this.#asked.add(this.getURL());
    await this.#page.reload();
  }
  getURL() {
    return fromBrowser(this.#page?.url() ?? '');
  }
  setWindowOpenHandler(handler) {
    this.#windowOpenHandler = handler;
  }
  isDestroyed() {
    return this.#window.isDestroyed();
  }
  async close() {
    await this.ready;
    if (!this.#page.isClosed()) await this.#page.close();
  }
}

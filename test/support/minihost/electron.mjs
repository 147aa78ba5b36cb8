// The module `electron`, as far as our main process uses it.
import { EventEmitter } from 'node:events';
import { app, recorded } from './app.mjs';
import { protocol } from './protocol.mjs';
import { session } from './session.mjs';
import { ipcMain, WebContents } from './web-contents.mjs';

export { app, ipcMain, protocol, session };

/** Nothing here ever sleeps. */
export const powerMonitor = new EventEmitter();

export class BrowserWindow extends EventEmitter {
  #gone = false;
  #size;

  constructor({ width = 800, height = 600, webPreferences = {} } = {}) {
    super();
    const { sandbox, contextIsolation, nodeIntegration } = webPreferences;
    if (!sandbox || !contextIsolation || nodeIntegration)
      throw new Error('The double runs sandboxed, isolated pages only.');
    this.#size = { width, height };
    app.opened(this);
    this.webContents = new WebContents(this, webPreferences, this.#size);
  }
  async loadURL(url) {
    await this.webContents.load(url);
    this.emit('ready-to-show');
  }
  reload() {
    void this.webContents.reload();
  }
  pageClosed() {
    if (this.#gone) return;
    this.emit('close', { preventDefault() {} });
    this.#gone = true;
    this.emit('closed');
    app.closed(this);
  }
  async destroy() {
    await this.webContents.close();
    this.pageClosed();
  }
  isDestroyed() {
    return this.#gone;
  }
  getNormalBounds() {
    return { x: 0, y: 0, ...this.#size };
  }
  setTitle() {}
  isMaximized() {
    return false;
  }
  isMinimized() {
    return false;
  }
  show() {}
  focus() {}
  restore() {}
  maximize() {}
}

export const dialog = { showErrorBox: (...words) => recorded.dialogs.push(words) };

export const Menu = { setApplicationMenu() {}, buildFromTemplate: (template) => ({ items: template }) };

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }] };

/** As on a Linux without a key ring. */
export const safeStorage = {
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'basic_text',
  encryptString: (text) => Buffer.from(`v10${Buffer.from(text).toString('base64')}`),
  decryptString: (bytes) => Buffer.from(bytes.toString().slice(3), 'base64').toString(),
};

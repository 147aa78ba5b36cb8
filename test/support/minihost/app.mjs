import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeBrowser } from './browser.mjs';

/** What the double records instead of doing. */
export const recorded = { dialogs: [], switches: [], schemes: [], appUserModelId: undefined };

class App extends EventEmitter {
  isPackaged = false;
  #paths = new Map();
  #windows = new Set();
  #isReady = false;
  #ready = new Promise((resolve) => {
    setImmediate(() => {
      this.#isReady = true;
      this.emit('ready');
      resolve();
    });
  });
  commandLine = { appendSwitch: (name, value) => recorded.switches.push([name, value]) };

  whenReady() {
    return this.#ready;
  }
  isReady() {
    return this.#isReady;
  }
  setPath(name, path) {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    this.#paths.set(name, path);
  }
  getPath(name) {
    if (!this.#paths.has(name)) this.#paths.set(name, mkdtempSync(join(tmpdir(), 'minihost-')));
    return this.#paths.get(name);
  }
  getAppPath() {
    return process.cwd();
  }
  getVersion() {
    return JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')).version;
  }
  setAppUserModelId(id) {
    recorded.appUserModelId = id;
  }
  requestSingleInstanceLock() {
    return true;
  }

  opened(window) {
    this.#windows.add(window);
  }
  closed(window) {
    this.#windows.delete(window);
    if (this.#windows.size === 0) this.emit('window-all-closed');
  }

  async quit() {
    const event = {
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    for (const window of [...this.#windows]) await window.destroy();
    this.emit('will-quit', event);
    this.emit('quit', {}, 0);
    await this.exit(0);
  }
  async exit(code = 0) {
    await closeBrowser();
    process.exit(code);
  }
}

export const app = new App();
// Electron ends in good order when it is asked to.
process.on('SIGTERM', () => void app.quit());

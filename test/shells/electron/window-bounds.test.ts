import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlacement, rememberPlacement } from '../../../src/main/shells/electron/window-bounds.ts';
import { tempFolderForAll } from '../../support/temp-folder.ts';

const folder = tempFolderForAll();
const file = join(folder, 'window.json');
const screens = [{ x: 0, y: 0, width: 1_920, height: 1_080 }];
const place = { x: 100, y: 50, width: 1_200, height: 800, maximized: false };

function saved(content: unknown) {
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return readPlacement(file, screens);
}

describe('the place of the window', () => {
  it('is its first size when nothing is known', () => {
    expect(readPlacement(join(folder, 'absent.json'), screens)).toEqual({
      width: 1_440,
      height: 900,
      maximized: false,
    });
  });

  it('is where it was, on whichever screen', () => {
    expect(saved(place)).toEqual(place);
    const second = { ...place, x: 2_000 };
    writeFileSync(file, JSON.stringify(second));
    expect(readPlacement(file, [...screens, { x: 1_920, y: 0, width: 1_920, height: 1_080 }])).toEqual(second);
  });

  it.each([
    ['right', { x: 1_900 }],
    ['left', { x: -1_190 }],
    ['above', { y: -300 }],
    ['below', { y: 1_070 }],
  ])('keeps only its size when its screen is gone (%s)', (_case, at) => {
    expect(saved({ ...place, ...at })).toEqual({ width: 1_200, height: 800, maximized: false });
  });

  it.each([['not JSON'], [{}], [{ ...place, width: 0 }], [{ ...place, x: 'left' }]])('survives %j', (content) => {
    expect(saved(content)).toEqual({ width: 1_440, height: 900, maximized: false });
  });

  it('is remembered at closing, and a folder that cannot be written is no trouble', () => {
    const listeners: (() => void)[] = [];
    // Typed for all of Electron's events; here there is only one.
    const on = ((_event: string, listener: () => void) =>
      listeners.push(listener)) as unknown as Electron.BrowserWindow['on'];
    const window = { on, getNormalBounds: () => ({ x: 1, y: 2, width: 900, height: 700 }), isMaximized: () => true };
    rememberPlacement(window, file);
    rememberPlacement(window, join(folder, 'no', 'such', 'folder.json'));
    for (const close of listeners) close();
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ x: 1, y: 2, width: 900, height: 700, maximized: true });
  });
});

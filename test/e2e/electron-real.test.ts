import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { ensureBuilt } from '../support/built.ts';
import { PROJECT } from '../support/start-app.ts';

/** Electron's binary, which its first start fetches; undefined where that never happened. */
function electronBinary(): string | undefined {
  const folder = join(PROJECT, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : undefined;
}

const binary = electronBinary();
const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
const missing =
  binary === undefined ? ' (needs its binary: npx install-electron)' : hasDisplay ? '' : ' (needs a display: xvfb-run)';

describe.skipIf(missing !== '')(`Electron itself${missing}`, () => {
  it('shows the market in a sandboxed window, and ends in good order', async () => {
    ensureBuilt();
    const dataDir = mkdtempSync(join(tmpdir(), 'electron-real-'));
    const flags = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({
      ...(binary !== undefined && { executablePath: binary }),
      args: [...flags, PROJECT, '--data', dataDir],
      cwd: PROJECT,
    });
    try {
      const page = await app.firstWindow();
      await page.getByText('NIFTY 50').first().waitFor();
      expect(page.url()).toBe('app://tickscope/');
      expect(await page.evaluate(() => ['require', 'process'].filter((name) => name in window))).toEqual([]);
    } finally {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

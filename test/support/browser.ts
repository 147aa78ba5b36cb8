import { type Browser, chromium } from 'playwright-core';
import { findChromium } from '../../scripts/app-window.mjs';

/** The browser of this machine, or undefined. Tests without one are skipped: `describe.skipIf(chromiumPath === undefined)`. */
export const chromiumPath: string | undefined = findChromium();

/** Why tests that need a browser are skipped, for their names. */
export const NO_CHROMIUM = 'needs Chromium: sudo apt-get install chromium';

/** Nothing but the page: no first-run pages, no talk with servers, no need of a graphics card or of user namespaces. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--autoplay-policy=no-user-gesture-required',
];

/** Starts a browser without a window. Close it in `afterAll`. */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error(NO_CHROMIUM);
  return chromium.launch({ executablePath: chromiumPath, headless: true, args: [...CHROMIUM_FLAGS, ...flags] });
}

import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--remote-debugging-port=${process.env.MINIHOST_CDP_PORT ?? 0}`,
];

let started;

/** The one browser behind all windows, started with the first. */
export function browser() {
  started ??= chromium.launch({ executablePath: process.env.MINIHOST_CHROMIUM, headless: true, args: FLAGS });
  return started;
}

export async function closeBrowser() {
  await (await started)?.close();
}

import { describe, expect, it } from 'vitest';
import { missingDesktopTools, startNotificationDesktop } from '../support/notification-desktop.ts';
import { startApp } from '../support/start-app.ts';

const missing = missingDesktopTools();

describe.skipIf(missing !== '')(`a signal on the desktop${missing === '' ? '' : ` (${missing})`}`, () => {
  it('arrives as a notification that says what, why, at what price and when', async () => {
    const desktop = await startNotificationDesktop();
    // A five-minute bar every second and a half, with fifty stocks: the first signals are a matter of seconds.
    const app = await startApp({ feed: 'simulator', speed: 200, env: desktop.env });
    try {
      const isSignal = ({ title }: { readonly title: string }): boolean => /^Simulated: (BUY|SELL) /.test(title);
      await expect.poll(() => desktop.seen().find(isSignal)?.accepted, { timeout: 90_000, interval: 200 }).toBe(true);

      const signal = desktop.seen().find(isSignal);
      expect(signal?.appName).toBe('Tickscope');
      expect(signal?.title).toMatch(/^Simulated: (BUY|SELL) [A-Z&-]+ · 5m$/);
      expect(signal?.body).toMatch(
        /^EMA cross: EMA 9 crossed (above|below) EMA 21, RSI \d+\.\d · [\d,]+\.\d{2,4} at (09|1[0-5]):[0-5]\d$/,
      );
    } finally {
      await app.stop();
      await desktop.stop();
    }
  });
});

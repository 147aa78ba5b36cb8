import { defineConfig } from 'vitest/config';

// `npm test` counts from this file; a run by hand has no use for it.
const report = process.env['TICKSCOPE_TEST_REPORT'];

export default defineConfig({
  test: {
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'node_modules/**'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Conditions come late on a slow machine; a second, the default, is no time for a browser.
          expect: { poll: { timeout: 30_000 } },
          // One browser, one X server, one notification daemon at a time: two cores are soon busy.
          fileParallelism: false,
        },
      },
    ],
  },
});

import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      // Two doors into one engine: the Electron app, and plain Node for machines without a display.
      // The third is a thread of theirs.
      rolldownOptions: {
        input: {
          index: 'src/main/index.ts',
          headless: 'src/main/headless.ts',
          'backtest-worker': 'src/main/backtest/worker.ts',
        },
      },
    },
  },
  preload: {
    // A sandboxed preload is a single CommonJS file that may require only 'electron'.
    build: { externalizeDeps: false, rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } } },
  },
  renderer: { plugins: [react()], build: { minify: true, chunkSizeWarningLimit: 2_000 } },
});

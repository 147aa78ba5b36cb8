const swc = require('@swc/core');

// dependency-cruiser 17 asks swc for TypeScript without JSX, so it stumbles over every .tsx file.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') });

/** The import arrows of docs/architecture.md, made executable. */
const error = (name, from, to) => ({ name, severity: 'error', from, to });
const only = (name, from, to) => error(name, { path: from }, { pathNot: to });
const lib = (names) => `node_modules/(${names})/`;

module.exports = {
  forbidden: [
    error('no-circles', {}, { circular: true }),
    only('core-is-pure', '^src/core', '^src/core'),
    only('contract-knows-core', '^src/contract', `^src/(contract|core)|${lib('zod')}`),
    only(
      'renderer-knows-contract',
      '^src/renderer',
      `^src/(renderer|contract|core)|${lib('react|react-dom|zustand|lightweight-charts|lucide-react|@base-ui/react|@tanstack/react-virtual|react-resizable-panels|tinykeys|@fontsource-variable/inter|@codemirror/(?:state|view|autocomplete|lint|commands)')}`,
    ),
    only('preload-knows-contract', '^src/preload', `^src/contract|${lib('electron')}`),
    only(
      'engine-knows-core-and-contract',
      '^src/main/engine',
      `^(src/(main/engine|core|contract)/|crypto$)|${lib('zod')}`,
    ),
    error(
      'adapters-do-not-meet',
      { path: '^src/main/(alerts|brokers|files|store|platform|shells)/' },
      { path: '^src/main/(alerts|brokers|files|store|platform|shells)/', pathNot: '^src/main/$1/' },
    ),
    error(
      'files-know-core-and-ports',
      { path: '^src/main/files' },
      { path: '^src', pathNot: '^src/(core|main/files|main/read-bytes\\.ts$|main/engine/(ports|store-port)\\.ts$)' },
    ),
    only(
      'doctor-knows-brokers-by-their-module',
      '^src/main/doctor',
      '^(src/(core|contract|main/doctor|main/engine/(ports|pause)\\.ts$|main/brokers/(broker-module\\.ts$|transport/))|node:|[a-z_/]+$)',
    ),
    error(
      'only-doors-know-the-doctor',
      { path: '^src', pathNot: '^src/main/(doctor/|[^/]+\\.ts$|cli/)' },
      { path: '^src/main/doctor' },
    ),
    error(
      'logins-know-borders',
      { path: '^src/main/logins' },
      {
        path: '^src',
        pathNot:
          '^src/(core|contract|main/logins|main/engine/(ports|login-door)\\.ts$|main/brokers/broker-module\\.ts$)',
      },
    ),
    error(
      'backtest-knows-core-archive-and-reader',
      { path: '^src/main/backtest' },
      {
        path: '^src',
        pathNot:
          '^src/(core|contract|main/backtest|main/engine/(ports|archive|lane-context|pause)\\.ts$|main/store/open-reader\\.ts$)',
      },
    ),
    error(
      'brokers-do-not-meet',
      { path: '^src/main/brokers/([^/]+)/' },
      { path: '^src/main/brokers/[^/]+/', pathNot: '^src/main/brokers/($1|transport)/' },
    ),
    error(
      'electron-in-its-shell',
      { pathNot: '^src/(main/index|main/shells/electron|preload)' },
      { path: lib('electron') },
    ),
    error('sqlite-in-the-store', { pathNot: '^src/main/store' }, { path: lib('better-sqlite3') }),
    error('parquet-in-the-files', { pathNot: '^src/main/files' }, { path: lib('hyparquet|hyparquet-writer') }),
    error('sockets-at-the-edges', { pathNot: '^src/main/(brokers/transport|shells/web)' }, { path: lib('ws') }),
    error(
      'only-compose-knows-everyone',
      { path: '^src/main/(alerts|brokers|files|store|platform|shells)/' },
      { path: '^src/main/([^/]+\\.ts$|cli/)', pathNot: '^src/main/(make-folder|read-bytes)\\.ts$' },
    ),
    error('main-knows-no-screen', { path: '^src/main' }, { path: '^src/(renderer|preload)' }),
    // The installed app has no development packages; only the page and the preload are bundled.
    error(
      'shipped-libraries-only',
      { path: '^src/(core|contract|main)' },
      { dependencyTypes: ['npm-dev'], pathNot: lib('electron|@types') },
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.node.json' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};

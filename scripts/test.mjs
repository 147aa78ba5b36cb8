// npm test: everything the checks need, then all of them, then one line that says how it went.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensurePackages, projectNode } from './packages.mjs';
import { ROOT, run, runMain, say } from './project.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const REPORT = join(ROOT, 'test-results', 'vitest.json');

/** Counts from the tests' own report. Checks that failed before or beside the tests count as one failure. */
function readCounts(exitCode) {
  let report;
  try {
    report = JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch {
    if (exitCode !== 0) say('The checks stopped before the tests; the reason is above.');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const failed = exitCode === 0 ? numFailedTests : Math.max(1, numFailedTests);
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

await runMain(async () => {
  await ensurePackages();
  await ensureSystemPackages();
  mkdirSync(dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });

  // npm's scripts find the project's Node because node_modules/.bin comes first; with no Node there, ours has to.
  const path = [dirname(projectNode()), process.env.PATH].join(process.platform === 'win32' ? ';' : ':');
  const env = { ...process.env, PATH: path, TICKSCOPE_TEST_REPORT: REPORT };
  const npm = process.env.npm_execpath;
  const code = npm?.endsWith('.js')
    ? await run(projectNode(), [npm, 'run', '-s', 'verify'], { stdio: 'inherit', env })
    : await run('npm', ['run', '-s', 'verify'], { stdio: 'inherit', env, shell: process.platform === 'win32' });

  const { passed, failed, skipped } = readCounts(code);
  process.stdout.write(`\n${passed} passed, ${failed} failed, ${skipped} skipped\n`);
  return code === 0 && failed > 0 ? 1 : code;
});

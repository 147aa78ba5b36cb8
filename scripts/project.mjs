// What the start and test scripts share. Plain JavaScript without packages: it runs in a fresh clone, on Node 20 too.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..');

/** Everything that is talk goes to stderr, so that stdout stays for links and results. */
export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/** Ends the program with a sentence that says what to do. */
export class Stop extends Error {
  constructor(sentence, exitCode = 1) {
    super(sentence);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a program in the project's folder and resolves to its exit code; its output goes to our stderr unless
 * `stdio` says otherwise. A signal that ends us ends it first.
 */
export function run(program, args, { stdio = ['ignore', 2, 2], env = process.env, shell = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio, env, shell });
    const stop = passSignalsTo(child);
    child.once('error', (error) => {
      stop();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      stop();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Hands what would end us to the child instead; the child's end is then ours. Returns the way to stop. */
export function passSignalsTo(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const pass = (signal) => {
    // At Ctrl-C the terminal has told the child already; a second one would cut short its orderly end.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of signals) process.on(signal, pass);
  const stopWatching = watchParent(() => child.kill());
  return () => {
    for (const signal of signals) process.off(signal, pass);
    stopWatching();
  };
}

/** npm tells its shell to end, and the shell does not tell us; but our parent is then another. */
function watchParent(ended) {
  if (process.env.npm_lifecycle_event === undefined) return () => undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) ended();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

/** Runs `main`, turning a Stop into its sentence and exit code. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    say(thrown.message);
    process.exitCode = thrown.exitCode;
  }
}

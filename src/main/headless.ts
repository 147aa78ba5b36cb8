import { AppError } from '../core/errors.ts';
import { UsageError } from './cli/cli-command.ts';
import { OutputClosed } from './cli/line-writer.ts';
import { serveCommand } from './cli/serve.ts';

// The Node door: the engine behind a page on 127.0.0.1, with the options of `serve`.
const args = process.argv.slice(2);
const io = { out: process.stdout, talk: process.stderr, env: process.env, cwd: process.cwd() };
try {
  if (args.includes('--help')) process.stdout.write(`${serveCommand.help}\n`);
  else process.exitCode = await serveCommand.run(args, io);
} catch (thrown) {
  if (!(thrown instanceof OutputClosed)) {
    const sentence = thrown instanceof UsageError ? thrown.message : AppError.from(thrown).message;
    process.stderr.write(`${sentence}\n`);
    process.exitCode = thrown instanceof UsageError ? 2 : 1;
  }
}

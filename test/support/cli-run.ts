import type { CliCommand } from '../../src/main/cli/cli-command.ts';
import { capturedIo } from './cli-io.ts';

/** What a verb of the command line did: its exit code, its lines, and what it said beside them. */
export async function runCli(command: CliCommand, args: readonly string[], folder: string) {
  const io = capturedIo(folder);
  const status = await command.run(args, io);
  return { status, text: io.text(), lines: io.text().split('\n').slice(0, -1), said: io.said() };
}

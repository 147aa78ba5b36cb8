import type { Reply } from '../../contract/client.ts';
import { type CommandInput, type CommandName, commands, isCommandName } from '../../contract/commands.ts';
import { explainIssues } from '../../contract/explain-issues.ts';
import { AppError } from '../../core/errors.ts';
import type { EngineHost } from '../engine/host.ts';

/**
 * The single gate into the engine. Every shell calls it; none can skip a check.
 *
 * Never rejects: whatever goes wrong becomes a reply whose message is safe to show.
 */
export async function dispatch(engine: EngineHost, name: unknown, input: unknown): Promise<Reply<unknown>> {
  if (!isCommandName(name)) return { ok: false, code: 'not-supported', message: 'The app does not know that request.' };

  const parsed = commands[name].input.safeParse(input);
  if (!parsed.success) return { ok: false, code: 'invalid-input', message: explainIssues(parsed.error) };

  try {
    // Name and input belong together by the table above, a link TypeScript cannot follow through a union.
    const handle = engine.handlers[name] as (input: CommandInput<CommandName>) => Promise<unknown>;
    return { ok: true, value: await handle(parsed.data) };
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === 'internal') engine.report(error);
    return { ok: false, code: error.code, message: error.message };
  }
}

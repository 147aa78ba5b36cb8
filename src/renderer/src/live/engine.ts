import type { EngineClient } from '../../../contract/client.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../../contract/commands.ts';
import { useFeedStore } from '../stores/feed-store.ts';
import { notify } from '../stores/notice-store.ts';

let client: EngineClient | undefined;

/** Called once, before the first render. */
export function setEngine(engine: EngineClient): void {
  client = engine;
}

/** Asks the engine. Rejects with an Error whose message is a sentence for the person at the screen. */
export async function invoke<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  if (client === undefined) throw new Error('The screen is not connected to the engine yet. Wait a moment.');
  return client.invoke(name, input);
}

/** Asks the engine; a failure becomes a notice on the screen and the answer `undefined`. */
export async function attempt<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name> | undefined> {
  try {
    return await invoke(name, input);
  } catch (error) {
    // An engine that has gone is told once, by the bar across the screen, not by everyone who asked it something.
    const { connected, generation } = useFeedStore.getState();
    if (!connected && generation > 0) return undefined;
    notify('error', error instanceof Error ? error.message : 'The engine did not answer. Try again.');
    return undefined;
  }
}

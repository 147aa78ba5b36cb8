import { useFeedStore } from '../stores/feed-store.ts';
import { invoke } from './engine.ts';
import { quotes, sparklines } from './live-stores.ts';

/**
 * The lines beside the prices are carried on by ticks; what history tells of the session before them comes while the
 * screen is open. Once it is through, the lines are asked for anew. Returns the way to stop.
 */
export function refreshSparklines(): () => void {
  return useFeedStore.subscribe(({ progress, generation, connected }, { progress: before }) => {
    if (before === undefined || before.task === 'poll' || progress !== undefined || !connected) return;
    void ask(generation);
  });
}

async function ask(generation: number): Promise<void> {
  try {
    const snapshot = await invoke('app.snapshot', null);
    // Another world has taken over meanwhile, and brought its own lines.
    if (useFeedStore.getState().generation !== generation) return;
    sparklines.replace(snapshot.sparklines, snapshot.stats.marketTime);
    // Draws them also where no tick will come.
    quotes.receive(snapshot.quotes);
  } catch {
    // The lines stay as they are: an engine that has gone is told elsewhere.
  }
}

import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { extname } from 'node:path';
import type { BrokerManifest } from '../contract/manifest.ts';
import type { FeedSettings } from '../contract/settings.ts';
import type { DataPaths } from './platform/paths.ts';

/**
 * The file a world keeps its bars in. Real prices share one; every simulated market (by its seed) and every
 * set of replayed files has its own, so that invented prices never meet real ones, nor each other.
 */
export function worldStorePath(paths: DataPaths, { world }: BrokerManifest, feed: FeedSettings): string {
  if (world === 'market') return paths.store;
  if (world === 'simulated') return withSuffix(paths.simulatedStore, String(feed.simulator.seed));
  const recording = feed.replay.files.map((file) => [file, versionOf(file)]);
  return withSuffix(
    paths.replayStore,
    createHash('sha256').update(JSON.stringify(recording)).digest('hex').slice(0, 8),
  );
}

/** A file that was written again is another recording. One that cannot be read is the broker's to complain of. */
function versionOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return `${stats?.size} ${stats?.mtimeMs}`;
}

function withSuffix(path: string, suffix: string): string {
  const extension = extname(path);
  return `${path.slice(0, -extension.length)}-${suffix}${extension}`;
}

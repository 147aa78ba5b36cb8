import type { SettingsPatch } from '../contract/settings.ts';
import { AppError } from '../core/errors.ts';
import { findPage } from './find-page.ts';
import { USUAL_PORT } from './launch-options.ts';
import { openEngine } from './open-engine.ts';
import { findResources } from './platform/find-resources.ts';
import { readVersion } from './read-version.ts';
import { serveWeb, type WebDoor } from './shells/web/serve-web.ts';

export interface ServeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  /** The folder of `package.json`, with the built page and the resources below it. */
  readonly root: string;
  /** Undefined takes the usual port, or any free one when that is taken; 0 takes any free one. */
  readonly port: number | undefined;
  readonly apiKey?: string | undefined;
  readonly settingsOverride?: SettingsPatch | undefined;
}

/** Starts the engine behind the local web door. Throws an AppError that says what to do; then nothing is left running. */
export async function serve(options: ServeOptions): Promise<Pick<WebDoor, 'link' | 'close'>> {
  const { env, dataDir, root, port, apiKey, settingsOverride } = options;
  const pageDir = findPage(root);
  const resourcesDir = findResources(root);
  let door: WebDoor | undefined;
  const { engine, logger } = await openEngine({
    env,
    dataDir,
    resourcesDir,
    version: readVersion(root),
    settingsOverride,
    doorOrigin: () => (door === undefined ? undefined : new URL(door.link).origin),
  });
  let opened: WebDoor;
  try {
    opened = await openDoor((at) => serveWeb(engine, { port: at, pageDir, apiKey }), port);
    door = opened;
  } catch (thrown) {
    await engine.close();
    throw thrown;
  }
  logger.info('The web door is open', { port: opened.port, scripts: apiKey !== undefined });
  return {
    link: opened.link,
    async close() {
      await opened.close();
      await engine.close();
    },
  };
}

async function openDoor(open: (port: number) => Promise<WebDoor>, port: number | undefined): Promise<WebDoor> {
  if (port !== undefined) return open(port);
  try {
    return await open(USUAL_PORT);
  } catch (thrown) {
    if (thrown instanceof AppError) return open(0);
    throw thrown;
  }
}

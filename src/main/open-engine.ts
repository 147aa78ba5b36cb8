import { join } from 'node:path';
import type { SettingsPatch } from '../contract/settings.ts';
import { createDesktop, systemMessages } from './alerts/desktop.ts';
import { createTelegram } from './alerts/telegram.ts';
import { createWebhook } from './alerts/webhook.ts';
import { closingAfter } from './closing-after.ts';
import { compose } from './compose.ts';
import type { EngineHost } from './engine/host.ts';
import type { Logger } from './engine/ports.ts';
import { type Cipher, createFileVault } from './platform/file-vault.ts';
import { logTail } from './platform/log-tail.ts';
import { createLogger, logFile } from './platform/logger.ts';
import { watchNetwork } from './platform/network-watch.ts';
import { prepareDataDir } from './platform/paths.ts';
import { createRedactor } from './platform/redactor.ts';
import { systemClock } from './platform/system-clock.ts';
import { createNoticeBoard } from './shells/notice-board.ts';

export interface EngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dataDir: string;
  readonly resourcesDir: string;
  readonly version: string;
  /** Settings for this launch only, laid over the saved ones. */
  readonly settingsOverride?: SettingsPatch | undefined;
  /** Seals the vault; without one its file mode protects it. */
  readonly cipher?: Cipher | undefined;
  /** Sentences about this machine for log and screen. */
  readonly warnings?: readonly string[];
  /** Where the web door listens, once it does. */
  readonly doorOrigin?: () => string | undefined;
  /** The installed app's id, for the notifications of Windows. */
  readonly appId?: string | undefined;
}

export interface OpenedEngine {
  readonly engine: EngineHost;
  readonly logger: Logger;
}

/** What both doors have in common: the machine's adapters, composed into an engine. Throws an AppError that says what to do. */
export async function openEngine(options: EngineOptions): Promise<OpenedEngine> {
  const { env, resourcesDir, version, cipher, settingsOverride } = options;
  const paths = prepareDataDir(options.dataDir);
  const redactor = createRedactor();
  const logger = createLogger(paths.logs, { redactor });
  const board = createNoticeBoard();
  const vault = createFileVault(paths.vault, {
    clock: systemClock,
    env,
    ...(cipher && { cipher }),
    hide: (value) => redactor.hide(value),
    warn: (message) => logger.warn(message),
    tellPlain(sentence) {
      logger.warn(sentence);
      // Where the system's key store is missing, the screen has been told already.
      if (!options.warnings?.length) board.post(sentence);
    },
  });
  const clock = systemClock;
  const channels = [
    createDesktop({ clock, show: systemMessages(join(resourcesDir, 'icon.png'), options.appId) }),
    createWebhook({ clock, credentials: () => vault.read('channel-webhook') }),
    createTelegram({
      clock,
      credentials: () => vault.read('channel-telegram'),
      url: env['TICKSCOPE_TELEGRAM_URL'],
    }),
  ];
  for (const warning of options.warnings ?? []) {
    logger.warn(warning);
    board.post(warning);
  }

  const engine = await compose({
    clock: systemClock,
    dataDir: options.dataDir,
    resourcesDir,
    vault,
    channels,
    logger,
    env,
    version,
    ...(settingsOverride && { settingsOverride }),
    post: (sentence) => board.post(sentence),
    logTail: (lines) => logTail(logFile(paths.logs), lines),
    doorOrigin: options.doorOrigin,
  });
  const stopWatching = watchNetwork({ clock: systemClock, onChange: () => engine.wake() });
  return { engine: board.over(closingAfter(engine, stopWatching)), logger };
}

import type { CommandHandlers } from '../../contract/commands.ts';
import type { Examination } from '../../contract/doctor.ts';
import type { EngineEvent, LogLine, Snapshot } from '../../contract/events.ts';
import type { RunningMode } from '../../contract/settings.ts';
import { alertAnswers } from './alert-answers.ts';
import type { CredentialDesk } from './credential-desk.ts';
import { type RuleAnswering, ruleAnswers } from './rule-answers.ts';

/** What the answers need of the engine. */
interface Answering extends RuleAnswering {
  snapshot(): Snapshot;
  readonly credentials: Pick<CredentialDesk, 'save' | 'logIn'>;
  reconnect(): Promise<void>;
  stopFeed(): Promise<void>;
  holdMode(mode: RunningMode | undefined): Promise<void>;
  examine(broker: string | undefined): Promise<Examination>;
  logTail(lines: number): readonly LogLine[];
  screenSeen(screen: string, isSeen: boolean): Promise<void>;
  publish(event: EngineEvent): void;
}

/** The engine's answers, one line a command. */
export function createHandlers(engine: Answering): CommandHandlers {
  return {
    ...ruleAnswers(engine),
    ...alertAnswers(engine),
    'app.snapshot': async () => engine.snapshot(),
    'candles.load': async ({ instrument, timeframe, before, limit }) =>
      engine.opened.world.charts.load(instrument, timeframe, before, limit),
    'chart.watch': async ({ screen, instrument, timeframe }) => {
      engine.opened.world.charts.watch(screen, instrument, timeframe);
      return null;
    },
    'settings.update': (patch) => engine.updateSettings(patch),
    'feed.reconnect': async () => {
      await engine.reconnect();
      return null;
    },
    'feed.stop': async () => {
      await engine.stopFeed();
      return null;
    },
    'mode.hold': async ({ mode }) => {
      await engine.holdMode(mode ?? undefined);
      return null;
    },
    'login.begin': ({ broker }) => engine.credentials.logIn(broker),
    'doctor.run': ({ broker }) => engine.examine(broker ?? undefined),
    'log.tail': async ({ lines }) => engine.logTail(lines),
    'screen.seen': async ({ screen, isSeen }) => {
      await engine.screenSeen(screen, isSeen);
      return null;
    },
    'coverage.load': async ({ date }) => engine.opened.world.ledger(date),
    'store.backUp': () => engine.opened.backUp(),
    'candles.export': (request) => engine.opened.exportBars(request),
    'credentials.save': ({ broker, fields }) => engine.credentials.save(broker, fields),
  };
}

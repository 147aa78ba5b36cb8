import { MINUTE_MS, SECOND_MS } from '../../../core/brand.ts';
import { pause } from '../../engine/pause.ts';
import { Meter } from './meter.ts';
import { RotatingLine, type RotatingLink } from './rotating-line.ts';
import type { SupervisorOptions } from './supervisor.ts';

export type { RotatingLink } from './rotating-line.ts';

export interface RotationOptions extends SupervisorOptions {
  readonly meter?: Meter | undefined;
  /** How long a connection may live before a fresh one takes over; asked anew for each, so that it may vary. */
  lifeMs(): number;
  /** How long a fresh connection has to carry everything, where the venue lets it ask slowly; half a minute otherwise. */
  readonly prepareMs?: number | undefined;
}

/** How long a fresh connection has to take over. */
const PREPARE_MS = 30 * SECOND_MS;
/** How long the old one goes on when that failed. */
const RETRY_MS = MINUTE_MS;

/**
 * A supervised connection that is replaced before the venue ends it, without a gap: the next is made while it runs on,
 * takes over once it carries everything (`isCarrying`), and only then is the old one closed. If that fails, the old one
 * stays and the next attempt comes in a minute. Each connection has a link of its own, made by `createLink`; for a short
 * while two bring data, and what both bring is for the adapter to tell apart. `createLink` must not
 * throw. Otherwise as `supervise`.
 */
export async function superviseRotating(
  createLink: () => RotatingLink,
  options: RotationOptions,
  stop: AbortSignal,
): Promise<void> {
  const { clock, meter = new Meter('', clock), prepareMs = PREPARE_MS } = options;
  const parts = { clock, options, record: meter, lifeMs: () => options.lifeMs() };
  const lines = new Set<RotatingLine>();
  const start = (leads: boolean): RotatingLine => {
    const line = new RotatingLine(createLink(), leads, parts);
    lines.add(line);
    return line;
  };

  let lead = start(true);
  const endAll = (): void => {
    for (const line of lines) line.end(stop.reason);
  };
  stop.addEventListener('abort', endAll);
  if (stop.aborted) endAll();

  for (;;) {
    const isDue = await Promise.race([lead.done.then(() => false), called((resolve) => lead.whenDue(resolve))]);
    if (!isDue || stop.aborted) break;
    const next = start(false);
    if ((await preparedWithin(prepareMs, next, lead)) && !stop.aborted) {
      const old = lead;
      lead = next;
      next.takeLead(old.status);
      old.retire();
      meter.rotated();
      await old.done;
      lines.delete(old);
    } else {
      next.end(stop.reason);
      await next.done;
      lines.delete(next);
      lead.dueIn(RETRY_MS);
    }
  }
  await lead.done;
  stop.removeEventListener('abort', endAll);

  async function preparedWithin(ms: number, next: RotatingLine, old: RotatingLine): Promise<boolean> {
    const over = new AbortController();
    try {
      return await Promise.race([
        called((resolve) => (next.onCarrying = resolve)),
        called((resolve) => (next.onLost = resolve)).then(() => false),
        Promise.race([next.done, old.done, pause(clock, ms, over.signal)]).then(() => false),
      ]);
    } finally {
      over.abort();
      next.onCarrying = next.onLost = () => undefined;
    }
  }
}

/** True once somebody calls. */
function called(listen: (resolve: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => listen(() => resolve(true)));
}

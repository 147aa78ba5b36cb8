import type { CheckedText, NearMiss, RuleBookState } from '../../contract/rules.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Rule } from '../../core/rule.ts';
import { defaultRule } from '../../core/scanner/default-rule.ts';
import { type CheckedOn, checkText } from './check-text.ts';
import type { Desks } from './desks.ts';
import { nearMisses } from './near-misses.ts';
import { fetchPast } from './past-desk.ts';
import { ruleStates } from './rule-states.ts';
import { ScanDesk, type ScanPlan } from './scan-desk.ts';
import type { Track } from './track.ts';
import type { WorldParts } from './world-parts.ts';

/** The rules in force, and what is known of all others. */
export class RuleControl {
  readonly #parts: WorldParts;
  readonly #desks: Desks;
  #plan: ScanPlan;
  #desk: ScanDesk;

  constructor(parts: WorldParts, desks: Desks) {
    this.#parts = parts;
    this.#desks = desks;
    this.#plan = this.#planned();
    this.#desk = this.#makeDesk();
  }

  get desk(): ScanDesk {
    return this.#desk;
  }

  /** Follows a change of rules or settings: lanes are made anew, and warmed, where it touches them; others go on. */
  async follow(): Promise<void> {
    const plan = this.#planned();
    if (JSON.stringify(plan) === JSON.stringify(this.#plan)) return;
    this.#plan = plan;
    this.#desk = this.#makeDesk(this.#desk);
    for (const track of this.#desks.tracks.values()) {
      for (const timeframe of track.lanes.keys())
        if (!this.#desk.isRunning(track, timeframe)) track.lanes.delete(timeframe);
      this.#desks.forming.clear(track);
    }
    this.#desks.focus.follow();
    await this.#desks.warmUp.run([...this.#desks.tracks.values()]);
  }

  states(isShipped: (id: string) => boolean): RuleBookState {
    return ruleStates(this.#rules(), [...this.#desks.tracks.values()], this.#desks.exchangeClock.now(), isShipped);
  }

  /** Looks at a sentence as it is being written. */
  check(text: string, on: CheckedOn): CheckedText {
    const { archive, exchangeClock, tracks } = this.#desks;
    return checkText(text, on, { archive, now: exchangeClock.now(), tracks: [...tracks.values()] });
  }

  /** Asks history for what a look back over the last sessions lacks. */
  fetchPast(rule: Rule, sessions: number): ReturnType<typeof fetchPast> {
    return fetchPast(rule, sessions, this.#desks);
  }

  nearest(rule: string | null, limit: number): readonly NearMiss[] {
    return nearMisses(this.#desks.tracks.values(), rule ?? undefined, limit);
  }

  #rules(): readonly Rule[] {
    return this.#parts.rules?.() ?? [defaultRule(this.#parts.settings().rule)];
  }

  #planned(): ScanPlan {
    const { rule }: Settings = this.#parts.settings();
    const { fast, slow, rsi, momentum, timeframe } = rule;
    return {
      rules: this.#rules().filter(({ enabled }) => enabled),
      study: { fast, slow, rsi, momentum },
      studyTimeframe: timeframe,
    };
  }

  #makeDesk(before?: ScanDesk): ScanDesk {
    const { exchangeClock, archive, repair, alerts, feed, forming, isNewUnit } = this.#desks;
    const { publisher, onSignal } = this.#parts;
    forming.wanted = new Set(this.#plan.rules.filter((rule) => rule.forming).map(({ id }) => id));
    return new ScanDesk(
      {
        clock: exchangeClock,
        archive,
        onFound(found) {
          onSignal?.(found.signal);
          alerts.raise(found);
        },
        together: (work) => alerts.together(work),
        // Polling brings history by itself with its next scan.
        onHole(track: Track) {
          if (feed.isStreaming) repair?.ask(track);
        },
        isNewUnit,
      },
      this.#plan,
      (scan) => publisher.publish({ type: 'scan', scan }),
      before,
    );
  }
}

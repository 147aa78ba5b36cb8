import type { ScanState } from '../../contract/events.ts';
import type { EpochMs } from '../../core/brand.ts';
import type { Calendar } from '../../core/calendar.ts';
import type { Candle } from '../../core/candle.ts';
import { lookBack } from '../../core/look-back.ts';
import type { Rule } from '../../core/rule.ts';
import { compileRule } from '../../core/scanner/compile-rule.ts';
import type { EmaCrossParameters } from '../../core/scanner/ema-cross.ts';
import { TIMEFRAMES, type Timeframe } from '../../core/timeframe.ts';
import { RuleDesk, type RuleDeskParts } from './rule-desk.ts';
import type { Track } from './track.ts';

/** What is scanned for, and what the watchlist shows. */
export interface ScanPlan {
  /** Those that are enabled; each can be compiled. */
  readonly rules: readonly Rule[];
  readonly study: EmaCrossParameters;
  readonly studyTimeframe: Timeframe;
}

/** How far back the bars of a timeframe must be known. */
export interface Need {
  readonly timeframe: Timeframe;
  readonly from: EpochMs;
}

export interface ScanDeskParts extends Omit<RuleDeskParts, 'onJudged'> {
  /** What is found meanwhile is told together. */
  together(work: () => void): void;
}

/** A desk, and what it looks for, as text. */
interface Entry {
  readonly desk: RuleDesk;
  readonly what: string;
}

/** All rules in force: a desk for each of their timeframes. */
export class ScanDesk {
  readonly #entries: ReadonlyMap<Timeframe, Entry>;
  readonly #desks: ReadonlyMap<Timeframe, RuleDesk>;
  /** Those that an earlier plan had as well: they go on as they stand. */
  readonly #kept = new Set<RuleDesk>();
  readonly #tracks = new Set<Track>();
  /** Tracks of which some rule cannot say anything yet. */
  readonly #unknown = new Set<Track>();
  readonly #onScan: (scan: ScanState) => void;
  readonly #together: ScanDeskParts['together'];

  /** `before` is the desk of the plan that this one follows: what is the same in both goes on. */
  constructor(parts: ScanDeskParts, plan: ScanPlan, onScan: (scan: ScanState) => void, before?: ScanDesk) {
    this.#onScan = onScan;
    this.#together = parts.together;
    const onJudged = (track: Track): void => this.#judged(track);
    const frames = new Set([plan.studyTimeframe, ...plan.rules.map(({ timeframe }) => timeframe)]);
    this.#entries = new Map(
      TIMEFRAMES.filter((timeframe) => frames.has(timeframe)).map((timeframe) => {
        const rules = plan.rules.filter((rule) => rule.timeframe === timeframe);
        const study = timeframe === plan.studyTimeframe ? plan.study : undefined;
        const what = JSON.stringify({ rules, study });
        const known = before === undefined ? undefined : before.#entries.get(timeframe);
        if (known?.what !== what) {
          const desk = new RuleDesk({ ...parts, onJudged }, { timeframe, rules: rules.map(compileRule), study });
          return [timeframe, { desk, what }];
        }
        known.desk.onJudged = onJudged;
        this.#kept.add(known.desk);
        return [timeframe, known];
      }),
    );
    this.#desks = new Map([...this.#entries].map(([timeframe, { desk }]) => [timeframe, desk]));
  }

  /** Whether the track's lane of a timeframe stands, and goes on. */
  isRunning(track: Track, timeframe: Timeframe): boolean {
    const desk = this.#desks.get(timeframe);
    return desk !== undefined && this.#kept.has(desk) && desk.isWarm(track);
  }

  /** The shortest first. */
  get timeframes(): readonly Timeframe[] {
    return [...this.#desks.keys()];
  }

  /** What the newest of the judged bars came to, and what is not known of the rest. */
  get scan(): ScanState {
    const newest = [...this.#desks.values()]
      .map(({ judged }) => judged)
      .reduce((latest, each) => ((each.judgedAt ?? 0) > (latest.judgedAt ?? 0) ? each : latest));
    const behind = new Set([...this.#desks.values()].flatMap((desk) => [...desk.behind]));
    return { ...newest, instruments: this.#tracks.size, unknown: this.#unknown.size, withheld: behind.size };
  }

  /** What must be known so that every lane of the calendar's instruments can be warmed. */
  needs(calendar: Calendar, now: EpochMs): readonly Need[] {
    const earliest = new Map<Timeframe, EpochMs>();
    const take = (timeframe: Timeframe, from: EpochMs): void => {
      earliest.set(timeframe, Math.min(earliest.get(timeframe) ?? from, from) as EpochMs);
    };
    for (const desk of this.#desks.values()) {
      const first = desk.warmFrom(calendar, now);
      take(desk.timeframe, first);
      // Longer bars must be known as far back from the lane's own first bar.
      for (const { timeframe, bars } of desk.needs)
        if (timeframe !== desk.timeframe) take(timeframe, lookBack(calendar, timeframe, bars, first));
    }
    return [...earliest].map(([timeframe, from]) => ({ timeframe, from }));
  }

  /** Makes the track's lanes anew from stored bars, but for those that go on. */
  warm(track: Track): void {
    this.#tracks.add(track);
    this.#together(() => {
      for (const desk of this.#desks.values()) if (!this.isRunning(track, desk.timeframe)) desk.warm(track);
    });
    // Bars that close at one instant are judged by the shorter lane first.
    const slots = this.timeframes.flatMap((timeframe) => {
      const slot = track.lanes.get(timeframe);
      return slot === undefined ? [] : [[timeframe, slot] as const];
    });
    track.lanes.clear();
    for (const [timeframe, slot] of slots) track.lanes.set(timeframe, slot);
    this.#look(track);
  }

  /** The track's past is not known as far back as the rules look: until it is, or has grown, signals say so. */
  unsettle(track: Track): void {
    for (const desk of this.#desks.values()) desk.unsettle(track);
  }

  /** The track's past is known now. */
  settle(track: Track): void {
    for (const desk of this.#desks.values()) desk.settle(track);
  }

  /** A bar of a timeframe that rules look at closed. */
  closed(track: Track, bar: Candle): void {
    this.#desks.get(bar.timeframe)?.closed(track, bar);
  }

  /** History filled a hole. */
  catchUp(track: Track): void {
    this.#together(() => {
      for (const desk of this.#desks.values()) desk.catchUp(track);
    });
  }

  /** History changed closes that the lanes have seen. */
  recompute(track: Track): void {
    for (const desk of this.#desks.values()) desk.recompute(track);
  }

  #judged(track: Track): void {
    this.#look(track);
    this.#onScan(this.scan);
  }

  #look(track: Track): void {
    const isUnknown = [...track.lanes.values()].some(({ lane }) => lane.isUnknown);
    if (isUnknown) this.#unknown.add(track);
    else this.#unknown.delete(track);
  }
}

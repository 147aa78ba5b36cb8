import type { EpochMs } from './brand.ts';
import type { Span } from './calendar.ts';

/** Stretches of time, each `[open, close)`: in order, apart from each other, none empty. */
export type Spans = readonly Span[];

/** `spans` with `[open, close)` added; what overlaps or touches becomes one. */
export function addSpan(spans: Spans, { open, close }: Span): Spans {
  if (open >= close) return spans;
  const before = spans.filter((each) => each.close < open);
  const after = spans.filter((each) => each.open > close);
  const joined = spans.slice(before.length, spans.length - after.length);
  const first = joined[0]?.open ?? open;
  const last = joined.at(-1)?.close ?? close;
  return [...before, { open: earlier(first, open), close: later(last, close) }, ...after];
}

/** Any stretches, in any order, put in order and joined. */
export function joinSpans(spans: Iterable<Span>): Spans {
  const sorted = [...spans].filter(({ open, close }) => open < close).sort((a, b) => a.open - b.open);
  const out: Span[] = [];
  for (const { open, close } of sorted) {
    const last = out.at(-1);
    if (last === undefined || open > last.close) out.push({ open, close });
    else out[out.length - 1] = { open: last.open, close: later(last.close, close) };
  }
  return out;
}

/** What of `spans` none of `taken` covers. */
export function subtractSpans(spans: Spans, taken: Spans): Spans {
  const out: Span[] = [];
  let at = 0;
  for (const { open, close } of spans) {
    while ((taken[at]?.close ?? Number.POSITIVE_INFINITY) <= open) at += 1;
    let rest = open;
    for (let next = at; rest < close; next += 1) {
      const hole = taken[next];
      if (hole === undefined || hole.open >= close) break;
      if (hole.open > rest) out.push({ open: rest, close: hole.open });
      rest = later(rest, hole.close);
    }
    if (rest < close) out.push({ open: rest, close });
  }
  return out;
}

/** What lies in both. */
export function commonSpans(a: Spans, b: Spans): Spans {
  return subtractSpans(a, subtractSpans(a, b));
}

/** Whether one of them holds all of `[open, close)`. An empty stretch is always held. */
export function holds(spans: Spans, { open, close }: Span): boolean {
  return open >= close || spans.some((each) => each.open <= open && close <= each.close);
}

/** Their lengths together, in milliseconds. */
export function totalMs(spans: Spans): number {
  return spans.reduce((sum, { open, close }) => sum + (close - open), 0);
}

function earlier(a: EpochMs, b: EpochMs): EpochMs {
  return a < b ? a : b;
}

function later(a: EpochMs, b: EpochMs): EpochMs {
  return a > b ? a : b;
}

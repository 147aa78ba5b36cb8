import type { Job, Part } from './part.ts';

/** What came of one contender. */
export interface Result {
  readonly name: string;
  /** Operations a second: the median of all rounds in all processes, and the least and most of them. */
  readonly perSecond: number;
  readonly least: number;
  readonly most: number;
  /** Our median over this one: above 1 we are faster. */
  readonly ratio: number;
}

/** One job's results, ours first. */
export interface Race {
  readonly part: string;
  readonly job: string;
  readonly unit: string;
  readonly reference: string;
  readonly results: readonly Result[];
}

/** `rounds` has a list for each entry of the job. */
export function raceOf(part: Part, job: Job, rounds: readonly (readonly number[])[]): Race {
  const ours = median(rounds[0] ?? []);
  const results = job.entries.map(({ name }, index) => {
    const own = rounds[index] ?? [];
    const perSecond = median(own);
    return { name, perSecond, least: Math.min(...own), most: Math.max(...own), ratio: ours / perSecond };
  });
  return { part: part.name, job: job.title, unit: job.unit, reference: job.reference, results };
}

export function raceText({ part, job, unit, results, reference }: Race): string {
  const rows = results.map(({ name, perSecond, least, most, ratio }, index) => {
    const speed = `${inShort(perSecond)} ${unit}/s`.padStart(16);
    const spread = `(${inShort(least)} … ${inShort(most)})`.padEnd(20);
    return `  ${name.padEnd(44)} ${speed}  ${spread} ${index === 0 ? '' : `${ratio.toPrecision(3)}x`}`.trimEnd();
  });
  return `${part}: ${job}\n${rows.join('\n')}\n  measured once: ${reference}\n`;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Three digits and M or k: 31.2M, 752k. */
function inShort(number: number): string {
  if (number >= 1e6) return `${short(number / 1e6)}M`;
  return number >= 1e3 ? `${short(number / 1e3)}k` : short(number);
}

function short(number: number): string {
  return number >= 100 ? number.toFixed(0) : number.toPrecision(3);
}

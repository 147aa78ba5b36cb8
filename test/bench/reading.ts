/** One line of a table of what was measured, not raced. */
export interface Reading {
  readonly name: string;
  /** Undefined where nothing was seen. */
  readonly value: number | undefined;
  readonly unit: string;
  /** What it should be: docs and users were promised so. */
  readonly wanted?: string;
  /** Where it was seen. */
  readonly at?: string;
}

export function readingsText(title: string, readings: readonly Reading[]): string {
  const rows = readings.map(({ name, value, unit, wanted, at }) => {
    const shown = value === undefined || Number.isNaN(value) ? '–' : `${Number(value.toPrecision(3))} ${unit}`.trim();
    const notes = [at, wanted === undefined ? undefined : `(${wanted})`].filter((note) => note !== undefined);
    return `  ${name.padEnd(44)} ${shown.padStart(12)}  ${notes.join(' ')}`.trimEnd();
  });
  return `${title}\n${rows.join('\n')}\n`;
}

import type { LegendReading } from './legend-reading.ts';

export interface LegendWriter {
  write(reading: LegendReading | undefined): void;
}

const EMPTY: Partial<LegendReading> = {};

/**
 * Writes readings straight into the nodes below `root` that carry `data-field`: they change with every move of
 * the pointer and with every tick, which is no business of React's.
 */
export function createLegendWriter(root: HTMLElement): LegendWriter {
  const nodes = [...root.querySelectorAll<HTMLElement>('[data-field]')];
  return {
    write(reading) {
      const values: Readonly<Record<string, string | undefined>> = { ...(reading ?? EMPTY) };
      for (const node of nodes) {
        const text = values[node.dataset['field'] ?? ''] ?? '–';
        if (node.textContent !== text) node.textContent = text;
      }
      root.toggleAttribute('data-auction', reading?.auction !== undefined);
      const direction = reading?.direction ?? 'flat';
      if (root.dataset['direction'] !== direction) root.dataset['direction'] = direction;
    },
  };
}

import type { ReactElement } from 'react';

export function ChartPanel(): ReactElement {
  return <div className="chart-panel" />;
}

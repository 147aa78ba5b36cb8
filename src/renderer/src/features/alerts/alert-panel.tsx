import type { ReactElement } from 'react';

export function AlertPanel(): ReactElement {
  return <div className="alert-panel" />;
}

import type { ReactElement } from 'react';
import { closeOverlay, useUiStore } from '../../stores/ui-store.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { KEY_GROUPS } from './key-list.ts';
import './keys.css';

/** All keys on one sheet. */
export function KeyHelp(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'keys');
  return (
    <DialogFrame title="Keys" open={open} onClose={closeOverlay} className="key-help">
      <div className="key-groups">
        {KEY_GROUPS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(({ keys: presses, does }) => (
                <div key={does}>
                  <dt>{does}</dt>
                  <dd>
                    {presses.map((press) => (
                      <kbd key={press}>{press}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DialogFrame>
  );
}

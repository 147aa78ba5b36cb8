import type { ReactElement } from 'react';
import type { Inputs } from '../../../../core/signal.ts';
import { Tip } from '../../ui/tip.tsx';
import { INPUT_WORDS } from './alert-words.ts';

interface InputsBadgeProps {
  readonly inputs: Inputs;
  readonly onExplain: () => void;
}

/** Says that a signal's bars were not whole, or were changed afterwards. A click tells what that means. */
export function InputsBadge({ inputs, onExplain }: InputsBadgeProps): ReactElement | null {
  const words = INPUT_WORDS[inputs];
  if (words === undefined) return null;
  return (
    <Tip text={words.means}>
      <button type="button" className="alert-inputs" onClick={onExplain}>
        {words.name}
      </button>
    </Tip>
  );
}

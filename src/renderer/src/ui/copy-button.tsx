import { Check, Copy } from 'lucide-react';
import type { ReactElement } from 'react';
import { useCopy } from './use-copy.ts';

interface CopyButtonProps {
  /** Asked for when the button is pressed. */
  readonly text: () => string;
  /** What is copied, as the button's name says it: `the log`. */
  readonly what: string;
}

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what }: CopyButtonProps): ReactElement {
  const { copied, copy } = useCopy();
  const Icon = copied ? Check : Copy;
  return (
    <button type="button" className="button" aria-label={`Copy ${what}`} onClick={() => copy(text())}>
      <Icon aria-hidden />
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}

import { Check, Copy } from 'lucide-react';
import { type ReactElement, useEffect, useState } from 'react';
import { notify } from '../stores/notice-store.ts';

interface CopyButtonProps {
  /** Asked for when the button is pressed. */
  readonly text: () => string;
  /** What is copied, as the button's name says it: `the log`. */
  readonly what: string;
}

const COPIED_MS = 1_500;

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text, what }: CopyButtonProps): ReactElement {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text());
      setCopied(true);
    } catch {
      notify('error', 'The browser did not allow copying. Select the text and copy it by hand.');
    }
  };
  const Icon = copied ? Check : Copy;
  return (
    <button type="button" className="button" aria-label={`Copy ${what}`} onClick={() => void copy()}>
      <Icon aria-hidden />
      {copied ? 'Copied' : 'Copy'}
    </button>
  );
}

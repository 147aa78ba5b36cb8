import { useEffect, useState } from 'react';
import { notify } from '../stores/notice-store.ts';

const COPIED_MS = 1_500;

/** Puts a text on the clipboard, and knows for a moment that it did. */
export function useCopy(): { readonly copied: boolean; copy(text: string): void } {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), COPIED_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const write = async (text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch {
      notify('error', 'The browser did not allow copying. Select the text and copy it by hand.');
    }
  };
  return { copied, copy: (text) => void write(text) };
}

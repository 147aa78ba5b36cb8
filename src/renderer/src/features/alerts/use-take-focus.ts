import { type RefObject, useEffect } from 'react';
import { useAttention } from '../../stores/attention.ts';

/** Gives the focus to what was asked for. With that the wish is granted: it must not come back with a scroll. */
export function useTakeFocus(card: RefObject<HTMLElement | null>, asked: boolean): void {
  useEffect(() => {
    if (!asked) return;
    card.current?.focus();
    useAttention.setState({ alert: undefined });
  }, [asked, card]);
}

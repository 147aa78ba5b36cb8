import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { tinykeys } from 'tinykeys';
import { useSelection } from '../../stores/selection.ts';
import { openOverlay, openSettings, showPanel, togglePanel, useUiStore } from '../../stores/ui-store.ts';
import { neighbour, useWatchStore } from '../../stores/watch-store.ts';
import { typeTimeframe } from '../top-bar/timeframe-keys.ts';
import { FILTER_ID } from '../watchlist/watchlist.tsx';
import { useTypedStore } from './typed-store.ts';

const FORGET_MS = 1_500;

/** The keys that work wherever the focus is, except in a text field or under a dialog. */
export function useKeys(): void {
  useEffect(() => {
    const unbind = tinykeys(window, {
      '$mod+k': (event) => {
        event.preventDefault();
        openOverlay('palette');
      },
      '$mod+,': (event) => {
        event.preventDefault();
        openSettings();
      },
      '/': (event) => when(event, focusFilter),
      '[Shift]+?': (event) => when(event, () => openOverlay('keys')),
      '[': (event) => when(event, () => togglePanel('watchlist')),
      ']': (event) => when(event, () => togglePanel('alerts')),
      'Alt+ArrowDown': (event) => when(event, () => chartNeighbour(1)),
      'Alt+ArrowUp': (event) => when(event, () => chartNeighbour(-1)),
      Escape: () => useUiStore.setState({ drawer: undefined }),
    });
    const stopTyping = listenForTimeframes();
    return () => {
      unbind();
      stopTyping();
    };
  }, []);
}

function when(event: KeyboardEvent, act: () => void): void {
  if (isBusy(event)) return;
  event.preventDefault();
  act();
}

/** A dialog or a text field has the keyboard. */
function isBusy({ target }: KeyboardEvent): boolean {
  if (useUiStore.getState().overlay !== undefined) return true;
  return target instanceof HTMLElement && target.closest('input, textarea, select, [role="dialog"]') !== null;
}

function focusFilter(): void {
  // At once, because the next key may already belong to the filter.
  flushSync(() => showPanel('watchlist'));
  document.getElementById(FILTER_ID)?.focus();
}

function chartNeighbour(steps: number): void {
  const { instrument, select } = useSelection.getState();
  const next = neighbour(useWatchStore.getState().order, instrument, steps);
  if (next !== undefined) select(next);
}

function listenForTimeframes(): () => void {
  let forget: ReturnType<typeof setTimeout> | undefined;
  const show = (typed: string): void => {
    clearTimeout(forget);
    if (useTypedStore.getState().typed !== typed) useTypedStore.setState({ typed });
    if (typed !== '') forget = setTimeout(() => useTypedStore.setState({ typed: '' }), FORGET_MS);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key.length > 1 || isBusy(event)) return;
    const { typed, timeframe } = typeTimeframe(useTypedStore.getState().typed, event.key);
    show(typed);
    if (timeframe !== undefined) useSelection.getState().setTimeframe(timeframe);
  };
  addEventListener('keydown', onKeyDown);
  return () => {
    clearTimeout(forget);
    removeEventListener('keydown', onKeyDown);
  };
}

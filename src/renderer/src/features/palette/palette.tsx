// biome-ignore-all lint/a11y/useSemanticElements: no select element searches while one types
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays in one place, which points here with aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the element with the focus handles the keys
import { Dialog } from '@base-ui/react/dialog';
import { CandlestickChart, Search, SquareTerminal, Timer } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useMemo, useRef, useState } from 'react';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { closeOverlay, useUiStore } from '../../stores/ui-store.ts';
import { paletteItems } from './palette-items.ts';
import { type PaletteItem, searchItems } from './search-items.ts';
import './palette.css';

const ICON = { symbol: CandlestickChart, timeframe: Timer, command: SquareTerminal } as const;
const KIND = { symbol: 'Chart', timeframe: 'Timeframe', command: 'Command' } as const;

/** Ctrl K: symbols, timeframes and commands by name. */
export function Palette(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'palette');
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : closeOverlay())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="dialog palette">
          <Dialog.Title className="quiet">Search</Dialog.Title>
          <PaletteSearch />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function PaletteSearch(): ReactElement {
  const instruments = useSettingsStore((state) => state.instruments);
  const items = useMemo(() => paletteItems(instruments), [instruments]);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useMemo(() => searchItems(items, typed), [items, typed]);
  const list = useRef<HTMLDivElement>(null);
  const active = Math.min(at, found.length - 1);

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (item: PaletteItem | undefined): void => {
    if (item === undefined) return;
    // First away with the palette: a command may open something else.
    closeOverlay();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = found.length - 1;
    if (event.key === 'ArrowDown') setAt(active >= last ? 0 : active + 1);
    else if (event.key === 'ArrowUp') setAt(active <= 0 ? last : active - 1);
    else if (event.key === 'Enter') choose(found[active]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="palette-input">
        <Search aria-hidden />
        <input
          role="combobox"
          aria-label="Search symbols, timeframes and commands"
          aria-expanded
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={active >= 0 ? `palette-${active}` : undefined}
          placeholder="Symbol, timeframe or command"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>Esc</kbd>
      </div>
      {found.length === 0 ? <p className="empty">Nothing is called that. Try a symbol, “5m” or “theme”.</p> : null}
      <div ref={list} id="palette-list" role="listbox" aria-label="Results" className="palette-list">
        {found.map((item, index) => {
          const Icon = ICON[item.kind];
          return (
            // The input holds the focus and hears the keys.
            <div
              key={item.id}
              id={`palette-${index}`}
              role="option"
              aria-selected={index === active}
              onClick={() => choose(item)}
              onPointerMove={() => setAt(index)}
            >
              <Icon aria-hidden />
              <b>{item.title}</b>
              <span>{item.detail === item.title ? '' : item.detail}</span>
              <small>{KIND[item.kind]}</small>
            </div>
          );
        })}
      </div>
    </>
  );
}

import { Checkbox } from '@base-ui/react/checkbox';
import { Check } from 'lucide-react';
import type { ReactElement } from 'react';

interface SectorPickerProps {
  /** Those that the watched instruments have. */
  readonly sectors: readonly string[];
  readonly picked: readonly string[];
  readonly onChange: (picked: readonly string[]) => void;
}

/** Sectors of the watched instruments to choose among; a picked one that nobody has any more stays visible. */
export function SectorPicker({ sectors, picked, onChange }: SectorPickerProps): ReactElement {
  const isPicked = (sector: string): boolean => picked.some((one) => one.toLowerCase() === sector.toLowerCase());
  const strange = picked.filter((one) => !sectors.some((sector) => sector.toLowerCase() === one.toLowerCase()));
  if (sectors.length === 0 && strange.length === 0)
    return (
      <p className="picker">
        None of the watched symbols has a sector. Sectors are known of NSE stocks; watch some of them, or pick symbols.
      </p>
    );
  const toggle = (sector: string, on: boolean): void => {
    const others = picked.filter((one) => one.toLowerCase() !== sector.toLowerCase());
    onChange(on ? [...others, sector] : others);
  };
  return (
    <fieldset className="picker sector-picker">
      <legend className="quiet">Sectors</legend>
      {[...sectors, ...strange].map((sector) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control.
        <label key={sector}>
          <Checkbox.Root className="checkbox" checked={isPicked(sector)} onCheckedChange={(on) => toggle(sector, on)}>
            <Checkbox.Indicator className="checkbox-mark">
              <Check aria-hidden />
            </Checkbox.Indicator>
          </Checkbox.Root>
          {sector}
          {strange.includes(sector) ? <small>nobody watches it</small> : null}
        </label>
      ))}
    </fieldset>
  );
}

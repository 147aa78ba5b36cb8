import { CircleAlert, TriangleAlert } from 'lucide-react';
import { type ReactElement, useEffect, useRef } from 'react';
import { symbolOf } from '../../../../../core/instrument.ts';
import type { TextProblem } from '../../../../../core/scanner/problem.ts';
import type { Arithmetic } from '../../../../../core/scanner/scan-function.ts';
import type { Timeframe } from '../../../../../core/timeframe.ts';
import { useRuleStore } from '../../../stores/rule-store.ts';
import { useSettingsStore } from '../../../stores/settings-store.ts';
import { diagnosticsOf, fixed } from './diagnostics.ts';
import { type MountedField, mountField } from './mount-field.ts';
import { useSentence } from './use-sentence.ts';
import './scan-field.css';

interface ScanFieldProps {
  readonly label: string;
  readonly value: string;
  /** Shown while nothing is written. */
  readonly example: string;
  readonly timeframe: Timeframe;
  readonly arithmetic: Arithmetic;
  readonly readOnly?: boolean;
  readonly onChange: (text: string) => void;
}

/** A sentence of the scan language, written with completion, and with what is wrong said in place. */
export function ScanField(props: ScanFieldProps): ReactElement {
  const { label, value, example, timeframe, arithmetic, readOnly = false, onChange } = props;
  const host = useRef<HTMLDivElement>(null);
  const field = useRef<MountedField>(undefined);
  const sentence = useSentence(value, timeframe, arithmetic);
  const { problem, warnings } = sentence;
  const problems = problem === undefined ? warnings : [problem];
  // What the line calls back is always of the newest render.
  const latest = useRef<{ onChange(text: string): void; fixFirst(): void }>({ onChange, fixFirst: () => undefined });
  const fix = (one: TextProblem): void => onChange(fixed(sentence.text, one));
  useEffect(() => {
    const first = problems.find(({ suggestion }) => suggestion !== null);
    latest.current = {
      onChange,
      fixFirst: () => {
        if (first !== undefined && sentence.text === value && !readOnly) fix(first);
      },
    };
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: mounted once; what changes is told to it below.
  useEffect(() => {
    if (host.current === null) return undefined;
    const mounted = mountField(host.current, {
      label,
      text: value,
      example,
      names: () => ({
        sectors: useRuleStore.getState().sectors,
        symbols: useSettingsStore.getState().instruments.map(({ key }) => symbolOf(key)),
      }),
      onChange: (text) => latest.current.onChange(text),
      onFix: () => latest.current.fixFirst(),
    });
    field.current = mounted;
    return () => mounted.destroy();
  }, []);
  useEffect(() => field.current?.setText(value), [value]);
  useEffect(() => field.current?.setReadOnly(readOnly), [readOnly]);
  useEffect(() => {
    // Marks of an older text would stand in the wrong place.
    if (sentence.text === value) field.current?.mark(diagnosticsOf(sentence, readOnly));
  }, [sentence, value, readOnly]);

  return (
    <div className="scan-field" data-invalid={problem !== undefined || undefined}>
      <div ref={host} className="scan-field-host" />
      <div className="scan-field-said" aria-live="polite">
        {sentence.text !== value
          ? null
          : problems.map((one) => (
              <p key={`${one.start} ${one.message}`} data-level={problem === undefined ? 'warning' : 'error'}>
                {problem === undefined ? <TriangleAlert aria-hidden /> : <CircleAlert aria-hidden />}
                <span>{one.message}</span>
                {one.suggestion === null || readOnly ? null : (
                  <button type="button" className="link-button" onClick={() => fix(one)}>
                    Use “{one.suggestion}”
                  </button>
                )}
              </p>
            ))}
      </div>
    </div>
  );
}

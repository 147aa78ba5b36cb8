import { CircleCheck, CircleHelp, type LucideIcon, OctagonX, Stethoscope, TriangleAlert } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { Examination, Finding } from '../../../../contract/doctor.ts';
import { formatClock } from '../../format/time.ts';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useLoginStore } from '../../stores/login-store.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { WaitLine } from '../../ui/wait-line.tsx';
import { FeedSettingsButton } from '../top-bar/feed-actions.tsx';
import { byWeight, examinationText, FIX_WORDS, LEVEL_WORDS, verdict } from './finding-words.ts';
import { runFix } from './run-fix.ts';
import './examination.css';

interface State {
  readonly busy: boolean;
  readonly found: Examination | undefined;
  readonly problem: string | undefined;
}

/** Looks into everything that can be wrong with the feed, and offers what helps. */
export function ExaminationSection(): ReactElement {
  const label = useFeedStore((state) => state.feed?.label ?? 'the feed');
  const connected = useFeedStore((state) => state.connected);
  const [{ busy, found, problem }, setState] = useState<State>({ busy: false, found: undefined, problem: undefined });

  const examine = async (): Promise<void> => {
    setState((now) => ({ ...now, busy: true, problem: undefined }));
    try {
      setState({ busy: false, found: await invoke('doctor.run', { broker: null }), problem: undefined });
    } catch (error) {
      const sentence = error instanceof Error ? error.message : 'The examination failed. Try again.';
      setState({ busy: false, found: undefined, problem: sentence });
    }
  };
  return (
    <section className="examination" aria-label="Examination" aria-busy={busy}>
      <div className="examination-tools">
        <button type="button" className="button" disabled={busy || !connected} onClick={() => void examine()}>
          <Stethoscope aria-hidden />
          {found === undefined ? 'Examine' : 'Examine again'}
        </button>
        <FeedSettingsButton />
      </div>
      {busy ? <WaitLine>Looking into {label}: this takes up to half a minute …</WaitLine> : null}
      {problem === undefined ? null : (
        <p role="alert" className="examination-problem">
          {problem}
        </p>
      )}
      {found === undefined || busy ? null : <Findings found={found} />}
    </section>
  );
}

function Findings({ found }: { readonly found: Examination }): ReactElement {
  const { venue, label, examinedAt, findings } = found;
  const loginProblem = useLoginStore(({ task }) => (task?.broker === venue ? task.problem : undefined));
  const ordered = byWeight(findings);
  const fine = ordered.filter(({ level }) => level === 'fine');
  return (
    <div role="status">
      <p className="examination-verdict">
        <b>{verdict(findings)}</b> {label}, {formatClock(examinedAt)}
      </p>
      {loginProblem === undefined ? null : <p className="examination-problem">{loginProblem}</p>}
      <ul className="findings">
        {ordered
          .filter(({ level }) => level !== 'fine')
          .map((finding) => (
            <FindingRow key={`${finding.check} ${finding.text}`} finding={finding} venue={venue} />
          ))}
      </ul>
      {fine.length === 0 ? null : (
        <Disclosure title={`${fine.length} fine`} initiallyOpen={fine.length === findings.length}>
          <ul className="findings">
            {fine.map((finding) => (
              <FindingRow key={`${finding.check} ${finding.text}`} finding={finding} venue={venue} />
            ))}
          </ul>
        </Disclosure>
      )}
      <CopyButton text={() => examinationText(found)} what="the findings" />
    </div>
  );
}

const ICONS: Readonly<Record<Finding['level'], LucideIcon>> = {
  problem: OctagonX,
  warning: TriangleAlert,
  unknown: CircleHelp,
  fine: CircleCheck,
};

/** What was found, what to do about it, and the button that does it. */
function FindingRow({ finding, venue }: { readonly finding: Finding; readonly venue: string }): ReactElement {
  const { level, text, advice } = finding;
  const fix = finding.fix ?? undefined;
  const [busy, setBusy] = useState(false);
  const Icon = ICONS[level];
  const run = async (): Promise<void> => {
    if (fix === undefined) return;
    setBusy(true);
    await runFix(fix, venue);
    setBusy(false);
  };
  return (
    <li data-level={level}>
      <Icon aria-hidden />
      <div>
        <p>
          <span className="quiet">{LEVEL_WORDS[level]}: </span>
          {text}
        </p>
        {advice == null ? null : <p className="finding-advice">{advice}</p>}
        {fix === undefined ? null : (
          <button type="button" className="button" disabled={busy} onClick={() => void run()}>
            {FIX_WORDS[fix]}
          </button>
        )}
      </div>
    </li>
  );
}

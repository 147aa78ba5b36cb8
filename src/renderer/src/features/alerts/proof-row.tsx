import { CircleAlert, CircleCheck, CircleHelp, ShieldAlert } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { EvidenceLink, Proof } from '../../../../core/passport.ts';
import { invoke } from '../../live/engine.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import { DeedOutcome } from '../settings/deed-outcome.tsx';
import { useDeed } from '../settings/use-deed.ts';
import { proofWords } from './passport-words.ts';

interface ProofRowProps {
  readonly id: string;
  readonly link: EvidenceLink;
}

/** Computes an alert again from what is stored, and writes it as a file. */
export function ProofRow({ id, link }: ProofRowProps): ReactElement {
  const [proof, setProof] = useState<Proof>();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const deed = useDeed();
  const prove = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      setProof(await invoke('alerts.prove', { id }));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'The engine did not answer. Try again.');
    }
    setBusy(false);
  };
  return (
    <div className="proof">
      <div className="proof-acts">
        <button type="button" className="button" disabled={busy} onClick={() => void prove()}>
          Prove it
        </button>
        <button
          type="button"
          className="button"
          disabled={deed.busy}
          onClick={() => void deed.run(() => invoke('alerts.export', { id }))}
        >
          Export JSON
        </button>
        <small title={`Chained by hash: ${link.hash}`}>
          link {link.seq}, {link.hash.slice(0, 8)}
        </small>
      </div>
      <div aria-live="polite">
        {busy ? <WaitLine>Computing it again from what is stored …</WaitLine> : null}
        {problem === undefined ? null : <p role="alert">{problem}</p>}
        {proof === undefined || busy ? null : <ProofSaid proof={proof} />}
      </div>
      <DeedOutcome deed={deed} doing="Writing the alert …" />
    </div>
  );
}

const ICONS = { reproduced: CircleCheck, differs: CircleAlert, tampered: ShieldAlert, cannot: CircleHelp } as const;

function ProofSaid({ proof }: { readonly proof: Proof }): ReactElement {
  const Icon = ICONS[proof.kind];
  return (
    <>
      <p className="proof-said" data-kind={proof.kind}>
        <Icon aria-hidden />
        {proofWords(proof)}
      </p>
      {proof.kind === 'differs' ? (
        <table className="passport-values">
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Told</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {proof.differences.map(({ what, told, now }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{told}</td>
                <td>{now}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  );
}

import type { Proof } from '../../core/passport.ts';

/** What came of a proof: a line about the alert, and one for each difference. */
export function proofLines(proof: Proof): readonly string[] {
  const { alert } = proof;
  switch (proof.kind) {
    case 'reproduced':
      return [`reproduced  ${alert}  from ${proof.bars} bars`];
    case 'differs':
      return [
        `differs     ${alert}`,
        ...proof.differences.map(({ what, told, now }) => `  ${what}: ${told}, now ${now}`),
      ];
    case 'tampered':
      return [`tampered    ${alert}  ${proof.reason}`];
    case 'cannot':
      return [`cannot      ${alert}  ${proof.reason}`];
  }
}

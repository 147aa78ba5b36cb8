import type { z } from 'zod';

/** What is wrong with an input, as sentences that name the field: "feed.pollSeconds: Too small, …." */
export function explainIssues({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${place(path)}${message.replace(/\.?$/, '.')}`).join(' ');
}

function place(path: readonly PropertyKey[]): string {
  return path.length === 0 ? '' : `${path.map(String).join('.')}: `;
}

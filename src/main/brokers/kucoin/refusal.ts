/** Why a subscription was not granted. */
export type Refusal =
  /** The venue has no such topic: asking again is of no use. */
  | { readonly kind: 'unknown-topic' }
  /** This connection carries as much as it may. */
  | { readonly kind: 'full' }
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'refused'; readonly code: number; readonly text: string };

export interface RefusalVerdict {
  readonly failed: readonly string[];
  readonly why: Refusal;
  /** Lots to be asked by themselves. */
  readonly again: readonly (readonly string[])[];
}

const NOT_FOUND = 404;
const TOO_MANY = 509;

/**
 * What to make of an error that answers a subscription of several topics. One that is unknown fails the whole frame, so
 * the others are asked again; where the text does not say which it was, by halves.
 *
 * Source: docs/wire-formats/kucoin.md, "Errors on the socket".
 */
export function judgeRefusal(
  topics: readonly string[],
  { code, text }: { readonly code: number; readonly text: string },
): RefusalVerdict {
  if (code === NOT_FOUND) return unknownTopic(topics, text);
  // "… of 100 per time" is about the frame, "… of 300 per session" about the connection.
  if (code === TOO_MANY && text.includes('per time') && topics.length > 1)
    return { failed: [], why: { kind: 'full' }, again: halves(topics) };
  if (code === TOO_MANY) return { failed: topics, why: { kind: 'full' }, again: [] };
  return { failed: topics, why: { kind: 'refused', code, text }, again: [] };
}

function unknownTopic(topics: readonly string[], text: string): RefusalVerdict {
  const why: Refusal = { kind: 'unknown-topic' };
  if (topics.length === 1) return { failed: topics, why, again: [] };
  const words = new Set(text.split(' '));
  const named = topics.filter((topic) => words.has(topic));
  if (named.length === 0) return { failed: [], why, again: halves(topics) };
  const rest = topics.filter((topic) => !named.includes(topic));
  return { failed: named, why, again: rest.length > 0 ? [rest] : [] };
}

function halves(topics: readonly string[]): readonly (readonly string[])[] {
  const middle = Math.ceil(topics.length / 2);
  return [topics.slice(0, middle), topics.slice(middle)];
}

import { useEffect, useRef, useState } from 'react';
import type { NearMiss } from '../../../../contract/rules.ts';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { useRuleStore } from '../../stores/rule-store.ts';

/** Scans of a fast market come several a second; nobody reads that quickly. */
const REST_MS = 1_000;

interface Nearest {
  /** Undefined until the engine has answered once. */
  readonly misses: readonly NearMiss[] | undefined;
  readonly problem: string | undefined;
}

const NOTHING: Nearest = { misses: undefined, problem: undefined };

/** The symbols nearest to firing; asked again with each scan and each change of the rules, while somebody looks. */
export function useNearest(rule: string | null, limit: number): Nearest {
  const scan = useFeedStore((state) => state.scan);
  const generation = useFeedStore((state) => state.generation);
  const rules = useRuleStore((state) => state.rules);
  const [nearest, setNearest] = useState(NOTHING);
  /** What is asked for now; an answer to another question is dropped, one to an older scan is not. */
  const wanted = useRef('');
  const askedAt = useRef(Number.NEGATIVE_INFINITY);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a scan or a changed rule is what makes the answer old.
  useEffect(() => {
    if (generation === 0) return undefined;
    const question = `${generation} ${rule} ${limit}`;
    const wait = wanted.current === question ? askedAt.current + REST_MS - performance.now() : 0;
    wanted.current = question;
    const ask = async (): Promise<void> => {
      askedAt.current = performance.now();
      try {
        const misses = await invoke('rules.nearest', { rule, limit });
        if (wanted.current === question) setNearest({ misses, problem: undefined });
      } catch (error) {
        const problem = error instanceof Error ? error.message : 'The engine did not answer.';
        if (wanted.current === question) setNearest(({ misses }) => ({ misses, problem }));
      }
    };
    const timer = setTimeout(() => void ask(), Math.max(0, wait));
    return () => clearTimeout(timer);
  }, [scan, rules, generation, rule, limit]);

  useEffect(
    () => () => {
      wanted.current = '';
    },
    [],
  );
  return nearest;
}

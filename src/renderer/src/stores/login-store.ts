import { create } from 'zustand';

/** A login under way, or the last one where it failed. There is one at a time. */
export interface LoginTask {
  /** Its id. */
  readonly broker: string;
  /** `page`: the person logs in on the venue's page. */
  readonly phase: 'running' | 'page' | 'failed';
  /** The venue's page. */
  readonly url: string | undefined;
  /** Why it failed, as a sentence. */
  readonly problem: string | undefined;
}

export const useLoginStore = create<{ readonly task: LoginTask | undefined }>()(() => ({ task: undefined }));

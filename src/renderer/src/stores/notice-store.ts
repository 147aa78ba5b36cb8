import { create } from 'zustand';

export interface Notice {
  readonly id: number;
  readonly level: 'info' | 'error';
  readonly text: string;
}

/** More than this is noise; the oldest gives way. */
const MOST_NOTICES = 4;
let lastId = 0;

/** Lines that tell of a failure or a finished deed. Read aloud where they appear. */
export const useNoticeStore = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

/** Shows a line. The same line twice is shown once. */
export function notify(level: Notice['level'], text: string): void {
  lastId += 1;
  const notice = { id: lastId, level, text };
  useNoticeStore.setState(({ notices }) => ({
    notices: [...notices.filter((shown) => shown.text !== text), notice].slice(-MOST_NOTICES),
  }));
}

export function dismissNotice(id: number): void {
  useNoticeStore.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

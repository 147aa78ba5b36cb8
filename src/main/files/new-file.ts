import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { AppError } from '../../core/errors.ts';

/** A file that has its name only once it is whole. */
export interface NewFile {
  write(content: Uint8Array | string): Promise<void>;
  /** Brings it to the disk and gives it its name. Answers its size in bytes. */
  keep(): Promise<number>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/**
 * Begins a file beside `path`, under a temporary name.
 *
 * Throws an AppError when there is one already that may not be overwritten, and, as every method does, an
 * AppError('storage') when the disk lets it down.
 */
export async function openNewFile(path: string, mayOverwrite: boolean): Promise<NewFile> {
  refuseExisting(path, mayOverwrite);
  const temporary = `${path}.${process.pid}.part`;
  const handle: FileHandle = await tell(path, () => open(temporary, 'w'));
  let bytes = 0;
  return {
    async write(content) {
      const chunk = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      for (let at = 0; at < chunk.length; ) {
        const { bytesWritten } = await tell(path, () => handle.write(chunk, at));
        at += bytesWritten;
      }
      bytes += chunk.length;
    },
    async keep() {
      await tell(path, async () => {
        await handle.sync();
        await handle.close();
        // Somebody may have put one there meanwhile.
        refuseExisting(path, mayOverwrite);
        await rename(temporary, path);
      });
      return bytes;
    },
    async discard() {
      await handle.close().catch(() => undefined);
      await rm(temporary, { force: true });
    },
  };
}

/** Throws an AppError when `path` is there and may not be overwritten. `otherwise` names another way out. */
export function refuseExisting(path: string, mayOverwrite: boolean, otherwise = ''): void {
  if (mayOverwrite || !existsSync(path)) return;
  throw new AppError('invalid-input', `${path} exists already. Choose another name${otherwise}.`);
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist. Make the folder first',
  ENOTDIR: 'its folder is a file. Choose another place',
  EISDIR: 'it is a folder. Name a file in it',
  EACCES: 'this user may not write there. Change the permissions or choose another place',
  EPERM: 'this user may not write there. Change the permissions or choose another place',
  EROFS: 'the disk can only be read. Choose another place',
  ENOSPC: 'the disk is full. Free some space',
  EDQUOT: 'the disk is full. Free some space',
};

/** Does `work`, and says what a failure means for `path`. */
async function tell<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const reason = REASONS[code] ?? `the disk says ${code}. Check it`;
    throw new AppError('storage', `${path} cannot be written: ${reason} and try again.`, { cause });
  }
}

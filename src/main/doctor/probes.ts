import { lookup } from 'node:dns/promises';
import { access, constants, readdir, readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { askCertificate, type ServerCertificate, type TlsServer } from './certificate.ts';
import { askServerTime } from './server-time.ts';

/** What is asked of this computer and of the network beneath the brokers. Each throws as Node does. */
export interface Probes {
  /** Resolves when the name has an address. */
  lookUp(host: string): Promise<void>;
  certificate(server: TlsServer, stop: AbortSignal): Promise<ServerCertificate>;
  /** What time a server has, in milliseconds since 1970, to the second; undefined where it does not say. */
  serverTime(url: URL, ca: string | undefined, stop: AbortSignal): Promise<number | undefined>;
  /** Bytes this user may still write to the disk that `folder` is on. */
  freeBytes(folder: string): Promise<number>;
  isWritable(folder: string): Promise<boolean>;
  readText(path: string): Promise<string>;
  /** The files of a folder; none where there is no folder. */
  files(folder: string): Promise<readonly FoundFile[]>;
}

export interface FoundFile {
  readonly name: string;
  readonly bytes: number;
  /** When it was last written, in milliseconds since 1970. */
  readonly writtenAt: number;
}

/** The machine as it is. */
export const machineProbes: Probes = {
  async lookUp(host) {
    await lookup(host);
  },
  certificate: askCertificate,
  serverTime: askServerTime,
  async freeBytes(folder) {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
  isWritable: (folder) =>
    access(folder, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    ),
  readText: (path) => readFile(path, 'utf8'),
  async files(folder) {
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name): Promise<readonly FoundFile[]> => {
        const stats = await stat(join(folder, name)).catch(() => undefined);
        return stats?.isFile() === true ? [{ name, bytes: stats.size, writtenAt: stats.mtimeMs }] : [];
      }),
    );
    return found.flat();
  },
};

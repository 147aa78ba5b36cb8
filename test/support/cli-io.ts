import { Writable } from 'node:stream';
import type { CliIo } from '../../src/main/cli/cli-command.ts';

export interface CapturedIo extends CliIo {
  /** What was written to `out` so far. */
  text(): string;
  /** What was said on `talk` so far. */
  said(): string;
}

/** Streams that keep what is written to them. */
export function capturedIo(cwd: string, env: CliIo['env'] = {}): CapturedIo {
  const [out, talk] = [keeper(), keeper()];
  return { out: out.stream, talk: talk.stream, env, cwd, text: out.text, said: talk.text };
}

function keeper(): { readonly stream: Writable; readonly text: () => string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}

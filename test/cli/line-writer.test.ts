import { PassThrough, Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { lineWriter, OutputClosed, writeLine } from '../../src/main/cli/line-writer.ts';
import { capturedIo } from '../support/cli-io.ts';

function failing(code: string): Writable {
  return new Writable({
    write(_chunk, _encoding, done) {
      done(Object.assign(new Error(`write ${code}`), { code }));
    },
  });
}

describe('line writer', () => {
  it('writes every line once, in order', async () => {
    const io = capturedIo('.');
    const writer = lineWriter(io.out);
    const lines = Array.from({ length: 20_000 }, (_, index) => `line ${index}`);
    for (const line of lines) await writer.line(line);
    await writer.flush();
    expect(io.text()).toBe(`${lines.join('\n')}\n`);
  });

  it('waits for a reader that is slow', async () => {
    const pipe = new PassThrough({ highWaterMark: 16 });
    const writer = lineWriter(pipe);
    let handedOver = false;
    const writing = (async () => {
      for (let index = 0; index < 4; index += 1) await writer.line('x'.repeat(64 * 1024));
      await writer.flush();
      handedOver = true;
    })();
    await new Promise(setImmediate);
    expect(handedOver, 'nobody has read a byte').toBe(false);
    let bytes = 0;
    pipe.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await writing;
    expect(bytes).toBe(4 * (64 * 1024 + 1));
  });

  it('says so when the reader is gone, then and ever after', async () => {
    const stream = failing('EPIPE');
    await expect(writeLine(stream, 'one')).rejects.toBeInstanceOf(OutputClosed);
    await expect(writeLine(stream, 'two')).rejects.toBeInstanceOf(OutputClosed);
  });

  it('passes on any other error', async () => {
    await expect(writeLine(failing('ENOSPC'), 'one')).rejects.toThrow('ENOSPC');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BrokerModule } from '../../src/main/brokers/broker-module.ts';
import { kite } from '../../src/main/brokers/kite/index.ts';
import { simulator } from '../../src/main/brokers/simulator/index.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { decodeCommand, decodeCommandOf } from '../../src/main/cli/decode.ts';
import { CONTENTS, MESSAGES } from '../brokers/kite/worked-examples.ts';
import { capturedIo } from '../support/cli-io.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function decode(content: Uint8Array | string, ...options: readonly string[]) {
  const io = capturedIo(tempFolder());
  writeFileSync(join(io.cwd, 'message'), content);
  const status = await decodeCommand.run(['kite', 'message', ...options], io);
  return { status, text: io.text(), said: io.said() };
}

const lines = (text: string): readonly unknown[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));

describe('decode kite', () => {
  it.each(Object.keys(MESSAGES) as (keyof typeof MESSAGES)[])('writes a line for each packet of %s', async (name) => {
    const { status, text } = await decode(MESSAGES[name]);
    expect(status).toBe(0);
    expect(lines(text)).toEqual(CONTENTS[name]);
  });

  it('writes numbers as they are and fields in a steady order', async () => {
    expect((await decode(MESSAGES.k1)).text).toBe('{"token":884737,"mode":"ltp","tradable":true,"ltp":392.95}\n');
  });

  it('reads a bare packet, bytes or base64 in any layout', async () => {
    const packet = MESSAGES.k3.subarray(4);
    expect(lines((await decode(packet, '--packet')).text)).toEqual(CONTENTS.k3);
    const base64 = Buffer.from(packet).toString('base64');
    for (const layout of [
      base64,
      `${base64}\n`,
      ` ${base64.replaceAll(/(.{60})/g, '$1\r\n')}\n`,
      base64.replaceAll('=', ''),
    ])
      expect(lines((await decode(layout, '--packet', '--base64')).text)).toEqual(CONTENTS.k3);
    expect(lines((await decode(Buffer.from(MESSAGES.k6).toString('base64'), '--base64')).text)).toEqual(CONTENTS.k6);
  });

  it('has no line for a heartbeat, but a word', async () => {
    expect(await decode(MESSAGES.k13)).toEqual({ status: 0, text: '', said: 'A heartbeat: no packets.\n' });
    expect(await decode(MESSAGES.k13Empty)).toEqual({ status: 0, text: '', said: 'No packets.\n' });
  });

  it('guesses that bytes are base64 after all', async () => {
    const { status, text, said } = await decode(Buffer.from(MESSAGES.k3).toString('base64'));
    expect(status).toBe(0);
    expect(lines(text)).toMatchObject([{ reject: 'truncated' }]);
    expect(said).toContain('--base64');
  });

  it.each([
    ['no venue', []],
    ['a venue nobody knows', ['nobody', 'message']],
    ['a venue that has no recordings', ['simulator', 'message']],
    ['no file', ['kite']],
    ['two files', ['kite', 'a', 'b']],
    ['an option nobody knows', ['kite', 'a', '--hex']],
  ])('calls %s wrong usage', async (_case, args) => {
    const failed = decodeCommand.run(args, capturedIo(tempFolder()));
    await expect(failed).rejects.toBeInstanceOf(UsageError);
    await expect(failed).rejects.toThrow('decode VENUE FILE');
  });

  it('says what is wrong with a file', async () => {
    const io = capturedIo(tempFolder());
    await expect(decodeCommand.run(['kite', 'nowhere'], io)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/nowhere cannot be read \(ENOENT\)/),
    });
    await expect(decode('not base64!', '--base64')).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('is not base64 text'),
    });
  });
});

describe('decode of any venue', () => {
  const speaker: BrokerModule = {
    ...simulator,
    manifest: { ...simulator.manifest, id: 'speaker', label: 'Speaker' },
    *decode({ bytes, switches }) {
      for (const text of new TextDecoder().decode(bytes).split('\n')) yield { text, switches: [...switches] };
    },
    decodeHelp: 'Lines of text.\n  --loud   in capitals\n',
    decodeRemark: ({ bytes }) => (bytes.length === 0 ? 'Nothing was said.' : undefined),
  };
  const command = decodeCommandOf([simulator, speaker, kite]);
  const run = async (content: string, ...args: readonly string[]) => {
    const io = capturedIo(tempFolder());
    writeFileSync(join(io.cwd, 'file'), content);
    return { status: await command.run(args, io), text: io.text(), said: io.said() };
  };

  it('hands the file and the switches to the venue, and its remark to the person', async () => {
    const { text } = await run('a\nb', 'speaker', 'file', '--loud');
    expect(lines(text)).toEqual([
      { text: 'a', switches: ['loud'] },
      { text: 'b', switches: ['loud'] },
    ]);
    expect((await run('', 'speaker', 'file')).said).toBe('Nothing was said.\n');
  });

  it('names the venues that can, and explains each', async () => {
    expect(command.usage).toBe('decode VENUE FILE [--loud] [--packet] [--base64]');
    expect(command.help).toContain('speaker, kite');
    expect(command.help).toContain('decode speaker (Speaker)\n\nLines of text.');
    await expect(run('', 'simulator', 'file')).rejects.toThrow('known: speaker, kite.');
  });

  it('refuses a switch of another venue', async () => {
    await expect(run('a', 'speaker', 'file', '--packet')).rejects.toThrow('--packet is not for recordings of Speaker.');
    await expect(run('a', 'speaker', 'file', '--packet')).rejects.toBeInstanceOf(UsageError);
  });
});

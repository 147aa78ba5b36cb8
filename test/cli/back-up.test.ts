import { describe, expect, it } from 'vitest';
import { backUpCommand } from '../../src/main/cli/back-up.ts';
import { UsageError } from '../../src/main/cli/cli-command.ts';
import { runCli } from '../support/cli-run.ts';
import { DB, filled } from './covered-store.ts';

describe('back-up', () => {
  it('asks for a file, and keeps one that exists', async () => {
    const folder = filled();
    await expect(runCli(backUpCommand, DB, folder)).rejects.toBeInstanceOf(UsageError);
    await expect(runCli(backUpCommand, ['a', 'b', ...DB], folder)).rejects.toBeInstanceOf(UsageError);
    await expect(runCli(backUpCommand, ['bars.sqlite', ...DB], folder)).rejects.toThrow('exists already');
  });
});

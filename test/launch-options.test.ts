import { describe, expect, it } from 'vitest';
import { readLaunch } from '../src/main/launch-options.ts';

const read = (args: Parameters<typeof readLaunch>[0], files: readonly string[] = []) =>
  readLaunch(args, files, '/home/me');

describe('the options of a launch', () => {
  it('ask nothing', () => {
    expect(read({})).toEqual({
      port: undefined,
      apiKey: undefined,
      dataDir: undefined,
      settingsOverride: undefined,
    });
  });

  it('name the port, the folder and the key for scripts', () => {
    expect(read({ port: '0', data: 'here', 'api-key': 'abc-DEF_1.2~' })).toMatchObject({
      port: 0,
      dataDir: '/home/me/here',
      apiKey: 'abc-DEF_1.2~',
    });
  });

  it('replace the feed for this launch', () => {
    expect(read({ feed: 'kite' })).toMatchObject({ settingsOverride: { feed: { source: 'kite' } } });
    expect(read({ feed: 'simulator', speed: '500' })).toMatchObject({
      settingsOverride: { feed: { source: 'simulator', simulator: { speed: 500 } } },
    });
  });

  it('take files as a replay, wherever they are', () => {
    expect(read({ file: ['a.csv', '/data/b.csv'], speed: '0' }, ['c.csv'])).toMatchObject({
      settingsOverride: {
        feed: { source: 'replay', replay: { files: ['/home/me/a.csv', '/data/b.csv', '/home/me/c.csv'], speed: 0 } },
      },
    });
  });

  it('leave the files of the settings alone where none is named', () => {
    expect(read({ feed: 'replay' })).toMatchObject({ settingsOverride: { feed: { source: 'replay', replay: {} } } });
  });

  it.each([
    [{ port: '70000' }, '--port takes a number from 0 to 65535'],
    [{ port: '-1' }, '--port takes'],
    [{ port: '80x' }, '--port takes'],
    [{ port: '' }, '--port takes'],
    [{ feed: 'zerodha' }, '--feed takes simulator, replay, kite'],
    [{ feed: 'kite', file: ['a.csv'] }, 'Only --feed replay reads files'],
    [{ speed: '5' }, '--speed goes with'],
    [{ feed: 'simulator', speed: '0' }, '--speed takes a number from 1 to 1000'],
    [{ feed: 'replay', speed: 'fast' }, '--speed takes a number from 0'],
    [{ feed: 'replay', speed: '' }, '--speed takes'],
    [{ 'api-key': '' }, 'letters, digits'],
    [{ 'api-key': 'with blanks and &' }, 'letters, digits'],
    [{ data: '' }, '--data takes a folder'],
  ])('refuse %o with a sentence', (args, words) => {
    expect(read(args)).toContain(words);
  });
});

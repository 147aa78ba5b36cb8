import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BROKERS } from '../../src/main/brokers/registry.ts';

const TESTS = join(import.meta.dirname, '..', 'brokers');

/** All tests of one broker, as one text. */
function testsOf(id: string): string {
  const names = readdirSync(join(TESTS, id)).filter((name) => name.endsWith('.test.ts'));
  return names.map((name) => readFileSync(join(TESTS, id, name), 'utf8')).join('\n');
}

function sourceOf(name: string): string {
  return readFileSync(join(import.meta.dirname, name), 'utf8');
}

/** The rows of the table in `feed-contract.ts`: a promise, and a sign for each feed. */
const TABLE = sourceOf('feed-contract.ts')
  .split('\n')
  .flatMap((line) => {
    const [, promise = '', signs] = /^ \* {5}(\S.*?) {2,}(x[x -]*)$/.exec(line) ?? [];
    return signs === undefined ? [] : [{ promise: promise.replace(/ …$/, ''), signs: signs.replaceAll(' ', '') }];
  });
const PROMISES = ['feed-contract.ts', 'network-feed-contract.ts'].map((name) =>
  [...sourceOf(name).matchAll(/^ {4}it\('([^']+)'/gm)].map(([, promise = '']) => promise),
);
const IDS = BROKERS.map(({ manifest }) => manifest.id);
const VENUES = BROKERS.filter(({ manifest }) => manifest.world === 'market').map(({ manifest }) => manifest.id);

describe('every feed of the registry', () => {
  it.each(IDS)('keeps the promises of a feed: %s', (id) => {
    expect(testsOf(id)).toMatch(new RegExp(`\\bdescribe(Network)?Feed\\('${id}', `));
  });

  it.each(VENUES)('keeps those of a feed over a network, with hooks for all: %s', (id) => {
    const [, contract = ''] = testsOf(id).split(`describeNetworkFeed('${id}', `);
    for (const hook of ['speak', 'cut', 'garble', 'attempts', 'lines', 'mute', 'close'])
      expect(contract, hook).toMatch(new RegExp(`\\b${hook}(\\(|:)`));
    const { login, credentialFields = [] } = BROKERS.find(({ manifest }) => manifest.id === id)?.manifest ?? {};
    if (login !== undefined || credentialFields.length > 0) expect(contract).toMatch(/\bexpire\(/);
  });

  it.each(VENUES)('has its frames damaged: %s', (id) => {
    expect(testsOf(id)).toContain(`describeDamage('${id}', `);
  });

  it('stands in the table of promises, which has all of them', () => {
    const [header = ''] = /promise, as its test is called.*/.exec(sourceOf('feed-contract.ts')) ?? [];
    expect(header.split(/\s+/).slice(-IDS.length)).toEqual(IDS);
    const all = PROMISES.flat();
    expect(TABLE).toHaveLength(all.length);
    for (const [row, promise] of all.entries())
      expect(promise.startsWith(TABLE[row]?.promise ?? '?'), promise).toBe(true);
    for (const { promise, signs } of TABLE.slice(0, PROMISES[0]?.length))
      expect(signs, promise).toBe('x'.repeat(IDS.length));
    for (const { promise, signs } of TABLE.slice(PROMISES[0]?.length))
      expect(signs.length, promise).toBe(VENUES.length);
  });
});

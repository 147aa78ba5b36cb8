import { describe, expect, it } from 'vitest';
import { createHsmReader } from '../../../src/main/brokers/fyers/hsm-reader.ts';
import { readMapping, STATIC_LAYOUTS } from '../../../src/main/brokers/fyers/mapping.ts';
import { mappingText } from '../../fakes/fyers-frames.ts';
import { eventsOf, recordsOf } from './events-of.ts';
import { ANSWERS, bytesOf, DATA, MAPPED } from './worked-examples.ts';

const read = (hex: string) => recordsOf(createHsmReader(), bytesOf(hex));

describe('answers of the data socket', () => {
  it.each([
    [ANSWERS.loginRefused, { type: 'cn', s: 'error', code: 11001 }],
    [ANSWERS.loginRefusedWithInterval, { type: 'cn', s: 'error', code: 11001 }],
    [ANSWERS.loginWithout, { type: 'cn', s: 'ok', code: 200, acknowledgeEvery: 0, mapping: false }],
    [ANSWERS.loginEverySecond, { type: 'cn', s: 'ok', acknowledgeEvery: 2, mapping: false }],
    [MAPPED.login, { type: 'cn', s: 'ok', acknowledgeEvery: 0, mapping: true }],
    [ANSWERS.subscribed, { type: 'sub', s: 'ok', code: 200, message: 'successful' }],
    [ANSWERS.subscribeRefused, { type: 'sub', s: 'error', code: 11011 }],
    [ANSWERS.unsubscribed, { type: 'unsub', s: 'ok' }],
    [ANSWERS.paused, { type: 'cp', s: 'ok' }],
    [ANSWERS.resumeRefused, { type: 'cr', s: 'error', code: 11032 }],
    [ANSWERS.modeSet, { type: 'ful', s: 'ok' }],
    [ANSWERS.unknown, { type: 'unknown', frameType: 13 }],
  ])('%s', (hex, record) => {
    expect(read(hex)).toEqual([expect.objectContaining({ kind: 'control', ...record })]);
  });

  it.each([
    ['no status', '0002 04 00'],
    ['an empty status', '0005 04 01 01 0000'],
    ['a field longer than the frame', '0006 04 01 01 0009 4b'],
    ['more fields than there are', '0006 04 09 01 0001 4b'],
    ['an interval of two bytes', '000b 01 02 01 0001 4b 02 0002 0001'],
  ])('with %s are refused', (_case, hex) => {
    expect(read(hex)).toEqual([expect.objectContaining({ kind: 'error' })]);
  });

  it('with a mapping that is none keep the usual order', () => {
    const broken = Buffer.from('{"fields":');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(broken.length);
    const reader = createHsmReader();
    const login = bytesOf(
      `0000 01 03 01 0001 4b 02 0004 00000002 03 ${length.toString('hex')} ${broken.toString('hex')}`,
    );
    expect(eventsOf(reader, login)).toEqual([{ type: 'login', ok: true, acknowledgeEvery: 2, mapping: false }]);
    expect(recordsOf(reader, bytesOf(DATA.snapshot))).toMatchObject([{ symbol: 'NSE:SBIN-EQ', ltp: 606.4 }]);
  });
});

describe('the mapping', () => {
  it('in the usual order is what we take for granted', () => {
    expect(readMapping(mappingText())).toEqual(STATIC_LAYOUTS);
  });

  it.each(['', '[]', '{}', 'null', '{"fields":1}'])('is not found in "%s"', (text) => {
    expect(readMapping(text)).toBeUndefined();
  });

  it('may hold fields nobody knows, and nonsense, which is passed over', () => {
    const text = JSON.stringify({
      fields: [{ fid: 's999', fld: 'new', dataType: 'Number' }, 7, { fid: 1 }],
      scrip: ['s999', 's105', null],
      index: 'none',
      scrip_lite: { hfid: -1 },
      depth_lite: { hfid: 9 },
    });
    const layouts = readMapping(text);
    expect(layouts?.sf.fields.map(({ name }) => name)).toEqual(['new', 'ltp', 'null']);
    expect(layouts?.if).toEqual(STATIC_LAYOUTS.if);
    expect([layouts?.sf.liteCount, layouts?.dp.liteCount]).toEqual([1, 0]);
  });
});

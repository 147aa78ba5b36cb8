import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Told } from '../../src/contract/events.ts';
import type { Alert } from '../../src/core/alert.ts';
import type { InstrumentKey } from '../../src/core/brand.ts';
import { bestVoice, createSpeaker } from '../../src/renderer/src/live/alert-speech.ts';
import { spokenName } from '../../src/renderer/src/live/spoken-name.ts';
import { createFakeEngine } from './fake-engine.ts';
import { alertOf } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
// After the stub, because the stores remember through localStorage from the moment they are made.
const { applyEvents, applySnapshot } = await import('../../src/renderer/src/live/apply.ts');
const { playAlertSounds } = await import('../../src/renderer/src/live/alert-sound.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');

const LOUD: Told = { sound: true, spoken: false, volume: 0.6 };

beforeEach(async () => {
  applySnapshot(await createEngineClient(createFakeEngine().transport).invoke('app.snapshot', null));
});

function listening() {
  let now = 10_000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const [play, say] = [vi.fn(), vi.fn()];
  const stop = playAlertSounds(play, say);
  onTestFinished(() => {
    stop();
    vi.restoreAllMocks();
  });
  const raise = (symbol: string, side: 'buy' | 'sell', told: Partial<Told> = {}, other: Partial<Alert> = {}): void =>
    applyEvents([
      { type: 'alert', alert: { ...alertOf(symbol, side, 7, false), ...other }, told: { ...LOUD, ...told } },
    ]);
  return { play, say, raise, stop, wait: (ms: number) => (now += ms) };
}

describe('the sound of an alert', () => {
  it('tells the side, as loud as it is told, once for a burst', () => {
    const { play, raise, wait } = listening();
    raise('INFY', 'sell', { volume: 0.3 });
    raise('ITC', 'buy');
    wait(699);
    raise('ITC', 'buy');
    expect(play.mock.calls).toEqual([['sell', 0.3]]);
    wait(1);
    raise('LT', 'buy');
    expect(play.mock.calls.at(-1)).toEqual(['buy', 0.6]);
  });

  it.each<[string, Partial<Told>, Partial<Alert>]>([
    ['the engine says so', { sound: false }, {}],
    ['the volume is nothing', { volume: 0, spoken: true }, {}],
    ['the alert was found late', { spoken: true }, { late: true }],
  ])('is left out when %s', (_case, told, alert) => {
    const { play, say, raise } = listening();
    raise('INFY', 'buy', told, alert);
    expect(play).not.toHaveBeenCalled();
    expect(say).not.toHaveBeenCalled();
  });

  it('ends with the screen', () => {
    const { play, raise, stop } = listening();
    stop();
    raise('INFY', 'buy');
    expect(play).not.toHaveBeenCalled();
  });

  it('may be words instead, or as well, also within a burst', () => {
    const { play, say, raise } = listening();
    raise('RELIANCE', 'buy', { spoken: true });
    raise('INFY', 'sell', { spoken: true, sound: false, volume: 1 });
    expect(play).toHaveBeenCalledTimes(1);
    expect(say.mock.calls).toEqual([
      ['buy Reliance', 0.6],
      ['sell Infy', 1],
    ]);
  });
});

describe('a name that is spoken', () => {
  it.each([
    ['NSE:RELIANCE', 'Reliance Industries Ltd.', 'Reliance'],
    ['NSE:HDFCBANK', 'HDFC Bank Limited', 'HDFC Bank'],
    ['NSE:M&M', 'Mahindra & Mahindra Ltd', 'Mahindra and Mahindra'],
    ['NSE:TCS', 'Tata Consultancy Services Limited', 'Tata Consultancy Services'],
    ['BINANCE:BTCUSDT', 'Bitcoin / Tether', 'Bitcoin Tether'],
    ['NSE:TEST', undefined, 'TEST'],
    ['NSE:ODD', ' ', 'ODD'],
  ])('of %s, %s, is %s', (key, name, spoken) => {
    expect(spokenName(key as InstrumentKey, name === undefined ? undefined : { name })).toBe(spoken);
  });
});

describe('a voice', () => {
  const voice = (lang: string) => ({ lang });

  it('is Indian English before any other English, and left to the browser where there is none', () => {
    const all = ['hi-IN', 'en-US', 'en-GB', 'en_IN'].map(voice);
    expect(bestVoice(all)?.lang).toBe('en_IN');
    expect(bestVoice(all.slice(0, 3))?.lang).toBe('en-GB');
    expect(bestVoice(all.slice(0, 2))?.lang).toBe('en-US');
    expect(bestVoice([voice('hi-IN'), voice('enm')])).toBeUndefined();
  });
});

describe('a speaker', () => {
  function speaker() {
    const said: SpeechSynthesisUtterance[] = [];
    const synthesis = { speaking: true, pending: false, getVoices: () => [], speak: said.push.bind(said) };
    // The part of an utterance that is looked at.
    const utterance = (text: string) => ({ text }) as SpeechSynthesisUtterance;
    const end = (index: number): void => {
      const over = said[index]?.onend as (() => void) | undefined;
      over?.();
    };
    return {
      synthesis,
      said,
      end,
      say: createSpeaker({ synthesis, utterance }),
      texts: () => said.map(({ text }) => text),
    };
  }

  it('says the first few of a burst and counts the rest', () => {
    const { say, texts, end } = speaker();
    for (const name of ['A', 'B', 'C', 'D', 'E']) say(`buy ${name}`, 0.5);
    expect(texts()).toEqual(['buy A', 'buy B', 'buy C']);
    end(0);
    end(1);
    expect(texts()).toHaveLength(3);
    end(2);
    expect(texts().at(-1)).toBe('and 2 more');
    end(3);
    say('buy F', 0.5);
    expect(texts().at(-1)).toBe('buy F');
  });

  it('goes on when the browser forgot to say that it was done', () => {
    const { say, texts, synthesis } = speaker();
    for (const name of ['A', 'B', 'C']) say(`buy ${name}`, 0.5);
    synthesis.speaking = false;
    say('buy D', 0.5);
    expect(texts().at(-1)).toBe('buy D');
  });

  it('speaks as loud as it is told, in Indian English', () => {
    const { say, said } = speaker();
    say('buy A', 0.25);
    expect(said[0]).toMatchObject({ text: 'buy A', volume: 0.25, lang: 'en-IN' });
  });

  it('is silent where nothing speaks', () => {
    expect(() => createSpeaker()('buy A', 1)).not.toThrow();
  });
});

/** Says a sentence at a volume from 0 to 1. */
export type Say = (sentence: string, volume: number) => void;

/** The sound before it has to end. */
const AFTER_SOUND_MS = 700;

/** More sentences than this in a row nobody listens to. */
const MOST_WAITING = 3;

/** The part of a browser that speaks; undefined where there is none. */
export interface Speech {
  readonly synthesis: Pick<SpeechSynthesis, 'speaking' | 'pending' | 'getVoices' | 'speak'>;
  utterance(sentence: string): SpeechSynthesisUtterance;
}

/**
 * Says sentences one after another, by an Indian English voice where there is one. Of a burst the first few are said
 * and the rest is counted. Silent where nothing speaks.
 */
export function createSpeaker(speech: Speech | undefined = browserSpeech()): Say {
  let waiting = 0;
  let left = 0;
  const say = (sentence: string, volume: number): void => {
    if (speech === undefined) return;
    const utterance = speech.utterance(sentence);
    const voice = bestVoice(speech.synthesis.getVoices());
    utterance.lang = voice?.lang ?? 'en-IN';
    if (voice !== undefined) utterance.voice = voice;
    utterance.volume = volume;
    const over = (): void => {
      waiting = Math.max(0, waiting - 1);
      if (waiting > 0 || left === 0) return;
      const rest = left;
      left = 0;
      say(`and ${rest} more`, volume);
    };
    utterance.onend = over;
    utterance.onerror = over;
    waiting += 1;
    speech.synthesis.speak(utterance);
  };
  return (sentence, volume) => {
    if (speech === undefined) return;
    // Browsers forget now and then to say that they are done.
    if (!speech.synthesis.speaking && !speech.synthesis.pending) [waiting, left] = [0, 0];
    if (waiting >= MOST_WAITING) left += 1;
    else say(sentence, volume);
  };
}

/** Indian English first, then any English; the browser's own choice where it has neither. */
export function bestVoice<Voice extends Pick<SpeechSynthesisVoice, 'lang'>>(
  voices: readonly Voice[],
): Voice | undefined {
  const of = (wanted: RegExp): Voice | undefined => voices.find(({ lang }) => wanted.test(lang));
  return of(/^en[-_]in$/i) ?? of(/^en[-_]gb$/i) ?? of(/^en\b|^en_/i);
}

/** As `say`, once the sound that came before is over. */
export function afterSound(say: Say): Say {
  return (sentence, volume) => {
    setTimeout(() => say(sentence, volume), AFTER_SOUND_MS);
  };
}

function browserSpeech(): Speech | undefined {
  if (typeof speechSynthesis === 'undefined') return undefined;
  return { synthesis: speechSynthesis, utterance: (sentence) => new SpeechSynthesisUtterance(sentence) };
}

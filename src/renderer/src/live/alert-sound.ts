import type { Alert } from '../../../core/alert.ts';
import { onAlertRaised } from '../stores/alert-store.ts';
import { useSettingsStore } from '../stores/settings-store.ts';
import { afterSound, createSpeaker, type Say } from './alert-speech.ts';
import { spokenName } from './spoken-name.ts';

type Play = (side: Alert['signal']['side'], volume: number) => void;

/** A burst of signals, as at the close of a bar, is one sound. */
const APART_MS = 700;

/** Plays a sound for each new alert and speaks it, as its rule and the settings want it. Returns the way to stop. */
export function playAlertSounds(play: Play = playFile, say: Say = afterSound(createSpeaker())): () => void {
  let playedAt = -Infinity;
  return onAlertRaised(({ late, signal: { side, instrument } }, { sound, spoken, volume }) => {
    if (late || volume === 0) return;
    if (spoken) say(`${side} ${spokenName(instrument, useSettingsStore.getState().byKey.get(instrument))}`, volume);
    const now = performance.now();
    if (!sound || now - playedAt < APART_MS) return;
    playedAt = now;
    play(side, volume);
  });
}

/** Silence is no failure: the file may be missing, the browser may wait for a first click, the machine may be mute. */
export function playFile(side: Alert['signal']['side'], volume: number): void {
  const sound = new Audio(`./sounds/${side}.wav`);
  sound.volume = volume;
  sound.play().catch(() => undefined);
}

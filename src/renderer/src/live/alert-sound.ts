import type { Alert } from '../../../core/alert.ts';
import { onAlertRaised } from '../stores/alert-store.ts';
import { useSettingsStore } from '../stores/settings-store.ts';

/** A burst of signals, as at the close of a bar, is one sound. */
const APART_MS = 700;

/** Plays a sound for each new alert, as loud as the settings say. Returns the way to stop. */
export function playAlertSounds(play: (side: Alert['signal']['side'], volume: number) => void = playFile): () => void {
  let playedAt = -Infinity;
  return onAlertRaised(({ late, signal }) => {
    const alerts = useSettingsStore.getState().settings?.alerts;
    if (late || alerts === undefined || !alerts.sound || alerts.volume === 0) return;
    const now = performance.now();
    if (now - playedAt < APART_MS) return;
    playedAt = now;
    play(signal.side, alerts.volume);
  });
}

/** Silence is no failure: the file may be missing, the browser may wait for a first click, the machine may be mute. */
function playFile(side: Alert['signal']['side'], volume: number): void {
  const sound = new Audio(`./sounds/${side}.wav`);
  sound.volume = volume;
  sound.play().catch(() => undefined);
}

// Writes the two alert sounds: soft two-tone chimes, rising for a buy and falling for a sell.
// Run it after changing the notes: node scripts/make-sounds.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const RATE = 22_050;
const NOTE_SECONDS = 0.16;
const TAIL_SECONDS = 0.35;
const E5 = 659.26;
const A5 = 880;

/** Notes one after another, each a sine with a little of its octave, struck softly and fading. */
function chime(notes) {
  const samples = new Float64Array(
    Math.round(RATE * (NOTE_SECONDS * (notes.length - 1) + TAIL_SECONDS + NOTE_SECONDS)),
  );
  notes.forEach((frequency, index) => {
    const start = Math.round(RATE * NOTE_SECONDS * index);
    for (let at = start; at < samples.length; at += 1) {
      const seconds = (at - start) / RATE;
      const strike = Math.min(1, seconds / 0.012);
      const fade = Math.exp(-seconds * 9);
      const phase = 2 * Math.PI * frequency * seconds;
      samples[at] += 0.32 * strike * fade * (Math.sin(phase) + 0.25 * Math.sin(2 * phase));
    }
  });
  return samples;
}

/** 16-bit mono PCM in a RIFF container. */
function wav(samples) {
  const file = Buffer.alloc(44 + 2 * samples.length);
  file.write('RIFF', 0, 'ascii');
  file.writeUInt32LE(36 + 2 * samples.length, 4);
  file.write('WAVEfmt ', 8, 'ascii');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(RATE, 24);
  file.writeUInt32LE(2 * RATE, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'ascii');
  file.writeUInt32LE(2 * samples.length, 40);
  samples.forEach((sample, index) => {
    file.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + 2 * index);
  });
  return file;
}

const folder = join(import.meta.dirname, '..', 'src', 'renderer', 'public', 'sounds');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'buy.wav'), wav(chime([E5, A5])));
writeFileSync(join(folder, 'sell.wav'), wav(chime([A5, E5])));

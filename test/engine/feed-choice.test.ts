import { describe, expect, it } from 'vitest';
import type { BrokerManifest } from '../../src/contract/manifest.ts';
import { mergeSettings, type SettingsPatch, settingsSchema } from '../../src/contract/settings.ts';
import { checkFeed } from '../../src/main/engine/feed-choice.ts';
import { MANIFEST } from '../support/world.ts';

const VENUE: BrokerManifest = {
  ...MANIFEST,
  options: [{ kind: 'switch', name: 'quiet', label: 'Quiet', hint: '', initial: false }],
};

/** Settings that another version has left behind, and a change to them. */
function changed(left: SettingsPatch, patch: SettingsPatch): () => void {
  const before = settingsSchema.parse(mergeSettings(settingsSchema.parse({ feed: { source: 'kite' } }), left));
  const next = settingsSchema.parse(mergeSettings(before, patch));
  return () => checkFeed(next, before, [VENUE]);
}

describe('options that another version knew', () => {
  const left = { feed: { options: { kite: { gone: 3, quiet: 'maybe' } } } } as const;

  it('do not keep the others from being changed', () => {
    expect(changed(left, { feed: { options: { kite: { quiet: true } } } })).not.toThrow();
  });

  it('are refused when they are set anew', () => {
    expect(changed(left, { feed: { options: { kite: { gone: 4 } } } })).toThrow('no option named gone');
  });
});

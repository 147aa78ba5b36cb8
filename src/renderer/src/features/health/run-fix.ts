import type { Fix } from '../../../../contract/doctor.ts';
import { attempt } from '../../live/engine.ts';
import { logIn } from '../../live/log-in.ts';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings } from '../../stores/ui-store.ts';

/** Does what a finding about `venue` offers. Settles when the engine has taken it on. */
export async function runFix(fix: Fix, venue: string): Promise<void> {
  const { update, brokers } = useSettingsStore.getState();
  switch (fix) {
    case 'log-in':
      await logIn(venue);
      break;
    case 'open-settings':
      openSettings('feed', venue);
      break;
    // A feed that starts anew asks for its instruments anew.
    case 'reconnect':
    case 'refresh-instruments':
      await attempt('feed.reconnect', null);
      break;
    case 'switch-to-polling':
      await update({ feed: { mode: 'polling' } });
      break;
    case 'switch-to-simulator': {
      const made = brokers.find(({ manifest }) => manifest.world === 'simulated');
      if (made !== undefined) await update({ feed: { source: made.manifest.id } });
      break;
    }
  }
}

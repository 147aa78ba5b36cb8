import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings, useUiStore } from '../../stores/ui-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import './welcome.css';

/** The first start asks nothing: the simulated market runs. This line says so, and what else there is. */
export function WelcomeBanner(): ReactElement | null {
  const welcomed = useUiStore((state) => state.welcomed);
  const source = useSettingsStore((state) => state.settings?.feed.source);
  const broker = useSettingsStore(
    ({ brokers }) => brokers.find(({ manifest }) => manifest.world === 'market')?.manifest.id,
  );
  if (welcomed || source !== 'simulator') return null;
  return (
    <aside className="welcome" aria-label="Welcome">
      <p>
        You are looking at a <b>simulated market</b>. Its prices are made up.
      </p>
      <button type="button" className="link-button" onClick={() => openSettings('feed', 'replay')}>
        Replay a file
      </button>
      <button type="button" className="link-button" onClick={() => openSettings('feed', broker)}>
        Connect a broker
      </button>
      <IconButton label="Close this line" small onClick={() => useUiStore.setState({ welcomed: true })}>
        <X aria-hidden />
      </IconButton>
    </aside>
  );
}

import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BrokerManifest } from '../../../../contract/manifest.ts';
import { brokerOf, useSettingsStore } from '../../stores/settings-store.ts';
import { openSettings, useUiStore } from '../../stores/ui-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import './welcome.css';

const close = (): void => {
  useUiStore.setState({ welcomed: true });
};

/** The first start asks nothing: the simulated market runs. This line says so, and offers the three ways to go on. */
export function WelcomeBanner(): ReactElement | null {
  const welcomed = useUiStore((state) => state.welcomed);
  const isMade = useSettingsStore(
    (state) => brokerOf(state, state.settings?.feed.source)?.manifest.world === 'simulated',
  );
  if (welcomed || !isMade) return null;
  return (
    <aside className="welcome" aria-label="Welcome">
      <p>
        You are looking at a <b>simulated market</b>. Its prices are made up.
      </p>
      <button type="button" className="button" onClick={close}>
        Look around here
      </button>
      <Way world="replay">Replay a file</Way>
      <Way world="market">Connect a broker</Way>
      <IconButton label="Close this line" small onClick={close}>
        <X aria-hidden />
      </IconButton>
    </aside>
  );
}

/** Opens Settings at the first feed of a world. */
function Way({
  world,
  children,
}: {
  readonly world: BrokerManifest['world'];
  readonly children: string;
}): ReactElement {
  const first = useSettingsStore(
    ({ brokers }) => brokers.find(({ manifest }) => manifest.world === world)?.manifest.id,
  );
  return (
    <button type="button" className="button" onClick={() => openSettings('feed', first)}>
      {children}
    </button>
  );
}

import { Tooltip } from '@base-ui/react/tooltip';
import { Unplug } from 'lucide-react';
import { type ReactElement, useEffect } from 'react';
import { KeyHelp } from './features/keys/key-help.tsx';
import { TypedHint } from './features/keys/typed-hint.tsx';
import { useKeys } from './features/keys/use-keys.ts';
import { LoginBanner } from './features/login/login-banner.tsx';
import { OutcomesDialog } from './features/outcomes/outcomes-dialog.tsx';
import { Palette } from './features/palette/palette.tsx';
import { RuleDialog } from './features/scan/rule-dialog.tsx';
import { RuleFileDialog } from './features/scan/rule-file-dialog.tsx';
import { SettingsDialog } from './features/settings/settings-dialog.tsx';
import { StatusStrip } from './features/status-strip/status-strip.tsx';
import { TopBar } from './features/top-bar/top-bar.tsx';
import { WelcomeBanner } from './features/welcome/welcome-banner.tsx';
import { Workspace } from './features/workspace/workspace.tsx';
import { useFeedStore } from './stores/feed-store.ts';
import { useSettingsStore } from './stores/settings-store.ts';
import { Notices } from './ui/notices.tsx';
import { followSystem } from './ui/theme.ts';

/** The whole screen, top to bottom. */
export function App(): ReactElement {
  useKeys();
  const appearance = useSettingsStore((state) => state.settings?.appearance);
  useEffect(() => (appearance === undefined ? undefined : followSystem(appearance)), [appearance]);

  return (
    <Tooltip.Provider delay={500}>
      <div className="app">
        <TopBar />
        <EngineGone />
        <LoginBanner />
        <WelcomeBanner />
        <Workspace />
        <StatusStrip />
      </div>
      <Palette />
      <SettingsDialog />
      <RuleDialog />
      <RuleFileDialog />
      <OutcomesDialog />
      <KeyHelp />
      <TypedHint />
      <Notices />
    </Tooltip.Provider>
  );
}

/** Shown once the engine has been there and is no more. Until it is back, everything on the screen is old. */
function EngineGone(): ReactElement | null {
  const gone = useFeedStore((state) => !state.connected && state.generation > 0);
  if (!gone) return null;
  return (
    <div className="engine-gone" role="alert">
      <Unplug aria-hidden />
      <p>
        <b>The engine has stopped.</b> What you see is old. Start Tickscope again and open the link it prints.
      </p>
    </div>
  );
}

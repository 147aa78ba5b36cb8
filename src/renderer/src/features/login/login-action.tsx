import { ExternalLink, KeyRound, LogIn } from 'lucide-react';
import type { ReactElement } from 'react';
import type { BrokerState } from '../../../../contract/events.ts';
import { forgetLogin, isInBrowser, logIn } from '../../live/log-in.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { type LoginTask, useLoginStore } from '../../stores/login-store.ts';
import { openSettings } from '../../stores/ui-store.ts';
import { WaitLine } from '../../ui/wait-line.tsx';
import { loginWay } from './login-words.ts';
import './login.css';

interface LoginActionProps {
  readonly broker: BrokerState;
  /** What stands still for want of it: the button is the first thing to press. */
  readonly primary?: boolean;
  /** The form stands beside it: no button leads there. */
  readonly besideForm?: boolean;
}

/** The one button that gets a broker its login, what becomes of it, and why it failed. */
export function LoginAction({ broker, primary = true, besideForm = false }: LoginActionProps): ReactElement | null {
  const { id } = broker.manifest;
  const connected = useFeedStore((state) => state.connected);
  const task = useLoginStore((state) => (state.task?.broker === id ? state.task : undefined));
  const way = loginWay(broker);
  const classes = primary ? 'button primary' : 'button';

  if (way === 'enter') {
    if (besideForm) return null;
    return (
      <button type="button" className={classes} onClick={() => openSettings('feed', id)}>
        <KeyRound aria-hidden />
        Enter credentials
      </button>
    );
  }
  if (task?.phase === 'running') return <WaitLine>Logging in …</WaitLine>;
  if (task?.phase === 'page') return <OnPage task={task} />;
  return (
    <span className="login-action">
      {task?.problem === undefined ? null : (
        <span role="alert" className="login-problem">
          {task.problem}
        </span>
      )}
      <button type="button" className={classes} disabled={!connected} onClick={() => void logIn(id)}>
        <LogIn aria-hidden />
        {task === undefined ? 'Log in' : 'Try again'}
      </button>
      {task === undefined || besideForm ? null : (
        <button type="button" className="button" onClick={() => openSettings('feed', id)}>
          Enter credentials
        </button>
      )}
    </span>
  );
}

/** The person logs in elsewhere. It goes away by itself once that has worked. */
function OnPage({ task: { url } }: { readonly task: LoginTask }): ReactElement {
  return (
    <span className="login-action">
      <span role="status">
        {isInBrowser()
          ? 'Finish the login on the page that has opened.'
          : 'Finish the login in the window that has opened.'}
      </span>
      {isInBrowser() && url !== undefined ? (
        <a className="button" href={url} target="_blank" rel="noopener noreferrer">
          <ExternalLink aria-hidden />
          Open it again
        </a>
      ) : null}
      <button type="button" className="button" onClick={forgetLogin}>
        Cancel
      </button>
    </span>
  );
}

import { CircleAlert, Info, X } from 'lucide-react';
import { type ReactElement, type ReactPortal, useEffect } from 'react';
import { createPortal } from 'react-dom';
import { dismissNotice, type Notice, useNoticeStore } from '../stores/notice-store.ts';
import { IconButton } from './icon-button.tsx';

const INFO_STAYS_MS = 6_000;

/** Lines at the lower right, over dialogs too. Errors stay until they are closed; the rest leaves by itself. */
export function Notices(): ReactPortal {
  const notices = useNoticeStore((state) => state.notices);
  return createPortal(
    <section className="notices" aria-label="Notices" aria-live="polite">
      {notices.map((notice) => (
        <NoticeLine key={notice.id} notice={notice} />
      ))}
    </section>,
    document.body,
  );
}

function NoticeLine({ notice: { id, level, text } }: { readonly notice: Notice }): ReactElement {
  useEffect(() => {
    if (level === 'error') return undefined;
    const timer = setTimeout(() => dismissNotice(id), INFO_STAYS_MS);
    return () => clearTimeout(timer);
  }, [id, level]);

  return (
    <div className="notice" data-level={level} role={level === 'error' ? 'alert' : undefined}>
      {level === 'error' ? <CircleAlert aria-hidden /> : <Info aria-hidden />}
      <p>{text}</p>
      <IconButton label="Dismiss" small onClick={() => dismissNotice(id)}>
        <X />
      </IconButton>
    </div>
  );
}

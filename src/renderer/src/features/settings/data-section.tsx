import type { ReactElement } from 'react';
import type { Settings } from '../../../../contract/settings.ts';
import { formatBytes } from '../../format/quantity.ts';
import { invoke } from '../../live/engine.ts';
import { useFeedStore } from '../../stores/feed-store.ts';
import { FormRow, SwitchRow } from '../../ui/form-row.tsx';
import { DeedOutcome } from './deed-outcome.tsx';
import { ExportForm } from './export-form.tsx';
import { RecordingRows } from './recording-rows.tsx';
import { RetentionRows } from './retention-rows.tsx';
import { SectionFrame } from './section-frame.tsx';
import { useDeed } from './use-deed.ts';
import { useSave } from './use-save.ts';
import './data-section.css';

/** What is kept, for how long, and how it leaves the app. */
export function DataSection({ settings }: { readonly settings: Settings }): ReactElement {
  const { problem, save } = useSave();
  const backup = useDeed();
  const size = useFeedStore((state) => state.stats?.databaseBytes);
  return (
    <SectionFrame title="Data" problem={problem}>
      <p className="settings-lead">
        The database of this feed holds {formatBytes(size)}. Bars from five seconds up are always recorded.
      </p>
      <h4>Also record</h4>
      <RecordingRows recording={settings.recording} save={save} />
      <h4>Keep</h4>
      <RetentionRows storage={settings.storage} save={save} />
      <h4>Back up</h4>
      <FormRow
        label="Copy the database"
        hint="Into the folder “backups” in the data folder. Prices keep coming meanwhile."
      >
        {(ids) => (
          <button
            {...ids}
            type="button"
            className="button"
            aria-label="Back up now"
            disabled={backup.busy}
            onClick={() => void backup.run(() => invoke('store.backUp', null))}
          >
            Back up now
          </button>
        )}
      </FormRow>
      <DeedOutcome deed={backup} doing="Copying the database …" />
      <h4>Export</h4>
      <ExportForm />
      <h4>Calendar</h4>
      <SwitchRow
        label="Ask the exchange for its holidays"
        hint="Once a day, while a real market is watched. The list is checked first; what it does not tell stays as it is."
        checked={settings.calendar.refresh}
        onChange={(refresh) => void save({ calendar: { refresh } })}
      />
    </SectionFrame>
  );
}

import type { ReactElement } from 'react';
import type { Rule } from '../../../../core/rule.ts';
import { editDraft, useRuleDesk } from '../../stores/rule-desk.ts';
import { SwitchRow } from '../../ui/form-row.tsx';
import { ChannelRows } from './channel-rows.tsx';
import { PaperRows } from './paper-rows.tsx';
import { SentenceRows } from './sentence-rows.tsx';
import { TextDraftRow } from './text-draft-row.tsx';
import { WhenRows } from './when-rows.tsx';
import { WhereRows } from './where-rows.tsx';

/** Everything a rule says, top to bottom as a person thinks of it: what, where, when, and whom it tells. */
export function RuleForm({ draft }: { readonly draft: Rule }): ReactElement {
  const isNew = useRuleDesk((state) => state.isNew);
  return (
    <div className="rule-form">
      <section>
        <TextDraftRow label="Name" value={draft.name} most={80} onChange={(name) => editDraft({ name })} />
        <TextDraftRow
          label="Note"
          hint="One line that says what it is for."
          value={draft.note}
          most={300}
          onChange={(note) => editDraft({ note })}
        />
        <SwitchRow
          label="On"
          hint={isNew ? 'Looks as soon as it is saved.' : 'Whether the rule looks at all.'}
          checked={draft.enabled}
          onChange={(enabled) => editDraft({ enabled })}
        />
      </section>
      <section>
        <h3>Looks for</h3>
        <SentenceRows draft={draft} />
      </section>
      <section>
        <h3>Where</h3>
        <WhereRows draft={draft} />
      </section>
      <section>
        <h3>When</h3>
        <WhenRows draft={draft} />
      </section>
      <section>
        <h3>Tells by</h3>
        <ChannelRows channels={draft.channels} onChange={(channels) => editDraft({ channels })} />
      </section>
      <section>
        <h3>Trades on paper</h3>
        <PaperRows plan={draft.paper} onChange={(paper) => editDraft({ paper })} />
      </section>
    </div>
  );
}

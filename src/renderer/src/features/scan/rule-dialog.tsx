import { Tabs } from '@base-ui/react/tabs';
import { CircleAlert } from 'lucide-react';
import { type KeyboardEvent, type ReactElement, useEffect, useState } from 'react';
import type { Rule } from '../../../../core/rule.ts';
import { mustPreview, usePreviewStore } from '../../stores/preview-store.ts';
import { clearDesk, isDirty, RULE_PAGES, type RulePage, useRuleDesk } from '../../stores/rule-desk.ts';
import { closeOverlay, useUiStore } from '../../stores/ui-store.ts';
import { DialogFrame } from '../../ui/dialog-frame.tsx';
import { NoisePage } from './noise-page.tsx';
import { PastPage } from './past-page.tsx';
import { RuleForm } from './rule-form.tsx';
import { saveDraft } from './save-rule.ts';
import './rule-dialog.css';

const LABELS: Readonly<Record<RulePage, string>> = {
  rule: 'Rule',
  noise: 'How often',
  past: 'What would it have alerted?',
};
const PAGES: Readonly<Record<RulePage, (props: { readonly draft: Rule }) => ReactElement>> = {
  rule: RuleForm,
  noise: NoisePage,
  past: PastPage,
};

/** One rule, roomy: its words, how often it would fire, and what it would have found. */
export function RuleDialog(): ReactElement {
  const open = useUiStore((state) => state.overlay === 'rule');
  const draft = useRuleDesk((state) => state.draft);
  const isNew = useRuleDesk((state) => state.isNew);
  const page = useRuleDesk((state) => state.page);
  const [sure, setSure] = useState(false);
  // Whoever comes back, or writes on, has not asked to leave.
  // biome-ignore lint/correctness/useExhaustiveDependencies: as said.
  useEffect(() => setSure(false), [open, draft]);

  const close = (): void => {
    // Closing asks once where words would be lost.
    if (isDirty(useRuleDesk.getState()) && !sure) {
      setSure(true);
      return;
    }
    setSure(false);
    clearDesk();
    closeOverlay();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void saveDraft();
  };
  const title = draft === undefined ? 'Rule' : isNew ? 'New rule' : draft.name;
  return (
    <DialogFrame
      title={title}
      open={open && draft !== undefined}
      onClose={close}
      className="rule-dialog"
      firstFocus={isNew && page === 'rule' ? '.rule-page .text-input' : '[role="tab"][aria-selected="true"]'}
    >
      {draft === undefined ? null : (
        <Tabs.Root
          className="rule-tabs"
          value={page}
          onValueChange={(next: RulePage) => useRuleDesk.setState({ page: next })}
          onKeyDown={onKeyDown}
        >
          <Tabs.List className="side-tabs" aria-label="Parts of the rule" activateOnFocus>
            {RULE_PAGES.map((name) => (
              <Tabs.Tab key={name} value={name} className="side-tab">
                {LABELS[name]}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {RULE_PAGES.map((name) => {
            const Page = PAGES[name];
            return (
              <Tabs.Panel key={name} value={name} className="rule-page">
                <Page draft={draft} />
              </Tabs.Panel>
            );
          })}
          <Foot draft={draft} sure={sure} onStay={() => setSure(false)} onClose={close} />
        </Tabs.Root>
      )}
    </DialogFrame>
  );
}

interface FootProps {
  readonly draft: Rule;
  /** Somebody wants to leave words behind that are not saved. */
  readonly sure: boolean;
  readonly onStay: () => void;
  readonly onClose: () => void;
}

function Foot({ draft, sure, onStay, onClose }: FootProps): ReactElement {
  const page = useRuleDesk((state) => state.page);
  const problem = useRuleDesk((state) => state.problem);
  const before = useRuleDesk((state) => state.before);
  const seen = usePreviewStore();
  const isNews = mustPreview(draft, before, seen);
  // The deeds stand on the left: lines that tell of something come up at the lower right, over windows too.
  if (sure)
    return (
      <footer className="rule-foot">
        <button type="button" className="button primary" onClick={onStay}>
          Go on writing
        </button>
        <button type="button" className="button" onClick={onClose}>
          Leave without saving
        </button>
        <p role="alert">The changes have not been saved.</p>
      </footer>
    );
  return (
    <footer className="rule-foot">
      {isNews && page !== 'noise' ? (
        <button type="button" className="button primary" onClick={() => useRuleDesk.setState({ page: 'noise' })}>
          Next: how often
        </button>
      ) : (
        <button type="button" className="button primary" onClick={() => void saveDraft()}>
          {isNews ? (before?.enabled === true ? 'Save anyway' : 'Enable anyway') : 'Save'}
        </button>
      )}
      <button type="button" className="button" onClick={onClose}>
        Cancel
      </button>
      {problem === undefined ? (
        <p>{isNews && page !== 'noise' ? 'Before it is on, look at how often it would fire.' : ''}</p>
      ) : (
        <p role="alert">
          <CircleAlert aria-hidden />
          {problem}
        </p>
      )}
    </footer>
  );
}

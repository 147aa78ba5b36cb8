import { Menu } from '@base-ui/react/menu';
import { Switch } from '@base-ui/react/switch';
import { Copy, Ellipsis, History, Pencil, RotateCcw, Target, Trash2 } from 'lucide-react';
import { type ReactElement, useState } from 'react';
import type { RuleState } from '../../../../contract/rules.ts';
import { symbolOf } from '../../../../core/instrument.ts';
import { attempt } from '../../live/engine.ts';
import { notify } from '../../stores/notice-store.ts';
import { openOutcomes } from '../../stores/outcome-desk.ts';
import { openRule } from '../../stores/rule-desk.ts';
import { replaceRules } from '../../stores/rule-store.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { duplicateOf } from './new-rule.ts';
import { ruleFacts, unknownWords } from './rule-words.ts';
import { switchRule } from './save-rule.ts';

interface RuleRowProps {
  readonly state: RuleState;
  /** Alerts it raised today, where that is known. */
  readonly today: number | undefined;
}

/** One rule of the list: what it is, whether it looks, and what can be done with it. */
export function RuleRow({ state, today }: RuleRowProps): ReactElement {
  const { rule, resting } = state;
  const toggle = async (enabled: boolean): Promise<void> => {
    try {
      await switchRule(rule, enabled);
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The rule was not switched. Try again.');
    }
  };
  const unknown = rule.enabled ? unknownWords(state) : undefined;
  return (
    <li className="rule-row" data-off={!rule.enabled || undefined}>
      <div className="rule-line">
        <button type="button" className="rule-name" title="Edit" onClick={() => openRule(rule)}>
          {rule.name}
        </button>
        <RuleMenu state={state} />
        <Switch.Root
          className="switch"
          aria-label={`${rule.name} on`}
          checked={rule.enabled}
          onCheckedChange={(enabled) => void toggle(enabled)}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </div>
      {rule.note === '' ? null : <p className="rule-note">{rule.note}</p>}
      <p className="rule-facts">{ruleFacts(rule, today)}</p>
      {rule.enabled && resting !== null ? <p className="rule-resting">{resting}</p> : null}
      {unknown === undefined ? null : <Unknown state={state} words={unknown} />}
    </li>
  );
}

function Unknown({ state, words }: { readonly state: RuleState; readonly words: string }): ReactElement {
  const [open, setOpen] = useState(false);
  if (state.cannot.length === 0) return <p className="rule-facts">{words}</p>;
  return (
    <>
      <button type="button" className="link-button rule-more" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words}
      </button>
      {open ? (
        <ul className="rule-cannot">
          {state.cannot.map(({ instrument, reason }) => (
            <li key={instrument}>
              <b>{symbolOf(instrument)}</b> {reason}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function RuleMenu({ state: { rule, isShipped } }: { readonly state: RuleState }): ReactElement {
  const remove = async (): Promise<void> => {
    const book = await attempt('rules.remove', { id: rule.id });
    if (book === undefined) return;
    replaceRules(book);
    notify('info', isShipped ? `${rule.name} is as it was delivered.` : `${rule.name} was deleted.`);
  };
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        render={
          <IconButton label={`More for ${rule.name}`} small>
            <Ellipsis />
          </IconButton>
        }
      />
      <Menu.Portal>
        <Menu.Positioner className="floating" side="bottom" align="end" sideOffset={4}>
          <Menu.Popup className="popover menu">
            <Menu.Item onClick={() => openRule(rule)}>
              <Pencil aria-hidden />
              Edit
            </Menu.Item>
            <Menu.Item onClick={() => openRule(rule, { page: 'past' })}>
              <History aria-hidden />
              What would it have alerted?
            </Menu.Item>
            <Menu.Item onClick={() => openOutcomes({ rule: rule.id })}>
              <Target aria-hidden />
              How its alerts turned out
            </Menu.Item>
            <Menu.Item onClick={() => openRule(duplicateOf(rule), { isNew: true })}>
              <Copy aria-hidden />
              Duplicate
            </Menu.Item>
            <RemoveItem isShipped={isShipped} onRemove={() => void remove()} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

interface RemoveItemProps {
  readonly isShipped: boolean;
  readonly onRemove: () => void;
}

/** Asks once more: there is no way back. */
function RemoveItem({ isShipped, onRemove }: RemoveItemProps): ReactElement {
  const [sure, setSure] = useState(false);
  const Icon = isShipped ? RotateCcw : Trash2;
  const deed = isShipped ? 'Restore as delivered' : 'Delete';
  return (
    <Menu.Item closeOnClick={sure} data-sure={sure || undefined} onClick={() => (sure ? onRemove() : setSure(true))}>
      <Icon aria-hidden />
      {sure ? `${deed}: press again` : deed}
    </Menu.Item>
  );
}

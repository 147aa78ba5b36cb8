import { beforeEach, describe, expect, it } from 'vitest';
import type { Rule } from '../../src/core/rule.ts';
import { createFakeEngine } from './fake-engine.ts';
import { FAKE_BOOK, ruleOf, ruleState } from './fake-rules.ts';
import { FAKE_NOW } from './fake-snapshot.ts';
import { createFrames } from './frames.ts';
import { stubBrowser } from './stub-browser.ts';

stubBrowser(createFrames().next);
// After the stub, because the stores remember through localStorage from the moment they are made.
const { applyEvents, applySnapshot } = await import('../../src/renderer/src/live/apply.ts');
const { setEngine } = await import('../../src/renderer/src/live/engine.ts');
const { createEngineClient } = await import('../../src/renderer/src/engine-client.ts');
const { newRule } = await import('../../src/renderer/src/features/scan/new-rule.ts');
const { saveDraft, switchRule } = await import('../../src/renderer/src/features/scan/save-rule.ts');
const { useOutcomeDesk } = await import('../../src/renderer/src/stores/outcome-desk.ts');
const { useMuteStore } = await import('../../src/renderer/src/stores/mute-store.ts');
const { mustPreview, usePreviewStore } = await import('../../src/renderer/src/stores/preview-store.ts');
const { clearDesk, editDraft, isDirty, openRule, useRuleDesk } = await import(
  '../../src/renderer/src/stores/rule-desk.ts'
);
const { ruleName, useRuleStore } = await import('../../src/renderer/src/stores/rule-store.ts');
const { useSettingsStore } = await import('../../src/renderer/src/stores/settings-store.ts');
const { closeOverlay, useUiStore } = await import('../../src/renderer/src/stores/ui-store.ts');

let refusal: string | undefined;
const engine = createFakeEngine(
  { rules: { ...FAKE_BOOK, rules: FAKE_BOOK.rules.toReversed() } },
  {
    'rules.save': (rule: Rule) => {
      if (refusal !== undefined) throw new Error(refusal);
      const { rules, sectors } = useRuleStore.getState();
      return { rules: [...rules.filter((one) => one.rule.id !== rule.id), ruleState(rule)], sectors };
    },
  },
);
const client = createEngineClient(engine.transport);
setEngine(client);

const asked = (name: string) => engine.asked.filter((one) => one.name === name).map(({ input }) => input);
const stored = (id: string): Rule => {
  const found = useRuleStore.getState().rules.find(({ rule }) => rule.id === id);
  if (found === undefined) throw new Error(`There is no rule ${id}.`);
  return found.rule;
};

beforeEach(async () => {
  refusal = undefined;
  clearDesk();
  closeOverlay();
  usePreviewStore.setState({ seen: {} });
  applySnapshot(await client.invoke('app.snapshot', null));
});

describe('the rules on the screen', () => {
  it('stand with the default one first, and have names', () => {
    expect(useRuleStore.getState().rules.map(({ rule }) => rule.id)[0]).toBe('ema-cross');
    expect(ruleName(useRuleStore.getState(), 'rsi-dip')).toBe('RSI dip');
    expect(ruleName(useRuleStore.getState(), 'gone')).toBe('gone');
  });

  it('follow the engine', () => {
    applyEvents([{ type: 'rules', rules: { rules: [ruleState(ruleOf({ name: 'Other' }))], sectors: ['Banks'] } }]);
    expect(useRuleStore.getState()).toMatchObject({ rules: [{ rule: { name: 'Other' } }], sectors: ['Banks'] });
  });

  it('stand beside what is muted, as the engine has it', () => {
    const mute = { rule: 'ema-cross', instrument: null, until: FAKE_NOW };
    applyEvents([{ type: 'mutes', mutes: [mute] }]);
    expect(useMuteStore.getState().mutes).toEqual([mute]);
  });

  it('count what was graded, for whoever shows outcomes to ask again', () => {
    const before = useOutcomeDesk.getState().changes;
    applyEvents([{ type: 'outcomes-changed' }]);
    expect(useOutcomeDesk.getState().changes).toBe(before + 1);
  });
});

describe('switching a rule', () => {
  it('on for the first time shows how often it would fire, and saves nothing yet', async () => {
    await switchRule(stored('rsi-dip'), true);
    expect(useUiStore.getState().overlay).toBe('rule');
    expect(useRuleDesk.getState()).toMatchObject({ page: 'noise', draft: { id: 'rsi-dip', enabled: true } });
    expect(stored('rsi-dip').enabled).toBe(false);
    await saveDraft();
    expect(stored('rsi-dip').enabled).toBe(true);
    expect(useUiStore.getState().overlay).toBeUndefined();
  });

  it('off and on again asks nothing, until its words change', async () => {
    await switchRule(stored('volume-surge'), false);
    expect(stored('volume-surge').enabled).toBe(false);
    await switchRule(stored('volume-surge'), true);
    expect(stored('volume-surge').enabled).toBe(true);
    expect(useRuleDesk.getState().draft).toBeUndefined();
    await switchRule({ ...stored('volume-surge'), buy: 'close > open' }, true);
    expect(useRuleDesk.getState().page).toBe('noise');
  });

  it('that follows the settings changes them too', async () => {
    await switchRule(stored('ema-cross'), false);
    expect(useSettingsStore.getState().settings?.rule.enabled).toBe(false);
    expect(asked('settings.update').at(-1)).toEqual({ rule: { enabled: false, forming: true } });
  });
});

describe('a preview', () => {
  const rule = ruleOf();

  it('is asked of what is on and says something new', () => {
    expect(mustPreview(rule, rule)).toBe(false);
    expect(mustPreview({ ...rule, cooldownMinutes: 15 }, rule), 'quieter is not new').toBe(false);
    expect(mustPreview({ ...rule, buy: 'close > open' }, rule)).toBe(true);
    expect(mustPreview({ ...rule, buy: 'close > open', enabled: false }, rule)).toBe(false);
    expect(mustPreview(rule, { ...rule, enabled: false })).toBe(true);
    expect(mustPreview(rule, undefined)).toBe(true);
  });
});

describe('saving a rule', () => {
  it('gives a new one an id of its own', async () => {
    openRule(newRule('5m'), { isNew: true });
    editDraft({ name: 'RSI dip', buy: 'rsi(14) < 20' });
    expect(isDirty(useRuleDesk.getState())).toBe(true);
    await saveDraft();
    expect(stored('rsi-dip-2')).toMatchObject({ name: 'RSI dip', buy: 'rsi(14) < 20', enabled: false });
    expect(useRuleDesk.getState().draft).toBeUndefined();
  });

  it('asks the engine for nothing while something is missing', async () => {
    const before = asked('rules.save').length;
    openRule(newRule('5m'), { isNew: true, page: 'noise' });
    await saveDraft();
    expect(useRuleDesk.getState()).toMatchObject({ problem: 'Give the rule a name.', page: 'rule' });
    expect(asked('rules.save')).toHaveLength(before);
  });

  it('keeps what was written where the engine refuses it, with its sentence', async () => {
    refusal = 'The sentence that buys cannot be read: "rsii" is not known. Use rsi.';
    openRule(stored('rsi-dip'));
    editDraft({ buy: 'rsii(14) < 20' });
    await saveDraft();
    expect(useRuleDesk.getState()).toMatchObject({ problem: refusal, saving: false, draft: { buy: 'rsii(14) < 20' } });
    expect(useUiStore.getState().overlay).toBe('rule');
  });
});

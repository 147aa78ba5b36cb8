import { explainIssues } from '../../contract/explain-issues.ts';
import { type RuleImport, ruleSchema } from '../../contract/rules.ts';
import type { RuleSettings } from '../../contract/settings.ts';
import { AppError } from '../../core/errors.ts';
import { isRecord } from '../../core/is-record.ts';
import type { Rule } from '../../core/rule.ts';
import { compileRule } from '../../core/scanner/compile-rule.ts';
import { type DefaultRuleOptions, defaultRule } from '../../core/scanner/default-rule.ts';
import { EMA_CROSS } from '../../core/scanner/ema-cross.ts';
import { SHIPPED_RULES } from '../../core/scanner/shipped-rules.ts';
import type { Store } from './store-port.ts';

const DOCUMENT = 'rules';
/** What a file of rules says it is. */
const FORMAT = 'tickscope-rules';
const MOST_RULES = 500;

/**
 * All rules: the default one, whose sentences follow the settings, those that came with the app, and the person's own.
 * Kept as one document of what differs from how the app was delivered.
 */
export class RuleBook {
  readonly #store: Pick<Store, 'readDocument' | 'writeDocument'>;
  readonly #settings: () => RuleSettings;
  /** Changed and own ones, by id. */
  readonly #kept: Map<string, Rule>;
  /** What this version cannot use of the document: another may. */
  readonly #unusable: readonly unknown[];

  /** `onTrouble` hears of kept rules that are of no use to this version; they are left out. */
  constructor(
    store: Pick<Store, 'readDocument' | 'writeDocument'>,
    settings: () => RuleSettings,
    onTrouble: (error: AppError) => void = () => undefined,
  ) {
    this.#store = store;
    this.#settings = settings;
    const document = store.readDocument(DOCUMENT) ?? { rules: [] };
    const { rules, problems, unusable } = readRules(document, checkText);
    // What an earlier start could not use is tried again, and not told of again.
    const again = readRules((isRecord(document) && document['unusable']) || [], checkText);
    this.#kept = new Map([...again.rules, ...rules].map((rule) => [rule.id, rule]));
    this.#unusable = [...again.unusable, ...unusable];
    const [first] = problems;
    if (first !== undefined)
      onTrouble(new AppError('invalid-input', `Some saved rules cannot be used and are left out. ${first}`));
  }

  /** The default rule first, then those that came with the app, then the person's own in the order they were made. */
  get rules(): readonly Rule[] {
    const shipped = SHIPPED_RULES.map((rule) => this.#kept.get(rule.id) ?? rule);
    const own = [...this.#kept.values()].filter(({ id }) => id !== EMA_CROSS && !this.isShipped(id));
    return [this.#default(), ...shipped, ...own];
  }

  isShipped(id: string): boolean {
    return id === EMA_CROSS || SHIPPED_RULES.some((rule) => rule.id === id);
  }

  find(id: string): Rule | undefined {
    return this.rules.find((rule) => rule.id === id);
  }

  /** Keeps a rule. Throws an AppError that says what is wrong with its sentences, or that the book is full. */
  save(rule: Rule): void {
    if (rule.id === EMA_CROSS) this.#checkDefault(rule);
    compileRule(rule);
    if (!this.#kept.has(rule.id) && this.#kept.size >= MOST_RULES)
      throw new AppError('invalid-input', `There are ${MOST_RULES} rules already. Remove one first.`);
    this.#kept.set(rule.id, rule);
    this.#write();
  }

  /** Takes a rule out; one that came with the app is as it was delivered. Throws an AppError for one nobody knows. */
  remove(id: string): void {
    if (this.find(id) === undefined) throw unknownRule(id);
    if (this.#kept.delete(id)) this.#write();
  }

  /** Takes the rules of a file's text; those that cannot be used are told of, and the others taken. */
  importRules(text: string): RuleImport {
    const { rules, problems } = readRules(parseJson(text));
    const added: string[] = [];
    const replaced: string[] = [];
    const refused = [...problems];
    for (const rule of rules) {
      const isKnown = this.find(rule.id) !== undefined;
      try {
        // Somebody else's rule is looked at before it may speak, or trade.
        this.save({ ...rule, enabled: false, paper: rule.paper && { ...rule.paper, enabled: false } });
        (isKnown ? replaced : added).push(rule.id);
      } catch (thrown) {
        refused.push(`${rule.name}: ${AppError.from(thrown).message}`);
      }
    }
    return { added, replaced, problems: refused };
  }

  /** Rules as the text of a file. Throws an AppError for one nobody knows. */
  exportRules(ids: readonly string[] | null): string {
    const rules = (ids ?? this.rules.map(({ id }) => id)).map((id) => {
      const rule = this.find(id);
      if (rule === undefined) throw unknownRule(id);
      return rule;
    });
    return `${JSON.stringify({ format: FORMAT, version: 1, rules }, null, 2)}\n`;
  }

  #default(): Rule {
    const kept: DefaultRuleOptions | undefined = this.#kept.get(EMA_CROSS);
    return defaultRule(this.#settings(), kept);
  }

  /** Its sentences follow the numbers in the settings, which alone can change them. */
  #checkDefault({ buy, sell, timeframe }: Rule): void {
    const known = this.#default();
    if (buy === known.buy && sell === known.sell && timeframe === known.timeframe) return;
    throw new AppError(
      'invalid-input',
      'The sentences of this rule follow its numbers in Settings, under Scan. Change them there, or duplicate the rule and write your own.',
    );
  }

  #write(): void {
    const document = { format: FORMAT, version: 1, rules: [...this.#kept.values()] };
    this.#store.writeDocument(DOCUMENT, {
      ...document,
      ...(this.#unusable.length > 0 && { unusable: this.#unusable }),
    });
  }
}

function unknownRule(id: string): AppError {
  return new AppError('not-found', `There is no rule "${id}". It may have been removed meanwhile.`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid-input', 'This is no file of rules: it cannot be read as JSON.', { cause });
  }
}

/** A rule that was kept may have been written for another version. Those of the default one are the settings'. */
function checkText(rule: Rule): void {
  if (rule.id !== EMA_CROSS) compileRule(rule);
}

/** `check` throws for rules that are of no use though they have all they need. */
function readRules(document: unknown, check: (rule: Rule) => void = () => undefined) {
  const list = isRecord(document) ? document['rules'] : document;
  const rules: Rule[] = [];
  const problems: string[] = [];
  const unusable: unknown[] = [];
  if (!Array.isArray(list))
    return { rules, problems: ['There is no list of rules in it. Export one, and compare.'], unusable };
  list.forEach((entry: unknown, index) => {
    try {
      rules.push(checked(entry, check));
    } catch (thrown) {
      problems.push(`Rule ${index + 1}: ${AppError.from(thrown).message}`);
      unusable.push(entry);
    }
  });
  return { rules, problems, unusable };
}

function checked(entry: unknown, check: (rule: Rule) => void): Rule {
  const parsed = ruleSchema.safeParse(entry);
  if (!parsed.success) throw new AppError('invalid-input', explainIssues(parsed.error));
  check(parsed.data);
  return parsed.data;
}

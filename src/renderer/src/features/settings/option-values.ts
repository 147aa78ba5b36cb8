import type { OptionField, OptionValue } from '../../../../contract/manifest.ts';

type Options = Readonly<Record<string, OptionValue>> | undefined;

/** What an option is set to: the person's word where it is of the option's kind, or else what it begins with. */
export function optionValue(field: OptionField, options: Options): OptionValue {
  const value = options?.[field.name];
  if (value === undefined || typeof value !== typeof field.initial) return field.initial;
  if (field.kind === 'choice' && !field.choices.some((choice) => choice.value === value)) return field.initial;
  return value;
}

/** `as delivered`, or how many options are set otherwise: `2 changed`. */
export function optionsWords(fields: readonly OptionField[], options: Options): string {
  const changed = fields.filter((field) => optionValue(field, options) !== field.initial).length;
  return changed === 0 ? 'as delivered' : `${changed} changed`;
}

/** Whether a number option counts in whole steps: everything known of it is whole. */
export function isWhole({ initial, min, max }: OptionField & { readonly kind: 'number' }): boolean {
  return [initial, min, max].every(Number.isInteger);
}

import type { BrokerManifest, OptionField, OptionValue } from './manifest.ts';

type Given = Readonly<Record<string, OptionValue>>;

/** Every option of a broker: what the person set where that can be, or else its initial value. */
export function optionValues({ options = [] }: Pick<BrokerManifest, 'options'>, given: Given = {}): Given {
  return Object.fromEntries(
    options.map((field) => {
      const value = given[field.name];
      return [field.name, value !== undefined && faultOf(field, value) === undefined ? value : field.initial];
    }),
  );
}

/** What is wrong with what a person set, as a sentence; undefined when nothing is. */
export function optionFault({ label, options = [] }: Pick<BrokerManifest, 'label' | 'options'>, given: Given = {}) {
  for (const [name, value] of Object.entries(given)) {
    const field = options.find((each) => each.name === name);
    if (field === undefined) return `${label} has no option named ${name}.`;
    const fault = faultOf(field, value);
    if (fault !== undefined) return `${label}, ${field.label}: ${fault}`;
  }
  return undefined;
}

function faultOf(field: OptionField, value: OptionValue): string | undefined {
  switch (field.kind) {
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'this is either on or off.';
    case 'number':
      return typeof value === 'number' && value >= field.min && value <= field.max
        ? undefined
        : `this takes a number from ${field.min} to ${field.max}.`;
    case 'text':
      return typeof value === 'string' ? undefined : 'this takes a text.';
    case 'choice':
      return field.choices.some((choice) => choice.value === value)
        ? undefined
        : `this takes one of: ${field.choices.map((choice) => choice.label).join(', ')}.`;
  }
}

import type { ChannelState } from '../../../../contract/channels.ts';

type Looked = Pick<ChannelState, 'fields' | 'fieldsSet' | 'waiting' | 'trouble'>;

/** Whether a channel has all that it needs. */
export function isSetUp({ fields, fieldsSet }: Pick<Looked, 'fields' | 'fieldsSet'>): boolean {
  return fields.every(({ name }) => fieldsSet.includes(name));
}

/** A channel in a few words: `not set up`, `3 wait, the last one failed`. */
export function channelWords(channel: Looked): string {
  const { fieldsSet, waiting, trouble } = channel;
  const waits = waiting === 0 ? [] : [`${waiting} ${waiting === 1 ? 'waits' : 'wait'}`];
  if (!isSetUp(channel)) return [fieldsSet.length === 0 ? 'not set up' : 'something is missing', ...waits].join(', ');
  return [...waits, trouble === null ? 'ready' : 'the last one failed'].join(', ');
}

/**
 * The records of `decode`, with those of what makes no sense in the form that all venues in text share:
 * `{"kind": "error", "broker": …, "reject": reason, "detail": …}`.
 */
export function* withRejects(broker: string, records: Iterable<object>): Generator<object> {
  for (const record of records) yield 'reject' in record ? { kind: 'error', broker, ...record } : record;
}

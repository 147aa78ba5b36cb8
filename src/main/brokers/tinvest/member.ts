const SNAKE = new Map<string, string>();

/** `instrumentUid` as the proto files write it: `instrument_uid`. */
export function snakeName(name: string): string {
  let snake = SNAKE.get(name);
  if (snake === undefined) {
    snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    SNAKE.set(name, snake);
  }
  return snake;
}

/** `instrument_uid` as JSON writes it: `instrumentUid`. */
export function camelName(name: string): string {
  return name.replaceAll(/_([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

/** A member of a message by its JSON name; a server asked for `json-proto` spells it as the proto files do. */
export function member(message: Readonly<Record<string, unknown>>, name: string): unknown {
  const value = message[name];
  return value === undefined ? message[snakeName(name)] : value;
}

/** A text member; anything else, and an absent one, is the empty text, as in proto3. */
export function textMember(message: Readonly<Record<string, unknown>>, name: string): string {
  const value = member(message, name);
  return typeof value === 'string' ? value : '';
}

/** A list member; an absent one is empty, as in proto3. Undefined when it is something else. */
export function listMember(message: Readonly<Record<string, unknown>>, name: string): readonly unknown[] | undefined {
  const value = member(message, name) ?? [];
  return Array.isArray(value) ? value : undefined;
}

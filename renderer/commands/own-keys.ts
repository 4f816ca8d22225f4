import type { Settings } from '#core/settings';
import type { Command } from './command';

/** The keys a person gave to commands, by their ids; a command that is not in it has its first ones. */
export type OwnKeys = Settings['keys'];

type Keyed = Pick<Command, 'id' | 'keys'>;

/** Without these nobody could move through the window or leave a dialog. */
const needed = new Set([
  'Escape',
  'Enter',
  'Tab',
  'Shift+Tab',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
]);
const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Process']);

export type KeyAnswer = 'free' | 'refused' | { taken: Command['id'] } | 'unfinished';

/** What becomes of keys that were pressed for a command. `keys` as `pressedKeys` writes them. */
export function askForKeys(list: readonly Keyed[], command: Command['id'], keys: string): KeyAnswer {
  const last = keys === '+' || keys.endsWith('++') ? '+' : (keys.split('+').at(-1) ?? '');
  if (modifiers.has(last)) return 'unfinished';
  const own = list.find(({ id }) => id === command)?.keys ?? [];
  if ((needed.has(keys) && !own.includes(keys)) || keys.includes('Other+')) return 'refused';
  const holder = list.find(({ id, keys: held }) => id !== command && held?.includes(keys) === true);
  return holder === undefined ? 'free' : { taken: holder.id };
}

/** The commands with the keys the person gave them. */
export function withOwnKeys<C extends Keyed>(list: readonly C[], own: OwnKeys): C[] {
  return list.map((command) => {
    const keys = own[command.id];
    return keys === undefined ? command : { ...command, keys };
  });
}

/** `command` has `keys` too; whoever had them has not. `list`: with the keys of now. */
export function giveKeys(
  list: readonly Keyed[],
  own: OwnKeys,
  command: Command['id'],
  keys: string,
): OwnKeys {
  const next = { ...own };
  for (const { id, keys: held = [] } of list)
    if (id === command) next[id] = held.includes(keys) ? [...held] : [...held, keys];
    else if (held.includes(keys)) next[id] = held.filter((one) => one !== keys);
  return next;
}

export function takeKeys(
  list: readonly Keyed[],
  own: OwnKeys,
  command: Command['id'],
  keys: string,
): OwnKeys {
  const held = list.find(({ id }) => id === command)?.keys ?? [];
  return { ...own, [command]: held.filter((one) => one !== keys) };
}

/** The first keys of a command again; others lose them where they took them. `first`: the list without own keys. */
export function resetKeys(first: readonly Keyed[], own: OwnKeys, command: Command['id']): OwnKeys {
  const { [command]: _gone, ...rest } = own;
  const back = first.find(({ id }) => id === command)?.keys ?? [];
  return Object.fromEntries(
    Object.entries(rest).map(([id, keys]) => [id, keys.filter((one) => !back.includes(one))]),
  );
}

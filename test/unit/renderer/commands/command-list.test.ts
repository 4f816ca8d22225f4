import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode } from '#core/document/edit';
import { menuCommands } from '#core/menu-command';
import { defineNode } from '#core/node';
import { textParam } from '#core/param';
import type { CommandId } from '../../../../renderer/commands/command';
import { editorState, firstCommands } from '../../../../renderer/commands/command-list';
import { commandFor, keyWords, pressedKeys } from '../../../../renderer/commands/keyboard';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const words = defineNode({
  type: 'words',
  version: 1,
  title: 'Words',
  group: 'source',
  icon: 'type',
  summary: 'Words.',
  params: { text: textParam({ label: 'Text' }) },
  inputs: {},
  outputs: { text: { type: 'text', label: 'Text' } },
  work: { on: 'plan', values: ({ params }) => ({ text: [params.text] }) },
});
const copy = defineNode({
  type: 'copy',
  version: 1,
  title: 'Copy',
  group: 'picture',
  icon: 'copy',
  summary: 'The same again.',
  params: {},
  inputs: { image: { type: 'image', label: 'Image', takes: 'one', required: true } },
  outputs: { image: { type: 'image', label: 'Image' } },
  work: { on: 'machine', effect: 'none', run: async ({ inputs }) => ({ image: [inputs.image] }) },
});

const list = firstCommands([{ name: 'first', title: 'First' }]);
const isEnabled = (id: CommandId) => list.find((command) => command.id === id)?.enabled(editorState());

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({
    catalogue: new Map([
      ['words', words],
      ['copy', copy],
    ]),
  });
  let document = createDocument('doc');
  document = addNode(document, 'words', newNode(words), [0, 0]);
  document = addNode(document, 'copy', newNode(copy), [300, 0]);
  documentStore.actions.open(document, { ...nameless, path: '/w/a.seedloom' }, false);
});

describe('the command list', () => {
  it('has every command of the menu, once', () => {
    const ids = list.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining([...menuCommands]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives no key to two commands', () => {
    const keys = list.flatMap((command) => command.keys ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('lists the examples', () => {
    expect(list.find(({ id }) => id === 'example.first')?.title).toContain('First');
  });
});

describe('what can be done now', () => {
  it('follows the history', () => {
    expect([isEnabled('edit.undo'), isEnabled('edit.redo'), isEnabled('file.save')]).toEqual([
      false,
      false,
      false,
    ]);
    documentStore.actions.setWorkflowTitle('Other');
    expect([isEnabled('edit.undo'), isEnabled('edit.redo'), isEnabled('file.save')]).toEqual([
      true,
      false,
      true,
    ]);
    documentStore.actions.undo();
    expect([isEnabled('edit.undo'), isEnabled('edit.redo'), isEnabled('file.save')]).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('follows the selection', () => {
    const onSelection: CommandId[] = [
      'edit.copy',
      'edit.cut',
      'edit.duplicate',
      'edit.delete',
      'run.selected',
    ];
    expect(onSelection.map(isEnabled)).toEqual(onSelection.map(() => false));
    sessionStore.actions.select(['words', 'copy']);
    expect(onSelection.map(isEnabled)).toEqual(onSelection.map(() => true));
    expect(isEnabled('edit.rename')).toBe(false);
    sessionStore.actions.select(['words']);
    expect(isEnabled('edit.rename')).toBe(true);
  });

  it('deletes a wire that is selected alone', () => {
    sessionStore.actions.select([], ['words.text copy.image']);
    expect(isEnabled('edit.delete')).toBe(true);
    expect(isEnabled('edit.copy')).toBe(false);
  });

  it('offers a new take only of what is made', () => {
    sessionStore.actions.select(['words']);
    expect(isEnabled('run.newTake')).toBe(false);
    sessionStore.actions.select(['words', 'copy']);
    expect(isEnabled('run.newTake')).toBe(true);
  });

  it('asks for one thing at a time, and cancels what runs', () => {
    expect([isEnabled('run.start'), isEnabled('run.cancel')]).toEqual([true, false]);
    runStore.actions.startAsked();
    expect([isEnabled('run.start'), isEnabled('run.cancel')]).toEqual([false, false]);
    runStore.actions.started('r1');
    // What is asked for while a run is under way is queued.
    expect([isEnabled('run.start'), isEnabled('run.cancel')]).toEqual([true, true]);
    runStore.actions.cancelAsked();
    expect(isEnabled('run.cancel')).toBe(false);
  });

  it('has nothing to run, fit or select in an empty workflow', () => {
    documentStore.actions.open(createDocument('empty'), nameless, false);
    expect([isEnabled('run.start'), isEnabled('view.fit'), isEnabled('edit.selectAll')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe('keys', () => {
  const press = (
    key: string,
    held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {},
  ) => ({
    key,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...held,
  });

  it('are read with the modifier of the platform', () => {
    expect(pressedKeys(press('s', { ctrlKey: true }), 'linux')).toBe('Mod+S');
    expect(pressedKeys(press('s', { metaKey: true }), 'darwin')).toBe('Mod+S');
    expect(pressedKeys(press('s', { ctrlKey: true }), 'darwin')).toBe('Other+S');
    expect(pressedKeys(press('Z', { ctrlKey: true, shiftKey: true }), 'win32')).toBe('Mod+Shift+Z');
    expect(pressedKeys(press('?', { shiftKey: true }), 'linux')).toBe('?');
    expect(pressedKeys(press(' '), 'linux')).toBe('Space');
  });

  it('leave the keys of writing to text fields', () => {
    for (const keys of ['Mod+Z', 'Mod+A', 'Mod+C', 'Mod+X', 'Delete', 'Backspace', 'F', '?'])
      expect(commandFor(list, keys, true), keys).toBeUndefined();
    for (const keys of ['Mod+S', 'Mod+Enter', 'Mod+K'])
      expect(commandFor(list, keys, true), keys).toBeDefined();
    expect(commandFor(list, 'Mod+Z', false)?.id).toBe('edit.undo');
  });

  it('are named as on the keyboard', () => {
    expect(keyWords('Mod+Shift+S', 'linux')).toBe('Ctrl Shift S');
    expect(keyWords('Mod+Shift+S', 'darwin')).toBe('⌘ ⇧ S');
  });
});

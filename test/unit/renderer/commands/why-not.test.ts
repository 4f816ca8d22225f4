import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, newNode } from '#core/document/edit';
import { defineNode } from '#core/node';
import { textParam } from '#core/param';
import type { CommandId } from '../../../../renderer/commands/command';
import { editorState, firstCommands } from '../../../../renderer/commands/command-list';
import { whyNot } from '../../../../renderer/commands/why-not';
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

const list = firstCommands([{ name: 'first', title: 'First' }]);
const why = (id: CommandId) =>
  whyNot(
    list.find((command) => command.id === id)!,
    editorState(),
  );
const empty = () => documentStore.actions.open(createDocument('d'), nameless, false);
const filled = () =>
  documentStore.actions.open(
    addNode(createDocument('d'), 'a', newNode(words), [0, 0]),
    { ...nameless, path: '/w/a.seedloom' },
    false,
  );

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: new Map([['words', words]]) });
});

describe('a command that cannot be done', () => {
  it.each([
    ['an empty workflow', empty],
    ['a workflow', filled],
    [
      'a selected card',
      () => {
        filled();
        sessionStore.actions.select(['a']);
      },
    ],
    [
      'the form',
      () => {
        filled();
        const { tab } = documentStore.getState();
        sessionStore.actions.enterTab(tab);
        sessionStore.actions.showView(tab, 'form');
      },
    ],
    [
      'a run being started',
      () => {
        filled();
        sessionStore.actions.select(['a']);
        runStore.actions.startAsked();
      },
    ],
  ])('says why, with %s', (_name, show) => {
    show();
    const state = editorState();
    for (const command of list)
      expect(`${command.id}: ${whyNot(command, state) ?? 'nothing'}`).toMatch(
        command.enabled(state) ? /: nothing$/ : /: .+\.$/,
      );
  });

  it('says what would help', () => {
    empty();
    expect(why('file.versions')).toMatch(/no file.*Save it first/);
    expect(why('run.start')).toMatch(/no node/);
    filled();
    expect(why('file.versions')).toBeUndefined();
    expect(why('edit.delete')).toMatch(/Select a card/);
    expect(why('picture.compare')).toMatch(/two pictures/);
  });
});

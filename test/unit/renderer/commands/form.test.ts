import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode } from '#core/document/edit';
import { editForm } from '#core/document/edit-exposed';
import { nodes } from '#nodes/catalogue';
import type { CommandId } from '../../../../renderer/commands/command';
import { commands, editorState } from '../../../../renderer/commands/command-list';
import {
  arrangeForm,
  exposeSelection,
  showAsItOpens,
  showView,
  suggestFields,
  toggleExposed,
  toggleFirst,
} from '../../../../renderer/commands/form';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const isEnabled = (id: CommandId) =>
  commands(sessionStore.getState())
    .find((command) => command.id === id)
    ?.enabled(editorState());
const exposed = () => documentStore.getState().document.exposed?.map(({ param }) => param) ?? [];

beforeEach(() => {
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  sessionStore.actions.set({ catalogue: nodes });
  let document = createDocument('doc', 'Cats');
  for (const [type, x] of [
    ['prompt', 0],
    ['image', 10],
    ['generate', 300],
    ['note', 600],
  ] as const)
    document = addNode(document, type, newNode(nodes.get(type)!), [x, 0]);
  document = connect(document, { from: 'prompt.text', to: 'generate.prompt' }, { replace: true });
  documentStore.actions.open(document, nameless, false);
});

describe('the form in the editor', () => {
  it('is shown first where the document wants it', () => {
    showAsItOpens(editForm(documentStore.getState().document, { first: true }));
    expect(sessionStore.getState().view).toBe('form');
    showAsItOpens(documentStore.getState().document);
    expect(sessionStore.getState().view).toBe('graph');
  });

  it('takes the commands away that change what is not seen, and leaves undo and Run', () => {
    sessionStore.actions.select(['generate']);
    expect(isEnabled('edit.delete')).toBe(true);
    showView('form');
    expect(sessionStore.getState().selected.size).toBe(0);
    for (const id of ['edit.selectAll', 'edit.addNode', 'view.fit', 'view.plan'] as const)
      expect([id, isEnabled(id)]).toEqual([id, false]);
    for (const id of ['run.start', 'view.form', 'form.arrange', 'app.commands'] as const)
      expect([id, isEnabled(id)]).toEqual([id, true]);
    toggleExposed('prompt.text');
    expect(isEnabled('edit.undo')).toBe(true);
  });

  it('gets what is on the cards of the selection, without what comes by wire, and gives it back in one step', () => {
    sessionStore.actions.select(['prompt', 'generate']);
    exposeSelection();
    expect(exposed()).toContain('prompt.text');
    expect(exposed()).toContain('generate.count');
    expect(exposed()).not.toContain('generate.prompt');
    documentStore.actions.undo();
    expect(exposed()).toEqual([]);
  });

  it('suggests words, pictures and how many, from left to right, and no remarks', () => {
    suggestFields();
    expect(exposed()).toEqual(['prompt.text', 'image.file', 'generate.count']);
  });

  it('is arranged from the graph and left again', () => {
    arrangeForm();
    expect(sessionStore.getState()).toMatchObject({ view: 'form', arranging: true });
    arrangeForm();
    expect(sessionStore.getState()).toMatchObject({ view: 'form', arranging: false });
    toggleFirst();
    expect(documentStore.getState().document.form).toEqual({ first: true });
    toggleFirst();
    expect(documentStore.getState().document).not.toHaveProperty('form');
  });
});

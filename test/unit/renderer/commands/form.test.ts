import { beforeEach, describe, expect, it } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode, connect, newNode } from '#core/document/edit';
import { editForm } from '#core/document/edit-exposed';
import { serializeDocument } from '#core/document/serialize';
import { nodes } from '#nodes/catalogue';
import type { CommandId } from '../../../../renderer/commands/command';
import { commands, editorState } from '../../../../renderer/commands/command-list';
import {
  arrangeForm,
  exposeSelection,
  showView,
  suggestFields,
  toggleExposed,
  toggleFirst,
} from '../../../../renderer/commands/form';
import { showRestored } from '../../../../renderer/commands/files';
import { openInTab, showNextTab, showTab } from '../../../../renderer/commands/tabs';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore, viewOf } from '../../../../renderer/stores/session-store';

const isEnabled = (id: CommandId) =>
  commands(sessionStore.getState())
    .find((command) => command.id === id)
    ?.enabled(editorState());
const view = () => viewOf(sessionStore.getState());
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
  openInTab(document, nameless);
});

describe('the form in the editor', () => {
  it('is shown first where the document wants it', () => {
    const { document } = documentStore.getState();
    openInTab(editForm(document, { first: true }), nameless);
    const first = documentStore.getState().tab;
    expect(view()).toBe('form');
    openInTab(document, nameless);
    expect(view()).toBe('graph');
    // From then on each tab keeps what the person chose.
    showTab(first);
    expect(view()).toBe('form');
    arrangeForm();
    showNextTab(1);
    expect([view(), sessionStore.getState().arranging]).toEqual(['graph', false]);
    showTab(first);
    expect(sessionStore.getState().arranging).toBe(true);
    showView('graph');
    showNextTab(1);
    showTab(first);
    expect(view()).toBe('graph');
  });

  it('comes back with the tabs of the last start, and where a tab was never shown as the document wants it', () => {
    const text = serializeDocument(editForm(documentStore.getState().document, { first: true }));
    const ids = ['shown', 'graph', 'fresh'];
    const tabs = ids.map((id) => ({
      id,
      text,
      path: `/${id}`,
      name: id,
      seen: null,
      edited: false,
      viewport: null,
      view: id === 'graph' ? ('graph' as const) : undefined,
    }));
    const window = { drawer: null, inspector: true, minimap: false, ended: true, gone: [] };
    showRestored({ ...window, tabs, shown: 'shown' });
    expect(view()).toBe('form');
    showTab('graph');
    expect(view()).toBe('graph');
    showTab('fresh');
    expect(view()).toBe('form');
  });

  it('takes the commands away that change what is not seen, and leaves undo and Run', () => {
    sessionStore.actions.select(['generate']);
    expect(isEnabled('edit.delete')).toBe(true);
    showView('form');
    expect(sessionStore.getState().selected.size).toBe(0);
    for (const id of [
      'edit.selectAll',
      'edit.addNode',
      'edit.find',
      'view.fit',
      'view.plan',
      'view.clean',
      'arrange.layout',
      'app.guide',
    ] as const)
      expect([id, isEnabled(id)]).toEqual([id, false]);
    for (const id of ['run.start', 'view.form', 'form.arrange', 'app.commands', 'tab.next'] as const)
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
    expect([view(), sessionStore.getState().arranging]).toEqual(['form', true]);
    arrangeForm();
    expect([view(), sessionStore.getState().arranging]).toEqual(['form', false]);
    toggleFirst();
    expect(documentStore.getState().document.form).toEqual({ first: true });
    toggleFirst();
    expect(documentStore.getState().document).not.toHaveProperty('form');
  });
});

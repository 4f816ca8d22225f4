import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createDocument } from '#core/document/create';
import { addNode as addNodeTo } from '#core/document/edit';
import { serializeDocument } from '#core/document/serialize';
import { userFailure } from '#core/failure';
import type { OpenedWorkflow } from '#core/file-calls';
import type { Bridge, BridgeCall, BridgeInput } from '#core/ipc';
import type { Plan } from '#core/plan/planned';
import { connectBridge } from '../../../../renderer/commands/bridge';
import { closeTab } from '../../../../renderer/commands/closing';
import { runCommand } from '../../../../renderer/commands/command-list';
import { newWorkflow, saveWorkflow, showOpened, showRestored } from '../../../../renderer/commands/files';
import { followSession, keepAll } from '../../../../renderer/commands/keep-session';
import { showTab } from '../../../../renderer/commands/tabs';
import { restoreVersion } from '../../../../renderer/commands/versions';
import { documentStore, nameless } from '../../../../renderer/stores/document-store';
import { runStore } from '../../../../renderer/stores/run-store';
import { sessionStore } from '../../../../renderer/stores/session-store';

const answers = vi.hoisted(() => ({
  asked: [] as string[],
  answer: 'no' as 'yes' | 'other' | 'no',
  meanwhile: () => {},
}));
vi.mock('../../../../renderer/panels/confirm', () => ({
  ask: async ({ title }: { title: string }) => {
    answers.asked.push(title);
    answers.meanwhile();
    return answers.answer;
  },
}));

const nothing = { low: 0, high: 0 };
const bridgeAnswers: Partial<Record<BridgeCall, unknown>> = {
  'workflow.save': { path: '/w/saved.seedloom', seen: 'new' },
  'plan.make': {
    nodes: [],
    steps: [],
    issues: [],
    counts: { reused: 0, willRun: 0, blocked: 0 },
    forecast: { price: nothing, seconds: nothing },
  } satisfies Plan,
};
/** A call that fails. */
let refused: BridgeCall | undefined;
let called: [name: string, input: unknown][];
const state = () => documentStore.getState();
const labels = () => state().tabs.map(({ label }) => label);
const file = (name: string, seen = 'h', title = name): OpenedWorkflow => ({
  path: `/w/${name}.seedloom`,
  name,
  seen,
  text: serializeDocument(createDocument(`id-${name}`, title)),
});
const example = (): OpenedWorkflow => ({ ...file('first'), path: null });
const addNode = (id: string) =>
  documentStore.actions.addNode(id, { type: 'prompt', version: 1, params: {} }, [0, 0]);

beforeEach(() => {
  vi.useFakeTimers();
  called = [];
  answers.asked = [];
  answers.answer = 'no';
  answers.meanwhile = () => {};
  const bridge: Bridge = {
    call: async (name, input) => {
      called.push([name, input]);
      if (name === refused) return { ok: false, failure: userFailure('no-space', 'The disk is full.') };
      return { ok: true, value: (bridgeAnswers[name] ?? null) as never };
    },
    listen: () => () => {},
    pathOfFile: () => '',
  };
  connectBridge(bridge);
  sessionStore.setState(sessionStore.getInitialState(), true);
  runStore.setState(runStore.getInitialState(), true);
  documentStore.actions.openAll(
    [{ document: createDocument('empty'), place: nameless, edited: false }],
    null,
  );
  sessionStore.actions.enterTab(state().tab);
  runStore.actions.enterTab(state().tab);
  return () => vi.useRealTimers();
});

describe('what a question is about', () => {
  const edited = () => {
    showOpened(file('a'));
    addNode('mine');
    const { tab } = state();
    showOpened(file('b'));
    addNode('other');
    return { first: tab, second: state().tab };
  };
  const savedOnes = () =>
    called.flatMap(([name, input]) =>
      name === 'workflow.save' ? [(input as BridgeInput<'workflow.save'>).path] : [],
    );

  it('is what is saved, whatever is shown when the answer comes', async () => {
    const { first, second } = edited();
    answers.answer = 'yes';
    // The menu's keys are heard over a question.
    answers.meanwhile = () => showTab(second);
    await closeTab(first);
    expect(savedOnes()).toEqual(['/w/a.seedloom']);
    expect(labels()).toEqual(['b']);
  });

  it('is what is written over a file that was changed', async () => {
    const { first, second } = edited();
    showTab(first);
    bridgeAnswers['workflow.save'] = { changedOnDisk: 'other' };
    answers.answer = 'yes';
    answers.meanwhile = () => {
      bridgeAnswers['workflow.save'] = { path: '/w/a.seedloom', seen: 'new' };
      showTab(second);
    };
    await saveWorkflow();
    bridgeAnswers['workflow.save'] = { path: '/w/saved.seedloom', seen: 'new' };
    expect(savedOnes()).toEqual(['/w/a.seedloom', '/w/a.seedloom']);
  });

  it('is what a version is put into', async () => {
    const { first, second } = edited();
    const before = documentStore.actions.inTab(second)!.history.present;
    showTab(first);
    const restored = restoreVersion(createDocument('old', 'Old'));
    showTab(second);
    await restored;
    expect(documentStore.actions.inTab(second)!.history.present).toBe(before);
  });
});

describe('opening', () => {
  it('takes the place of what nobody touched, and stands beside everything else', () => {
    showOpened(example());
    expect(labels()).toEqual(['first']);
    showOpened(file('a'));
    expect(labels()).toEqual(['a']);
    newWorkflow();
    expect(labels()).toEqual(['a', 'Untitled']);
    documentStore.actions.setWorkflowTitle('Mine');
    showOpened(file('b'));
    expect(labels()).toEqual(['a', 'Mine', 'b']);
  });

  it('puts a new workflow beside an example, and one empty one is enough', () => {
    documentStore.actions.open(
      addNodeTo(createDocument('e', 'Example'), 'n', { type: 'prompt', version: 1, params: {} }, [0, 0]),
      nameless,
      false,
      state().tab,
    );
    newWorkflow();
    newWorkflow();
    expect(labels()).toEqual(['Example', 'Untitled']);
  });

  it('gives the same example twice two workflows', () => {
    showOpened(example());
    documentStore.actions.setWorkflowTitle('Mine');
    showOpened(example());
    const ids = documentStore.actions.all().map(({ history }) => history.present.id);
    expect(new Set([...ids, 'id-first']).size).toBe(3);
  });

  it('does not take the place of an example that was run', () => {
    showOpened(example());
    runStore.actions.started('r1');
    showOpened(file('a'));
    expect(labels()).toEqual(['first', 'a']);
  });

  it('shows a file that is open already, with what was not saved of it', () => {
    showOpened(file('a'));
    documentStore.actions.setWorkflowTitle('Mine');
    const { tab } = state();
    showOpened(file('b'));
    showOpened(file('a'));
    expect(state()).toMatchObject({ tab, edited: true });
    showOpened(file('a', 'changed on disk', 'Theirs'));
    expect(state()).toMatchObject({ tab, seen: 'h' });
    expect(state().document.title).toBe('Mine');
    expect(labels()).toEqual(['Mine', 'b']);
  });

  it('reads a file anew that was changed on disk, where nothing is lost by it', () => {
    showOpened(file('a'));
    showOpened(file('b'));
    showOpened(file('a', 'changed on disk', 'Theirs'));
    expect(labels()).toEqual(['Theirs', 'b']);
    expect(state()).toMatchObject({ seen: 'changed on disk', document: { title: 'Theirs' } });
  });
});

describe('a tab', () => {
  it('has its selection, its pictures and its run again when it is shown again', () => {
    showOpened(file('a'));
    addNode('n');
    const first = state().tab;
    sessionStore.actions.select(['n']);
    sessionStore.actions.showPicture('n', 3);
    runStore.actions.started('r1');
    showOpened(file('b'));
    expect([...sessionStore.getState().selected]).toEqual([]);
    expect(runStore.getState().run).toBeNull();
    showTab(first);
    expect([...sessionStore.getState().selected]).toEqual(['n']);
    expect(sessionStore.getState().shownPictures).toEqual({ n: 3 });
    expect(runStore.getState().run?.run).toBe('r1');
  });

  it('is planned anew when it is shown', async () => {
    showOpened(file('a'));
    newWorkflow();
    called = [];
    showTab(state().tabs[0]!.id);
    await vi.advanceTimersByTimeAsync(200);
    expect(called.filter(([name]) => name === 'plan.make')).toMatchObject([
      ['plan.make', { path: '/w/a.seedloom' }],
    ]);
  });

  it('closes without a question when nothing is lost, and the last one leaves an empty one', async () => {
    showOpened(file('a'));
    await closeTab(state().tab);
    expect([labels(), answers.asked]).toEqual([['Untitled'], []]);
    runCommand('tab.reopen');
    expect(state().path).toBe('/w/a.seedloom');
  });

  it.each([
    ['no', 2, false],
    ['other', 1, false],
    ['yes', 1, true],
  ] as const)('asks before edits go: %s', async (answer, left, isSaved) => {
    showOpened(file('a'));
    addNode('n');
    const { tab } = state();
    showOpened(file('b'));
    answers.answer = answer;
    await closeTab(tab);
    expect(answers.asked).toHaveLength(1);
    expect(state().tabs).toHaveLength(left);
    expect(called.some(([name]) => name === 'workflow.save')).toBe(isSaved);
  });

  it('is reached by its number and by its neighbours', () => {
    for (const name of ['a', 'b', 'c']) showOpened(file(name));
    runCommand('tab.show1');
    expect(state().name).toBe('a');
    runCommand('tab.show9');
    expect(state().name).toBe('c');
    runCommand('tab.next');
    expect(state().name).toBe('a');
    runCommand('tab.previous');
    expect(state().name).toBe('c');
    runCommand('tab.moveLeft');
    expect(labels()).toEqual(['a', 'c', 'b']);
  });
});

describe('what is kept for the next start', () => {
  const drafts = () =>
    called
      .filter(([name]) => name === 'workflow.keepDraft')
      .map(([, input]) => input as BridgeInput<'workflow.keepDraft'>);
  const kept = () =>
    called.filter(([name]) => name === 'session.keep').at(-1)?.[1] as BridgeInput<'session.keep'>;

  it('is every tab, a draft where no file has it, and nothing twice', async () => {
    showOpened(file('a'));
    const a = state().tab;
    newWorkflow();
    const b = state().tab;
    const stop = followSession();
    sessionStore.actions.lookAt(a, { x: 1, y: 2, zoom: 0.5 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(kept()).toMatchObject({ shown: b, ended: false });
    expect(kept().tabs).toEqual([
      { id: a, path: '/w/a.seedloom', viewport: { x: 1, y: 2, zoom: 0.5 }, view: 'graph' },
      { id: b, path: null, viewport: null, view: 'graph' },
    ]);
    expect(drafts().map(({ tab, document }) => [tab, document === null])).toEqual([
      [a, true],
      [b, false],
    ]);

    called = [];
    addNode('n');
    await vi.advanceTimersByTimeAsync(1000);
    expect(drafts()).toMatchObject([{ tab: b, edited: true, document: { nodes: { n: {} } } }]);
    expect(called.filter(([name]) => name === 'session.keep')).toEqual([]);

    called = [];
    await keepAll();
    expect([drafts(), kept().ended]).toEqual([[], true]);

    called = [];
    answers.answer = 'other';
    await closeTab(b);
    await vi.advanceTimersByTimeAsync(0);
    expect(drafts()).toMatchObject([{ tab: b, document: null }]);
    expect(kept().tabs.map(({ id }) => id)).toEqual([a]);
    stop();
  });

  it('is not there when the disk refuses, and is tried again', async () => {
    showOpened(file('a'));
    addNode('n');
    refused = 'workflow.keepDraft';
    expect(await keepAll()).toBe(false);
    refused = undefined;
    called = [];
    expect(await keepAll()).toBe(true);
    expect(drafts().find(({ tab }) => tab === state().tab)).toMatchObject({ edited: true });
  });

  it('comes back, each with its text, its place and where the person looked', () => {
    const [one, two] = [crypto.randomUUID(), crypto.randomUUID()];
    const viewport = { x: 5, y: 6, zoom: 2 };
    const { path, name, seen, text } = file('a');
    const isShown = showRestored({
      tabs: [
        { id: one, path, name, seen, text, edited: true, viewport },
        { id: two, path: null, name: 'Untitled', seen: null, text, edited: false, viewport: null },
        { id: crypto.randomUUID(), path, name, seen, text: 'no workflow', edited: true, viewport },
      ],
      shown: two,
      drawer: null,
      inspector: true,
      minimap: false,
      ended: true,
      gone: ['/w/gone.seedloom'],
    });
    expect(isShown).toBe(true);
    expect(state().tabs).toMatchObject([
      { id: one, path, edited: true },
      { id: two, path: null, edited: false },
    ]);
    expect(state().tab).toBe(two);
    expect(sessionStore.getState().viewports[one]).toEqual(viewport);
  });
});

import { duplicateNodes } from '../commands/clipboard';
import { toggleMode, togglePin } from '../commands/modes';
import { deleteNodes } from '../commands/nodes';
import { goToNode } from '../commands/subgraphs';
import { runNodes, whenPlanned } from '../commands/run-when-planned';
import { openPods } from '../commands/pods';
import { runAgain, runFrom } from '../commands/run-again';
import { openMove } from '../commands/branch';
import { openRoutes, readRoutes } from '../commands/routes';
import { answerDoubts, showIssues } from '../commands/runs';
import { changeSettings, openSettings } from '../commands/settings';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import type { InspectorActions } from './inspector-props';
import { lossWords } from './routes-difference';

const { actions: edit } = documentStore;

/** The inspector's actions: edits of the document, and commands. */
export const inspectorActions: InspectorActions = {
  setParam: edit.setParam,
  endEdit: edit.settle,
  setTitle: edit.setNodeTitle,
  setRoute: edit.setRoute,
  setDefaultRoute: edit.setDefaultRoute,
  setWorkflowTitle: edit.setWorkflowTitle,
  setBudget: (budget) => void changeSettings({ budget }),
  takeNext: edit.takeNext,
  takeBefore: edit.takeBefore,
  disconnect: (from, to) => edit.disconnect([{ from, to }]),
  show: goToNode,
  run: (nodes) => void runNodes(nodes),
  runFrom: (nodes) => void whenPlanned(() => runFrom(nodes)),
  runAgain: (nodes) => void runAgain(nodes),
  toggleMode,
  togglePins: (nodes) => togglePin(nodes, true),
  duplicate: duplicateNodes,
  remove: deleteNodes,
  look: (node, place) => sessionStore.actions.set({ overlay: { kind: 'viewer', node, place } }),
  answer: (step, answer) => {
    const { run } = runStore.getState();
    if (run !== null) void answerDoubts(run.run, [step], answer);
  },
  compareRoutes: openRoutes,
  moveBranch: openMove,
  routeLosses: async (node) => {
    const rows = (await readRoutes(node))?.rows ?? [];
    return new Map(
      rows.flatMap((row) => {
        const words = lossWords(row);
        return words === undefined ? [] : [[row.route, words] as const];
      }),
    );
  },
  openKeys: () => openSettings('keys'),
  openIssues: showIssues,
  openPods,
};

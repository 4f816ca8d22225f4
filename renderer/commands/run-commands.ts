import { Octagon, Play, RefreshCw } from 'lucide-react';
import { canRun } from '#core/plan/plan';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { sessionStore } from '../stores/session-store';
import { hasNodes, hasSelection, isIdle, type Command, type EditorState } from './command';
import { workingNodes } from './nodes';
import { cancelRun, showIssues, startRun } from './runs';

const selected = () => sessionStore.getState().selected;

function isWorking({ document, session }: EditorState, id: string): boolean {
  const work = session.catalogue.get(document.document.nodes[id]?.type ?? '')?.work;
  return work !== undefined && work.on !== 'plan';
}

export const runCommands: readonly Command[] = [
  {
    id: 'run.start',
    title: 'Run',
    heading: 'Run',
    icon: Play,
    keys: ['Mod+Enter'],
    inFields: true,
    enabled: (state) => hasNodes(state) && isIdle(state),
    run: () => {
      const { plan } = runStore.getState();
      if (plan !== null && !canRun(plan)) showIssues();
      else return startRun();
    },
  },
  {
    id: 'run.selected',
    title: 'Run to the selection',
    heading: 'Run',
    icon: Play,
    keys: ['Mod+Shift+Enter'],
    inFields: true,
    enabled: (state) => hasSelection(state) && isIdle(state),
    run: () => startRun([...selected()]),
  },
  {
    id: 'run.newTake',
    title: 'New take of the selection',
    heading: 'Run',
    icon: RefreshCw,
    keys: ['Mod+T'],
    enabled: (state) => [...state.session.selected].some((id) => isWorking(state, id)),
    run: () => documentStore.actions.takeNext(workingNodes(selected())),
  },
  {
    id: 'run.cancel',
    title: 'Cancel the run',
    heading: 'Run',
    icon: Octagon,
    keys: ['Mod+.'],
    inFields: true,
    enabled: ({ run }) => run.run !== null && run.run.closedAt === undefined && !run.cancelling,
    run: cancelRun,
  },
];

import { isOnlyChoosing } from '#core/plan/behind-choice';
import { ListRestart, Octagon, Pause, Play, RefreshCw, RotateCcw, StepForward, Undo } from 'lucide-react';
import { podToWaitFor } from '#core/plan/check-pods';
import { makesResults } from '#core/node';
import { canRun } from '#core/plan/plan';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { runStore } from '../stores/run-store';
import { chosenNodes } from './chosen';
import { hasNodes, hasSelection, isSettled, type Command, type EditorState } from './command';
import { showChoice } from './choosing';
import { workingNodes } from './nodes';
import { pauseQueue, resumeQueue } from './queue';
import { endPodWait, startOrQueue } from './pod-runs';
import { retakable, runAgain, runFailed, runFrom, unfinishedNodes } from './run-again';
import { runNodes, whenPlanned } from './run-when-planned';
import { cancelRun, showIssues } from './runs';

const selected = chosenNodes;

function isWorking({ document, session }: EditorState, id: string): boolean {
  const definition = session.catalogue.get(document.document.nodes[id]?.type ?? '');
  return definition !== undefined && makesResults(definition);
}

export const runCommands: readonly Command[] = [
  {
    id: 'run.start',
    title: words.commands.run,
    heading: words.commands.headings.run,
    icon: Play,
    keys: ['Mod+Enter'],
    inFields: true,
    enabled: (state) => hasNodes(state) && isSettled(state),
    run: () =>
      whenPlanned(() => {
        const { plan } = runStore.getState();
        if (plan !== null && !canRun(plan) && podToWaitFor(plan) === undefined) showIssues();
        else if (isOnlyChoosing(plan)) showChoice();
        else return startOrQueue();
      }),
  },
  {
    id: 'run.selected',
    title: words.commands.runSelected,
    heading: words.commands.headings.run,
    icon: Play,
    keys: ['Mod+Shift+Enter'],
    inFields: true,
    enabled: (state) => hasSelection(state) && isSettled(state),
    run: () => runNodes(selected()),
  },
  {
    id: 'run.newTake',
    title: words.commands.newTake,
    heading: words.commands.headings.run,
    icon: RefreshCw,
    keys: ['Mod+T'],
    enabled: (state) => [...state.session.selected].some((id) => isWorking(state, id)),
    run: () => documentStore.actions.takeNext(workingNodes(selected())),
  },
  {
    id: 'run.takeBefore',
    title: words.takes.command,
    heading: words.commands.headings.run,
    icon: Undo,
    keys: ['Shift+T'],
    enabled: ({ session, document }) =>
      [...session.selected].some((id) => (document.document.nodes[id]?.take ?? 0) > 0),
    run: () => documentStore.actions.takeBefore([...selected()]),
  },
  {
    id: 'run.from',
    title: words.commands.runFrom,
    heading: words.commands.headings.run,
    icon: StepForward,
    keys: ['Mod+Alt+Enter'],
    inFields: true,
    enabled: (state) => hasSelection(state) && isSettled(state),
    run: () => whenPlanned(() => runFrom(selected())),
  },
  {
    id: 'run.again',
    title: words.commands.runAgain,
    heading: words.commands.headings.run,
    icon: RotateCcw,
    keys: ['Mod+Shift+R'],
    enabled: (state) => isSettled(state) && retakable(state.session.selected).length > 0,
    run: () => runAgain(selected()),
  },
  {
    id: 'run.failed',
    title: words.commands.runFailed,
    heading: words.commands.headings.run,
    icon: ListRestart,
    enabled: (state) =>
      isSettled(state) && state.run.run?.closedAt !== undefined && unfinishedNodes(state.run).length > 0,
    run: () => whenPlanned(runFailed),
  },
  {
    id: 'run.cancel',
    title: words.commands.cancelRun,
    heading: words.commands.headings.run,
    icon: Octagon,
    keys: ['Mod+.'],
    inFields: true,
    enabled: ({ run }) =>
      run.awaited !== null || (run.run !== null && run.run.closedAt === undefined && !run.cancelling),
    run: () => (runStore.getState().awaited === null ? cancelRun() : endPodWait()),
  },
  {
    id: 'queue.pause',
    title: words.commands.pauseQueue,
    heading: words.commands.headings.run,
    icon: Pause,
    enabled: ({ run }) => !run.queue.paused,
    run: pauseQueue,
  },
  {
    id: 'queue.resume',
    title: words.commands.resumeQueue,
    heading: words.commands.headings.run,
    icon: Play,
    enabled: ({ run }) => run.queue.paused,
    run: resumeQueue,
  },
];

import { words } from '../look/words';
import { viewOf } from '../stores/session-store';
import { hasNodes, hasSelection, isSettled, type Command, type EditorState } from './command';
import { needsGraph } from './form-commands';

type Why = string | ((state: EditorState) => string);

const said = words.why;
const selection: Why = (state) => (hasNodes(state) ? said.noSelection : said.noNodes);
const selectionToRun: Why = (state) =>
  !isSettled(state) ? said.starting : hasSelection(state) ? said.noAgain : said.noSelection;
const chosenPicture: Why = ({ session: { gallery } }) =>
  gallery.chosen.length === 0 ? said.noneChosen : said.missing;

/** By the beginning of their ids, the first that fits: commands that differ in a direction or a colour are alike. */
const reasons: readonly (readonly [id: string, why: Why])[] = [
  ['edit.undo', said.noUndo],
  ['edit.redo', said.noRedo],
  ['edit.moveBranch', said.noNodes],
  ['edit.selectAll', said.noNodes],
  ['edit.find', said.noNodes],
  ['edit.rename', said.oneThing],
  ['edit.muteGroup', said.noGroup],
  ['edit.bypassGroup', said.noGroup],
  ['edit.pin', said.noResult],
  ['edit.look', said.noPicture],
  ['edit.paint', said.noMask],
  ['edit.crop', said.noCrop],
  ['edit.openSubgraph', said.noSubgraph],
  ['edit.unpackSubgraph', said.noSubgraph],
  ['edit.saveAsNode', said.noSubgraph],
  ['edit.leaveSubgraph', said.atTop],
  ['edit.', selection],
  ['group.make', selection],
  ['group.rename', said.oneGroup],
  ['group.', said.noGroup],
  ['arrange.align.', said.two],
  ['arrange.distribute.', said.three],
  ['arrange.layout', said.noNodes],
  ['arrange.nudge', selection],
  ['view.benchCard', selection],
  ['view.fit', said.noNodes],
  ['wire.start', said.noNodes],
  ['wire.next', said.noWires],
  ['wire.straighten', said.noBends],
  ['wire.', said.oneWire],
  ['go.', said.noNodes],
  ['form.expose', selection],
  ['form.', said.noNodes],
  ['file.saveTemplate', said.noNodes],
  ['file.save', said.isSaved],
  ['file.versions', said.noFile],
  ['file.bundle', said.noNodes],
  ['tab.close', said.underDialog],
  ['tab.reopen', said.noClosed],
  ['tab.show', said.noTab],
  ['tab.', said.oneTab],
  ['run.start', (state) => (hasNodes(state) ? said.starting : said.noNodes)],
  ['run.newTake', said.noTakes],
  ['run.takeBefore', said.firstTake],
  ['run.failed', said.noneFailed],
  ['run.cancel', said.notRunning],
  ['run.rehearse', said.noNodes],
  ['run.', selectionToRun],
  ['queue.pause', said.isPaused],
  ['queue.resume', said.notPaused],
  ['choice.goOn', ({ run }) => (run.plan?.later === undefined ? said.noChoice : said.notPicked)],
  ['choice.', said.noChoice],
  ['picture.compare', said.chooseTwo],
  [
    'picture.useAsReference',
    ({ session: { gallery } }) =>
      gallery.chosen.length === 0
        ? said.noneChosen
        : gallery.chosen.at(-1)?.missing === true
          ? said.missing
          : said.noReference,
  ],
  ['picture.', chosenPicture],
];

/** Why a command cannot be done now, in a sentence that says what would help; `undefined` when it can. */
export function whyNot(
  command: Pick<Command, 'id' | 'heading' | 'enabled'>,
  state: EditorState,
): string | undefined {
  if (command.enabled(state)) return undefined;
  if (needsGraph(command) && viewOf(state.session) === 'form') return said.form;
  const found = reasons.find(([id]) => command.id.startsWith(id))?.[1];
  return typeof found === 'function' ? found(state) : found;
}

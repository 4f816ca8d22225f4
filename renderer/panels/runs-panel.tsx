import { useEffect, useState } from 'react';
import type { RunSummary } from '#core/ipc';
import type { RunState, StepProgress } from '#core/run';
import { copyPicture, savePictureAs } from '../commands/pictures';
import { cancelQueueRun, moveInQueue, pauseQueue, removeFromQueue, resumeQueue } from '../commands/queue';
import { answerDoubts, listRuns, readRun } from '../commands/runs';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { picturesOf } from '../stores/node-view';
import { sessionStore, useSession } from '../stores/session-store';
import { nodeTitle } from './issue-place';
import { ComparisonDialog } from './comparison-dialog';
import { Queue } from './queue';
import { RunActions } from './run-actions';
import { RunDetail, Runs } from './runs';
import { CompareHead, useComparing, type Comparing } from './runs-compare';
import { useNow } from './use-now';
import { Viewer } from './viewer';
import { viewedPictures } from './viewer-facts';

/** The runs of before, or one of them. */
export function RunsPanel() {
  const looked = useSession((state) => state.lookedAtRun);
  const comparing = useComparing();
  if (looked === null) return <AllRuns comparing={comparing} />;
  return <OneRun key={looked} run={looked} onCompare={() => comparing.begin(looked)} />;
}

function AllRuns({ comparing }: { comparing: Comparing }) {
  const now = useNow();
  const [runs, setRuns] = useState<{ asOf: string; list: readonly RunSummary[] } | null>(null);
  // A run that opens or closes changes the list.
  const newest = useRun(
    ({ run, queue: { underWay: begun } }) => `${run?.run} ${run?.closedAt} ${begun?.run}`,
  );
  const queue = useRun((state) => state.queue);
  const underWay = useRun(({ run, queue: { underWay: begun } }) => (run?.run === begun?.run ? run : null));
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const list = await listRuns();
      if (isShown) setRuns({ asOf: newest, list });
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [newest]);
  if (runs === null) return null;
  const ended = runs.list.filter(({ run }) => run !== queue.underWay?.run);
  const open = (run: string) => sessionStore.actions.set({ lookedAtRun: run });
  return (
    <>
      <Queue
        queue={queue}
        run={underWay}
        now={now}
        onMove={(run, before) => void moveInQueue(run, before)}
        onRemove={(run) => void removeFromQueue(run)}
        onCancel={(run) => void cancelQueueRun(run)}
        onOpen={open}
        onPause={() => void pauseQueue()}
        onResume={() => void resumeQueue()}
      />
      <Runs
        runs={ended}
        now={now}
        head={<CompareHead comparing={comparing} runs={ended.length} />}
        marked={comparing.marked}
        onOpen={comparing.marked === null ? open : comparing.mark}
      />
      {comparing.pair === null ? null : (
        <ComparisonDialog a={comparing.pair[0]} b={comparing.pair[1]} onClose={comparing.end} />
      )}
    </>
  );
}

function OneRun({ run: id, onCompare }: { run: string; onCompare: () => void }) {
  const now = useNow();
  const live = useRun((state) => (state.run?.run === id ? state.run : null));
  const [read, setRead] = useState<RunState | 'gone' | null>(null);
  const [viewed, setViewed] = useState<{ step: StepProgress; place: number } | null>(null);
  const titles = useTitles();
  useEffect(() => {
    let isShown = true;
    const fetch = async () => {
      const run = await readRun(id);
      if (isShown) setRead(run ?? 'gone');
    };
    void fetch();
    return () => {
      isShown = false;
    };
  }, [id]);
  const back = () => sessionStore.actions.set({ lookedAtRun: null });
  // The one going on here is followed; what only the store has is in the one read.
  const run = live !== null && live.steps.size > 0 ? live : read;
  if (run === null) return null;
  if (run === 'gone') return <p className="list-none">{words.runs.unreadable}</p>;
  return (
    <>
      <RunDetail
        run={run}
        now={now}
        titleOf={titles}
        actions={<RunActions run={run} titleOf={titles} onCompare={onCompare} />}
        onBack={back}
        onPicture={(step, place) => setViewed({ step, place })}
        onAnswer={(step, answer) => void answerDoubts(id, [step], answer)}
      />
      {viewed === null ? null : (
        <Viewer
          title={titles(viewed.step.node)}
          pictures={viewedPictures(picturesOf(viewed.step.outputs), [viewed.step], undefined, [], now)}
          at={viewed.place}
          onMove={(place) => setViewed({ ...viewed, place })}
          onClose={() => setViewed(null)}
          onSaveAs={(image) => void savePictureAs(image, titles(viewed.step.node))}
          onCopy={(image) => void copyPicture(image)}
        />
      )}
    </>
  );
}

/** Titles of nodes of the document that is open; a node it does not have goes by its id. */
function useTitles(): (node: string) => string {
  const whole = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  return (node) => nodeTitle(whole, catalogue, node);
}

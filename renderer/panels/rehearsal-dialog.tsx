import { Drama } from 'lucide-react';
import { useState } from 'react';
import { faults as allFaults, type Fault } from '#core/fault';
import { rehearsable } from '#core/plan/rehearsal';
import { countSteps } from '#core/run';
import { ChoiceList } from '../fields/choice-list';
import { cancelRehearsal, startRehearsal } from '../commands/rehearsals';
import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import type { Rehearsal } from '../stores/rehearsal';
import { useRun } from '../stores/run-store';
import { useSession } from '../stores/session-store';
import { nodeTitle } from './issue-place';
import { RehearsalReport } from './rehearsal-report';
import './rehearsal.css';

/** Chooses what goes wrong, follows the rehearsal, and says what was found. */
export function RehearsalDialog({ onClose }: { onClose: () => void }) {
  const rehearsal = useRun((state) => state.rehearsal);
  const [choosing, setChoosing] = useState(rehearsal === null);
  const isOver = rehearsal?.run.closedAt !== undefined;
  return (
    <DialogFrame open onClose={onClose} title={words.rehearsal.title} width={620} className="rehearsal">
      {choosing || rehearsal === null ? (
        <Choose before={rehearsal?.faults ?? {}} onStarted={() => setChoosing(false)} />
      ) : isOver ? (
        <Found rehearsal={rehearsal} onChange={() => setChoosing(true)} />
      ) : (
        <UnderWay rehearsal={rehearsal} onClose={onClose} />
      )}
    </DialogFrame>
  );
}

const none = 'none';
const options = [none, ...allFaults].map((value) => ({
  value,
  label: value === none ? words.rehearsal.noFault : words.rehearsal.faults[value as Fault],
}));

function Choose({ before, onStarted }: { before: Readonly<Record<string, Fault>>; onStarted: () => void }) {
  const document = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const [faults, setFaults] = useState(before);
  const [starting, setStarting] = useState(false);
  const nodes = rehearsable(document, catalogue);
  if (nodes.length === 0) return <p className="rehearsal-about">{words.rehearsal.none}</p>;
  const chosen = new Set(nodes.map((node) => faults[node] ?? none));
  const set = (ids: readonly string[], value: string) => {
    const others = Object.entries(faults).filter(([node]) => !ids.includes(node));
    const added = value === none ? [] : ids.map((node) => [node, value as Fault] as const);
    setFaults(Object.fromEntries([...others, ...added]));
  };
  const start = async () => {
    setStarting(true);
    if (await startRehearsal(faults)) onStarted();
    setStarting(false);
  };
  const [only] = chosen;
  return (
    <>
      <p className="rehearsal-about">{words.rehearsal.about}</p>
      <div className="rehearsal-row" data-all="true">
        <span>{words.rehearsal.all}</span>
        <ChoiceList
          label={words.rehearsal.all}
          options={options}
          value={chosen.size === 1 ? (only ?? none) : ''}
          placeholder={words.rehearsal.mixed}
          onChange={(value) => set(nodes, value)}
        />
      </div>
      <div className="rehearsal-nodes">
        {nodes.map((node) => {
          const title = nodeTitle(document, catalogue, node);
          return (
            <div key={node} className="rehearsal-row">
              <span className="one-line">{title}</span>
              <ChoiceList
                label={words.rehearsal.faultAt(title)}
                options={options}
                value={faults[node] ?? none}
                onChange={(value) => set([node], value)}
              />
            </div>
          );
        })}
      </div>
      <footer className="rehearsal-foot">
        <button
          type="button"
          className="button"
          data-kind="primary"
          data-size="large"
          disabled={starting}
          onClick={() => void start()}
        >
          <Drama size={15} aria-hidden="true" />
          {starting ? words.rehearsal.starting : words.rehearsal.start}
        </button>
      </footer>
    </>
  );
}

function UnderWay({ rehearsal, onClose }: { rehearsal: Rehearsal; onClose: () => void }) {
  const { asked, open } = countSteps(rehearsal.run);
  const ended = asked - open;
  return (
    <>
      <output className="rehearsal-progress">
        <Drama size={16} aria-hidden="true" /> {words.rehearsal.running(ended, asked)}
      </output>
      <progress className="rehearsal-bar" value={ended} max={Math.max(1, asked)} />
      <footer className="rehearsal-foot">
        <button
          type="button"
          className="button"
          data-kind="quiet"
          onClick={() => void cancelRehearsal(rehearsal.run)}
        >
          {words.rehearsal.cancel}
        </button>
        <button type="button" className="button" onClick={onClose}>
          {words.rehearsal.hide}
        </button>
      </footer>
    </>
  );
}

function Found({ rehearsal, onChange }: { rehearsal: Rehearsal; onChange: () => void }) {
  const [starting, setStarting] = useState(false);
  const again = async () => {
    setStarting(true);
    await startRehearsal(rehearsal.faults);
    setStarting(false);
  };
  return (
    <>
      <RehearsalReport rehearsal={rehearsal} />
      <footer className="rehearsal-foot">
        <button type="button" className="button" onClick={onChange}>
          {words.rehearsal.change}
        </button>
        <button type="button" className="button" disabled={starting} onClick={() => void again()}>
          {words.rehearsal.again}
        </button>
      </footer>
    </>
  );
}

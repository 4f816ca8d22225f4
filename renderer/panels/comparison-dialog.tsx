import { Equal } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Cause, Comparison, StepDifference } from '#core/compare/comparison';
import { isAlike, nameChange } from '#core/compare/comparison-words';
import type { NodeCatalogue } from '#core/node';
import { compareRuns } from '../commands/runs';
import { DialogFrame } from '../look/dialog-frame';
import { amount, count, dateAndTime } from '../look/format';
import { Picture } from '../look/picture';
import { translated, words } from '../look/words';
import { useSession } from '../stores/session-store';
import './comparison-dialog.css';
import { outcomeWords } from './run-words';

const said = words.comparison;

/** Steps of one cause that are shown; of more only the number is told. */
const mostShown = 12;
const mostCauses = 40;

/** What two runs have in common, and the first cause of each difference, with their pictures side by side. */
export function ComparisonDialog({ a, b, onClose }: { a: string; b: string; onClose: () => void }) {
  const catalogue = useSession((state) => state.catalogue);
  const [comparison, setComparison] = useState<Comparison | 'gone' | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await compareRuns(a, b);
      if (isShown) setComparison(found ?? 'gone');
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [a, b]);
  return (
    <DialogFrame open onClose={onClose} title={said.title} width={820}>
      {comparison === 'gone' ? <p className="soft">{said.gone}</p> : null}
      {comparison === null || comparison === 'gone' ? null : (
        <Compared comparison={comparison} catalogue={catalogue} />
      )}
    </DialogFrame>
  );
}

function Compared({ comparison, catalogue }: { comparison: Comparison; catalogue: NodeCatalogue }) {
  const { a, b, same, steps, causes } = comparison;
  return (
    <div className="compared">
      <div className="compared-sides compared-heads">
        <RunHead name="A" run={a} />
        <RunHead name="B" run={b} />
      </div>
      {isAlike(comparison) ? (
        <div className="empty">
          <Equal size={24} />
          <p className="empty-title">{said.alike}</p>
          <p>{said.alikeText(same.length)}</p>
        </div>
      ) : (
        <>
          <p className="soft">
            {said.common(same.length === 0 ? undefined : count(same.length, 'step'), steps.length)}
          </p>
          <ol>
            {causes.slice(0, mostCauses).map((cause, place) => (
              <CauseSection
                key={place}
                place={place}
                cause={cause}
                steps={steps.filter((step) => step.cause === place)}
                nodes={comparison.nodes}
                catalogue={catalogue}
              />
            ))}
          </ol>
          {causes.length > mostCauses ? (
            <p className="caption">{said.andMore(count(causes.length - mostCauses, 'more cause'))}</p>
          ) : null}
        </>
      )}
    </div>
  );
}

function RunHead({ name, run }: { name: string; run: Comparison['a'] }) {
  const { label, tone } = outcomeWords(run);
  return (
    <header className="compared-head">
      <span className="compared-name">{name}</span>
      <div className="list-words">
        <h3 className="one-line">{run.title}</h3>
        <p className="caption">
          <span className="chip" data-tone={tone}>
            {label}
          </span>{' '}
          {dateAndTime(run.openedAt)} · {amount(run.spent)}
        </p>
      </div>
    </header>
  );
}

function CauseSection({
  place,
  cause: { node, change },
  steps,
  nodes,
  catalogue,
}: {
  place: number;
  cause: Cause;
  steps: readonly StepDifference[];
  nodes: Comparison['nodes'];
  catalogue: NodeCatalogue;
}) {
  const titleOf = (id: string) => nodes[id]?.title ?? catalogue.get(nodes[id]?.type ?? '')?.title ?? id;
  const definition = catalogue.get((node === undefined ? undefined : nodes[node]?.type) ?? '');
  const labelOf = (name: string) =>
    definition?.params[name]?.label ?? definition?.inputs[name]?.label ?? name;
  const hasValues = 'before' in change && change.kind !== 'ended';
  return (
    <li className="compared-cause">
      <h3>
        <span className="compared-place value">{place + 1}</span>
        {node === undefined ? said.workflow : titleOf(node)}
        <span className="compared-what">{capital(nameChange(change, labelOf, words))}</span>
      </h3>
      {hasValues ? (
        <div className="compared-sides">
          <p className="compared-value">{translated(change.before)}</p>
          <p className="compared-value">{translated(change.after)}</p>
        </div>
      ) : null}
      {change.kind === 'ended' && change.words !== undefined ? (
        <p className="compared-words">{translated(change.words)}</p>
      ) : null}
      {steps.length === 0 ? <p className="caption">{said.noStep}</p> : null}
      <ul>
        {withNewPictures(steps.slice(0, mostShown)).map(({ step, isNew }) => (
          <StepRow key={step.step} step={step} showsPictures={isNew} titleOf={titleOf} />
        ))}
      </ul>
      {steps.length > mostShown ? (
        <p className="caption">{said.andMore(count(steps.length - mostShown, 'more step'))}</p>
      ) : null}
    </li>
  );
}

/** Nodes often pass a picture on as it is: the same pair is shown once. */
function withNewPictures(steps: readonly StepDifference[]): { step: StepDifference; isNew: boolean }[] {
  const seen = new Set<string>();
  return steps.map((step) => {
    const { a, b } = step.pictures;
    const pair = `${a[0] ?? ''} ${b[0] ?? ''}`;
    const isNew = pair !== ' ' && !seen.has(pair);
    seen.add(pair);
    return { step, isNew };
  });
}

function StepRow({
  step,
  showsPictures,
  titleOf,
}: {
  step: StepDifference;
  showsPictures: boolean;
  titleOf: (node: string) => string;
}) {
  const { node, through, states, pictures } = step;
  const side =
    states.a === undefined ? said.onlyIn('B') : states.b === undefined ? said.onlyIn('A') : undefined;
  const before =
    through === undefined ? undefined : said.becauseOf(`${titleOf(through.node)}${numberOf(through.step)}`);
  const why = [side, before].filter((part) => part !== undefined).join(', ');
  const title = `${titleOf(node)}${numberOf(step.step)}`;
  const [left, right] = [pictures.a[0], pictures.b[0]];
  return (
    <li className="compared-step">
      <p>
        {title} <span className="caption">{why}</span>
      </p>
      {showsPictures ? (
        <div className="compared-sides">
          <ComparedPicture hash={left} alt={said.pictureIn(title, 'A')} />
          <ComparedPicture hash={right} alt={said.pictureIn(title, 'B')} />
        </div>
      ) : null}
    </li>
  );
}

function ComparedPicture({ hash, alt }: { hash: string | undefined; alt: string }) {
  if (hash === undefined) return <p className="compared-none caption">{said.noPicture}</p>;
  return (
    <span className="compared-picture">
      <Picture hash={hash} alt={alt} width={512} />
    </span>
  );
}

/** ` #2` of `make#2`. */
function numberOf(step: string | undefined): string {
  return step === undefined ? '' : ` ${step.slice(step.lastIndexOf('#'))}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

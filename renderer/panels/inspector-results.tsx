import { CircleAlert, CircleHelp } from 'lucide-react';
import { modelRefOf, taskKindOf } from '#core/plan/route';
import type { StepProgress } from '#core/run';
import { duration, money, percent, secondsBetween, when } from '../look/format';
import { LoraFacts } from '../look/lora-facts';
import { lorasOf } from '../look/lora-words';
import { DoubtAnswers } from '../look/doubt-answers';
import { Picture } from '../look/picture';
import { translated, words } from '../look/words';
import { picturesOf } from '../stores/node-view';
import type { InspectedNode } from './inspector-props';
import { Section } from './inspector-section';
import { InstallButtons } from './install-buttons';
import { MissingParts } from './missing-parts';
import { heldWords, shortfallWords, stepWords, wordsIn } from './run-words';

const said = words.inspector.results;

/** What the node gave last, and how each step of it went. */
export function InspectorResults(props: InspectedNode) {
  const { id, steps, outputsOf, actions, definition } = props;
  const outputs = outputsOf(id);
  const pictures = picturesOf(outputs);
  const texts = wordsIn(outputs);
  const loras = definition.work.on === 'plan' ? [] : lorasOf(outputs);
  const troubled = steps.filter(
    ({ state }) => state === 'failed' || state === 'in-doubt' || state === 'held',
  );
  if (pictures.length === 0 && texts.length === 0 && loras.length === 0 && steps.length === 0) return null;
  return (
    <Section title={definition.work.on === 'plan' ? said.gives : said.result}>
      {troubled.map((step) => (
        <Trouble key={step.step} step={step} onAnswer={actions.answer} />
      ))}
      {shortfallWords(steps.flatMap(({ shortfall = [] }) => shortfall)).map((shortfall) => (
        <div key={shortfall} className="remark" data-tone="spend">
          <CircleHelp size={15} aria-label={said.missing} />
          <p className="can-select">{shortfall}</p>
        </div>
      ))}
      {pictures.length === 0 ? null : (
        <div className="inspector-pictures" data-one={pictures.length === 1}>
          {pictures.map((image, place) => (
            <button
              // A list may hold a picture twice.
              key={`${place} ${image.hash}`}
              type="button"
              className="inspector-picture checkerboard"
              aria-label={said.look(place + 1, pictures.length)}
              onClick={() => actions.look(id, place)}
            >
              <Picture
                hash={image.hash}
                width={pictures.length === 1 ? 1024 : 256}
                alt=""
                fit={pictures.length === 1 ? 'contain' : 'cover'}
              />
            </button>
          ))}
        </div>
      )}
      {loras.map((lora) => (
        <LoraFacts key={lora.name} lora={lora} />
      ))}
      {texts.length === 0 ? null : (
        <ol className="inspector-words can-select">
          {texts.slice(0, 20).map((text, place) => (
            // Lists may hold a text twice.
            <li key={`${place} ${text}`}>{text}</li>
          ))}
          {texts.length > 20 ? <li className="faint">{said.more(texts.length - 20)}</li> : null}
        </ol>
      )}
      <Receipt {...props} />
    </Section>
  );
}

function Receipt({ node, definition, document, providers, steps, now }: InspectedNode) {
  const done = steps.filter(({ state }) => state === 'finished' || state === 'reused');
  const going = steps.find(({ state }) => state === 'running' || state === 'collecting');
  if (going !== undefined)
    return (
      <p className="inspector-receipt">
        <span>{stepWords(going.state).label}</span>
        {going.fraction === undefined ? null : <span className="value">{percent(going.fraction)}</span>}
        {going.place === undefined ? null : <span className="figures">{said.inLine(going.place)}</span>}
      </p>
    );
  const last = done.at(-1);
  if (last === undefined) return null;
  const price = done.reduce((sum, step) => sum + step.price, 0);
  const seconds = done.reduce(
    (sum, step) =>
      sum + (step.state === 'finished' ? (secondsBetween(step.startedAt, step.endedAt) ?? 0) : 0),
    0,
  );
  const kind = taskKindOf(definition);
  const route = kind === undefined ? undefined : (node.route ?? document.routes[kind]);
  const vendor =
    route === undefined ? undefined : providers.find(({ id }) => id === modelRefOf(route).provider);
  const reused = done.every(({ state }) => state === 'reused');
  return (
    <p className="inspector-receipt">
      {reused ? (
        <span className="chip" data-tone="success">
          {said.reused}
        </span>
      ) : (
        <span className="value price" data-free={price === 0}>
          {money(price)}
        </span>
      )}
      {reused || vendor === undefined ? null : <span>{vendor.label}</span>}
      {reused || seconds === 0 ? null : <span className="figures">{duration(seconds)}</span>}
      {last.endedAt === undefined ? null : <span>{when(last.endedAt, now)}</span>}
    </p>
  );
}

function Trouble({
  step,
  onAnswer,
}: {
  step: StepProgress;
  onAnswer: (step: string, answer: 'resend' | 'give-up') => void;
}) {
  const inDoubt = step.state === 'in-doubt';
  const message = translated(step.failure?.message) ?? heldWords(step.because);
  return (
    <div className="remark" data-tone={step.state === 'failed' ? 'danger' : 'spend'}>
      {step.state === 'failed' ? (
        <CircleAlert size={15} aria-label={said.failed} />
      ) : (
        <CircleHelp size={15} aria-label={stepWords(step.state).label} />
      )}
      <div className="inspector-trouble">
        <p className="can-select">
          {message} {step.failure === undefined ? null : said.charges[step.failure.charge]}
        </p>
        {step.failure?.missing !== undefined ? (
          <>
            <MissingParts parts={step.failure.missing} />
            <InstallButtons parts={step.failure.missing} />
          </>
        ) : step.failure?.detail === undefined ? null : (
          <details>
            <summary>{said.serviceSaid}</summary>
            <pre className="can-select">{translated(step.failure.detail)}</pre>
          </details>
        )}
        {inDoubt ? (
          <span className="inspector-answers">
            <DoubtAnswers
              count={1}
              worstPrice={step.worstPrice ?? 0}
              onAnswer={(answer) => onAnswer(step.step, answer)}
            />
          </span>
        ) : null}
      </div>
    </div>
  );
}

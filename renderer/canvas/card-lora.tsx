import type { NodeDefinition } from '#core/node';
import type { PlannedNode } from '#core/plan/planned';
import { durationRange, moneyRange, percent } from '../look/format';
import { LoraFacts } from '../look/lora-facts';
import { lorasOf } from '../look/lora-words';
import { words } from '../look/words';
import type { NodeProgress } from '../stores/node-view';
import { useRun } from '../stores/run-store';

/** The place of a LoRA that a model trains: what is there, how far the training is, or what to expect of it. */
export function CardLora({
  id,
  definition,
  planned,
  progress,
}: {
  id: string;
  definition: NodeDefinition;
  planned: PlannedNode | undefined;
  progress: NodeProgress | undefined;
}) {
  const outputs = useRun((state) => state.outputs.get(id));
  if (definition.work.on !== 'provider' || definition.work.kind !== 'train-lora') return null;
  const loras = lorasOf(outputs);
  const isMaking =
    progress?.live === true && (progress.state === 'running' || progress.state === 'collecting');
  const willRun = planned?.verdict === 'will-run';
  if (isMaking)
    return (
      <div className="card-well card-lora" data-making="true">
        <span className="value">
          {progress.fraction === undefined
            ? words.cards.lora.training
            : words.cards.lora.trainingAt(percent(progress.fraction))}
        </span>
        <span className="card-working" />
      </div>
    );
  if (loras.length > 0)
    return (
      <div className="card-lora-list">
        {loras.map((lora) => (
          <LoraFacts key={lora.name} lora={lora} isOld={willRun} />
        ))}
      </div>
    );
  return (
    <div className="card-well card-lora" data-empty="true">
      {willRun ? (
        <span className="value">
          {[
            moneyRange(planned.forecast.price),
            ...(planned.forecast.seconds.high > 0 ? [durationRange(planned.forecast.seconds)] : []),
          ].join(', ')}
        </span>
      ) : (
        <span className="faint">{words.cards.lora.none}</span>
      )}
    </div>
  );
}

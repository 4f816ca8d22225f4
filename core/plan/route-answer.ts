import type { ModelSpec } from '../provider';
import type { RouteAnswer } from '../route-comparison';
import { picturesAsked, taskKinds, type Task, type TaskKind } from '../task';
import type { Size } from '../values';
import { checkLinks } from './check-links';
import { checkLoras } from './check-loras';
import { checkTask, type TaskNote } from './check-task';
import { fitSize } from './fit-size';
import { addForecasts } from './forecast';
import type { PlannedStep } from './planned';
import { modelRefOf } from './route';
import { prepareStep, type PlanContext, type PreparedStep, type ResolvedNode } from './step';

const verbs: Record<TaskKind, string> = {
  generate: 'make pictures from words',
  edit: 'edit pictures',
  upscale: 'enlarge pictures',
  'train-lora': 'train LoRAs',
};

/** Does everything: what is refused here is wrong with the task itself, whatever the route. */
const able: ModelSpec = {
  id: '',
  label: '',
  tasks: taskKinds,
  pinned: true,
  maxCount: Infinity,
  takes: {
    seed: true,
    negative: true,
    loras: true,
    loraClip: true,
    mask: true,
    strength: true,
    weights: true,
  },
  price: { perPicture: 0, asOf: '', source: '' },
  seconds: { low: 0, high: 0 },
};

/**
 * What a route there is makes of a node's planned steps, all of them made anew, and how many pictures that is (0 while it is
 * not known). `asking` is the node with its params resolved, on whatever route.
 */
export function answerOf(
  { providers, known }: PlanContext,
  route: string,
  kind: TaskKind,
  asking: ResolvedNode | undefined,
  steps: readonly PlannedStep[],
): { told: RouteAnswer; pictures: number } {
  const ref = modelRefOf(route);
  const provider = providers.get(ref.provider)!;
  const model = provider.models.find(({ id }) => id === ref.model)!;
  if (!model.tasks.includes(kind))
    return { told: { cannot: `${model.label} does not ${verbs[kind]}.`, notes: [] }, pictures: 0 };
  if (asking === undefined) return { told: { notes: [] }, pictures: 0 };
  const there: ResolvedNode = { ...asking, provider, model };
  const prepared = steps
    .map((step) => prepareStep(there, step.index, step.copy, step.inputs, known))
    .filter(isAsking);
  const notes = new Map<string, TaskNote>();
  for (const { task, notes: own } of prepared) {
    const common = new Set(checkTask(task, able).map(({ message }) => message));
    for (const note of own) if (!common.has(note.message)) notes.set(note.message, note);
    for (const { message } of checkLinks(there, task, known))
      notes.set(message, { effect: 'refused', field: 'images', message });
    for (const { message } of checkLoras(there, task, known))
      notes.set(message, { effect: 'refused', field: 'loras', message });
  }
  const told: RouteAnswer = { notes: [...notes.values()] };
  const nearest = prepared.map(({ task }) => nearestSize(task, model)).find((size) => size !== undefined);
  if (nearest !== undefined) told.nearest = nearest;
  if (prepared.length === 0) return { told, pictures: 0 };
  const each = prepared.map(({ task, forecast: { price } }) => ({
    low: price.low / picturesAsked(task),
    high: price.high / picturesAsked(task),
  }));
  told.price = addForecasts(prepared.map(({ forecast }) => forecast)).price;
  told.each = {
    low: each.reduce((least, { low }) => Math.min(least, low), Infinity),
    high: each.reduce((most, { high }) => Math.max(most, high), 0),
  };
  return { told, pictures: prepared.reduce((sum, { task }) => sum + picturesAsked(task), 0) };
}

/** For a task whose size is refused, and could be had a little otherwise. */
function nearestSize(task: Task, model: ModelSpec): Size | undefined {
  if (task.kind === 'upscale' || task.kind === 'train-lora') return undefined;
  const isRefused = (size: Size) =>
    checkTask({ ...task, size }, model).some(({ effect, field }) => effect === 'refused' && field === 'size');
  if (!isRefused(task.size)) return undefined;
  const nearest = fitSize(task.size, model.size);
  return isRefused(nearest) ? undefined : nearest;
}

function isAsking(step: PreparedStep): step is PreparedStep & Required<Pick<PreparedStep, 'task'>> {
  return step.task !== undefined;
}

import { choiceState, chosen, picksSchema, pictureNames, type ChoiceState } from '../choice';
import type { Issue } from '../issue';
import type { NodeDefinition } from '../node';
import { isImageRef, type Outputs } from '../values';
import type { Behind, BehindChoices } from './behind-choice';
import { nothing } from './forecast';
import type { PlannedChoice, PlannedStep } from './planned';
import type { PlannedItem, ResolvedNode, StepId } from './step';

type PersonWork = Extract<NodeDefinition['work'], { on: 'person' }>;

/** A choice over what comes to it, as far as that is known. */
function plannedChoice(
  { params }: Pick<ResolvedNode, 'params'>,
  work: PersonWork,
  list: readonly PlannedItem[],
): { state: ChoiceState; choice: PlannedChoice } {
  const rule = work.rule(params as never);
  const pictures = list.map((item) => ('value' in item && isImageRef(item.value) ? item.value : null));
  const names = pictureNames(pictures.map((picture) => picture ?? undefined));
  const state = choiceState(rule, picksSchema.parse(params[work.picks]), names);
  return {
    state,
    choice: {
      open: state.state === 'open',
      pictures,
      picked: state.picked,
      fresh: state.fresh,
      fewest: Math.min(rule.fewest, list.length),
      most: Math.min(rule.most, list.length),
    },
  };
}

/** What an open choice will give: as many as may be picked, of which the fewest are sure. */
function itemsAhead(step: StepId, work: PersonWork, list: readonly PlannedItem[], choice: PlannedChoice) {
  const sure = Math.min(choice.fewest, list.filter((item) => !('from' in item && item.maybe)).length);
  return Array.from({ length: choice.most }, (_, item): PlannedItem => ({
    from: step,
    port: work.gives,
    item,
    pick: item,
    ...(item < sure ? {} : { maybe: true }),
  }));
}

/** One item of a node where a person picks: what it gives, what is wrong, and while the choice is open the step that waits. */
export function planChoice(
  node: ResolvedNode,
  id: StepId,
  inputs: Record<string, PlannedItem[]>,
  behindChoices: BehindChoices,
): { choice?: PlannedChoice; issues: Issue[]; lists: Record<string, PlannedItem[]>; step?: PlannedStep } {
  const { work } = node.definition;
  if (work.on !== 'person') return { issues: [], lists: {} };
  const list = inputs[work.from] ?? [];
  const { state, choice } = plannedChoice(node, work, list);
  if (state.state === 'impossible') {
    const place = { node: node.id, param: work.picks };
    const issue: Issue = { code: 'cannot-choose', severity: 'error', message: state.trouble ?? '', place };
    return { choice, issues: [issue], lists: {} };
  }
  if (state.state === 'made')
    return { choice, issues: [], lists: { [work.gives]: state.picked.map((place) => list[place]!) } };
  const before = behindChoices.of(inputs, node.definition.inputs)?.choices ?? [];
  const behind: Behind = { choices: [...before, node.id], maybe: false, here: true };
  behindChoices.note(id, behind);
  const step: PlannedStep = {
    id,
    node: node.id,
    index: 0,
    copy: 0,
    inputs,
    verdict: 'waits',
    reason: { code: 'waits-for-choice', nodes: [] },
    behind,
    forecast: nothing,
  };
  return { choice, issues: [], lists: { [work.gives]: itemsAhead(id, work, list, choice) }, step };
}

/** What a choice gives when all that comes to it is there; `undefined` while a person is waited for. */
export function chosenOutputs(
  { params }: Pick<ResolvedNode, 'params'>,
  work: PersonWork,
  inputs: Readonly<Record<string, readonly PlannedItem[]>>,
): Outputs | undefined {
  const list = (inputs[work.from] ?? []).flatMap((item) =>
    'value' in item ? [item.value as Outputs[string][number]] : [],
  );
  const picked = chosen(work.rule(params as never), picksSchema.parse(params[work.picks]), list);
  return picked === undefined ? undefined : { [work.gives]: picked };
}

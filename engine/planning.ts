import { flatten } from '#core/document/flatten';
import { upgradeNodes } from '#core/document/upgrade';
import { podIssues, providersAsked } from '#core/plan/check-pods';
import { planRun } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import type { PlanContext } from '#core/plan/step';
import { providerInfo } from '#core/provider-info';
import type { PlanRequest } from './contract';
import type { PictureIntake } from './files/survey';
import { knowledgeOf } from './knowledge';
import type { Loras, WantedLora } from './loras/loras';
import type { Pods } from './pods/contract';
import type { EngineParts } from './run/parts';
import type { PinRows } from './store/pin-rows';

type Planned = ReturnType<typeof planRun>;

/** Makes plans of what the store, the pods and the LoRAs say just now. */
export class Planning {
  constructor(
    private readonly parts: EngineParts,
    private readonly asked: { intake: PictureIntake; pins: PinRows; loras: Loras; pods: Pods },
  ) {}

  /** As the person's settings make them just now. */
  infos() {
    const { providers, setting } = this.parts.options;
    return new Map([...providers].map(([id, provider]) => [id, providerInfo(provider, setting)]));
  }

  async context({ document: given, folder, outFolder }: PlanRequest): Promise<PlanContext> {
    const { nodes } = this.parts.options;
    const { intake, loras } = this.asked;
    // A request that was written down by an older Seedloom has to mean what it meant: its keys are known.
    const document = upgradeNodes(given, nodes);
    const flat = flatten(document, nodes);
    const survey = await intake.survey(flat.document, flat.catalogue, folder);
    const known = knowledgeOf({ ...this.parts, loras }, survey, document.id, outFolder);
    return { document, catalogue: nodes, providers: this.infos(), known };
  }

  async plan(request: PlanRequest): Promise<Planned> {
    await this.#notePins(request);
    return planRun(await this.context(request), request.targets);
  }

  /** The plan by what the LoRAs of its steps say of themselves now. */
  async toRun(request: PlanRequest): Promise<Planned> {
    await this.#notePins(request);
    const { loras } = this.asked;
    const context = await this.context(request);
    const wanted = new Map<string, WantedLora>();
    const lora = (provider: string, name: string) => {
      wanted.set(`${provider}/${name}`, { provider, name });
      return context.known.lora(provider, name);
    };
    const planned = planRun({ ...context, known: { ...context.known, lora } }, request.targets);
    const isOther = wanted.size > 0 && (await loras.learn([...wanted.values()]));
    return isOther ? planRun(await this.context(request), request.targets) : planned;
  }

  /** With what stands in the way at the pods the work would go to. */
  withPods(plan: Plan): Plan {
    return {
      ...plan,
      issues: [...plan.issues, ...podIssues(plan, this.infos(), this.asked.pods.usedBy)],
    };
  }

  async toRunWithPods(request: PlanRequest): Promise<Planned> {
    const planned = await this.toRun(request);
    await this.asked.pods.lookAtUsed(providersAsked(planned.plan));
    return { ...planned, plan: this.withPods(planned.plan) };
  }

  /** A plan is worth more than the note: on a full disk it says what stands in the way. */
  async #notePins({ document }: PlanRequest): Promise<void> {
    await this.asked.pins.note(document).catch(() => undefined);
  }
}

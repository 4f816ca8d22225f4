import { createHash } from 'node:crypto';
import type { RunFacts, StepFacts } from '#core/compare/comparison';
import type { LoraFacts } from '#core/lora/lora';
import type { CacheKeyParts } from '#core/plan/cache-key';
import type { Knowledge, StoredResult } from '#core/plan/knowledge';
import { planRun } from '#core/plan/plan';
import type { Plan } from '#core/plan/planned';
import { prepareStep } from '#core/plan/step';
import { picturesAsked } from '#core/task';
import type { WorkflowDocument } from '#core/document/schema';
import type { ImageRef, Outputs } from '#core/values';
import { userFailure } from '#core/failure';
import { smallNodes, smallProvider } from './small-catalogue';

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function pictureOf(text: string): ImageRef {
  return { hash: hashOf(text), format: 'png', width: 64, height: 64, bytes: 100 };
}

/** A store in memory that can "run" a plan: every step gets a picture made of its key. */
export class SmallWorld {
  readonly results = new Map<string, StoredResult>();
  readonly previous = new Map<string, CacheKeyParts>();
  readonly files = new Map<string, ImageRef>();
  /** Hashes of pictures the store has lost. */
  readonly lost = new Set<string>();
  /** The person's own, by route. */
  readonly prices = new Map<string, number>();
  /** What is known of LoRAs, by `provider/name`. */
  readonly loras = new Map<string, LoraFacts>();
  outFolder = '/out';
  #runs = 0;

  knowledge(): Knowledge {
    return {
      hash: hashOf,
      result: (key) => this.results.get(key),
      previous: (node, index, copy) => this.previous.get(`${node}#${index}.${copy}`),
      file: (ref) =>
        this.files.get(ref.path ?? '') ?? userFailure('missing-picture', `${ref.name} is not there.`),
      folder: () => userFailure('missing-folder', 'No folder.'),
      picture: (hash) => !this.lost.has(hash),
      price: (route) => this.prices.get(route),
      outFolder: this.outFolder,
      imageHostTrouble: () => undefined,
      lora: (provider, name) => this.loras.get(`${provider}/${name}`),
    };
  }

  plan(document: WorkflowDocument, targets?: string[]): Plan {
    return this.#planRun(document, targets).plan;
  }

  /** Carries the plan out and gives the ids of the steps it made. */
  run(document: WorkflowDocument, targets?: string[]): string[] {
    return this.facts(document, targets)
      .steps.filter(({ state }) => state === 'finished')
      .map(({ step }) => step);
  }

  /** Carries the plan out and gives what the run was and did. */
  facts(document: WorkflowDocument, targets?: string[]): RunFacts {
    const { plan, resolved } = this.#planRun(document, targets);
    const outputs = new Map<string, Outputs>();
    const steps: StepFacts[] = [];
    for (const step of plan.steps) {
      if (step.verdict === 'blocked' || step.verdict === 'waits') continue;
      if (step.pinned === true) {
        outputs.set(step.id, step.outputs!);
        continue;
      }
      const node = resolved.get(step.node)!;
      const inputs = Object.fromEntries(
        Object.entries(step.inputs).map(([port, items]) => [
          port,
          items.map((item) =>
            'value' in item ? item : { value: outputs.get(item.from)![item.port]![item.item]! },
          ),
        ]),
      );
      const prepared = prepareStep(node, step.index, step.copy, inputs, this.knowledge());
      const { key } = prepared;
      const stored = this.results.get(key!.text);
      if (stored === undefined) {
        const task = prepared.task;
        const image = Array.from({ length: task === undefined ? 1 : picturesAsked(task) }, (_, place) =>
          pictureOf(place === 0 ? key!.text : `${key!.text} ${place}`),
        );
        this.results.set(key!.text, { outputs: { image }, price: 0.04, at: '2026-11-21T00:00:00.000Z' });
      }
      this.previous.set(`${step.node}#${step.index}.${step.copy}`, key!.parts);
      outputs.set(step.id, this.results.get(key!.text)!.outputs);
      steps.push({
        step: step.id,
        node: step.node,
        state: stored === undefined ? 'finished' : 'reused',
        key: key!.text,
        parts: key!.parts,
        outputs: outputs.get(step.id)!,
        price: stored === undefined ? 0.04 : 0,
      });
    }
    this.#runs += 1;
    return {
      run: `run-${this.#runs}`,
      title: document.title,
      openedAt: '2026-11-21T12:00:00.000Z',
      outcome: 'done',
      spent: steps.reduce((sum, { price }) => sum + price, 0),
      document,
      ...(targets === undefined ? {} : { targets }),
      steps,
    };
  }

  #planRun(document: WorkflowDocument, targets?: string[]) {
    return planRun(
      {
        document,
        catalogue: smallNodes,
        providers: new Map([[smallProvider.id, smallProvider]]),
        known: this.knowledge(),
      },
      targets,
    );
  }
}

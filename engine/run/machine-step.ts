import { isAbsolute, join } from 'node:path';
import { FailureError } from '#core/failure';
import type { MachineTools } from '#core/node';
import type { Outputs } from '#core/values';
import { savePicture } from '../files/save-picture';
import type { WrittenFile } from '../store/store';
import type { EngineParts, ReadyStep, RunContext, StepOutcome } from './parts';

/** Runs a node on this computer. */
export async function runMachineStep(
  parts: EngineParts,
  context: RunContext,
  { step, definition, prepared }: ReadyStep,
): Promise<StepOutcome> {
  const { work } = definition;
  if (work.on !== 'machine') throw new Error(`${definition.type} does not run on this computer`);
  context.tell({ type: 'step-started', step: step.id, node: step.node });
  const files: WrittenFile[] = [];
  const tools: MachineTools = {
    pictures: parts.pictures,
    files: {
      save: async ({ image, folder, name }) => {
        const source = parts.blobs.path(image.hash);
        if (source === undefined) throw new Error(`picture ${image.hash} is not in the store`);
        const place = isAbsolute(folder) ? folder : join(context.outFolder, folder);
        const written = await savePicture(image, source, place, name, context.carried());
        files.push(written);
        return written.path;
      },
    },
    signal: context.signal,
    report: (fraction) => context.tell({ type: 'job-progressed', step: step.id, node: step.node, fraction }),
  };
  try {
    const outputs = (await work.run(prepared.args, tools)) as Outputs;
    return { state: 'finished', outputs, ...(files.length === 0 ? {} : { files }) };
  } catch (error) {
    if (error instanceof FailureError)
      return { state: 'failed', failure: { ...error.failure, charge: 'none' } };
    throw error;
  }
}

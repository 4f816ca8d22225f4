import { z } from 'zod';

/** What the person has set on this computer. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'dark', 'light', 'grey']),
  /** The language of the window. */
  language: z.enum(['system', 'en', 'de']),
  /** The person's own keys of commands, by their ids: "Mod+Shift+S", `Mod` being Ctrl or Cmd. None: it has no key. */
  keys: z.record(z.string().max(100), z.array(z.string().min(1).max(40)).max(6)),
  /** Whether the first steps are shown: until they are done or left. */
  guide: z.enum(['shown', 'left']),
  /** Wires go around cards that stand in their way. */
  wiresAround: z.boolean(),
  /** Where Save nodes write when they name no folder; `''` is Pictures/Seedloom. */
  outFolder: z.string(),
  /** Whether pictures that are saved carry the graph that made them. */
  carryWorkflow: z.boolean(),
  /** `provider.name` → value; only those the person changed. */
  providers: z.record(z.string(), z.string()),
  /** `provider/model` → the person's own price of one picture, US dollars. */
  prices: z.record(z.string().regex(/^[^/\s]+\/\S+$/), z.number().nonnegative()),
  /** The id of the place that gives pictures a link, for vendors that take links only; `''` for none. */
  imageHost: z.string(),
  /** Most a run may cost, US dollars; `null` for no limit. */
  budget: z.number().nonnegative().nullable(),
  /** Most all runs of one workflow may cost together, US dollars; `null` for no limit. */
  workflowBudget: z.number().nonnegative().nullable(),
  /** Most all runs of one day may cost together, US dollars; `null` for no limit. */
  dayBudget: z.number().nonnegative().nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const initialSettings: Settings = {
  theme: 'system',
  language: 'system',
  keys: {},
  guide: 'shown',
  wiresAround: true,
  outFolder: '',
  carryWorkflow: true,
  providers: {},
  prices: {},
  imageHost: '',
  budget: null,
  workflowBudget: null,
  dayBudget: null,
};

/** The caps that hold beyond one run, as the engine is told them. */
export function capsOf({ workflowBudget, dayBudget }: Settings): { workflow?: number; day?: number } {
  return {
    ...(workflowBudget === null ? {} : { workflow: workflowBudget }),
    ...(dayBudget === null ? {} : { day: dayBudget }),
  };
}

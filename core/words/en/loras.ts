/** Choosing a LoRA from those that are where a node's models run. */
export const loras = {
  title: 'Choose a LoRA',
  find: 'Find a LoRA by name or trigger word…',
  where: 'Where',
  asking: (place: string) => `Asking ${place} for its LoRAs…`,
  none: (place: string) =>
    `There is no LoRA on ${place}. Copy some into its folder models/loras, then look again.`,
  nothing: 'No LoRA answers to that.',
  asWritten: (name: string) => `Use “${name}” as it is written`,
  countOn: (loras: string, place: string) => `${loras} on ${place}`,
  writeAnyway: 'The name of a file can be written all the same.',
  again: 'Try again',
  addresses: 'Addresses…',
  inFolder: (folder: string) => `in ${folder}`,
  inUse: 'in use',
  madeFor: (models: string) => `Made for ${models}`,
  madeForUnknown: 'Their headers do not say what for',
  madeForOthers: 'Made for other models',
  triggers: 'Trigger words',
  captioned: 'Often captioned',
};

import type { Words } from '../words';

export const loras: Words['loras'] = {
  title: 'LoRA wählen',
  find: 'LoRA nach Name oder Triggerwort suchen…',
  where: 'Wo',
  asking: (place) => `Fragt ${place} nach LoRAs…`,
  none: (place) =>
    `Auf ${place} gibt es keine LoRA. Welche in den Ordner models/loras kopieren, dann noch einmal nachsehen.`,
  nothing: 'Dazu gibt es keine LoRA.',
  asWritten: (name) => `„${name}“ nehmen, wie es da steht`,
  countOn: (many, place) => `${many} auf ${place}`,
  writeAnyway: 'Der Name einer Datei lässt sich trotzdem eintragen.',
  again: 'Noch einmal versuchen',
  addresses: 'Adressen…',
  inFolder: (folder) => `in ${folder}`,
  inUse: 'in Gebrauch',
  madeFor: (models) => `Für ${models} gemacht`,
  madeForUnknown: 'Sagen nicht, wofür',
  madeForOthers: 'Für andere Modelle gemacht',
  triggers: 'Triggerwörter',
  captioned: 'Oft beschriftet mit',
};

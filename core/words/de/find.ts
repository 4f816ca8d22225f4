import type { Words } from '../words';

export const find: Words['find'] = {
  title: 'Im Workflow suchen',
  placeholder: 'Titel, Prompt, Wert oder Id…',
  hint: 'Sucht in Titeln, Arten, Prompts, Werten, Routen, Gruppen und Ids.',
  nothing: 'Dazu gibt es in diesem Workflow nichts.',
  count: (found) => (found === 1 ? '1 Knoten' : `${found} Knoten`),
  where: { title: 'Titel', kind: 'Art', id: 'Id', route: 'Route', group: 'Gruppe' },
};

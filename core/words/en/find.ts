/** Find in the workflow. */
export const find = {
  title: 'Find in the workflow',
  placeholder: 'Title, prompt, value or id…',
  /** Before anything is typed. */
  hint: 'Looks through titles, kinds, prompts, values, routes, groups and ids.',
  nothing: 'Nothing in this workflow answers to that.',
  count: (found: number) => (found === 1 ? '1 node' : `${found} nodes`),
  where: { title: 'Title', kind: 'Kind', id: 'Id', route: 'Route', group: 'Group' },
};

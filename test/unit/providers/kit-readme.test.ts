import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providers } from '#providers/catalogue';

const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
const section = readme.split('## Where things run')[1]?.split('\n## ')[0] ?? '';

test('the README has a row for every provider, with its models and what they do', () => {
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const named = rows.map(([, id = '', models = '', tasks = '']) => {
    return { id, models: models.split(', '), tasks: tasks.split(', ').toSorted() };
  });
  const there = [...providers.values()].map(({ id, models }) => ({
    id: `\`${id}\``,
    models: models.filter(({ rehearses }) => rehearses === undefined).map((model) => `\`${model.id}\``),
    tasks: [...new Set(models.flatMap((model) => model.tasks))].toSorted(),
  }));
  const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);
  expect(named.toSorted(byId)).toEqual(there.toSorted(byId));
});

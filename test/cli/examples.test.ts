import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bytesOf, commandLine, eventsOf, finished, planOf } from './command-line';

const examples = fileURLToPath(new URL('../../examples', import.meta.url));
const { folder, seedloom, remove } = commandLine();
cpSync(examples, join(folder, 'examples'), { recursive: true });
afterAll(remove);

const names = readdirSync(examples).filter((name) => name.endsWith('.seedloom'));

/** Nobody is there to choose. */
function takeAll(file: string): string[] {
  const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as { nodes: Record<string, { type: string }> };
  const choosing = Object.entries(nodes).filter(([, { type }]) => type === 'choose');
  return choosing.flatMap(([id]) => ['--set', `${id}.mode=all`]);
}

describe('the examples', () => {
  it.each(names)('%s runs with no key, and wholly from what is kept the second time', async (name) => {
    const file = join(folder, 'examples', name);
    const before = bytesOf(file);
    const all = takeAll(file);
    const planned = planOf(await seedloom('plan', file, '--json', ...all));
    expect(planned.issues).toEqual([]);

    const first = await seedloom('run', file, '--json', ...all);
    expect(first.errors).toContain('Done');
    expect(first.code).toBe(0);
    const steps = finished(first).map(({ step }) => step);
    expect(steps.toSorted()).toEqual(planned.steps.map(({ id }) => id).toSorted());
    expect(steps.length).toBeGreaterThan(0);

    const second = await seedloom('run', file, '--json', ...all);
    expect(second.code).toBe(0);
    expect(finished(second).filter(({ reused }) => reused)).toHaveLength(steps.length);
    expect(eventsOf(second).filter(({ type }) => type === 'job-intended' || type === 'step-started')).toEqual(
      [],
    );

    const pictures = join(folder, 'examples', `${name.replace('.seedloom', '')} pictures`);
    expect(existsSync(pictures)).toBe(true);
    expect(readdirSync(pictures).length).toBeGreaterThan(0);
    expect(bytesOf(file)).toBe(before);
  });

  it('makes nothing when it is only planned', async () => {
    const { folder: other, seedloom: fresh, remove: removeOther } = commandLine();
    cpSync(examples, join(other, 'examples'), { recursive: true });
    const { out, code } = await fresh('plan', join('examples', 'first-picture.seedloom'));
    expect(code).toBe(0);
    expect(out).toContain('not made yet');
    expect((await fresh('runs')).out).toContain('Nothing has been run yet');
    expect(existsSync(join(other, 'examples', 'first-picture pictures'))).toBe(false);
    removeOther();
  });
});

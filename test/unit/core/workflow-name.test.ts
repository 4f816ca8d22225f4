import { describe, expect, it } from 'vitest';
import { workflowName } from '#core/workflow-name';

describe('a workflow is called', () => {
  it('by its title, and by its file while it has none', () => {
    expect(workflowName('Bottle', null)).toEqual({ name: 'Bottle' });
    expect(workflowName('Untitled', 'bottle')).toEqual({ name: 'bottle' });
    expect(workflowName('  ', 'bottle')).toEqual({ name: 'bottle' });
  });

  it.each([
    ['Product scenes', 'product-scenes'],
    ['Größen', 'groessen'.replace('oe', 'ö').replace('ss', 'ß')],
    ['New glass', 'New_Glass'],
  ])('%s alone in the file %s, which says the same', (title, file) =>
    expect(workflowName(title, file)).toEqual({ name: title }),
  );

  it('by both where they differ', () => {
    expect(workflowName('Bottle', 'order-7')).toEqual({ name: 'Bottle', file: 'order-7' });
    expect(workflowName('Bottle', 'bottle-2')).toEqual({ name: 'Bottle', file: 'bottle-2' });
  });
});

import { describe, expect, it } from 'vitest';
import type { Issue } from '#core/issue';
import { firstField, otherProblems } from '../../../../renderer/form/form-problems';

const issue = (node: string, param?: string, severity: Issue['severity'] = 'error'): Issue => ({
  code: 'wrong-param',
  severity,
  message: `${node} ${param ?? ''}`,
  place: { node, ...(param === undefined ? {} : { param }) },
});
const exposed = [{ param: 'words.text' }, { param: 'make.size' }];

describe('problems on the form', () => {
  it('stand beside their field, or below where there is none', () => {
    const issues = [
      issue('words', 'text'),
      issue('make', 'seed'),
      issue('make'),
      issue('make', 'count', 'warning'),
    ];
    expect(otherProblems(issues, exposed).map(({ message }) => message)).toEqual(['make seed', 'make ']);
  });
  it('lead to the first field in the order of the form', () => {
    expect(firstField([issue('make', 'size'), issue('words', 'text')], exposed)).toBe('words.text');
    expect(firstField([issue('make', 'seed'), issue('make')], exposed)).toBeUndefined();
    expect(firstField([issue('make', 'size', 'warning')], exposed)).toBeUndefined();
  });
});

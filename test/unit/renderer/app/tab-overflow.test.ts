import { expect, it } from 'vitest';
import { cutSides } from '../../../../renderer/app/tab-overflow';

const at = (scrollLeft: number, clientWidth: number, scrollWidth: number) =>
  cutSides({ scrollLeft, clientWidth, scrollWidth });

it('says on which side tabs are out of sight', () => {
  expect(at(0, 400, 400)).toBe('none');
  expect(at(0, 400, 700)).toBe('right');
  expect(at(150, 400, 700)).toBe('both');
  expect(at(300, 400, 700)).toBe('left');
});

it('takes a pixel for rounding', () => expect(at(0.6, 400, 401)).toBe('none'));

import { describe } from 'vitest';
import byteplus from '#providers/byteplus.provider';
import { describeArk } from './ark-tasks';

describe('BytePlus ModelArk', () => describeArk(byteplus, ''));

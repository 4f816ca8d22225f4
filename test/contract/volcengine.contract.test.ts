import { describe } from 'vitest';
import volcengine from '#providers/volcengine.provider';
import { describeArk } from './ark-tasks';

describe('Volcengine Ark', () => describeArk(volcengine, 'doubao-'));

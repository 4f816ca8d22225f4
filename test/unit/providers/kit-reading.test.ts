import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Failure } from '#core/failure';
import { JobAnswers } from '#providers/kit/job-answers';
import { linksIn } from '#providers/kit/result-links';
import { reasonIn } from '#providers/kit/vendor-reason';
import { answer, thrown } from './kit-recording-tools';

const first = 'https://files.example/1.png';
const second = 'https://files.example/2.png';

describe('the links in a result', () => {
  const names = ['images', 'url'];
  test.each<[unknown, string[]]>([
    [first, [first]],
    [
      [first, { url: second }],
      [first, second],
    ],
    [{ images: [{ url: first }, second, first] }, [first, second]],
    [{ images: null, url: 'soon', status_url: first }, []],
    [{ images: 7 }, []],
    [undefined, []],
  ])('%j', (result, links) => expect(linksIn(result, names)).toEqual(links));

  test('under another name: every link only where that is asked for, and the usual ones go before', () => {
    const odd = { output: { picture: first } };
    expect(linksIn(odd, names)).toEqual([]);
    expect(linksIn(odd, names, 'every')).toEqual([first]);
    expect(linksIn({ output: { url: first, origin: second } }, names, 'every')).toEqual([first]);
  });

  test('of any JSON at all: links only, each once, as its text has them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (result) => {
        const links = linksIn(result, ['images', 'url', ''], 'every');
        expect(new Set(links).size).toBe(links.length);
        for (const link of links) expect(JSON.stringify(result)).toContain(JSON.stringify(link));
      }),
    );
  });
});

describe('the reason a vendor gives', () => {
  test.each<[unknown, string | undefined]>([
    [{ error: 'no prompt' }, 'no prompt'],
    [{ error: '', detail: 'no prompt' }, 'no prompt'],
    [{ error: { type: 'bad', message: 'no prompt' } }, 'no prompt'],
    [{ error: { code: 7 }, detail: [{ msg: 'no prompt' }, 'no size', 7] }, 'no prompt; no size'],
    [{ detail: { detail: { msg: 'no prompt' } } }, 'no prompt'],
    [{ other: 'no prompt' }, undefined],
    ['<html></html>', undefined],
    [null, undefined],
  ])('%j', (body, said) => expect(reasonIn(body, ['error', 'detail'])).toBe(said));
});

describe('what becomes of a job', () => {
  const vendor = { name: 'Example', keys: 'example/keys', billing: 'example/billing' };
  const tasks = new JobAnswers(vendor, 'task');
  const job = { provider: 'example', model: 'm', id: 't1', ticket: null };
  const failure = (code: string): Failure => ({ code, act: 'wait', charge: 'none', message: 'x' });

  test('an answer is about this job, or names none; one about another job leaves it open', async () => {
    const expectSame = async (named: string | null | undefined) =>
      tasks.expectSame(named, job, answer(200, { id: named }));
    for (const named of ['t1', '', null, undefined]) await expectSame(named);
    expect(await thrown(expectSame('t2'))).toMatchObject({ code: 'unreadable', charge: 'possible' });
  });

  test('an id is the same with other capitals, and a UUID without its hyphens', async () => {
    const uuid = '0f8fad5b-d9cb-469f-a165-70867728950e';
    const isSame = async (id: string, named: string) => {
      const asked = async () => tasks.expectSame(named, { id }, answer(200, { id: named }));
      return asked().then(
        () => true,
        () => false,
      );
    };
    expect(await isSame(uuid, uuid.toUpperCase())).toBe(true);
    expect(await isSame(uuid, uuid.replaceAll('-', ''))).toBe(true);
    expect(await isSame('job-Ab1', 'JOB-ab1')).toBe(true);
    expect(await isSame('job-1-1', 'job-11')).toBe(false);
    expect(await isSame(uuid, uuid.replace('0f8', '1f8'))).toBe(false);
  });

  test('a question that was not answered: only its own verdicts end a job', async () => {
    const verdicts = ['moderation'];
    const asked = async (code: string) => tasks.unanswered(failure(code), { verdicts });
    expect(await asked('moderation')).toMatchObject({ state: 'failed', failure: { code: 'moderation' } });
    expect(await asked('no-such-job')).toMatchObject({
      state: 'lost',
      failure: { code: 'lost', act: 'vendor', charge: 'possible' },
    });
    for (const code of ['vendor-down', 'bad-key', 'refused', 'unreadable'])
      expect(await thrown(asked(code))).toEqual(failure(code));
  });

  test.each([
    ['Flagged by moderation', 'moderation', 'user'],
    ['Out of memory', 'job-failed', 'vendor'],
    ['', 'job-failed', 'vendor'],
  ])('failed with %j', (said, code, act) =>
    expect(tasks.failed(said)).toMatchObject({ code, act, charge: 'none', detail: said }),
  );
});

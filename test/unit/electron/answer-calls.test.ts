import { describe, expect, it, vi } from 'vitest';
import { FailureError, userFailure } from '#core/failure';
import { answerCalls, type BridgeHandlers } from '../../../electron/main/answer-calls';

function answering(handlers: Partial<BridgeHandlers>) {
  const log = vi.fn();
  return { answer: answerCalls(handlers as BridgeHandlers, log), log };
}

describe('a call of the window', () => {
  it('is carried out with its parsed input', async () => {
    const cancel = vi.fn(() => null);
    const { answer } = answering({ 'run.cancel': cancel });
    expect(await answer('run.cancel', { run: 'r1' })).toEqual({ ok: true, value: null });
    expect(cancel).toHaveBeenCalledWith({ run: 'r1' });
  });

  it.each([
    ['file.read', {}],
    ['toString', {}],
    [7, {}],
    ['run.cancel', { run: 7 }],
    ['run.cancel', { run: 'r1', more: true }],
    ['run.list', undefined],
    ['link.open', { url: 'file:///etc/passwd' }],
    ['link.open', { url: 'http://example.com' }],
    ['secret.set', { provider: 'fal', name: 'key', value: '' }],
  ])('is refused when it is not right: %s %o', async (name, input) => {
    const handler = vi.fn();
    const { answer } = answering({
      'run.cancel': handler,
      'run.list': handler,
      'link.open': handler,
      'secret.set': handler,
    });
    expect(await answer(name, input)).toMatchObject({ ok: false, failure: { code: 'refused-call' } });
    expect(handler).not.toHaveBeenCalled();
  });

  it('does not repeat a secret it refuses', async () => {
    const { answer, log } = answering({ 'secret.set': vi.fn() });
    const refused = await answer('secret.set', { provider: 7, name: 'key', value: 'sk-123' });
    expect(JSON.stringify([refused, log.mock.calls])).not.toContain('sk-123');
  });

  it('that fails is a failure, and only a bug is logged', async () => {
    const failure = userFailure('missing-file', 'It is not there.');
    const { answer, log } = answering({
      'run.list': () => Promise.reject(new FailureError(failure)),
      'picture.paste': () => {
        throw new TypeError('of ours');
      },
    });
    expect(await answer('run.list', {})).toEqual({ ok: false, failure });
    expect(log).not.toHaveBeenCalled();
    expect(await answer('picture.paste', {})).toMatchObject({
      ok: false,
      failure: { code: 'unexpected', act: 'us' },
    });
    expect(log.mock.calls[0]?.[0]).toContain('of ours');
  });
});

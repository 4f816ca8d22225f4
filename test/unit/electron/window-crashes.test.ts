import { describe, expect, it } from 'vitest';
import { createWindowCrashes } from '../../../electron/main/window-crashes';

function windowAnswering(...answers: ('open' | 'close')[]) {
  const done: string[] = [];
  let now = 0;
  const crashes = createWindowCrashes({
    now: () => now,
    tell: (reason) => done.push(`told ${reason}`),
    open: () => done.push('opened'),
    close: () => done.push('closed'),
    async ask() {
      done.push('asked');
      return answers.shift() ?? 'close';
    },
  });
  return {
    async crashAfter(milliseconds: number) {
      now += milliseconds;
      await crashes.crashed('crashed (11)');
      return done.splice(0);
    },
  };
}

const reopened = ['told crashed (11)', 'opened'];

describe('a window whose page crashes', () => {
  it('is opened again, and the new page is told', async () => {
    expect(await windowAnswering().crashAfter(5)).toEqual(reopened);
  });

  it('is not opened for ever: the third crash within a minute asks', async () => {
    const window = windowAnswering('open', 'close');
    expect(await window.crashAfter(0)).toEqual(reopened);
    expect(await window.crashAfter(1000)).toEqual(reopened);
    expect(await window.crashAfter(1000)).toEqual(['asked', ...reopened]);
    expect(await window.crashAfter(1000)).toEqual(reopened);
    expect(await window.crashAfter(1000)).toEqual(reopened);
    expect(await window.crashAfter(1000)).toEqual(['asked', 'closed']);
  });

  it('is opened without a question where its crashes lie apart', async () => {
    const window = windowAnswering();
    for (let crash = 0; crash < 6; crash++) expect(await window.crashAfter(31_000)).toEqual(reopened);
  });
});

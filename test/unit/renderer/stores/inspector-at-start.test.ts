import { expect, it } from 'vitest';
import { inspectorAtStart } from '../../../../renderer/stores/inspector-at-start';

const opens = (...about: Parameters<typeof inspectorAtStart>) => inspectorAtStart(...about).inspector;

it('begins open where there is room, and closed in a small window', () => {
  expect([opens(undefined, 1440), opens(undefined, 1024)]).toEqual([true, false]);
  expect([
    opens({ inspector: false, inspectorChosen: false }, 1440),
    opens({ inspector: true, inspectorChosen: false }, 1024),
  ]).toEqual([true, false]);
});

it('begins as the person left it, whatever the width', () => {
  for (const width of [900, 1920])
    for (const inspector of [true, false])
      expect(inspectorAtStart({ inspector, inspectorChosen: true }, width)).toEqual({
        inspector,
        inspectorChosen: true,
      });
});

it('takes a closed inspector of an older session for a choice, an open one not', () => {
  expect([opens({ inspector: false }, 1920), opens({ inspector: true }, 1024)]).toEqual([false, false]);
});

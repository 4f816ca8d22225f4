import { describe, expect, it } from 'vitest';
import { createWireLights, mostLights } from '../../../../renderer/canvas/wire-lights';
import { boundsOf, wireCurves, type Box } from '../../../../renderer/canvas/wire-path';
import { wireUnder } from '../../../../renderer/canvas/wire-under';

const at = (x: number): Box => ({ x, y: 0, width: 50, height: 50 });

describe('the lights of running wires', () => {
  it('are never more than three; the next wire has its light when one is at its end', () => {
    const lights = createWireLights();
    const heard: string[] = [];
    const ids = ['a', 'b', 'c', 'd', 'e'];
    for (const id of ids) {
      lights.listen(id, () => heard.push(id));
      lights.run(id, at(0));
    }
    expect(ids.filter(lights.isLit)).toEqual(['a', 'b', 'c']);
    expect(mostLights).toBe(3);
    heard.length = 0;
    lights.stop('b');
    expect(ids.filter(lights.isLit)).toEqual(['a', 'c', 'd']);
    expect(heard).toEqual(['d']);
  });

  it('are on wires that are seen', () => {
    const lights = createWireLights(1);
    lights.run('left', at(0));
    lights.run('right', at(1000));
    expect(lights.isLit('left')).toBe(true);
    lights.look({ x: 900, y: -100, width: 400, height: 400 });
    expect([lights.isLit('left'), lights.isLit('right')]).toEqual([false, true]);
    lights.look({ x: -100, y: -100, width: 2000, height: 400 });
    expect([lights.isLit('left'), lights.isLit('right')]).toEqual([false, true]);
  });
});

describe('the wire under a card', () => {
  const level = (y: number) => {
    const curves = wireCurves([0, y], [900, y]);
    return { curves, box: boundsOf(curves) };
  };
  const wires = [
    ['high', level(50)],
    ['low', level(250)],
  ] as const;

  it('is the one nearest to its ports, of those it covers', () => {
    expect(wireUnder({ x: 300, y: 20, width: 272, height: 300 }, wires)).toBe('high');
    expect(wireUnder({ x: 300, y: 150, width: 272, height: 300 }, wires)).toBe('low');
  });

  it('is none beside it, and none that only meets its rim', () => {
    expect(wireUnder({ x: 300, y: 400, width: 272, height: 300 }, wires)).toBeUndefined();
    expect(wireUnder({ x: 870, y: 20, width: 272, height: 300 }, wires)).toBeUndefined();
  });
});

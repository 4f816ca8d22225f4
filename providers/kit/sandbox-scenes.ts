import type { Chance } from './sandbox-chance';
import { rounded, smoothPath, type Drawing, type Point } from './sandbox-drawing';
import type { Palette } from './sandbox-palette';

/** What a scene is drawn with. `height` is the part of the picture above the caption. */
export interface Scene {
  drawing: Drawing;
  chance: Chance;
  palette: Palette;
  width: number;
  height: number;
}

function sky({ drawing, palette, chance, width, height }: Scene): void {
  const [top, middle, bottom] = palette.sky;
  drawing.rectangle(
    0,
    0,
    width,
    drawing.height,
    drawing.linear([
      [0, top],
      [0.55, middle],
      [1, bottom],
    ]),
  );
  if (palette.tone !== 'night') return;
  for (let star = 0; star < 90; star += 1) {
    const radius = Math.min(width, height) * chance.between(0.0008, 0.0028);
    const opacity = rounded(chance.between(0.25, 0.95));
    drawing.circle(
      chance.between(0, width),
      chance.between(0, height * 0.75),
      radius,
      palette.glow,
      `opacity="${opacity}"`,
    );
  }
}

/** A softly lit wall, darker towards the corners. */
export function wall({ drawing, palette, chance }: Scene): void {
  const [top, middle, bottom] = palette.sky;
  drawing.backdrop(
    drawing.linear([
      [0, top],
      [0.6, middle],
      [1, bottom],
    ]),
  );
  const light: Point = [chance.between(0.25, 0.75), chance.between(0.2, 0.45)];
  drawing.backdrop(
    drawing.radial(
      [
        [0, palette.glow, 0.6],
        [1, palette.glow, 0],
      ],
      light,
      0.75,
    ),
  );
}

/** A line across the picture made of three waves. */
function waves(chance: Chance, width: number, swing: number): (x: number) => number {
  const parts = [1, 2.3, 4.9].map((pace, index) => ({
    pace: (pace * chance.between(0.8, 1.25) * Math.PI * 2) / width,
    phase: chance.between(0, Math.PI * 2),
    height: (swing * chance.between(0.6, 1)) / (1 + index * 1.5),
  }));
  return (x) => parts.reduce((sum, { pace, phase, height }) => sum + Math.sin(x * pace + phase) * height, 0);
}

function across(width: number, pieces: number, heightAt: (x: number) => number): Point[] {
  return Array.from({ length: pieces + 3 }, (_, index): Point => {
    const x = ((index - 1) / pieces) * width;
    return [x, heightAt(x)];
  });
}

export function hills(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  const unit = Math.min(width, height);
  sky(scene);
  const [x, y] = [width * chance.between(0.24, 0.76), height * chance.between(0.26, 0.42)];
  const radius = unit * chance.between(0.085, 0.14);
  drawing.halo(x, y, radius * 5.5, palette.glow, 0.75);
  drawing.circle(x, y, radius, palette.glow);
  const ridges = chance.whole(5, 7);
  for (let ridge = 0; ridge < ridges; ridge += 1) {
    const nearness = ridge / (ridges - 1);
    const base = height * (0.5 + 0.42 * nearness ** 1.1);
    const line = waves(chance, width * chance.between(0.8, 1.6), height * (0.075 - 0.03 * nearness));
    const top = smoothPath(across(width, 26, (at) => base + line(at)));
    const mist = drawing.linear([
      [0, palette.ramp(nearness)],
      [1, palette.ramp(Math.max(0, nearness - 0.28), 0.04)],
    ]);
    drawing.path(
      `${top}L${rounded(width * 1.1)} ${drawing.height}L${rounded(-width * 0.1)} ${drawing.height}Z`,
      mist,
    );
  }
}

export function ribbons(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  sky(scene);
  const bands = chance.whole(9, 12);
  const swing = Math.min(height, width * 1.1);
  const line = waves(chance, width * chance.between(1.1, 1.7), swing * 0.14);
  const drift = waves(chance, width * chance.between(1.2, 2), swing * 0.05);
  const slope = chance.between(-0.28, 0.28) * swing;
  const edge = (band: number) => (x: number) =>
    height * (0.2 + (0.86 * band) / bands) +
    line(x + (band * width) / 26) * (1 - band / bands / 2.4) +
    drift(x * 1.4 - (band * width) / 9) * (band % 2 === 0 ? 1 : 0.4) +
    slope * (x / width - 0.5);
  const special = chance.whole(2, bands - 3);
  for (let band = 0; band < bands; band += 1) {
    const nearness = band / (bands - 1);
    const top = smoothPath(across(width, 30, edge(band)));
    const [main, lit] =
      band === special
        ? [palette.accent(), palette.accent(0.86)]
        : [palette.ramp(nearness), palette.ramp(nearness, 0.13)];
    const turn = chance.between(0.25, 0.75);
    const sheen = drawing.linear(
      [
        [0, main],
        [turn, lit],
        [1, main],
      ],
      [0, 0, 1, 0.25],
    );
    drawing.path(
      `${top}L${rounded(width * 1.1)} ${drawing.height}L${rounded(-width * 0.1)} ${drawing.height}Z`,
      sheen,
    );
    drawing.path(
      top,
      'none',
      `stroke="${palette.ramp(nearness, 0.24)}" stroke-opacity="0.7" stroke-width="${rounded(height * 0.0028)}"`,
    );
  }
}

export function contours({ drawing, palette, chance, width, height }: Scene): void {
  const unit = Math.min(width, height);
  drawing.backdrop(
    drawing.linear(
      [
        [0, palette.ramp(0, 0.04)],
        [1, palette.ramp(0.16)],
      ],
      [0, 0, 1, 1],
    ),
  );
  const levels = 9;
  const [x, y] = [width * chance.between(0.36, 0.64), height * chance.between(0.4, 0.58)];
  const lobes = [2, 3, 5].map((count) => ({
    count,
    phase: chance.between(0, Math.PI * 2),
    depth: chance.between(0.05, 0.17) / Math.sqrt(count / 2),
    twist: chance.between(-0.13, 0.13),
  }));
  const stretch = [Math.sqrt(width / height), Math.sqrt(height / width)] as const;
  for (let level = 0; level < levels; level += 1) {
    const nearness = level / (levels - 1);
    const radius = unit * (0.74 - 0.66 * nearness ** 0.85);
    const points = Array.from({ length: 40 }, (_, index): Point => {
      const angle = (index / 40) * Math.PI * 2;
      const reach = lobes.reduce(
        (sum, { count, phase, depth, twist }) =>
          sum + depth * Math.sin(angle * count + phase + twist * level),
        1,
      );
      return [
        x + Math.cos(angle) * radius * reach * stretch[0] ** 0.8,
        y + Math.sin(angle) * radius * reach * stretch[1] ** 0.8,
      ];
    });
    const outline = smoothPath(points, true);
    // Paper over paper: two soft steps of shadow below and to the right.
    for (const [shift, opacity] of [
      [0.014, 0.1],
      [0.007, 0.16],
    ] as const)
      drawing.path(
        outline,
        palette.ramp(1, -0.12),
        `opacity="${opacity}" transform="translate(${rounded(unit * shift * 0.6)} ${rounded(unit * shift)})"`,
      );
    const last = level === levels - 1;
    const [from, to] = last
      ? [palette.accent(0.84), palette.accent(0.7)]
      : [palette.ramp(nearness * 0.92, 0.035), palette.ramp(nearness * 0.92 + 0.06)];
    drawing.path(
      outline,
      drawing.linear(
        [
          [0, from],
          [1, to],
        ],
        [0, 0, 1, 1],
      ),
    );
  }
}

export function arches({ drawing, palette, chance, width, height }: Scene): void {
  drawing.backdrop(
    drawing.linear([
      [0, palette.sky[1]],
      [1, palette.sky[2]],
    ]),
  );
  const columns = Math.max(2, Math.round((width / height) * chance.pick([2, 3])));
  const column = width / columns;
  const rings = chance.whole(4, 5);
  const sunColumn = chance.whole(0, columns - 1);
  for (let index = 0; index < columns; index += 1) {
    const x = column * (index + 0.5);
    const top = height * chance.between(0.24, 0.52);
    if (index === sunColumn) {
      drawing.halo(x, top * 0.5, column * 0.9, palette.glow, 0.6);
      drawing.circle(x, top * 0.5, Math.min(column * 0.24, top * 0.34), palette.accent());
    }
    const turned = chance.whole(0, 1) === 1;
    for (let ring = 0; ring < rings; ring += 1) {
      const radius = column * 0.485 * (1 - ring / (rings + 0.35));
      const along = ring / (rings - 1);
      const nearness = 0.1 + 0.85 * (turned ? 1 - along : along);
      const accented = ring === (index + 1) % rings && index % 2 === 0;
      const fill = accented
        ? drawing.linear([
            [0, palette.accent(0.8)],
            [1, palette.accent(0.66)],
          ])
        : drawing.linear([
            [0, palette.ramp(nearness, 0.05)],
            [1, palette.ramp(nearness, -0.03)],
          ]);
      const shoulder = top + column * 0.485;
      drawing.path(
        `M${rounded(x - radius)} ${drawing.height}V${rounded(shoulder)}a${rounded(radius)} ${rounded(radius)} 0 0 1 ${rounded(radius * 2)} 0V${drawing.height}Z`,
        fill,
      );
    }
  }
}

/** Bands of colour that have risen over a picture: 0 leaves it alone, 1 covers it. Drawn on nothing. */
export function tide({ drawing, palette, chance, width, height }: Scene, level: number): void {
  if (level <= 0) return;
  const bands = 6;
  const swing = Math.min(height, width) * 0.035;
  const surface = height * (1 - level);
  for (let band = 0; band < bands; band += 1) {
    const nearness = band / (bands - 1);
    const line = waves(chance, width * chance.between(0.9, 1.6), swing);
    const base = surface + (height - surface) * nearness * 0.72;
    const top = smoothPath(across(width, 26, (x) => base + line(x)));
    const color = band === 1 ? palette.accent() : palette.ramp(0.2 + 0.7 * nearness);
    const fade = drawing.linear([
      [0, color, 0.5 + 0.25 * nearness],
      [1, color, 0.3],
    ]);
    drawing.path(`${top}L${rounded(width * 1.1)} ${height}L${rounded(-width * 0.1)} ${height}Z`, fade);
    const crest = `stroke="${palette.glow}" stroke-opacity="0.55" stroke-width="${rounded(swing * 0.06)}"`;
    drawing.path(top, 'none', crest);
  }
}

import { rounded, smoothPath, type Point } from './sandbox-drawing';
import { wall, type Scene } from './sandbox-scenes';

/** Somebody, as on a poster: head and shoulders before a disc, no face. */
export function portrait(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  const unit = Math.min(width, height * 1.05);
  wall(scene);
  const x = width * chance.between(0.47, 0.53);
  const headY = height * 0.4;
  const head = unit * 0.128;
  const disc = drawing.linear(
    [
      [0, palette.accent(0.86)],
      [1, palette.accent(0.68)],
    ],
    [0, 0, 1, 1],
  );
  drawing.circle(
    x + unit * chance.between(-0.06, 0.06),
    headY + unit * 0.02,
    unit * chance.between(0.3, 0.36),
    disc,
  );
  const depth = chance.between(0, 1);
  const [light, shade] = [palette.skin(depth, false), palette.skin(depth, true)];
  const hair = drawing.linear(
    [
      [0, palette.ramp(0.86, 0.03)],
      [1, palette.ramp(1, -0.03)],
    ],
    [0, 0, 1, 1],
  );
  const cut = chance.pick(['long', 'bun', 'short', 'bob'] as const);
  const fall = { long: 3.05, bob: 1.5, bun: 0.35, short: 0.2 }[cut];
  if (cut === 'bun')
    drawing.circle(x + head * chance.between(-0.3, 0.3), headY - head * 1.55, head * 0.55, hair);
  if (cut === 'long' || cut === 'bob') {
    const flare = cut === 'long' ? 1.5 : 1.32;
    drawing.path(
      `M${rounded(x - head * 1.14)} ${rounded(headY)}` +
        `C${rounded(x - head * 1.3)} ${rounded(headY - head * 2)} ${rounded(x + head * 1.3)} ${rounded(headY - head * 2)} ${rounded(x + head * 1.14)} ${rounded(headY)}` +
        `C${rounded(x + head * 1.2)} ${rounded(headY + head * fall * 0.5)} ${rounded(x + head * flare)} ${rounded(headY + head * fall)} ${rounded(x + head * flare * 0.9)} ${rounded(headY + head * fall)}` +
        `H${rounded(x - head * flare * 0.9)}` +
        `C${rounded(x - head * flare)} ${rounded(headY + head * fall)} ${rounded(x - head * 1.2)} ${rounded(headY + head * fall * 0.5)} ${rounded(x - head * 1.14)} ${rounded(headY)}Z`,
      hair,
    );
  }
  const shoulderY = headY + head * 2.15;
  const span = unit * chance.between(0.33, 0.38);
  const coat = drawing.linear(
    [
      [0, palette.ramp(0.5, 0.06)],
      [1, palette.ramp(0.85)],
    ],
    [0, 0, 0.4, 1],
  );
  drawing.path(
    `M${rounded(x - span)} ${drawing.height}C${rounded(x - span)} ${rounded(shoulderY + head * 0.9)} ${rounded(x - span * 0.72)} ${rounded(shoulderY + head * 0.1)} ${rounded(x - head * 0.5)} ${rounded(shoulderY - head * 0.2)}` +
      `H${rounded(x + head * 0.5)}C${rounded(x + span * 0.72)} ${rounded(shoulderY + head * 0.1)} ${rounded(x + span)} ${rounded(shoulderY + head * 0.9)} ${rounded(x + span)} ${drawing.height}Z`,
    coat,
  );
  drawing.path(
    `M${rounded(x - head * 0.4)} ${rounded(headY + head * 0.6)}V${rounded(shoulderY - head * 0.1)}Q${rounded(x)} ${rounded(shoulderY + head * 0.75)} ${rounded(x + head * 0.4)} ${rounded(shoulderY - head * 0.1)}V${rounded(headY + head * 0.6)}Z`,
    shade,
  );
  drawing.ellipse(
    x,
    headY,
    head * 0.93,
    head * 1.2,
    drawing.linear(
      [
        [0.45, light],
        [1, shade],
      ],
      [0, 0.2, 1, 0.5],
    ),
  );
  const part = chance.between(-0.45, 0.45);
  drawing.path(
    `M${rounded(x - head * 1.06)} ${rounded(headY + head * 0.1)}C${rounded(x - head * 1.35)} ${rounded(headY - head * 1.9)} ${rounded(x + head * 1.35)} ${rounded(headY - head * 1.9)} ${rounded(x + head * 1.06)} ${rounded(headY + head * 0.1)}` +
      `C${rounded(x + head * 0.9)} ${rounded(headY - head * 0.55)} ${rounded(x + head * (part + 0.35))} ${rounded(headY - head * 0.62)} ${rounded(x + head * part)} ${rounded(headY - head * 0.86)}` +
      `C${rounded(x + head * (part - 0.35))} ${rounded(headY - head * 0.55)} ${rounded(x - head * 0.9)} ${rounded(headY - head * 0.5)} ${rounded(x - head * 1.06)} ${rounded(headY + head * 0.1)}Z`,
    hair,
  );
}

/** A bottle or a vase on a table. */
export function stillLife(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  const unit = Math.min(width, height);
  wall(scene);
  const tableY = height * 0.78;
  const table = drawing.linear([
    [0, palette.ramp(0.3, 0.06)],
    [1, palette.ramp(0.55)],
  ]);
  drawing.rectangle(0, tableY, width, drawing.height - tableY, table);
  const x = width * chance.between(0.4, 0.6);
  const side = x < width / 2 ? 1 : -1;
  const foot = tableY + height * 0.075;
  // Before white the thing itself has the colour, elsewhere what is behind it.
  const isPale = palette.tone === 'pale';
  const disc = unit * chance.between(0.25, 0.32);
  drawing.circle(
    x + side * unit * 0.13,
    tableY - disc * 0.95,
    disc,
    isPale ? palette.ramp(0.35) : palette.accent(0.8),
    'opacity="0.85"',
  );
  const shadow = drawing.radial([
    [0, palette.ramp(1, -0.1), 0.55],
    [1, palette.ramp(1, -0.1), 0],
  ]);
  drawing.ellipse(x + side * unit * 0.1, foot, unit * 0.32, unit * 0.04, shadow);
  const tall = height * chance.between(0.56, 0.64);
  const body = unit * chance.between(0.1, 0.14);
  const neck = body * chance.between(0.26, 0.42);
  const shoulder = chance.between(0.5, 0.66);
  // Half of the outline from the foot up, as width by height; the other half mirrors it.
  const half: Point[] = [
    [body * 0.9, 0],
    [body, 0.05],
    [body, shoulder * 0.6],
    [body * 0.97, shoulder],
    [neck * 1.15, shoulder + 0.17],
    [neck, shoulder + 0.24],
    [neck, 0.97],
    [neck * 1.12, 1],
  ];
  const right = half.map(([reach, up]): Point => [x + reach, foot - up * tall]);
  const left = half.map(([reach, up]): Point => [x - reach, foot - up * tall]).reverse();
  const tint = (nearness: number, lift = 0) =>
    isPale ? palette.accent(0.74 - 0.42 * nearness + lift) : palette.ramp(nearness, lift);
  const glass = drawing.linear(
    [
      [0, tint(0.95)],
      [0.22, tint(0.45, 0.08)],
      [0.4, tint(0.6)],
      [1, tint(1, -0.04)],
    ],
    [0, 0, 1, 0],
  );
  drawing.path(smoothPath([...right, ...left], true), glass);
  drawing.rectangle(
    x - neck * 1.3,
    foot - tall * 1.035,
    neck * 2.6,
    tall * 0.075,
    palette.accent(0.5),
    `rx="${rounded(neck * 0.25)}"`,
  );
  const label = tall * shoulder;
  drawing.rectangle(
    x - body * 0.98,
    foot - label * 0.86,
    body * 1.96,
    label * 0.56,
    palette.glow,
    'opacity="0.94"',
  );
  drawing.circle(x, foot - label * 0.6, body * 0.36, palette.accent(0.66));
  drawing.rectangle(
    x - body * 0.8,
    foot - tall * shoulder * 0.98,
    body * 0.14,
    label * 0.9,
    '#ffffff',
    `opacity="0.28" rx="${rounded(body * 0.07)}"`,
  );
  const fruit = unit * chance.between(0.05, 0.07);
  const fruitX = x - side * (body + fruit * chance.between(1.6, 2.6));
  drawing.ellipse(fruitX + side * fruit * 0.4, foot + fruit * 0.16, fruit * 1.5, fruit * 0.4, shadow);
  drawing.circle(
    fruitX,
    foot - fruit * 0.72,
    fruit,
    drawing.radial(
      [
        [0, palette.accent(0.92)],
        [0.6, palette.accent(0.72)],
        [1, palette.accent(0.5)],
      ],
      [0.35, 0.3],
      0.8,
    ),
  );
}

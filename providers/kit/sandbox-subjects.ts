import { rounded } from './sandbox-drawing';
import { wall, type Scene } from './sandbox-scenes';

export function orbs(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  const unit = Math.min(width, height);
  wall(scene);
  const count = chance.whole(7, 10);
  const radii = Array.from({ length: count }, (_, index) => unit * (0.3 * 0.74 ** index + 0.022)).reverse();
  const turn = chance.between(0, Math.PI * 2);
  radii.forEach((radius, index) => {
    const order = count - 1 - index;
    // Places by the golden angle, so that nothing piles up; the largest lies near the middle.
    const angle = turn + order * 2.39996;
    const far = order === 0 ? 0.05 : 0.2 + 0.3 * (order / count);
    const x = width / 2 + Math.cos(angle) * width * far;
    const y = height / 2 + Math.sin(angle) * height * far;
    const main = order % 3 === 1;
    const [lit, body, dark] = main
      ? [palette.accent(0.92), palette.accent(), palette.accent(0.45)]
      : [palette.ramp(0.05, 0.08), palette.ramp(0.3 + 0.06 * order), palette.ramp(0.85)];
    const shadow = drawing.radial([
      [0, palette.ramp(1, -0.08), 0.38],
      [1, palette.ramp(1, -0.08), 0],
    ]);
    drawing.ellipse(x + radius * 0.2, y + radius * 0.42, radius * 1.3, radius * 1.15, shadow);
    const ring = `stroke="${palette.glow}" stroke-width="${rounded(unit * 0.004)}" stroke-opacity="0.75"`;
    const tilt = `transform="rotate(${rounded(chance.between(-35, -12))} ${rounded(x)} ${rounded(y)})"`;
    const [reach, rise] = [radius * 1.5, radius * 0.36];
    const hasRing = order === 0 || order === 2;
    if (hasRing) drawing.ellipse(x, y, reach, rise, 'none', `${ring} ${tilt}`);
    const ball = drawing.radial(
      [
        [0, lit],
        [0.45, body],
        [1, dark],
      ],
      [0.34, 0.28],
      0.8,
    );
    drawing.circle(x, y, radius, ball);
    const front = `M${rounded(x - reach)} ${rounded(y)}a${rounded(reach)} ${rounded(rise)} 0 0 0 ${rounded(reach * 2)} 0`;
    if (hasRing) drawing.path(front, 'none', `${ring} ${tilt}`);
  });
}

export function petals(scene: Scene): void {
  const { drawing, palette, chance, width, height } = scene;
  const unit = Math.min(width, height);
  wall(scene);
  const [x, y] = [width * chance.between(0.46, 0.54), height * chance.between(0.47, 0.53)];
  const rings = chance.whole(4, 5);
  const perRing = chance.whole(7, 10);
  const slim = chance.between(0.3, 0.42);
  drawing.halo(x, y, unit * 0.62, palette.ramp(1), 0.3);
  for (let ring = 0; ring < rings; ring += 1) {
    const along = ring / (rings - 1);
    const length = unit * (0.46 - 0.3 * along);
    const fill = drawing.linear(
      [
        [0, palette.ramp(0.12 + 0.3 * along, 0.1)],
        [0.55, ring === rings - 1 ? palette.accent(0.8) : palette.ramp(0.28 + 0.4 * along)],
        [1, palette.ramp(0.75 + 0.2 * along)],
      ],
      [0, 0, 0, 1],
    );
    for (let petal = 0; petal < perRing; petal += 1) {
      const angle = ((petal + (ring % 2) / 2) / perRing) * 360 + ring * 7 + chance.between(-3, 3);
      const half = length * slim;
      const outline =
        `M${rounded(x)} ${rounded(y)}` +
        `C${rounded(x - half)} ${rounded(y - length * 0.35)} ${rounded(x - half * 1.05)} ${rounded(y - length * 0.86)} ${rounded(x)} ${rounded(y - length)}` +
        `C${rounded(x + half * 1.05)} ${rounded(y - length * 0.86)} ${rounded(x + half)} ${rounded(y - length * 0.35)} ${rounded(x)} ${rounded(y)}Z`;
      const edge = `stroke="${palette.ramp(1)}" stroke-opacity="0.28" stroke-width="${rounded(unit * 0.002)}"`;
      drawing.path(
        outline,
        fill,
        `${edge} transform="rotate(${rounded(angle)} ${rounded(x)} ${rounded(y)})"`,
      );
    }
  }
  drawing.circle(
    x,
    y,
    unit * 0.055,
    drawing.radial([
      [0, palette.accent(0.9)],
      [1, palette.accent(0.62)],
    ]),
  );
  for (let seed = 0; seed < 22; seed += 1) {
    const reach = unit * 0.045 * Math.sqrt(seed / 22);
    const angle = seed * 2.39996;
    drawing.circle(
      x + Math.cos(angle) * reach,
      y + Math.sin(angle) * reach,
      unit * 0.0045,
      palette.ramp(0.95),
    );
  }
}

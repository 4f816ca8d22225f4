/** A point, in pixels. */
export type Point = readonly [x: number, y: number];

type Stop = readonly [offset: number, color: string, opacity?: number];

export const rounded = (value: number) => String(Math.round(value * 100) / 100);

/** A path through all points without corners. */
export function smoothPath(points: readonly Point[], closed = false): string {
  const count = points.length;
  const at = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))] ?? [0, 0];
  const [startX, startY] = at(0);
  let path = `M${rounded(startX)} ${rounded(startY)}`;
  for (let index = 0; index < (closed ? count : count - 1); index += 1) {
    // A Catmull-Rom spline as Bézier curves: each handle follows the line between the two neighbours.
    const [before, from, to, after] = [at(index - 1), at(index), at(index + 1), at(index + 2)];
    const handles = [
      from[0] + (to[0] - before[0]) / 6,
      from[1] + (to[1] - before[1]) / 6,
      to[0] - (after[0] - from[0]) / 6,
      to[1] - (after[1] - from[1]) / 6,
      to[0],
      to[1],
    ];
    path += `C${handles.map(rounded).join(' ')}`;
  }
  return closed ? `${path}Z` : path;
}

/** An SVG document in the making. */
export class Drawing {
  #definitions = '';
  #body = '';
  #gradients = 0;

  constructor(
    readonly width: number,
    readonly height: number,
  ) {}

  /** Gives a paint. `vector` is x1 y1 x2 y2 in parts of what is painted. */
  linear(stops: readonly Stop[], vector: readonly [number, number, number, number] = [0, 0, 0, 1]): string {
    const [x1, y1, x2, y2] = vector.map(rounded);
    return this.#gradient('linearGradient', `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`, stops);
  }

  /** Gives a paint. `center` is where the first stop lies, in parts of what is painted. */
  radial(stops: readonly Stop[], center: Point = [0.5, 0.5], radius = 0.5): string {
    const [x, y] = center.map(rounded);
    return this.#gradient('radialGradient', `cx="${x}" cy="${y}" r="${rounded(radius)}"`, stops);
  }

  #gradient(element: string, attributes: string, stops: readonly Stop[]): string {
    this.#gradients += 1;
    const id = `g${this.#gradients}`;
    const inside = stops
      .map(
        ([offset, color, opacity = 1]) =>
          `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
      )
      .join('');
    this.#definitions += `<${element} id="${id}" ${attributes}>${inside}</${element}>`;
    return `url(#${id})`;
  }

  rectangle(left: number, top: number, width: number, height: number, fill: string, rest = ''): void {
    this.#body += `<rect x="${rounded(left)}" y="${rounded(top)}" width="${rounded(width)}" height="${rounded(height)}" fill="${fill}" ${rest}/>`;
  }

  backdrop(fill: string): void {
    this.rectangle(0, 0, this.width, this.height, fill);
  }

  circle(x: number, y: number, radius: number, fill: string, rest = ''): void {
    this.ellipse(x, y, radius, radius, fill, rest);
  }

  ellipse(x: number, y: number, radiusX: number, radiusY: number, fill: string, rest = ''): void {
    this.#body += `<ellipse cx="${rounded(x)}" cy="${rounded(y)}" rx="${rounded(radiusX)}" ry="${rounded(radiusY)}" fill="${fill}" ${rest}/>`;
  }

  path(data: string, fill: string, rest = ''): void {
    this.#body += `<path d="${data}" fill="${fill}" ${rest}/>`;
  }

  /** A light that fades into nothing. */
  halo(x: number, y: number, radius: number, color: string, strength: number): void {
    const fill = this.radial([
      [0, color, strength],
      [0.35, color, strength * 0.45],
      [1, color, 0],
    ]);
    this.circle(x, y, radius, fill);
  }

  svg(): string {
    const size = `width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}><defs>${this.#definitions}</defs>${this.#body}</svg>`;
  }
}

import { modelOf, type ListedPicture, type PictureFilter } from '#core/gallery';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, counted, money, table } from '../print';

export interface PicturesOptions {
  text?: string;
  model?: string;
  type?: string;
  /** ISO times. */
  since?: string;
  until?: string;
  rating?: number;
  limit?: number;
  rebuild?: boolean;
}

const page = 500;

/** `seedloom pictures` */
export async function pictures(options: PicturesOptions, surroundings: Surroundings): Promise<ExitCode> {
  const filter = filterOf(options);
  return withEngine(surroundings, [], async ({ engine, output }) => {
    const { gallery } = engine;
    if (options.rebuild === true) await gallery.rebuild();
    // A terminal shows the newest; what reads JSON gets all of it.
    const most = options.limit ?? (output.json ? Infinity : 50);
    const found: ListedPicture[] = [];
    let total = 0;
    let list: string | undefined;
    do {
      const answer = await gallery.list({
        filter,
        sort: 'newest',
        limit: Math.min(page, most - found.length),
        ...(list === undefined ? {} : { from: { list, place: found.length } }),
      });
      found.push(...answer.pictures);
      ({ list, total } = answer);
    } while (found.length < Math.min(most, total));
    if (output.json) output.data(found);
    else {
      if (found.length === 0) output.line('No such pictures.');
      for (const line of pictureLines(found)) output.line(line);
      if (found.length < total) output.line(`${counted(total - found.length, 'picture')} more not shown.`);
    }
    return exit.done;
  });
}

function pictureLines(found: readonly ListedPicture[]): string[] {
  if (found.length === 0) return [];
  const rows = found.map((picture) => [
    picture.hash.slice(0, 12),
    picture.at.slice(0, 16).replace('T', ' '),
    `${picture.width} × ${picture.height}`,
    picture.missing ? 'cleaned up' : picture.rating === 0 ? '' : String(picture.rating),
    money(picture.price),
    modelOf(picture) ?? 'this computer',
    clean(`${picture.workflow}: ${picture.title}`),
  ]);
  return table([['picture', 'made (UTC)', 'size', 'rating', 'price', 'model', 'workflow and node'], ...rows]);
}

function filterOf({ text, model, type, since, until, rating }: PicturesOptions): PictureFilter {
  return {
    ...(text === undefined ? {} : { text }),
    ...(model === undefined ? {} : { model }),
    ...(type === undefined ? {} : { type }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(rating === undefined ? {} : { ratingFrom: rating }),
  };
}

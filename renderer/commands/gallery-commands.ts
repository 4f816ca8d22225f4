import {
  Columns2,
  Copy,
  Download,
  FileClock,
  GalleryHorizontalEnd,
  GalleryThumbnails,
  History,
  ImagePlus,
  Images,
  Star,
  TextQuote,
  ThumbsDown,
} from 'lucide-react';
import type { ListedPicture } from '#core/gallery';
import { words } from '../look/words';
import { ratingNow } from '../stores/gallery-state';
import { sessionStore } from '../stores/session-store';
import { always, type Command, type EditorState } from './command';
import {
  addToCanvas,
  comparedOf,
  comparePictures,
  copyPrompt,
  openPictureAsItWas,
  pictureName,
  ratePictures,
  useAsReference,
} from './gallery';
import { copyPicture, savePictureAs } from './pictures';
import { referencePort } from './references';

const session = () => sessionStore.getState();
const chosen = () => session().gallery.chosen;
const current = () => chosen().at(-1);
const hasChosen = ({ session: { gallery } }: EditorState) => gallery.chosen.length > 0;
const isThere = ({ session: { gallery } }: EditorState) => gallery.chosen.at(-1)?.missing === false;
const said = words.gallery.commands;

/** What is done with the picture that was chosen last. */
function withCurrent(act: (picture: ListedPicture) => Promise<unknown>): () => Promise<void> {
  return async () => {
    const picture = current();
    if (picture !== undefined) await act(picture);
  };
}

/** What can be done with the pictures of all runs; the light table has keys of its own for most of it. */
export const galleryCommands: readonly Command[] = [
  {
    id: 'view.pictures',
    title: words.gallery.strip,
    heading: words.commands.headings.view,
    icon: GalleryThumbnails,
    keys: ['Mod+J'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.setGallery({ tray: !session().gallery.tray }),
  },
  {
    id: 'view.lightTable',
    title: words.gallery.lightTable,
    heading: words.commands.headings.view,
    icon: GalleryHorizontalEnd,
    keys: ['L'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'gallery' } }),
  },
  {
    id: 'picture.compare',
    title: said.compare,
    heading: words.commands.headings.pictures,
    icon: Columns2,
    enabled: ({ session: { gallery } }) => gallery.chosen.filter(({ missing }) => !missing).length >= 2,
    run: () => comparePictures(comparedOf(chosen().filter(({ missing }) => !missing))),
  },
  {
    id: 'picture.openAsItWas',
    title: said.openAsItWas,
    heading: words.commands.headings.pictures,
    icon: FileClock,
    enabled: hasChosen,
    run: withCurrent(openPictureAsItWas),
  },
  {
    id: 'picture.copy',
    title: said.copy,
    heading: words.commands.headings.pictures,
    icon: Copy,
    enabled: isThere,
    run: withCurrent(copyPicture),
  },
  {
    id: 'picture.copyPrompt',
    title: said.copyPrompt,
    heading: words.commands.headings.pictures,
    icon: TextQuote,
    enabled: ({ session: { gallery } }) => (gallery.chosen.at(-1)?.prompt ?? '') !== '',
    run: async () => {
      const picture = current();
      if (picture !== undefined) await copyPrompt(picture);
    },
  },
  {
    id: 'picture.saveAs',
    title: said.saveAs,
    heading: words.commands.headings.pictures,
    icon: Download,
    enabled: isThere,
    run: withCurrent((picture) => savePictureAs(picture, pictureName(picture))),
  },
  {
    id: 'picture.showRun',
    title: said.showRun,
    heading: words.commands.headings.pictures,
    icon: History,
    enabled: hasChosen,
    run: () =>
      sessionStore.actions.set({ overlay: null, drawer: 'runs', lookedAtRun: current()?.run ?? null }),
  },
  {
    id: 'picture.addToCanvas',
    title: said.addToCanvas,
    heading: words.commands.headings.pictures,
    icon: ImagePlus,
    enabled: isThere,
    run: () => addToCanvas(chosen()),
  },
  {
    id: 'picture.useAsReference',
    title: said.useAsReference,
    heading: words.commands.headings.pictures,
    icon: Images,
    enabled: (state) => isThere(state) && referencePort(state.session) !== undefined,
    run: () => useAsReference(chosen()),
  },
  ...[0, 1, 2, 3, 4, 5].map((rating): Command => ({
    id: `picture.rate${rating}`,
    title: said.rate(rating),
    heading: words.commands.headings.pictures,
    icon: Star,
    enabled: hasChosen,
    run: () => ratePictures(chosen(), { rating }),
  })),
  {
    id: 'picture.reject',
    title: said.reject,
    heading: words.commands.headings.pictures,
    icon: ThumbsDown,
    enabled: hasChosen,
    run: () => {
      const all = chosen().every((picture) => ratingNow(picture, session().gallery).rejected);
      return ratePictures(chosen(), { rejected: !all });
    },
  },
];

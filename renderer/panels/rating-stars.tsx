import { Star, ThumbsDown } from 'lucide-react';
import type { ListedPicture } from '#core/gallery';
import { ratePictures } from '../commands/gallery';
import { words } from '../look/words';
import { ratingNow } from '../stores/gallery-state';
import { useSession } from '../stores/session-store';

const said = words.gallery.rating;

/** Five stars, and whether it was rejected. A press on the star that is set takes the rating away. */
export function RatingStars({ pictures }: { pictures: readonly ListedPicture[] }) {
  const gallery = useSession((state) => state.gallery);
  const current = pictures.at(-1);
  if (current === undefined) return null;
  const { rating, rejected } = ratingNow(current, gallery);
  return (
    <fieldset className="rating" aria-label={said.name}>
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          className="rating-star"
          data-on={stars <= rating}
          aria-label={said.stars(stars)}
          aria-pressed={stars === rating}
          title={`${said.stars(stars)} (${stars})`}
          onClick={() => void ratePictures(pictures, { rating: stars === rating ? 0 : stars })}
        >
          <Star size={16} fill={stars <= rating ? 'currentColor' : 'none'} aria-hidden="true" />
        </button>
      ))}
      <span className="rating-space" />
      <button
        type="button"
        className="button rating-reject"
        data-kind="quiet"
        aria-pressed={rejected}
        onClick={() => void ratePictures(pictures, { rejected: !rejected })}
      >
        <ThumbsDown size={14} aria-hidden="true" /> {said.reject}
      </button>
    </fieldset>
  );
}

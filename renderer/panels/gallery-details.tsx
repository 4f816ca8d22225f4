import { GripVertical, Images, ImagePlus } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { modelOf, type ListedPicture, type PictureDetails } from '#core/gallery';
import { readDetails } from '../commands/gallery';
import { editorState, findCommand, runCommand } from '../commands/command-list';
import { amount, dateAndTime, duration, fileSize, money, pixels } from '../look/format';
import { Picture } from '../look/picture';
import { words } from '../look/words';
import { useSession } from '../stores/session-store';
import { beginDragOut } from './gallery-tile';
import { RatingStars } from './rating-stars';

const said = words.gallery.details;
const buttons = words.gallery.buttons;

/** How the current picture was made, what it cost, and what can be done with it. */
export function GalleryDetails({ onLook }: { onLook: () => void }) {
  const chosen = useSession(({ gallery }) => gallery.chosen);
  const current = chosen.at(-1);
  return (
    <aside className="gallery-details" aria-label={said.name}>
      {current === undefined ? (
        <p className="soft gallery-details-none">{said.none}</p>
      ) : (
        <Facts key={current.hash} picture={current} chosen={chosen} onLook={onLook} />
      )}
    </aside>
  );
}

function Facts({
  picture,
  chosen,
  onLook,
}: {
  picture: ListedPicture;
  chosen: readonly ListedPicture[];
  onLook: () => void;
}) {
  const [details, setDetails] = useState<PictureDetails | null>(null);
  const providers = useSession((state) => state.providers);
  useEffect(() => {
    let isHere = true;
    const read = async () => {
      const found = await readDetails(picture.hash);
      if (isHere && found !== undefined) setDetails(found);
    };
    void read();
    return () => {
      isHere = false;
    };
  }, [picture.hash]);
  const provider = providers.find(({ id }) => id === picture.provider);
  const model = provider?.models.find(({ id }) => id === picture.model);
  const prompt = details?.prompt ?? picture.prompt;
  const receipt = details?.receipt;
  return (
    <>
      {picture.missing ? (
        <div className="gallery-details-picture">
          <span className="gallery-missing">{words.gallery.missing}</span>
        </div>
      ) : (
        <button
          type="button"
          className="gallery-details-picture"
          aria-label={words.gallery.look.name}
          draggable
          onDragStart={(event) => beginDragOut(event, picture)}
          onClick={onLook}
        >
          <Picture hash={picture.hash} width={512} alt="" />
          <span className="gallery-details-grip" title={words.gallery.look.drag}>
            <GripVertical size={14} aria-hidden="true" />
          </span>
        </button>
      )}
      <RatingStars pictures={chosen} />
      {chosen.length < 2 ? null : <p className="caption">{said.several(chosen.length)}</p>}
      <div className="gallery-actions">
        <Action command="picture.openAsItWas" kind="primary" />
        <Action command="picture.addToCanvas">
          <ImagePlus size={14} aria-hidden="true" />
        </Action>
        <Action command="picture.useAsReference" why={buttons.noReference}>
          <Images size={14} aria-hidden="true" />
        </Action>
        <Action command="picture.copy" />
        <Action command="picture.saveAs" />
        <Action command="picture.showRun" />
      </div>
      {prompt === '' ? null : (
        <section>
          <div className="gallery-prompt-head">
            <h3 className="caption">{said.prompt}</h3>
            <Action command="picture.copyPrompt" kind="quiet" />
          </div>
          <p className="gallery-prompt can-select">{prompt}</p>
        </section>
      )}
      <dl className="gallery-facts">
        <Fact label={said.madeBy}>
          {picture.provider === undefined ? (
            said.computer
          ) : (
            <span title={modelOf(picture)}>
              {model?.label ?? picture.model}, {provider?.label ?? picture.provider}
            </span>
          )}
        </Fact>
        <Fact label={said.price}>
          <span className="value">{money(picture.price)}</span>
        </Fact>
        <Fact label={said.size}>
          <span className="figures">
            {pixels(picture)}, {picture.format.toUpperCase()}, {fileSize(picture.bytes)}
          </span>
        </Fact>
        {picture.seed === undefined ? null : (
          <Fact label={said.seed}>
            <span className="value">{picture.seed}</span>
          </Fact>
        )}
        {picture.take === 0 ? null : (
          <Fact label={said.take}>
            <span className="value">{picture.take}</span>
          </Fact>
        )}
        <Fact label={said.node}>
          {picture.title} <span className="value faint">{picture.step}</span>
        </Fact>
        <Fact label={said.workflow}>{picture.workflow || words.gallery.filters.untitled}</Fact>
        <Fact label={said.made}>{dateAndTime(picture.at)}</Fact>
        {receipt === undefined ? null : <Fact label={said.took}>{duration(receipt.seconds)}</Fact>}
        <Fact label={said.run}>
          <span className="value">{picture.run}</span>
        </Fact>
      </dl>
      <section>
        <h3 className="caption">{said.receipt}</h3>
        {receipt === undefined ? (
          <p className="soft">{details === null ? '…' : said.noReceipt}</p>
        ) : (
          <dl className="gallery-facts">
            <Fact label={said.ours}>
              <span className="value">{amount(receipt.price)}</span>
            </Fact>
            <Fact label={said.services}>
              {receipt.vendorPrice === undefined ? (
                <span className="faint">{said.notSaid}</span>
              ) : (
                <span className="value">{amount(receipt.vendorPrice)}</span>
              )}
            </Fact>
            <Fact label={said.request}>
              <span className="value">{receipt.vendorId ?? receipt.requestId}</span>
            </Fact>
          </dl>
        )}
      </section>
      {details === null || details.params.length === 0 ? null : (
        <section>
          <h3 className="caption">{said.more}</h3>
          <dl className="gallery-facts">
            {details.params.map(({ name, value }) => (
              <Fact key={name} label={name}>
                <span className="value">{value}</span>
              </Fact>
            ))}
          </dl>
        </section>
      )}
    </>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="gallery-fact">
      <dt className="caption">{label}</dt>
      <dd className="can-select">{children}</dd>
    </div>
  );
}

type ActionName = keyof Omit<typeof buttons, 'noReference'>;

/** A button for a command on the chosen pictures. `why`: what is said where it cannot be done. */
function Action({
  command,
  kind,
  why,
  children,
}: {
  command: `picture.${ActionName}`;
  kind?: 'primary' | 'quiet';
  why?: string;
  children?: ReactNode;
}) {
  const found = findCommand(command);
  const isEnabled = found?.enabled(editorState()) === true;
  const Icon = found?.icon;
  return (
    <button
      type="button"
      className="button"
      data-kind={kind}
      disabled={!isEnabled}
      title={isEnabled ? found?.title : (why ?? found?.title)}
      onClick={() => runCommand(command)}
    >
      {children ?? (Icon === undefined ? null : <Icon size={14} aria-hidden="true" />)}
      {buttons[command.slice('picture.'.length) as ActionName]}
    </button>
  );
}

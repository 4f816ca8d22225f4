import { Dialog } from 'radix-ui';
import { runNodes } from '../commands/run-when-planned';
import { words } from '../look/words';

const said = words.painting;

/** Where a picture is to be worked on that is not there yet: what to do. Stands in a dialog of Radix. */
export function NoPicture({
  title,
  source,
  name,
  onClose,
}: {
  title: string;
  source: string | undefined;
  name: string;
  onClose: () => void;
}) {
  return (
    <>
      <Dialog.Overlay className="veil" />
      <Dialog.Content className="dialog confirm" aria-describedby={undefined}>
        <header className="dialog-head">
          <Dialog.Title className="dialog-title">{title}</Dialog.Title>
        </header>
        <div className="dialog-body">
          <p>{source === undefined ? said.needsWire : said.needsPicture(name)}</p>
        </div>
        <footer className="dialog-foot">
          <Dialog.Close className="button">{said.close}</Dialog.Close>
          {source === undefined ? null : (
            <button
              type="button"
              className="button"
              data-kind="primary"
              onClick={() => {
                onClose();
                void runNodes([source]);
              }}
            >
              {said.run(name)}
            </button>
          )}
        </footer>
      </Dialog.Content>
    </>
  );
}

import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import { Keys, type PaletteCommand } from './palette';
import './help.css';

const said = words.palette.help;
/** What the mouse does, which no command list knows. */
const gestures = Object.values(said.gestures);

/** Every key there is, from the command list. */
export function Help({
  commands,
  onChangeKeys,
  onClose,
}: {
  commands: readonly PaletteCommand[];
  onChangeKeys: () => void;
  onClose: () => void;
}) {
  const withKeys = commands.filter((command) => command.keys !== undefined);
  const headings = [...new Set(withKeys.map((command) => command.heading))];
  return (
    <DialogFrame
      open
      onClose={onClose}
      title={said.title}
      width={760}
      isText
      foot={
        <button type="button" className="button" onClick={onChangeKeys}>
          {words.shortcuts.change}
        </button>
      }
    >
      <div className="help">
        {headings.map((heading) => (
          <section key={heading} className="help-group">
            <h3 className="caption">{heading}</h3>
            {withKeys
              .filter((command) => command.heading === heading)
              .map((command) => (
                <HelpRow key={command.id} title={command.title} keys={command.keys ?? ''} />
              ))}
          </section>
        ))}
        <section className="help-group">
          <h3 className="caption">{said.mouse}</h3>
          {gestures.map((gesture) => (
            <HelpRow key={gesture.title} {...gesture} />
          ))}
        </section>
      </div>
    </DialogFrame>
  );
}

function HelpRow({ title, keys }: { title: string; keys: string }) {
  return (
    <div className="help-row">
      <span>{title}</span>
      <Keys keys={keys} />
    </div>
  );
}

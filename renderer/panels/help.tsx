import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import { Keys, type PaletteCommand } from './palette';
import './help.css';

/** What the mouse does, which no command list knows. */
const gestures: readonly { title: string; keys: string }[] = [
  { title: 'Move the canvas', keys: 'drag wheel' },
  { title: 'Zoom', keys: 'Ctrl wheel' },
  { title: 'Select several', keys: 'Shift drag' },
  { title: 'Change a number', keys: 'drag ↔' },
  { title: 'Ten steps of a number', keys: 'Shift ↑' },
];

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
      title="Keys"
      width={760}
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
          <h3 className="caption">Mouse</h3>
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

import { Dialog } from 'radix-ui';
import { takePrompt } from '../commands/earlier-prompts';
import { EarlierPrompts } from '../fields/earlier-prompts';
import { words } from '../look/words';
import '../fields/prompt-box.css';
import './palette.css';
import './prompts-dialog.css';

/** The prompts of earlier runs, for the node that is selected. */
export function PromptsDialog({
  overlay,
  onClose,
}: {
  overlay: { node: string; param: string };
  onClose: () => void;
}) {
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="palette prompts-dialog" aria-describedby={undefined}>
          <Dialog.Title className="only-read-aloud">{words.prompts.earlier}</Dialog.Title>
          <EarlierPrompts
            onChoose={(text) => {
              takePrompt(overlay, text);
              onClose();
            }}
          />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

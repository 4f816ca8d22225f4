import { Command } from 'cmdk';
import { Blend, Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useState } from 'react';
import type { Failure } from '#core/failure';
import { loraBases, loraKey, type ListedLora } from '#core/lora/lora';
import { ChoiceList } from '../fields/choice-list';
import { count, fileName, fileSize, folderName } from '../look/format';
import { Picture } from '../look/picture';
import { translated, words } from '../look/words';
import { answersTo, isListed, loraGroups, wordsLine, type LoraPlace } from './lora-places';
import { useLoraShelf } from './use-lora-shelf';
import './palette.css';
import './lora-chooser.css';

/** The LoRAs where a node's models run, to choose one from. */
export function LoraChooser({
  places,
  value,
  onChoose,
  onSettings,
  onClose,
}: {
  places: readonly LoraPlace[];
  /** The name that stands in the node. */
  value: string;
  onChoose: (name: string) => void;
  onSettings: () => void;
  onClose: () => void;
}) {
  const [chosen, setChosen] = useState(places[0]?.provider.id ?? '');
  const place = places.find(({ provider }) => provider.id === chosen) ?? places[0];
  const [typed, setTyped] = useState('');
  /** What had the focus: it has it again afterwards. */
  const [opener] = useState(() => document.activeElement);
  const [marked, setMarked] = useState<string>();
  const { shelf, again } = useLoraShelf(place?.provider.id);
  const label = place?.provider.label ?? '';
  const loras = shelf.state === 'listed' ? shelf.loras : [];
  const found = loras.filter((lora) => answersTo(lora, typed.trim()));
  const written = typed.trim();
  const inUse = loras.find(({ name }) => loraKey(name) === loraKey(value));
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil palette-veil" />
        <Dialog.Content
          className="palette lora-chooser"
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener instanceof HTMLElement) opener.focus();
          }}
        >
          <Dialog.Title className="only-read-aloud">{words.loras.title}</Dialog.Title>
          <Command
            label={words.loras.title}
            loop
            shouldFilter={false}
            value={marked ?? inUse?.name ?? ''}
            onValueChange={setMarked}
          >
            <div className="palette-head">
              <Search size={16} aria-hidden="true" />
              <Command.Input
                className="palette-input"
                value={typed}
                onValueChange={(text) => {
                  setTyped(text);
                  setMarked(undefined);
                }}
                placeholder={words.loras.find}
              />
              {places.length > 1 ? (
                <ChoiceList
                  label={words.loras.where}
                  options={places.map(({ provider }) => ({ value: provider.id, label: provider.label }))}
                  value={chosen}
                  onChange={setChosen}
                />
              ) : (
                <span className="chip">{label}</span>
              )}
            </div>
            <Command.List className="palette-list">
              {shelf.state === 'reading' ? (
                <p className="palette-empty">{words.loras.asking(label)}</p>
              ) : null}
              {shelf.state === 'away' ? (
                <Away failure={shelf.failure} onAgain={again} onSettings={onSettings} />
              ) : null}
              {shelf.state === 'listed' && loras.length === 0 ? (
                <p className="palette-empty">{words.loras.none(label)}</p>
              ) : null}
              {loras.length > 0 && found.length === 0 ? (
                <p className="palette-empty">{words.loras.nothing}</p>
              ) : null}
              {loraGroups(found, place?.bases ?? new Set()).map((group) => (
                <Command.Group
                  key={group.fit}
                  className="palette-group"
                  {...(group.heading === undefined ? {} : { heading: group.heading })}
                >
                  {group.loras.map((lora) => (
                    <LoraRow
                      key={lora.name}
                      lora={lora}
                      isOther={group.fit === 'other'}
                      isChosen={lora.name === inUse?.name}
                      preview={shelf.state === 'listed' ? shelf.previews.get(lora.name) : undefined}
                      onChoose={onChoose}
                    />
                  ))}
                </Command.Group>
              ))}
              {written === '' || isListed(written, loras) ? null : (
                <Command.Item
                  value={`as-written ${written}`}
                  className="palette-row"
                  data-simple="true"
                  onSelect={() => onChoose(written)}
                >
                  <span className="one-line">{words.loras.asWritten(written)}</span>
                </Command.Item>
              )}
            </Command.List>
            {loras.length === 0 ? null : (
              <footer className="lora-chooser-foot">
                {words.loras.countOn(count(loras.length, 'LoRA'), label)}
              </footer>
            )}
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Away({
  failure,
  onAgain,
  onSettings,
}: {
  failure: Failure;
  onAgain: () => void;
  onSettings: () => void;
}) {
  return (
    <div className="palette-empty lora-chooser-away" role="alert">
      <p>{translated(failure.message)}</p>
      <p className="faint">{words.loras.writeAnyway}</p>
      <div className="lora-chooser-actions">
        <button type="button" className="button" onClick={onAgain}>
          {words.loras.again}
        </button>
        <button type="button" className="button" data-kind="quiet" onClick={onSettings}>
          {words.loras.addresses}
        </button>
      </div>
    </div>
  );
}

function LoraRow({
  lora,
  isOther,
  isChosen,
  preview,
  onChoose,
}: {
  lora: ListedLora;
  isOther: boolean;
  isChosen: boolean;
  preview: string | undefined;
  onChoose: (name: string) => void;
}) {
  const { name, bytes, facts } = lora;
  const path = name.replaceAll('\\', '/');
  const said = wordsLine(lora);
  const base = facts?.base === undefined ? facts?.baseSaid : loraBases[facts.base];
  const place = [
    facts?.title === undefined || loraKey(facts.title) === loraKey(name) ? undefined : facts.title,
    folderName(path) === '' ? undefined : words.loras.inFolder(folderName(path)),
    facts?.rank === undefined ? undefined : words.look.lora.rank(facts.rank),
    bytes === undefined ? undefined : fileSize(bytes),
  ].filter((word) => word !== undefined);
  return (
    <Command.Item
      value={name}
      className="palette-row lora-row"
      data-other={isOther}
      aria-current={isChosen}
      onSelect={() => onChoose(name)}
    >
      <span className="lora-row-picture">
        {preview === undefined ? (
          <Blend size={18} aria-hidden="true" />
        ) : (
          <Picture hash={preview} alt="" fit="cover" />
        )}
      </span>
      <span className="palette-words">
        <span className="palette-title one-line">{fileName(path)}</span>
        {place.length === 0 ? null : <span className="palette-summary one-line">{place.join(' · ')}</span>}
        {said === undefined ? null : (
          <span className="lora-row-words one-line" title={said.words}>
            <span className="faint">{said.label}: </span>
            {said.words}
          </span>
        )}
      </span>
      {isChosen ? (
        <span className="chip" data-tone="action">
          {words.loras.inUse}
        </span>
      ) : null}
      {base === undefined ? null : (
        <span className="chip" {...(isOther ? { 'data-tone': 'danger' } : {})}>
          {base}
        </span>
      )}
    </Command.Item>
  );
}

import { Command } from 'cmdk';
import { useEffect, useState } from 'react';
import type { EarlierPrompt } from '#core/earlier-prompts';
import { readEarlierPrompts } from '../commands/earlier-prompts';
import { when } from '../look/format';
import { words } from '../look/words';

const said = words.prompts;

/** The prompts of earlier runs, to search and to choose one from. */
export function EarlierPrompts({ onChoose }: { onChoose: (text: string) => void }) {
  const [prompts, setPrompts] = useState<EarlierPrompt[] | null>(null);
  const [now] = useState(() => new Date());
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const list = await readEarlierPrompts();
      if (isShown) setPrompts(list);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, []);
  const groups = [
    { heading: said.own, list: (prompts ?? []).filter(({ isOwn }) => isOwn) },
    { heading: said.others, list: (prompts ?? []).filter(({ isOwn }) => !isOwn) },
  ];
  return (
    <Command label={said.earlier} loop filter={(value, search) => (has(value, search) ? 1 : 0)}>
      <Command.Input className="input" placeholder={said.search} />
      <Command.List className="earlier-prompts-list">
        <Command.Empty className="earlier-prompts-none">
          {prompts === null ? said.reading : prompts.length === 0 ? said.none : said.nothing}
        </Command.Empty>
        {groups.map(({ heading, list }) =>
          list.length === 0 ? null : (
            <Command.Group key={heading} heading={heading}>
              {list.map(({ text, at }) => (
                <Command.Item
                  key={text}
                  value={text}
                  className="menu-item earlier-prompts-row"
                  onSelect={() => onChoose(text)}
                >
                  <span className="earlier-prompts-text">{text}</span>
                  <span className="menu-item-hint">{when(at, now)}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ),
        )}
      </Command.List>
    </Command>
  );
}

/** Every word that is searched for stands somewhere in it. */
function has(value: string, search: string): boolean {
  const text = value.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

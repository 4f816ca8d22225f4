import { Check, ChevronDown } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useEffect, useState, type RefObject } from 'react';
import { showTab } from '../commands/tabs';
import { words } from '../look/words';
import type { TabSummary } from '../stores/open-documents';
import { TabSign } from './tab-sign';

const texts = words.tabs;

/** Where tabs are out of sight. */
export type CutSides = 'none' | 'left' | 'right' | 'both';

/** A pixel either way is rounding. */
export function cutSides({
  scrollLeft,
  clientWidth,
  scrollWidth,
}: Pick<HTMLElement, 'scrollLeft' | 'clientWidth' | 'scrollWidth'>): CutSides {
  const isLeft = scrollLeft > 1;
  const isRight = scrollLeft + clientWidth < scrollWidth - 1;
  return isLeft && isRight ? 'both' : isLeft ? 'left' : isRight ? 'right' : 'none';
}

/** `tabs`: looked at anew whenever they are others. */
export function useCutSides(list: RefObject<HTMLElement | null>, tabs: readonly TabSummary[]): CutSides {
  const [sides, setSides] = useState<CutSides>('none');
  useEffect(() => {
    const element = list.current;
    if (element === null || tabs.length === 0) return undefined;
    const look = () => setSides(cutSides(element));
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    for (const tab of element.children) watcher.observe(tab);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watcher.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [list, tabs]);
  return sides;
}

/** All tabs in a menu, for those that do not fit. */
export function TabOverflow({ tabs, shown }: { tabs: readonly TabSummary[]; shown: string }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <button
          type="button"
          className="icon-button tab-all"
          aria-label={texts.all(tabs.length)}
          title={texts.all(tabs.length)}
        >
          <span className="value">{tabs.length}</span>
          <ChevronDown size={13} aria-hidden="true" />
        </button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu tab-menu" align="end" sideOffset={6} collisionPadding={8}>
          {tabs.map(({ id, label, file, edited }) => (
            <DropdownMenu.Item key={id} className="menu-item" onSelect={() => showTab(id)}>
              <span className="tab-menu-sign">{id === shown ? <Check size={13} /> : null}</span>
              <span className="one-line">
                {label}
                {file === undefined ? null : <span className="tab-file"> {file}</span>}
              </span>
              <span className="menu-item-hint">
                <TabSign tab={id} />
                {edited ? texts.edited : null}
                {id === shown ? <span className="only-read-aloud">{texts.shown}</span> : null}
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

import {
  closestCenter,
  DndContext,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import { horizontalListSortingStrategy, SortableContext, useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { Plus, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { closeTab } from '../commands/closing';
import { runCommand } from '../commands/command-list';
import { keyWords } from '../commands/keyboard';
import { showTab } from '../commands/tabs';
import { Tip } from '../look/tip';
import { words } from '../look/words';
import { documentStore, useDocument } from '../stores/document-store';
import type { TabSummary } from '../stores/open-documents';
import { sessionStore, useSession } from '../stores/session-store';
import { TabOverflow, useCutSides } from './tab-overflow';
import { TabSign } from './tab-sign';
import './tab-strip.css';

const texts = words.tabs;
/** What the tabs show; the canvas carries it. */
export const tabPanelId = 'shown-workflow';
export const tabElementId = (tab: string) => `tab-${tab}`;

/** The workflows that are open. Drag to put them in another order. */
export function TabStrip() {
  const tabs = useDocument((state) => state.tabs);
  const shown = useDocument((state) => state.tab);
  const platform = useSession((state) => state.platform);
  const list = useRef<HTMLDivElement>(null);
  const cut = useCutSides(list, tabs);
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 5 } }));
  const drop = ({ active, over }: DragEndEvent) => {
    const to = tabs.findIndex(({ id }) => id === over?.id);
    if (to >= 0) documentStore.actions.moveTab(String(active.id), to);
  };
  return (
    <div className="tab-strip">
      <DndContext
        sensors={sensors}
        collisionDetection={closestCenter}
        // Without it the strip would scroll the window along.
        autoScroll={{ threshold: { x: 0.1, y: 0 } }}
        onDragEnd={drop}
      >
        <SortableContext items={tabs.map(({ id }) => id)} strategy={horizontalListSortingStrategy}>
          <div
            ref={list}
            className="tab-list"
            data-cut={cut}
            role="tablist"
            aria-label={texts.strip}
            onWheel={(event) => {
              // A wheel that only turns up and down reaches the tabs that are out of sight.
              if (event.deltaX === 0) event.currentTarget.scrollLeft += event.deltaY;
            }}
          >
            {tabs.map((tab) => (
              <Tab key={tab.id} tab={tab} />
            ))}
          </div>
        </SortableContext>
      </DndContext>
      {cut === 'none' ? null : <TabOverflow tabs={tabs} shown={shown} />}
      <Tip text={texts.newTab} keys={keyWords('Mod+N', platform)}>
        <button
          type="button"
          className="icon-button tab-new"
          aria-label={texts.newTab}
          onClick={() => runCommand('file.new')}
        >
          <Plus size={15} />
        </button>
      </Tip>
    </div>
  );
}

/** Arrow keys lead from tab to tab, as in any list of tabs. */
function step(event: KeyboardEvent<HTMLElement>, tab: string): void {
  const { tabs } = documentStore.getState();
  const at = tabs.findIndex(({ id }) => id === tab);
  const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key];
  const next = to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length];
  if (next !== undefined) {
    event.preventDefault();
    showTab(next.id);
    document.getElementById(tabElementId(next.id))?.focus();
  } else if (event.key === 'Delete') {
    event.preventDefault();
    event.stopPropagation();
    void closeTab(tab);
  } else if (event.key === 'F2') {
    event.preventDefault();
    event.stopPropagation();
    runCommand('tab.rename');
  } else if (event.key === 'Enter' || event.key === ' ') {
    event.preventDefault();
    event.stopPropagation();
    showTab(tab);
  }
}

function Tab({ tab }: { tab: TabSummary }) {
  const { id, label, file, path, edited } = tab;
  const isShown = useDocument((state) => state.tab === id);
  const isNamed = useSession((state) => state.namingTab && state.tab === id);
  const { listeners, setNodeRef, transform, transition, isDragging } = useSortable({ id });
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const strip = element.current?.closest('.tab-list');
    if (!isShown || strip === null || strip === undefined) return;
    // At once, and when the window gets narrower: what is shown stays in sight.
    const watcher = new ResizeObserver(() =>
      element.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }),
    );
    watcher.observe(strip);
    return () => watcher.disconnect();
  }, [isShown]);
  return (
    <div
      ref={setNodeRef}
      role="presentation"
      className="tab"
      data-shown={isShown}
      data-dragged={isDragging}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      onAuxClick={(event) => {
        if (event.button === 1) void closeTab(id);
      }}
      onMouseDown={(event) => {
        // The middle button would begin to scroll.
        if (event.button === 1) event.preventDefault();
      }}
    >
      <Tip text={path ?? `${texts.notSaved}. ${texts.renameTip}`}>
        <div
          ref={element}
          id={tabElementId(id)}
          role="tab"
          className="tab-face"
          aria-selected={isShown}
          aria-controls={isShown ? tabPanelId : undefined}
          tabIndex={isShown ? 0 : -1}
          {...listeners}
          onClick={() => showTab(id)}
          onDoubleClick={() => sessionStore.actions.set({ namingTab: true })}
          onKeyDown={(event) => step(event, id)}
        >
          <TabSign tab={id} />
          <span className="tab-label one-line" data-named={isNamed}>
            {label}
            {file === undefined ? null : <span className="tab-file"> {file}</span>}
          </span>
          {edited ? (
            <span className="tab-edited" title={texts.editedTip}>
              <span className="only-read-aloud">{texts.edited}</span>
            </span>
          ) : null}
        </div>
      </Tip>
      {isNamed ? <NameField /> : null}
      {/* For the pointer: by keyboard a tab is closed with Delete or its command, and a tab may hold no button. */}
      <button
        type="button"
        className="tab-close"
        tabIndex={-1}
        aria-hidden="true"
        aria-label={texts.closeTab(label)}
        onClick={() => void closeTab(id)}
      >
        <X size={13} />
      </button>
    </div>
  );
}

/** The workflow's own title is written where its name stands. */
function NameField() {
  const title = useDocument((state) => state.called.name);
  const [draft, setDraft] = useState(title);
  const end = () => sessionStore.actions.set({ namingTab: false });
  const finish = () => {
    const next = draft.trim();
    if (next !== '' && next !== title) documentStore.actions.setWorkflowTitle(next);
    end();
  };
  return (
    <input
      className="input tab-name"
      aria-label={texts.nameField}
      value={draft}
      // It appears because the person asked to write here.
      ref={(field) => {
        field?.focus();
      }}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === 'Enter') finish();
        if (event.key === 'Escape') end();
      }}
    />
  );
}

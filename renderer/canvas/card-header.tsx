import { RedoDot, VolumeX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { NodeMode } from '#core/document/modes';
import type { NodeDefinition } from '#core/node';
import type { PlannedNode } from '#core/plan/planned';
import { openSubgraph } from '../commands/subgraphs';
import { NodeIcon } from '../look/icons';
import { words } from '../look/words';
import { documentStore } from '../stores/document-store';
import { sessionStore, useSession } from '../stores/session-store';
import { BenchButton } from './bench-button';
import { WhenNear } from './near-only';

const startRenaming = (id: string) => sessionStore.actions.set({ renaming: id });

export function CardHeader({
  id,
  title,
  definition,
  planned,
  mode,
}: {
  id: string;
  title: string;
  definition: NodeDefinition;
  planned: PlannedNode | undefined;
  mode: NodeMode | undefined;
}) {
  const renaming = useSession((state) => state.renaming === id);
  const route = planned?.route;
  const where = useSession(({ providers }) => {
    if (route === undefined) return undefined;
    const provider = providers.find((candidate) => candidate.id === route.provider);
    const model = provider?.models.find((candidate) => candidate.id === route.model);
    return `${model?.label ?? route.model}\n${provider?.label ?? route.provider}`;
  });
  const isPart = definition.work.on === 'parts';
  const [model, provider] = where?.split('\n') ?? [];
  return (
    <header className="card-head" onDoubleClick={() => (isPart ? openSubgraph(id) : startRenaming(id))}>
      <WhenNear>
        <span className="card-icon">
          <NodeIcon name={definition.icon} />
        </span>
      </WhenNear>
      {renaming ? (
        <TitleField id={id} title={title} fallback={definition.title} />
      ) : (
        <h3
          className="card-title one-line"
          data-short={fitsPoster(title)}
          title={`${title}. ${definition.summary}`}
        >
          {title}
        </h3>
      )}
      {mode === undefined ? null : <ModeBadge mode={mode} />}
      <WhenNear>
        {model === undefined || mode !== undefined ? null : (
          <span className="chip card-route one-line" title={words.cards.runsOn(provider ?? '', model)}>
            {model}
          </span>
        )}
        <BenchButton id={id} />
      </WhenNear>
    </header>
  );
}

function ModeBadge({ mode }: { mode: NodeMode }) {
  const Sign = mode === 'mute' ? VolumeX : RedoDot;
  const { badge, text } = words.cards.modes[mode];
  return (
    <span className="chip card-mode" data-mode={mode} title={text}>
      <Sign size={12} aria-hidden="true" />
      {badge}
    </span>
  );
}

/** Widths of letters over the size of the font, more than most letters have; of Chinese, Japanese and Korean ones as they are. */
const letter = 0.62;
const wideLetter = 1;
/** The room of a title on a poster over the size of its font. */
const posterRoom = 9.4;

/** Whether the title of a poster surely has room for all of it. */
export function fitsPoster(title: string): boolean {
  let width = 0;
  for (const character of title) width += character > '\u2e7f' ? wideLetter : letter;
  return width <= posterRoom;
}

/** The title while it is written. Escape leaves it as it was. */
export function TitleField({ id, title, fallback }: { id: string; title: string; fallback: string }) {
  const [draft, setDraft] = useState(title);
  const field = useRef<HTMLInputElement>(null);
  const kept = useRef(true);
  useEffect(() => field.current?.select(), []);
  const finish = () => {
    const next = draft.trim();
    if (kept.current && next !== title) documentStore.actions.setNodeTitle(id, next === fallback ? '' : next);
    sessionStore.actions.set({ renaming: null });
  };
  return (
    <input
      ref={field}
      className="card-title-field nodrag"
      aria-label={words.cards.name}
      value={draft}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') kept.current = false;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
    />
  );
}

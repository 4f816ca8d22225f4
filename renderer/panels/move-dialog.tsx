import { ArrowRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { branchTotal, type CostedMove } from '#core/move-costs';
import type { ModelsByKind, NodeMove } from '#core/plan/move-branch';
import { taskKindOf } from '#core/plan/route';
import { taskKinds, type TaskKind } from '#core/task';
import {
  modelsBefore,
  moveBranch,
  otherProvider,
  readMove,
  scopesOf,
  type MoveScope,
} from '../commands/branch';
import { ChoiceList } from '../fields/choice-list';
import { DialogFrame } from '../look/dialog-frame';
import { count } from '../look/format';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { totalWords } from './cost-rows';
import { nodeTitle } from './issue-place';
import './move-dialog.css';
import { MoveRow } from './move-row';
import { isRefused, scopeWords } from './move-words';
import { taskWords } from './route-choices';
import { hasKeys } from './settings-words';

/** Moves a branch to another provider: first what that changes and costs, then one step that can be undone. */
export function MoveDialog({ selected, onClose }: { selected: readonly string[]; onClose: () => void }) {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const providers = useSession((state) => state.providers);
  const secrets = useSession((state) => state.secrets);
  const movedFrom = useSession((state) => state.movedFrom);
  const scopes = scopesOf(selected, document, catalogue);
  const [scope, setScope] = useState<MoveScope>(scopes[0]?.scope ?? 'all');
  const nodes = scopes.find((one) => one.scope === scope)?.nodes ?? [];
  const kindOf = (id: string): TaskKind | undefined => {
    const definition = catalogue.get(document.nodes[id]?.type ?? '');
    return definition === undefined ? undefined : taskKindOf(definition);
  };
  const routeOf = (id: string) => {
    const kind = kindOf(id);
    return kind === undefined ? undefined : (document.nodes[id]?.route ?? document.routes[kind]);
  };
  const present = new Set(nodes.map(kindOf));
  const kinds = taskKinds.filter((kind) => present.has(kind));
  const able = providers.filter(({ models }) =>
    models.some(({ tasks }) => kinds.some((kind) => tasks.includes(kind))),
  );
  const [to, setTo] = useState(() => otherProvider(nodes, routeOf, able, movedFrom) ?? '');
  const target = able.find(({ id }) => id === to);
  const [named, setNamed] = useState<ModelsByKind>({});
  const [move, setMove] = useState<CostedMove | 'gone' | null>(null);
  /** What the person has said of a node; else it moves unless it would not run there. */
  const [said, setSaid] = useState<Readonly<Record<string, boolean>>>({});
  const asking = nodes.flatMap((node) => {
    const kind = kindOf(node);
    return kind === undefined ? [] : [{ node, kind }];
  });
  // The window draws itself often; what is asked changes seldom.
  const question = JSON.stringify({ asking, to, named });
  useEffect(() => {
    const asked = JSON.parse(question) as { asking: typeof asking; to: string; named: ModelsByKind };
    let isShown = true;
    const read = async () => {
      const models = { ...modelsBefore(asked.asking, asked.to), ...asked.named };
      const ids = asked.asking.map(({ node }) => node);
      const found = asked.to === '' ? undefined : await readMove(ids, asked.to, models);
      if (isShown) setMove(found ?? 'gone');
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [question]);

  const shown = move === 'gone' ? null : move;
  const isMoving = (node: NodeMove) => node.to !== undefined && (said[node.node] ?? !isRefused(node.after));
  const moving = new Set(shown?.nodes.filter(isMoving).map(({ node }) => node));
  const [before, after] =
    shown === null ? [] : [branchTotal(shown, () => false), branchTotal(shown, (node) => moving.has(node))];
  const isTimed = (side: 'before' | 'after') =>
    Object.values(shown?.costs ?? {}).some((cost) => cost[side]?.machine !== undefined);
  const pictures = shown?.nodes.reduce((sum, node) => sum + node.pictures, 0) ?? 0;

  return (
    <DialogFrame
      open
      onClose={onClose}
      title={words.move.title}
      width={860}
      className="move"
      foot={
        <>
          <button type="button" className="button" data-kind="quiet" onClick={onClose}>
            {words.look.cancel}
          </button>
          <button
            type="button"
            className="button"
            data-kind="primary"
            disabled={moving.size === 0}
            onClick={() => {
              if (shown === null) return;
              moveBranch(
                shown.nodes.map(({ to: route, ...rest }) =>
                  moving.has(rest.node) && route !== undefined ? { ...rest, to: route } : rest,
                ),
                scope,
              );
              onClose();
            }}
          >
            {words.move.action(count(moving.size, 'node'))}
          </button>
        </>
      }
    >
      <div className="move-asks">
        <span className="field-label">{words.move.what}</span>
        <ChoiceList
          label={words.move.what}
          options={scopes.map((one) => ({
            value: one.scope,
            label: scopeWords(
              one.scope,
              selected.map((id) => nodeTitle(document, catalogue, id)),
            ),
            hint: count(one.nodes.length, 'node'),
          }))}
          value={scope}
          onChange={(next) => setScope(next as MoveScope)}
        />
        <span className="field-label">{words.move.to}</span>
        <ChoiceList
          label={words.move.where}
          options={able
            .toSorted((left, right) => Number(right.paidByTime) - Number(left.paidByTime))
            .map((provider) => ({
              value: provider.id,
              label: provider.label,
              heading: provider.paidByTime ? words.move.paidByTime : words.move.paidByPicture,
              ...(hasKeys(provider, secrets) ? {} : { hint: words.move.needsKey }),
            }))}
          value={to}
          onChange={(next) => {
            setTo(next);
            setNamed({});
            setSaid({});
          }}
        />
        {target === undefined || shown === null
          ? null
          : kinds.map((kind) =>
              shown.models[kind] === undefined ? null : (
                <ModelOfKind
                  key={kind}
                  kind={kind}
                  options={target.models.filter(({ tasks }) => tasks.includes(kind))}
                  value={shown.models[kind]}
                  onChange={(model) => setNamed({ ...named, [kind]: model })}
                />
              ),
            )}
      </div>
      {move === 'gone' ? <p className="soft">{words.move.nothing}</p> : null}
      {shown === null ? null : (
        <>
          <ul className="move-rows">
            {shown.nodes.map((node) => (
              <MoveRow
                key={node.node}
                title={nodeTitle(document, catalogue, node.node)}
                move={node}
                cost={shown.costs[node.node] ?? {}}
                providers={providers}
                isMoving={moving.has(node.node)}
                onMoving={(will) => setSaid({ ...said, [node.node]: will })}
              />
            ))}
          </ul>
          <output className="move-sum">
            {before === undefined || after === undefined ? (
              words.move.sumNotKnown
            ) : (
              <>
                {words.move.madeAnew(count(pictures, 'picture'))}{' '}
                <span className="value price">{totalWords(before, isTimed('before'))}</span>
                <ArrowRight size={14} aria-label={words.move.becomes} />
                <strong className="value price">{totalWords(after, isTimed('after'))}</strong>
              </>
            )}
          </output>
          <p className="move-note caption">
            {words.move.note}
            {isTimed('after') ? ` ${words.move.noteTimed}` : ''}
          </p>
        </>
      )}
    </DialogFrame>
  );
}

function ModelOfKind({
  kind,
  options,
  value,
  onChange,
}: {
  kind: TaskKind;
  options: readonly { id: string; label: string }[];
  value: string;
  onChange: (model: string) => void;
}) {
  return (
    <>
      <span className="field-label">{words.move.by(taskWords[kind])}</span>
      <ChoiceList
        label={words.move.modelFor(taskWords[kind])}
        options={options.map(({ id, label }) => ({ value: id, label }))}
        value={value}
        onChange={onChange}
      />
    </>
  );
}

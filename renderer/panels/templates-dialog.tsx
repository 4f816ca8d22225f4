import { Pencil, Sprout, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Template } from '#core/file-calls';
import { listTemplates, newFromTemplate, removeTemplate, renameTemplate } from '../commands/templates';
import { DialogFrame } from '../look/dialog-frame';
import { words } from '../look/words';
import './templates-dialog.css';

/** Workflows to begin with, each with its picture: the examples, and one's own. */
export function TemplatesDialog({ onClose }: { onClose: () => void }) {
  const { templates } = words.files;
  const [list, setList] = useState<readonly Template[] | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await listTemplates();
      if (isShown && found !== undefined) setList(found);
    };
    void read();
    return () => {
      isShown = false;
    };
  }, []);
  const readAgain = async () => {
    const found = await listTemplates();
    if (found !== undefined) setList(found);
  };
  const change = () => void readAgain();
  const own = list?.filter((template) => template.own) ?? [];
  return (
    <DialogFrame open onClose={onClose} title={templates.title} description={templates.about} width={860}>
      {list === null ? null : (
        <>
          <h3 className="templates-heading caption">{templates.examples}</h3>
          <ul className="templates">
            {list
              .filter((template) => !template.own)
              .map((template) => (
                <TemplateCard key={template.id} template={template} onChange={change} />
              ))}
          </ul>
          <h3 className="templates-heading caption">{templates.own}</h3>
          {own.length === 0 ? <p className="soft">{templates.ownNone}</p> : null}
          <ul className="templates">
            {own.map((template) => (
              <TemplateCard key={template.id} template={template} onChange={change} />
            ))}
          </ul>
        </>
      )}
    </DialogFrame>
  );
}

function TemplateCard({ template, onChange }: { template: Template; onChange: () => void }) {
  const { templates, versions } = words.files;
  const { id, own, title, about, free, nodes, picture } = template;
  const [name, setName] = useState<string | null>(null);
  const finish = async () => {
    const next = name?.trim() ?? '';
    setName(null);
    if (next === '' || next === title) return;
    await renameTemplate(id, next);
    onChange();
  };
  const remove = async () => {
    if (await removeTemplate(template)) onChange();
  };
  return (
    <li className="template">
      <button type="button" className="template-open" onClick={() => void newFromTemplate(id)}>
        <span className="only-read-aloud">{templates.open(title)}</span>
        <span className="template-picture">
          {picture === null ? <Sprout size={28} aria-hidden="true" /> : <img src={picture} alt="" />}
        </span>
        {name === null ? (
          <span className="template-title one-line" aria-hidden="true">
            {title}
          </span>
        ) : null}
        <span className="template-about soft">{about}</span>
        <span className="caption template-facts">
          <span data-free={free}>{free ? templates.free : templates.paid}</span>
          <span>{versions.nodes(nodes)}</span>
        </span>
      </button>
      {name === null ? null : (
        <input
          className="input template-name"
          aria-label={templates.newName}
          value={name}
          // It appears because the person asked to write here.
          ref={(field) => field?.focus()}
          onChange={(event) => setName(event.target.value)}
          onBlur={() => void finish()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void finish();
            if (event.key !== 'Escape') return;
            event.stopPropagation();
            setName(null);
          }}
        />
      )}
      {own && name === null ? (
        <span className="template-actions">
          <button
            type="button"
            className="icon-button"
            aria-label={templates.rename(title)}
            onClick={() => setName(title)}
          >
            <Pencil size={14} />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={templates.remove(title)}
            onClick={() => void remove()}
          >
            <Trash2 size={14} />
          </button>
        </span>
      ) : null}
    </li>
  );
}

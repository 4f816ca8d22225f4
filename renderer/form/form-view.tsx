import { ListChecks, Sheet } from 'lucide-react';
import { useEffect } from 'react';
import { formFields } from '#core/document/edit-exposed';
import { tabElementId, tabPanelId } from '../app/tab-strip';
import { arrangeForm, dropOnForm, showView, suggestFields } from '../commands/form';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { useSession } from '../stores/session-store';
import { FormArrange } from './form-arrange';
import { FormFields } from './form-fields';
import { FormResults } from './form-results';
import { FormRun } from './form-run';
import './form.css';

/** The whole window for somebody who never sees the graph: fields, one Run button, pictures. */
export function FormView() {
  const tab = useDocument((state) => state.tab);
  const arranging = useSession((state) => state.arranging);
  const isEmpty = useDocument(({ document }) => Object.keys(document.nodes).length === 0);
  useEffect(listenToDrops, []);
  return (
    <main className="form" aria-label={words.form.form}>
      <div className="form-panel" id={tabPanelId} role="tabpanel" aria-labelledby={tabElementId(tab)}>
        {isEmpty ? (
          <div className="empty form-empty">
            <Sheet size={28} />
            <p className="empty-title">{words.form.emptyGraph.title}</p>
            <p>{words.form.emptyGraph.text}</p>
            <button type="button" className="button" onClick={() => showView('graph')}>
              {words.form.emptyGraph.open}
            </button>
          </div>
        ) : (
          <div className="form-columns">
            <section className="form-side" aria-label={words.form.fields}>
              <div className="form-sheet">{arranging ? <FormArrange /> : <Filled />}</div>
              {arranging ? null : <FormRun />}
            </section>
            <section className="form-pictures" aria-label={words.form.pictures}>
              <FormResults />
            </section>
          </div>
        )}
      </div>
    </main>
  );
}

/** A picture dropped beside the fields is meant for one of them all the same. Gives a function that stops. */
function listenToDrops(): () => void {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  const over = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void dropOnForm([...(event.dataTransfer?.files ?? [])]);
  };
  window.addEventListener('dragover', over, options);
  window.addEventListener('drop', drop, options);
  return () => stop.abort();
}

function Filled() {
  const document = useDocument((state) => state.document);
  const catalogue = useSession((state) => state.catalogue);
  const called = useDocument((state) => state.called.name);
  const fields = formFields(document, catalogue);
  const description = document.form?.description;
  return (
    <>
      <header className="form-head">
        <div className="form-head-words">
          <h1 className="form-title">{called}</h1>
          <button type="button" className="button" data-kind="quiet" onClick={arrangeForm}>
            <ListChecks size={14} aria-hidden="true" /> {words.form.arrange}
          </button>
        </div>
        {description === undefined ? null : <p className="form-description">{description}</p>}
      </header>
      {fields.length === 0 ? (
        <div className="empty">
          <Sheet size={24} />
          <p className="empty-title">{words.form.empty.title}</p>
          <p>{words.form.empty.text}</p>
          <p className="form-empty-acts">
            <button type="button" className="button" data-kind="primary" onClick={suggestFields}>
              {words.form.empty.suggest}
            </button>
            <button type="button" className="button" onClick={arrangeForm}>
              {words.form.empty.choose}
            </button>
          </p>
        </div>
      ) : (
        <FormFields fields={fields} />
      )}
    </>
  );
}

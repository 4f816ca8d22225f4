import { Tooltip } from 'radix-ui';
import { useEffect } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import { Toaster } from 'sonner';
import { Canvas } from '../canvas/canvas';
import { listenToKeys } from '../commands/keyboard';
import { FormView } from '../form/form-view';
import { DrawerPanel } from '../panels/drawer-panel';
import { GalleryTray } from '../panels/gallery-tray';
import { Inspector } from '../panels/inspector';
import { Guide } from '../panels/guide';
import { Overlays } from '../panels/overlays';
import { words } from '../look/words';
import { useDocument } from '../stores/document-store';
import { sessionStore, useSession, viewOf, type Drawer } from '../stores/session-store';
import { Breadcrumb } from './breadcrumb';
import { CleanBar } from './clean-bar';
import './frame.css';
import { Rail } from './rail';
import { StatusBar } from './status-bar';
import { tabElementId, tabPanelId } from './tab-strip';
import { useTheme } from './theme';
import { TopBar } from './top-bar';
import { X } from 'lucide-react';

const drawerTitles: Record<Drawer, string> = {
  ...words.frame.drawers,
  plan: words.plan.title,
};

/** The whole window. */
export function Frame() {
  const ready = useSession((state) => state.ready);
  const view = useSession(viewOf);
  const drawer = useSession((state) => (state.clean ? null : state.drawer));
  const inspector = useSession((state) => state.inspector && !state.clean);
  const clean = useSession((state) => state.clean);
  const theme = useTheme();
  const tab = useDocument((state) => state.tab);
  useEffect(listenToKeys, []);
  const notices = (
    <Toaster theme={theme} position="bottom-center" offset={40} visibleToasts={3} className="notices" />
  );
  if (view === 'form')
    return (
      <Tooltip.Provider skipDelayDuration={200}>
        <div className="frame" data-ready={ready}>
          <TopBar />
          <FormView key={tab} />
        </div>
        <Overlays />
        {notices}
      </Tooltip.Provider>
    );
  return (
    <Tooltip.Provider skipDelayDuration={200}>
      <div className="frame" data-ready={ready} data-clean={clean}>
        {clean ? <CleanBar /> : <TopBar />}
        {clean ? null : <Rail />}
        <Group className="frame-middle" orientation="horizontal">
          {drawer === null ? null : (
            <>
              <Panel
                key={drawer === 'plan' ? 'plan' : 'drawer'}
                id="drawer"
                defaultSize={drawer === 'plan' ? '420px' : '288px'}
                minSize="240px"
                maxSize={drawer === 'plan' ? '720px' : '440px'}
                groupResizeBehavior="preserve-pixel-size"
              >
                <section className="drawer" aria-label={drawerTitles[drawer]}>
                  <header className="drawer-head">
                    <h2>{drawerTitles[drawer]}</h2>
                    <button
                      type="button"
                      className="icon-button"
                      aria-label={words.frame.close}
                      onClick={() => sessionStore.actions.set({ drawer: null })}
                    >
                      <X size={15} />
                    </button>
                  </header>
                  <div className="drawer-body">
                    <DrawerPanel drawer={drawer} />
                  </div>
                </section>
              </Panel>
              <Separator className="frame-line" />
            </>
          )}
          <Panel id="canvas" minSize="320px">
            <div className="frame-stage">
              <main className="frame-canvas">
                <div
                  className="frame-canvas"
                  id={tabPanelId}
                  role="tabpanel"
                  aria-labelledby={tabElementId(tab)}
                >
                  <Canvas />
                  <Breadcrumb />
                </div>
                <Guide />
              </main>
              <GalleryTray />
            </div>
          </Panel>
          {inspector ? (
            <>
              <Separator className="frame-line" />
              <Panel
                id="inspector"
                defaultSize="340px"
                minSize="280px"
                maxSize="520px"
                groupResizeBehavior="preserve-pixel-size"
              >
                <Inspector key={tab} />
              </Panel>
            </>
          ) : null}
        </Group>
        {clean ? null : <StatusBar />}
      </div>
      <Overlays />
      {notices}
    </Tooltip.Provider>
  );
}

import {
  Columns3,
  Cpu,
  Eye,
  FolderOpen,
  Footprints,
  History,
  Keyboard,
  Map as MapIcon,
  Maximize,
  PanelRight,
  Search,
  SunMoon,
  TriangleAlert,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { words } from '../look/words';
import { sessionStore } from '../stores/session-store';
import { canvas } from './canvas-handle';
import { always, hasNodes, onlySelected, type Command } from './command';
import { openGuide } from './guide';
import { openPods } from './pods';
import { openRoutes } from './routes';
import { switchTheme } from './settings';
import { subgraphAt } from './subgraphs';

const session = () => sessionStore.getState();

export const viewCommands: readonly Command[] = [
  {
    id: 'edit.look',
    title: words.commands.look,
    heading: words.commands.headings.view,
    icon: Eye,
    keys: ['Space'],
    enabled: ({ session, run, document: { document } }) => {
      const node = onlySelected(session);
      if (node === undefined) return false;
      // What waits inside a subgraph is looked at there.
      const isPart = subgraphAt(document, node) !== undefined;
      const choice = isPart ? undefined : run.planned.get(node)?.choice;
      return (
        (run.pictures.get(node)?.length ?? 0) > 0 || choice?.pictures.some((one) => one !== null) === true
      );
    },
    run: () => {
      const node = onlySelected(session());
      if (node === undefined) return;
      const place = session().shownPictures[node] ?? 0;
      sessionStore.actions.set({ overlay: { kind: 'viewer', node, place } });
    },
  },
  {
    id: 'view.zoomIn',
    title: words.commands.zoomIn,
    heading: words.commands.headings.view,
    icon: ZoomIn,
    keys: ['Mod+=', 'Mod++'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomIn(),
  },
  {
    id: 'view.zoomOut',
    title: words.commands.zoomOut,
    heading: words.commands.headings.view,
    icon: ZoomOut,
    keys: ['Mod+-'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomOut(),
  },
  {
    id: 'view.fit',
    title: words.commands.fit,
    heading: words.commands.headings.view,
    icon: Maximize,
    keys: ['Mod+0', 'F'],
    enabled: hasNodes,
    run: () => canvas()?.fit(),
  },
  {
    id: 'view.minimap',
    title: words.commands.minimap,
    heading: words.commands.headings.view,
    icon: MapIcon,
    keys: ['Mod+Shift+M'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.set({ minimap: !session().minimap }),
  },
  {
    id: 'view.inspector',
    title: words.commands.inspector,
    heading: words.commands.headings.view,
    icon: PanelRight,
    keys: ['Mod+I'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.set({ inspector: !session().inspector, inspectorChosen: true }),
  },
  {
    id: 'view.files',
    title: words.commands.files,
    heading: words.commands.headings.view,
    icon: FolderOpen,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('files'),
  },
  {
    id: 'view.runs',
    title: words.commands.runs,
    heading: words.commands.headings.view,
    icon: History,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('runs'),
  },
  {
    id: 'view.issues',
    title: words.commands.issues,
    heading: words.commands.headings.view,
    icon: TriangleAlert,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('issues'),
  },
  {
    id: 'view.routes',
    title: words.commands.routes,
    heading: words.commands.headings.view,
    icon: Columns3,
    enabled: always,
    run: () => openRoutes(),
  },
  {
    id: 'view.pods',
    title: words.commands.pods,
    heading: words.commands.headings.view,
    icon: Cpu,
    enabled: always,
    run: openPods,
  },
  {
    id: 'view.theme',
    title: words.commands.theme,
    heading: words.commands.headings.view,
    icon: SunMoon,
    keys: ['Mod+Shift+L'],
    inFields: true,
    enabled: always,
    run: switchTheme,
  },
  {
    id: 'app.guide',
    title: words.guide.command,
    heading: words.commands.headings.view,
    icon: Footprints,
    enabled: always,
    run: openGuide,
  },
  {
    id: 'app.commands',
    title: words.commands.all,
    heading: words.commands.headings.view,
    icon: Search,
    keys: ['Mod+K'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'commands' } }),
  },
  {
    id: 'app.keys',
    title: words.commands.keys,
    heading: words.commands.headings.view,
    icon: Keyboard,
    keys: ['Mod+/', '?'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'keys' } }),
  },
];

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
const toggle = (name: 'inspector' | 'minimap') => sessionStore.actions.set({ [name]: !session()[name] });

export const viewCommands: readonly Command[] = [
  {
    id: 'edit.look',
    title: 'Look at the picture',
    heading: 'View',
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
    title: 'Zoom in',
    heading: 'View',
    icon: ZoomIn,
    keys: ['Mod+=', 'Mod++'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomIn(),
  },
  {
    id: 'view.zoomOut',
    title: 'Zoom out',
    heading: 'View',
    icon: ZoomOut,
    keys: ['Mod+-'],
    inFields: true,
    enabled: always,
    run: () => canvas()?.zoomOut(),
  },
  {
    id: 'view.fit',
    title: 'Fit the workflow',
    heading: 'View',
    icon: Maximize,
    keys: ['Mod+0', 'F'],
    enabled: hasNodes,
    run: () => canvas()?.fit(),
  },
  {
    id: 'view.minimap',
    title: 'Minimap',
    heading: 'View',
    icon: MapIcon,
    keys: ['Mod+Shift+M'],
    inFields: true,
    enabled: always,
    run: () => toggle('minimap'),
  },
  {
    id: 'view.inspector',
    title: 'Inspector',
    heading: 'View',
    icon: PanelRight,
    keys: ['Mod+I'],
    inFields: true,
    enabled: always,
    run: () => toggle('inspector'),
  },
  {
    id: 'view.files',
    title: 'Files and examples',
    heading: 'View',
    icon: FolderOpen,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('files'),
  },
  {
    id: 'view.runs',
    title: 'Runs',
    heading: 'View',
    icon: History,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('runs'),
  },
  {
    id: 'view.issues',
    title: 'Problems',
    heading: 'View',
    icon: TriangleAlert,
    enabled: always,
    run: () => sessionStore.actions.toggleDrawer('issues'),
  },
  {
    id: 'view.routes',
    title: 'Compare routes',
    heading: 'View',
    icon: Columns3,
    enabled: always,
    run: () => openRoutes(),
  },
  {
    id: 'view.pods',
    title: 'Pods: your rented GPUs',
    heading: 'View',
    icon: Cpu,
    enabled: always,
    run: openPods,
  },
  {
    id: 'view.theme',
    title: 'Next theme: dark, light, grey room',
    heading: 'View',
    icon: SunMoon,
    keys: ['Mod+Shift+L'],
    inFields: true,
    enabled: always,
    run: switchTheme,
  },
  {
    id: 'app.guide',
    title: words.guide.command,
    heading: 'View',
    icon: Footprints,
    enabled: always,
    run: openGuide,
  },
  {
    id: 'app.commands',
    title: 'All commands…',
    heading: 'View',
    icon: Search,
    keys: ['Mod+K'],
    inFields: true,
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'palette', mode: 'commands' } }),
  },
  {
    id: 'app.keys',
    title: 'Keys',
    heading: 'View',
    icon: Keyboard,
    keys: ['Mod+/', '?'],
    enabled: always,
    run: () => sessionStore.actions.set({ overlay: { kind: 'keys' } }),
  },
];

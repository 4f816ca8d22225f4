import { useEffect, useState, type ComponentType } from 'react';
import type { RecentFile } from '#core/file-calls';
import { forgetRecent, listRecent, newWorkflow, openWorkflow } from '../commands/files';
import { runCommand } from '../commands/command-list';
import { goToNode } from '../commands/subgraphs';
import { openPods } from '../commands/pods';
import { useDocument } from '../stores/document-store';
import { useRun } from '../stores/run-store';
import { useSession, type Drawer } from '../stores/session-store';
import { Files } from './files';
import { Issues } from './issues';
import { PlanPanel } from './plan-panel';
import { RunsPanel } from './runs-panel';

const panels: Record<Drawer, ComponentType> = {
  files: FilesPanel,
  runs: RunsPanel,
  issues: IssuesPanel,
  plan: PlanPanel,
};

/** What is in the left drawer. */
export function DrawerPanel({ drawer }: { drawer: Drawer }) {
  const Panel = panels[drawer];
  return <Panel />;
}

function FilesPanel() {
  const examples = useSession((state) => state.examples);
  const recent = useSession((state) => state.recent);
  const [looked, setLooked] = useState<readonly RecentFile[]>([]);
  useEffect(() => {
    if (recent.length === 0) return;
    let isShown = true;
    const look = async () => {
      const found = await listRecent();
      if (isShown) setLooked(found);
    };
    void look();
    return () => {
      isShown = false;
    };
  }, [recent]);
  return (
    <Files
      examples={examples}
      recent={recent}
      looked={looked}
      onNew={() => void newWorkflow()}
      onOpen={() => void openWorkflow()}
      onExample={(example) => void openWorkflow({ example })}
      onRecent={(path) => void openWorkflow({ path })}
      onForget={() => void forgetRecent()}
    />
  );
}

const none: readonly never[] = [];

function IssuesPanel() {
  const document = useDocument((state) => state.whole);
  const catalogue = useSession((state) => state.catalogue);
  const issues = useRun((state) => state.plan?.issues ?? none);
  return (
    <Issues
      issues={issues}
      document={document}
      catalogue={catalogue}
      onShow={goToNode}
      onPods={openPods}
      onRun={() => runCommand('run.start')}
    />
  );
}

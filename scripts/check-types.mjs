// Type-checks each folder with its own tsconfig, so that every folder sees only the globals it may use.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const folders = ['core', 'nodes', 'providers', 'engine', 'cli', 'electron', 'renderer', 'test'];
const packageFile = createRequire(import.meta.url).resolve('typescript/package.json');
const compiler = join(dirname(packageFile), 'bin', 'tsc');
const failed = folders.filter((folder) => {
  const { status } = spawnSync(process.execPath, [compiler, '--project', folder], { stdio: 'inherit' });
  return status !== 0;
});
console.log(
  failed.length === 0 ? `types: ${folders.length} folders pass` : `types: ${failed.join(', ')} fail`,
);
process.exitCode = failed.length === 0 ? 0 : 1;

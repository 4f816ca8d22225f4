import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { hasElectron, launchApp } from './kit/app';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const programs: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux-unpacked/seedloom',
  win32: 'win-unpacked/Seedloom.exe',
  darwin: `mac${process.arch === 'arm64' ? '-arm64' : ''}/Seedloom.app/Contents/MacOS/Seedloom`,
};

describe.runIf(hasElectron)('the packaged app', () => {
  it('is built, starts, and runs its first example', async () => {
    const built = spawnSync(process.execPath, [join(projectRoot, 'scripts', 'package.mjs'), '--dir'], {
      cwd: projectRoot,
      encoding: 'utf8',
    });
    expect(built.status, built.stderr).toBe(0);
    const program = join(projectRoot, 'dist', programs[process.platform] ?? '');
    expect(existsSync(program)).toBe(true);

    const test = await launchApp({ packaged: program });
    const outFolder = join(test.home, 'pictures');
    await test.value('settings.change', { outFolder });
    await test.page.getByRole('button', { name: /^Run/ }).first().click();
    await expect
      .poll(async () => (await test.value('run.list', {})).map(({ outcome }) => outcome))
      .toEqual(['done']);
    const saved = existsSync(outFolder) ? readdirSync(outFolder, { recursive: true }).map(String) : [];
    expect(saved.some((name) => name.endsWith('.png'))).toBe(true);
    await test.screenshot('packaged-first-example');
    await test.close();
  });
});

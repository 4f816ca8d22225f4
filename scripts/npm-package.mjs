import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const tenMinutes = 600_000;

async function sha512(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** Unpacks a .tgz into `folder`, without the archive's own topmost `strip` folders. */
export async function unpack(archive, folder, strip) {
  await mkdir(folder, { recursive: true });
  const options = { maxBuffer: 64 * 1024 * 1024 };
  await run(
    'tar',
    ['-xzf', archive, '-C', folder, '--no-same-owner', `--strip-components=${strip}`],
    options,
  );
}

/**
 * Unpacks a package of the npm registry into `folder`, by the ordinary client and whatever registry it is set to.
 * @throws when it cannot be had, or is not byte for byte what `integrity` says
 */
export async function fetchPackage({ name, version, integrity, folder }) {
  const temporary = await mkdtemp(join(tmpdir(), 'seedloom-package-'));
  try {
    const command = ['pack', '--silent', '--ignore-scripts', `${name}@${version}`];
    const options = { cwd: temporary, timeout: tenMinutes, shell: process.platform === 'win32' };
    await run('npm', command, options);
    const [archive] = await readdir(temporary);
    if (archive === undefined) throw new Error(`npm pack gave no file for ${name}@${version}`);
    const found = await sha512(join(temporary, archive));
    if (found !== integrity) {
      throw new Error(`${name}@${version} is not the expected file: ${found} instead of ${integrity}`);
    }
    await unpack(join(temporary, archive), folder, 1);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

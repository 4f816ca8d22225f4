import { realpathSync } from 'node:fs';
import { readFile, statfs } from 'node:fs/promises';

/** Types of Linux's statfs(2) that are another computer's disk. */
const linuxNetworks: ReadonlyMap<number, string> = new Map([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'CIFS'],
  [0xfe534d42, 'SMB 2'],
  [0x01021997, '9P'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x47504653, 'GPFS'],
]);
const fuse = 0x65735546;
const networkFuse = /^fuse\.(sshfs|rclone|s3fs|gcsfuse|glusterfs|davfs2?|curlftpfs|cephfs|gvfsd-fuse)$/;

/** The kind of network drive an existing folder is on; `undefined` for a disk of this computer, or where nobody can tell. */
export async function networkDrive(folder: string, platform = process.platform): Promise<string | undefined> {
  if (platform === 'win32') return isNetworkPath(realPath(folder)) ? 'a shared folder' : undefined;
  if (platform !== 'linux') return undefined;
  const found = await statfs(folder).catch(() => undefined);
  if (found === undefined) return undefined;
  // Some systems give the type as a signed number.
  const type = Number(found.type) >>> 0;
  if (type === fuse) return fuseKind(realPath(folder));
  return linuxNetworks.get(type);
}

/** `\\server\share`, also as `\\?\UNC\server\share`; not `\\?\C:\` and `\\.\`, which are this computer's. */
export function isNetworkPath(path: string): boolean {
  return /^[\\/]{2}[?.][\\/]UNC[\\/]/i.test(path) || /^[\\/]{2}[^\\/?.]/.test(path);
}

/** A drive letter of a shared folder leads to its `\\server\share`. */
function realPath(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch {
    return folder;
  }
}

/** FUSE carries local disks (NTFS, exFAT) as well as remote ones; the list of mounts says which. */
async function fuseKind(folder: string): Promise<string | undefined> {
  const list = await readFile('/proc/self/mountinfo', 'utf8').catch(() => '');
  return fuseMount(list, folder);
}

/** The kind of the mount that holds `folder`, when it is a FUSE of a network; by the text of Linux's `mountinfo`. */
export function fuseMount(list: string, folder: string): string | undefined {
  let best = { place: '', kind: '' };
  for (const line of list.split('\n')) {
    const [before, after] = line.split(' - ');
    // Spaces in a path are written \040.
    const place = before?.split(' ')[4]?.replace(/\\040/g, ' ');
    const kind = after?.split(' ')[0];
    if (place === undefined || kind === undefined || place.length < best.place.length) continue;
    if (place === '/' || folder === place || folder.startsWith(`${place}/`)) best = { place, kind };
  }
  return networkFuse.test(best.kind) ? best.kind : undefined;
}

import { userFailure, type Failure } from '#core/failure';

const elsewhere = 'Choose a folder on a disk of this computer with SEEDLOOM_HOME.';

export function networkFolder(folder: string, kind: string): Failure {
  return userFailure(
    'network-folder',
    `The data folder "${folder}" is on a network drive (${kind}). Seedloom's database is not safe there, so nothing was ` +
      `opened. ${elsewhere}`,
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full. Free some space and start again.',
  EDQUOT: 'the disk quota is used up. Free some space and start again.',
  EROFS: `the disk is read-only. ${elsewhere}`,
  ENOTDIR: `a part of its path is a file. ${elsewhere}`,
  EEXIST: `there is a file of that name. ${elsewhere}`,
};

export function unwritableFolder(folder: string, error: unknown): Failure {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const reason = reasons[code] ?? `access is denied. Check its permissions, or use another. ${elsewhere}`;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return userFailure(
    isFull ? 'disk-full' : 'disk-denied',
    `The data folder "${folder}" cannot be written: ${reason}`,
    message,
  );
}

export function newerStore(folder: string): Failure {
  return userFailure(
    'newer-store',
    `The data folder "${folder}" was written by a newer Seedloom. Nothing in it was changed. Update Seedloom, or choose ` +
      'another folder with SEEDLOOM_HOME.',
  );
}

export function lockedDamage(folder: string, error: unknown): Failure {
  return userFailure(
    'damaged-store',
    `The database in "${folder}" is damaged and could not be set aside. Close every Seedloom and start again, or move the ` +
      'folder away yourself.',
    (error as Error).message,
  );
}

/** Told once, when a damaged database was set aside and a new one begun. `charge`: jobs under way may have been paid. */
export function damageSetAside(aside: string, blobs: string): Failure {
  return {
    code: 'damaged-store',
    act: 'user',
    charge: 'possible',
    message:
      `Seedloom's database was damaged, and a new one was begun. The old one is kept as "${aside}". Jobs that were under ` +
      'way at a service may have been charged and cannot be collected: look at your usage there before you run again.',
    detail:
      `Finished pictures are still in "${blobs}". History, receipts and budgets begin anew, and steps that were finished ` +
      'will be made again.',
  };
}

import { FailureError, type Failure } from '#core/failure';

const reasons: Record<string, { code: string; message: string }> = {
  ENOSPC: { code: 'disk-full', message: 'the disk is full. Free some space and run again' },
  EDQUOT: { code: 'disk-full', message: 'the disk quota is used up. Free some space and run again' },
  EACCES: { code: 'disk-denied', message: 'access is denied. Check the folder’s permissions' },
  EPERM: { code: 'disk-denied', message: 'access is denied. Check the folder’s permissions' },
  EROFS: { code: 'disk-denied', message: 'the disk is read-only. Choose another data folder' },
  EMFILE: { code: 'disk-busy', message: 'too many files are open. Try again' },
};

/** What the file system refused to do with the data folder, in words. `doing` reads as in "could not … the data folder". */
export function diskFailure(doing: string, error: unknown): FailureError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code] ?? { code: 'disk-failed', message: 'the disk did not do it. Check the disk' };
  return new FailureError({
    code: reason.code,
    act: 'user',
    charge: 'none',
    message: `Could not ${doing} the data folder: ${reason.message}.`,
    ...(code === '' ? {} : { detail: code }),
  });
}

/** Whether it was the disk of this computer that refused, which says nothing about the picture itself. */
export function isDiskFailure({ code }: Failure): boolean {
  return code.startsWith('disk-');
}

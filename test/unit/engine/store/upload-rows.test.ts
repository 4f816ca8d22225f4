import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FailureError, userFailure } from '#core/failure';
import type { Upload } from '#core/image-host';
import { Store } from '#engine/store/store';
import { UploadRows } from '#engine/store/upload-rows';
import { temporaryFolder } from '#test/kit/temporary-folder';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let rows: UploadRows;
beforeEach(() => {
  folder = temporaryFolder();
  store = new Store(folder.path);
  rows = new UploadRows(store);
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const hour = 3_600_000;
const gives = (link: string, until = 10 * hour) => vi.fn(() => Promise.resolve({ link, until }));
const throws = (code: string) =>
  vi.fn(() => Promise.reject<Upload>(new FailureError(userFailure(code, code))));

describe('an upload', () => {
  it('is used again by its place and content while it lives ten minutes more', async () => {
    const again = gives('two');
    expect(await rows.find('fal', 'h', 0, gives('one', hour))).toEqual({ link: 'one', until: hour });
    expect(await rows.find('fal', 'h', hour - 600_000, again)).toMatchObject({ link: 'one' });
    expect(again).not.toHaveBeenCalled();
    expect(await rows.find('fal', 'h', hour - 599_999, again)).toMatchObject({ link: 'two' });
    expect(await rows.find('fal', 'other', 0, gives('three'))).toMatchObject({ link: 'three' });
    expect(await rows.find('s3', 'h', 0, gives('four'))).toMatchObject({ link: 'four' });
  });

  it('is shared by all who want it at once, and so is its failure; the next one tries again', async () => {
    const [one, other] = [throws('bad-key'), gives('never')];
    const both = await Promise.allSettled([rows.find('s3', 'h', 0, one), rows.find('s3', 'h', 0, other)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(other).not.toHaveBeenCalled();
    expect(await rows.find('s3', 'h', 0, gives('now'))).toMatchObject({ link: 'now' });
  });

  it('that another step was cancelled in is done by those who still want it, once', async () => {
    const [second, third] = [gives('second'), gives('third')];
    const [cancelled, ...others] = await Promise.allSettled([
      rows.find('s3', 'h', 0, throws('cancelled')),
      rows.find('s3', 'h', 0, second),
      rows.find('s3', 'h', 0, third),
    ]);
    expect(cancelled).toMatchObject({ status: 'rejected' });
    expect(others).toMatchObject([{ value: { link: 'second' } }, { value: { link: 'second' } }]);
    expect(third).not.toHaveBeenCalled();
  });
});

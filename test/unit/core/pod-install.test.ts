import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canInstall, installWords } from '#core/install-words';
import {
  filesAmong,
  filesLeft,
  foldInstall,
  installerTime,
  installFileSchema,
  installStates,
  isUnderWay,
  newInstall,
  type InstallerSign,
  type InstallFile,
} from '#core/pod-install';

const file = (name: string, changes: Partial<InstallFile> = {}): InstallFile => ({
  folder: 'vae',
  name,
  url: `https://example.org/${name}`,
  ...changes,
});
const states = fc.constantFrom(...installStates);
const signs = fc.array(
  fc.record({
    order: fc.constantFrom('a', 'b', '-'),
    files: fc.array(fc.record({ place: fc.integer({ min: 0, max: 4 }), state: states, received: fc.nat() })),
  }),
);

describe('an install', () => {
  it('loses no file and takes back nothing that is done, whatever an installer says', () => {
    fc.assert(
      fc.property(signs, (told) => {
        let install = newInstall(undefined, [file('a.pt'), file('b.pt')], 'a', 0);
        told.forEach((sign, index) => {
          const before = install;
          install = foldInstall(install, { ...sign, beat: String(index) }, index);
          expect(install.files.map(({ name }) => name)).toEqual(['a.pt', 'b.pt']);
          before.files.forEach(({ state }, place) => {
            if (state === 'done' || sign.order !== 'a') expect(install.files[place]!.state).toBe(state);
          });
        });
      }),
    );
  });

  it('takes what was not done over into the next order, each file once', () => {
    fc.assert(
      fc.property(states, states, (one, two) => {
        const sign: InstallerSign = {
          beat: '1',
          order: 'a',
          files: [
            { place: 1, state: one, received: 5 },
            { place: 2, state: two, received: 5 },
          ],
        };
        const before = foldInstall(newInstall(undefined, [file('a.pt'), file('b.pt')], 'a', 0), sign, 1);
        const next = newInstall(before, [file('b.pt', { bytes: 7 }), file('c.pt')], 'b', 2);
        const expected = [...(isUnderWay({ state: one }) ? ['a.pt'] : []), 'b.pt', 'c.pt'];
        expect(next.files.map(({ name }) => name).sort()).toEqual(expected);
        expect(next.files.every(({ state, received }) => state === 'waits' && received === 0)).toBe(true);
        expect(next.files.find(({ name }) => name === 'b.pt')!.bytes).toBe(7);
      }),
    );
  });

  it('is work while its installer is heard of, and no longer', () => {
    const given = newInstall(undefined, [file('a.pt'), file('b.pt')], 'a', 1000);
    expect(filesLeft(given, 1000 + installerTime - 1)).toBe(2);
    expect(filesLeft(given, 1000 + installerTime)).toBe(0);
    const heard = foldInstall(given, { beat: '9', order: '-', files: [] }, 5000);
    expect(filesLeft(heard, 1000 + installerTime)).toBe(2);
    // The same word once more is no sign of life.
    expect(foldInstall(heard, { beat: '9', order: '-', files: [] }, 9000)).toBe(heard);
    expect(filesLeft(undefined, 0)).toBe(0);
  });

  it('is of files, not of node classes', () => {
    const parts = [
      { kind: 'node-class' as const, name: 'CFGNorm' },
      { kind: 'model-file' as const, name: 'a.pt', folder: 'vae', url: 'https://example.org/a.pt', bytes: 5 },
    ];
    expect(filesAmong(parts)).toEqual([
      { name: 'a.pt', folder: 'vae', url: 'https://example.org/a.pt', about: 5 },
    ]);
  });

  it('goes into lines of words and no further', () => {
    // What is sent to the pod is one line a file, five words a line.
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (folder, name, url) => {
        const parsed = installFileSchema.safeParse({ folder, name: `${name}.pt`, url: `https://${url}` });
        if (!parsed.success) return;
        expect(`${parsed.data.folder} ${parsed.data.name} ${parsed.data.url}`.split(/\s/)).toHaveLength(3);
      }),
    );
  });

  it('is said in words, every state of it', () => {
    const words = installStates.map((state) => installWords({ ...file('a.pt'), state, received: 1 }));
    expect(new Set(words).size).toBe(words.length);
    expect(installWords({ ...file('a.pt'), about: 10, state: 'loads', received: 4 })).toBe('loading, 40 %');
    expect(installWords({ ...file('a.pt'), state: 'done', received: 4, listed: false })).toContain(
      'restart ComfyUI',
    );
    expect(canInstall({ installs: true, phase: 'busy' })).toBe(true);
    expect(canInstall({ phase: 'busy' })).toBe(false);
    expect(canInstall({ installs: true, phase: 'stopped' })).toBe(false);
  });
});

import { createHash, randomUUID } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** ComfyUI's three folders, in memory. */

export type FolderType = 'input' | 'output' | 'temp';
export interface StoredFile {
  filename: string;
  subfolder: string;
  type: FolderType;
}

const folderTypes: readonly string[] = ['input', 'output', 'temp'];

export function isFolderType(type: string): type is FolderType {
  return folderTypes.includes(type);
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** ComfyUI writes its texts with every character above ASCII escaped, so a tEXt chunk always holds them. */
function ascii(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The PNG with a tEXt chunk for every key, right behind the header chunk, where PIL writes them. */
export function withTexts(png: Buffer, texts: Record<string, unknown>): Buffer {
  // The signature is 8 bytes long, the header chunk 25.
  const header = 33;
  const chunks = Object.entries(texts).map(([key, value]) => {
    const named = Buffer.from(`tEXt${key}\0${ascii(value)}`, 'latin1');
    const chunk = Buffer.alloc(named.length + 8);
    chunk.writeUInt32BE(named.length - 4, 0);
    named.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(named), named.length + 4);
    return chunk;
  });
  return Buffer.concat([png.subarray(0, header), ...chunks, png.subarray(header)]);
}

export class ComfyuiFiles {
  readonly #files = new Map<string, Buffer>();
  #tempPrefix = randomUUID().slice(0, 5);

  read(file: StoredFile): Buffer | undefined {
    return this.#files.get(this.#path(file));
  }

  /** An upload: an equal file keeps its name, a different one becomes "name (1).png". */
  upload(file: StoredFile, bytes: Buffer, overwrite: boolean): StoredFile {
    const dot = file.filename.lastIndexOf('.');
    const [stem, end] =
      dot > 0 ? [file.filename.slice(0, dot), file.filename.slice(dot)] : [file.filename, ''];
    const isTaken = (candidate: StoredFile) => {
      const there = this.read(candidate);
      return there !== undefined && sha256(there) !== sha256(bytes);
    };
    let stored = file;
    if (!overwrite)
      for (let copy = 1; isTaken(stored); copy += 1)
        stored = { ...file, filename: `${stem} (${copy})${end}` };
    this.#files.set(this.#path(stored), bytes);
    return stored;
  }

  /** What SaveImage does with its prefix: sub-folders, and a counter of five digits. */
  save(prefix: string, type: FolderType, bytes: Buffer): StoredFile {
    const named = type === 'temp' ? `ComfyUI_temp_${this.#tempPrefix}` : prefix;
    const slash = named.lastIndexOf('/');
    const subfolder = slash < 0 ? '' : named.slice(0, slash);
    const stem = named.slice(slash + 1);
    for (let counter = 1; ; counter += 1) {
      const file = { filename: `${stem}_${String(counter).padStart(5, '0')}_.png`, subfolder, type };
      if (this.read(file)) continue;
      this.#files.set(this.#path(file), bytes);
      return file;
    }
  }

  /** The value of `LoadImage.image`: a path in input, or annotated with another folder: `"a.png [output]"`. */
  loadImage(value: string): Buffer | undefined {
    const { name, type } = unannotated(value, 'input');
    const slash = name.lastIndexOf('/');
    return this.read({
      filename: name.slice(slash + 1),
      subfolder: slash < 0 ? '' : name.slice(0, slash),
      type,
    });
  }

  /** The files right in input, which is what LoadImage lists. */
  inputs(): string[] {
    const paths = [...this.#files.keys()].filter((path) => /^input\/[^/]+$/.test(path));
    return paths.map((path) => path.slice('input/'.length)).toSorted();
  }

  wipe(): void {
    this.#files.clear();
  }

  /** Every folder below input, which is what the loaders of sets list. */
  inputFolders(): string[] {
    const folders = [...this.#files.keys()].flatMap((path) => {
      const parts = path.split('/').slice(1, -1);
      return path.startsWith('input/')
        ? parts.map((_part, place) => parts.slice(0, place + 1).join('/'))
        : [];
    });
    return [...new Set(folders)].toSorted();
  }

  /** The files right in a folder of input, by name. */
  inputSet(folder: string): Map<string, Buffer> {
    const start = `input/${folder}/`;
    const found = [...this.#files].filter(
      ([path]) => path.startsWith(start) && !path.slice(start.length).includes('/'),
    );
    return new Map(found.map(([path, bytes]) => [path.slice(start.length), bytes]));
  }

  /** LoRAs that were saved or put into output/loras, which is on their search path. */
  ownLoras(): string[] {
    const paths = [...this.#files.keys()].filter((path) => /^output\/loras\/.*\.safetensors$/.test(path));
    return paths.map((path) => path.slice('output/loras/'.length)).toSorted();
  }

  /** What SaveLoRA does with its prefix. */
  saveLora(prefix: string, steps: number, bytes: Buffer): void {
    const slash = prefix.lastIndexOf('/');
    const subfolder = slash < 0 ? '' : prefix.slice(0, slash);
    const filename = `${prefix.slice(slash + 1)}_${steps}_steps_00001_.safetensors`;
    this.#files.set(this.#path({ filename, subfolder, type: 'output' }), bytes);
  }

  /** A restart wipes temp. */
  wipeTemp(): void {
    for (const path of this.#files.keys()) if (path.startsWith('temp/')) this.#files.delete(path);
    this.#tempPrefix = randomUUID().slice(0, 5);
  }

  #path({ type, subfolder, filename }: StoredFile): string {
    return [type, ...subfolder.split('/').filter(Boolean), filename].join('/');
  }
}

export function unannotated(value: string, otherwise: FolderType): { name: string; type: FolderType } {
  const found = /^(.*) \[(input|output|temp)\]$/.exec(value);
  const type = found?.[2] ?? '';
  return found && isFolderType(type) ? { name: found[1] ?? '', type } : { name: value, type: otherwise };
}

import type { PodTools } from '#core/pod';

/** What Seedloom and its scripts on a pod tell each other: small files among ComfyUI's temporary ones. */

/** Milliseconds: nobody waits for a pod that does not answer. */
export const patience = 10_000;

const subfolder = 'seedloom';

export function viewPath(filename: string): string {
  return `/view?${new URLSearchParams({ filename, subfolder, type: 'temp' }).toString()}`;
}

export async function writeFile(address: string, name: string, text: string, tools: PodTools): Promise<void> {
  await tools.ask({
    method: 'POST',
    url: `${address}/upload/image`,
    form: [
      { name: 'image', file: { name, data: new TextEncoder().encode(text), type: 'text/plain' } },
      { name: 'type', value: 'temp' },
      { name: 'subfolder', value: subfolder },
      { name: 'overwrite', value: 'true' },
    ],
    timeout: patience,
  });
}

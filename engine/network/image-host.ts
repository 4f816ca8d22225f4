import { createHash } from 'node:crypto';
import { FailureError, userFailure, type Failure } from '#core/failure';
import type { HostedPicture, ImageHost } from '#core/image-host';
import type { EngineOptions } from '../contract';
import { secretVariable } from '../data-folder';
import type { UploadRows } from '../store/upload-rows';
import { freeTools, settingsOf, type Calls, type Patience } from './free-tools';
import { presigned } from './presign';

type HostOptions = Pick<EngineOptions, 'secret' | 'setting' | 'imageHosts' | 'imageHost'>;

/** The image host the person has chosen, with all it needs, or why there is none. */
export function chosenImageHost(options: HostOptions): ImageHost | Failure {
  const { imageHosts = new Map<string, ImageHost>(), secret, setting } = options;
  const id = options.imageHost?.() ?? '';
  const where = 'in the settings under Image host';
  if (id === '') {
    const message = `Choose an image host ${where}, or with SEEDLOOM_IMAGE_HOST (${[...imageHosts.keys()].join(', ')}), to give them one; or choose another route.`;
    return userFailure('no-image-host', message);
  }
  const host = imageHosts.get(id);
  if (host === undefined) {
    const message = `There is no image host "${id}"; there are ${[...imageHosts.keys()].join(', ')}. Choose one ${where}.`;
    return userFailure('no-image-host', message);
  }
  const key = host.secrets.find(({ name, required }) => required && (secret(id, name) ?? '') === '');
  if (key !== undefined) {
    const message = `The image host, ${host.label}, needs a key (${key.label}). Enter it ${where}, or set ${secretVariable(id, key.name)}.`;
    return userFailure('no-key', message);
  }
  const settings = settingsOf(host, setting);
  const missing = host.settings.find(({ name, required }) => required && (settings[name] ?? '') === '');
  if (missing === undefined) return host;
  const message = `The image host, ${host.label}, needs to know: ${missing.label}. Enter it ${where}, or give --setting ${id}.${missing.name}=….`;
  return userFailure('no-image-host-setting', message);
}

/** A link to the picture by the chosen image host: uploaded once for a content, a host and its settings, while it lives. */
export async function hostedLink(
  picture: HostedPicture,
  network: Calls & { options: HostOptions; uploads: UploadRows },
  patience: Patience,
): Promise<string> {
  const host = chosenImageHost(network.options);
  if ('charge' in host) throw new FailureError(host);
  const tools = { ...freeTools(host, network, patience), presigned };
  // Another bucket or address is another place; nothing of the settings is to be read in the table.
  const settings = createHash('sha256').update(JSON.stringify(tools.settings)).digest('hex').slice(0, 16);
  const upload = await network.uploads.find(`${host.id}@${settings}`, picture.hash, tools.now(), () =>
    host.upload(picture, tools),
  );
  return host.opened?.(upload, tools) ?? upload.link;
}

import { addressText, portAddressOf, type WorkflowDocument } from '#core/document/schema';
import { isImageRef, type ImageRef, type Outputs } from '#core/values';
import { sourcesOf } from './shelf-order';

/** The pictures that come to an input, and the node the last of them come from. */
export function inputPictures(
  document: WorkflowDocument,
  outputsOf: (node: string) => Outputs | undefined,
  node: string,
  port: string,
): { source: string | undefined; pictures: ImageRef[] } {
  const addresses = sourcesOf(document, addressText({ node, port })).map(portAddressOf);
  const pictures = addresses.flatMap((from) =>
    (outputsOf(from.node)?.[from.port] ?? []).filter((item) => isImageRef(item)),
  );
  return { source: addresses.at(-1)?.node, pictures };
}

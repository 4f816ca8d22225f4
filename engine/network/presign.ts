import aws4 from 'aws4';
import type { PresignRequest } from '#core/image-host';

/** A url that carries the signature of its one request (AWS Signature Version 4, in the query). */
export function presigned({ method, url, region, keyId, key, from, seconds }: PresignRequest): string {
  const { origin, host, pathname } = new URL(url);
  const date = new Date(from).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const signed = aws4.sign(
    {
      service: 's3',
      region,
      method,
      headers: { host },
      path: `${pathname}?X-Amz-Date=${date}&X-Amz-Expires=${seconds}`,
      signQuery: true,
    },
    { accessKeyId: keyId, secretAccessKey: key },
  );
  return `${origin}${signed.path ?? ''}`;
}

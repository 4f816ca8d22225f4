/** A safetensors file: header and weights that are all zero. Tensors are 16-bit. */
export function safetensorsFile(
  metadata: Readonly<Record<string, string>> | undefined,
  tensors: Readonly<Record<string, readonly number[]>> = {},
): Uint8Array {
  const header: Record<string, unknown> = metadata === undefined ? {} : { __metadata__: metadata };
  let end = 0;
  for (const [name, shape] of Object.entries(tensors)) {
    const begin = end;
    end += shape.reduce((product, side) => product * side, 2);
    header[name] = { dtype: 'F16', shape, data_offsets: [begin, end] };
  }
  return withHeader(Buffer.from(JSON.stringify(header)), end);
}

/** Any bytes in the place of the header, with the length that they have, or another one that is told. */
export function withHeader(
  header: Uint8Array,
  weightBytes = 0,
  told: bigint = BigInt(header.byteLength),
): Uint8Array {
  const file = Buffer.alloc(8 + header.byteLength + weightBytes);
  file.writeBigUInt64LE(told);
  file.set(header, 8);
  return file;
}

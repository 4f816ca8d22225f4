import { z } from 'zod';

/** Proof of what was paid for a step. Holds no keys and no private paths. */
export const receiptSchema = z.object({
  /** The run that paid, and its step. */
  run: z.string(),
  step: z.string(),
  key: z.string(),
  provider: z.string(),
  model: z.string(),
  /** Our own id of the request. */
  requestId: z.string(),
  /** The vendor's, for a claim. */
  vendorId: z.string().optional(),
  /** US dollars by our price list, and as the vendor said, where it did. */
  price: z.number(),
  vendorPrice: z.number().optional(),
  /** ISO date and time. */
  at: z.string(),
  /** sha256 of each picture. */
  pictures: z.array(z.string()),
  /** From the request to the pictures. */
  seconds: z.number(),
});
export type Receipt = z.infer<typeof receiptSchema>;

/** The receipts of the pictures a run has: its own, and those of earlier runs whose results it used again. */
export interface RunReceipts {
  run: string;
  own: Receipt[];
  reused: Receipt[];
  /** Steps whose results came with the workflow in a bundle: nobody here paid for them, so there is no receipt. */
  bundled: string[];
  /** Of `own`, US dollars: by our price list, and what the vendors said, with ours where they said nothing. */
  sum: { ours: number; vendors: number };
}

/** Sums in millionths of a dollar, so that ten times ten cents is a dollar. */
export function sumReceipts(receipts: readonly Receipt[]): RunReceipts['sum'] {
  const sum = (priceOf: (receipt: Receipt) => number) =>
    receipts.reduce((total, receipt) => total + Math.round(priceOf(receipt) * 1e6), 0) / 1e6;
  return { ours: sum(({ price }) => price), vendors: sum(({ price, vendorPrice }) => vendorPrice ?? price) };
}

import type { Receipt, RunReceipts } from '#core/receipt';
import { withEngine, type Surroundings } from '../context';
import { exit, type ExitCode } from '../exit';
import { clean, money, table, type Paint } from '../print';
import { refuseRun } from '../run-refusal';

/** `seedloom receipts RUN` */
export async function receipts(run: string, surroundings: Surroundings): Promise<ExitCode> {
  return withEngine(surroundings, [], async ({ engine, output }) => {
    let found: RunReceipts;
    try {
      found = engine.receipts(run);
    } catch (error) {
      return refuseRun(output, run, error);
    }
    if (output.json) output.data(found);
    else for (const line of receiptLines(found, output.paint)) output.line(line);
    return exit.done;
  });
}

const headings = ['date (UTC)', 'step', 'route', 'ours', "vendor's", 'seconds', 'pictures', 'request'];

/** A table with its sum, then the receipts of results an earlier run paid for. */
export function receiptLines({ own, reused, bundled, sum }: RunReceipts, paint: Paint): string[] {
  const fromBundle =
    bundled.length === 0 ? [] : [`Came in a bundle, neither made nor paid for here: ${bundled.join(', ')}.`];
  if (own.length + reused.length === 0)
    return ['No service made anything for this run; there are no receipts.', ...fromBundle];
  const lines: string[] = [];
  if (own.length > 0) {
    const total = ['', '', 'sum', money(sum.ours), money(sum.vendors), '', '', ''];
    lines.push(
      ...table([headings, ...own.map(receiptRow), total], (text, _column, row) =>
        row === 0 ? paint.dim(text) : row === own.length + 1 ? paint.bold(text) : text,
      ),
    );
    if (own.some(({ vendorPrice }) => vendorPrice === undefined))
      lines.push(paint.dim("Where the vendor's price is not known, ours counts in its sum."));
  }
  if (reused.length > 0) {
    if (own.length > 0) lines.push('');
    lines.push('Used again, paid for by an earlier run:');
    lines.push(
      ...table(
        [[...headings, 'run'], ...reused.map((receipt) => [...receiptRow(receipt), receipt.run])],
        (text, _column, row) => (row === 0 ? paint.dim(text) : text),
      ),
    );
  }
  return [...lines, ...fromBundle];
}

function receiptRow(receipt: Receipt): string[] {
  const { at, step, provider, model, price, vendorPrice, seconds, pictures, vendorId, requestId } = receipt;
  return [
    at.slice(0, 19).replace('T', ' '),
    step,
    `${provider}/${model}`,
    money(price),
    vendorPrice === undefined ? 'not said' : money(vendorPrice),
    seconds.toFixed(1),
    String(pictures.length),
    clean(vendorId ?? requestId),
  ];
}

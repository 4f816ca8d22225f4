import { ReceiptText } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Receipt, RunReceipts } from '#core/receipt';
import { nodeOf } from '#core/node-of';
import { readReceipts } from '../commands/runs';
import { DialogFrame } from '../look/dialog-frame';
import { amount, count, dateAndTime, duration } from '../look/format';
import { words } from '../look/words';
import './receipts-dialog.css';

const said = words.receipts;

/** What was paid for a run: ours and the vendor's price of each step, and what an earlier run paid for. */
export function ReceiptsDialog({
  run,
  titleOf,
  onClose,
}: {
  run: string;
  titleOf: (node: string) => string;
  onClose: () => void;
}) {
  const [receipts, setReceipts] = useState<RunReceipts | 'gone' | null>(null);
  useEffect(() => {
    let isShown = true;
    const read = async () => {
      const found = await readReceipts(run);
      if (isShown) setReceipts(found ?? 'gone');
    };
    void read();
    return () => {
      isShown = false;
    };
  }, [run]);
  return (
    <DialogFrame open onClose={onClose} title={said.title} width={860}>
      {receipts === 'gone' ? <p className="soft">{said.gone}</p> : null}
      {receipts === null || receipts === 'gone' ? null : <Receipts receipts={receipts} titleOf={titleOf} />}
    </DialogFrame>
  );
}

function Receipts({ receipts, titleOf }: { receipts: RunReceipts; titleOf: (node: string) => string }) {
  const { own, reused, bundled, sum } = receipts;
  const fromBundle =
    bundled.length === 0 ? null : <p className="caption receipts-note">{said.bundled(bundled.length)}</p>;
  if (own.length + reused.length === 0)
    return (
      <div className="empty">
        <ReceiptText size={24} />
        <p className="empty-title">{said.none}</p>
        <p>{said.noneText}</p>
        {fromBundle}
      </div>
    );
  const isUnsaid = own.some(({ vendorPrice }) => vendorPrice === undefined);
  return (
    <>
      {own.length === 0 ? (
        <p className="soft">{said.paidNothing}</p>
      ) : (
        <ReceiptTable caption={said.paid} receipts={own} titleOf={titleOf} sum={sum} />
      )}
      {isUnsaid ? <p className="caption receipts-note">{said.unsaidNote}</p> : null}
      {reused.length === 0 ? null : (
        <ReceiptTable caption={said.reused} receipts={reused} titleOf={titleOf} />
      )}
      {fromBundle}
    </>
  );
}

function ReceiptTable({
  caption,
  receipts,
  titleOf,
  sum,
}: {
  caption: string;
  receipts: readonly Receipt[];
  titleOf: (node: string) => string;
  sum?: RunReceipts['sum'];
}) {
  return (
    <table className="receipts">
      <caption className="caption">{caption}</caption>
      <thead>
        <tr className="caption">
          <th scope="col">{said.columns.step}</th>
          <th scope="col">{said.columns.madeBy}</th>
          <th scope="col">{said.columns.request}</th>
          <th scope="col" className="receipts-price">
            {said.columns.ours}
          </th>
          <th scope="col" className="receipts-price">
            {said.columns.services}
          </th>
        </tr>
      </thead>
      <tbody>
        {receipts.map((receipt) => (
          <ReceiptRow key={`${receipt.run} ${receipt.step}`} receipt={receipt} titleOf={titleOf} />
        ))}
      </tbody>
      {sum === undefined ? null : (
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {said.sum}
            </th>
            <td className="receipts-price value">{amount(sum.ours)}</td>
            <td className="receipts-price value">{amount(sum.vendors)}</td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

function ReceiptRow({ receipt, titleOf }: { receipt: Receipt; titleOf: (node: string) => string }) {
  const { step, provider, model, vendorId, requestId, price, vendorPrice, at, seconds, pictures } = receipt;
  return (
    <tr>
      <td>
        {titleOf(nodeOf(step))} <span className="faint value">{step.slice(step.lastIndexOf('#'))}</span>
        <span className="caption receipts-under">{count(pictures.length, 'picture')}</span>
      </td>
      <td>
        {provider}/{model}
        <span className="caption receipts-under">
          {dateAndTime(at)} · {duration(seconds)}
        </span>
      </td>
      <td className="receipts-request value can-select">{vendorId ?? requestId}</td>
      <td className="receipts-price value">{amount(price)}</td>
      <td className="receipts-price value">
        {vendorPrice === undefined ? <span className="faint">{said.notSaid}</span> : amount(vendorPrice)}
      </td>
    </tr>
  );
}

/** US dollars; `reserved` may still be charged: on its way, in doubt, or given up without knowing. */
interface MoneyUsed {
  billed: number;
  reserved: number;
}
export type MoneyState = Record<'run' | 'workflow' | 'day', MoneyUsed>;

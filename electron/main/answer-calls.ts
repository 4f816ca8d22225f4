import { z } from 'zod';
import { failureOf, type Failure } from '#core/failure';
import {
  bridgeInputs,
  type BridgeAnswer,
  type BridgeCall,
  type BridgeInput,
  type BridgeOutputs,
} from '#core/ipc';

export type BridgeHandlers = {
  [C in BridgeCall]: (input: BridgeInput<C>) => Promise<BridgeOutputs[C]> | BridgeOutputs[C];
};

/** Parses a call of the window, carries it out, and makes data of whatever comes of it. Never throws. */
export function answerCalls(
  handlers: BridgeHandlers,
  log: (message: string) => void,
): (name: unknown, input: unknown) => Promise<BridgeAnswer<BridgeCall>> {
  return async (name, input) => {
    if (typeof name !== 'string' || !Object.hasOwn(bridgeInputs, name))
      return refused(`There is no call "${String(name)}".`);
    const call = name as BridgeCall;
    const parsed = bridgeInputs[call].safeParse(input);
    if (!parsed.success)
      return refused(`The input of "${call}" is not right.`, z.prettifyError(parsed.error));
    try {
      // The call and its input belong together by the table they were parsed with.
      const handler = handlers[call] as (given: unknown) => Promise<BridgeOutputs[BridgeCall]>;
      return { ok: true, value: await handler(parsed.data) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.act === 'us') log(`${call}: ${failure.message}\n${failure.detail ?? ''}`);
      return { ok: false, failure };
    }
  };
}

function refused(message: string, detail?: string): { ok: false; failure: Failure } {
  const failure: Failure = { code: 'refused-call', act: 'us', charge: 'none', message };
  return { ok: false, failure: detail === undefined ? failure : { ...failure, detail } };
}

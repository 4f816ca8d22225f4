import { failureOf, type Failure } from '#core/failure';
import type { Bridge, BridgeAnswer, BridgeCall, BridgeInput, BridgeOutputs } from '#core/ipc';
import { words } from '../look/words';
import { showFailure } from './notices';

let connected: Bridge | undefined;

export function connectBridge(bridge: Bridge): void {
  connected = bridge;
}

/** Asks the main process; a failure comes back for the caller to show in its place. Never throws. */
export async function call<C extends BridgeCall>(name: C, input: BridgeInput<C>): Promise<BridgeAnswer<C>> {
  if (connected === undefined) return { ok: false, failure: notConnected };
  try {
    return await connected.call(name, input);
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/** Asks the main process; a failure is shown as a notice and gives `undefined`. */
export async function ask<C extends BridgeCall>(
  name: C,
  input: BridgeInput<C>,
): Promise<BridgeOutputs[C] | undefined> {
  const answer = await call(name, input);
  if (answer.ok) return answer.value;
  showFailure(answer.failure);
  return undefined;
}

/** Where a file dropped on the window lies, `''` when it has no path. */
export function pathOfFile(file: File): string {
  return connected?.pathOfFile(file) ?? '';
}

const notConnected: Failure = {
  code: 'no-bridge',
  act: 'us',
  charge: 'none',
  message: words.notes.noBridge,
};

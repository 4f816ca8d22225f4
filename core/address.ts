import { FailureError, userFailure } from './failure';

/** A name or password before the host: `https://name:password@host`. */
const nameBeforeHost = /^\s*[a-z][a-z0-9+.-]*:[/\\]{2}[^/\\?#]*@/i;

/**
 * Throws a `FailureError` (`password-in-address`) for a web address that holds a name and password: addresses are kept as
 * plain text and shown in messages. Its words do not repeat the address.
 */
export function refusePassword(address: string): void {
  if (!nameBeforeHost.test(address)) return;
  const message =
    'The address has a name and password in it, and addresses are kept as plain text. Take them out of the address; ' +
    'where it wants them, enter "name:password" as the key of that provider.';
  throw new FailureError(userFailure('password-in-address', message));
}

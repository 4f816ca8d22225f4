import type { Failure } from '#core/failure';
import type { Provider } from '#core/provider';

export function emptyResult(provider: Provider): Failure {
  return {
    code: 'no-pictures',
    act: 'vendor',
    charge: 'possible',
    message: `${provider.label} said it was done and gave no pictures. Look at your usage there before running again.`,
  };
}

/** Made and charged for, and not to be fetched any more. */
export function expiredResult(provider: Provider, cause: Failure): Failure {
  return {
    ...cause,
    code: 'result-gone',
    charge: 'certain',
    message:
      `${provider.label} made the picture, and it cannot be fetched there any more. Ask its support with the ` +
      `request's number, or run again: that is charged anew. (${cause.message})`,
  };
}

export function doubtFailure(provider: Provider, cause?: Failure): Failure {
  return {
    code: 'in-doubt',
    act: 'user',
    charge: 'possible',
    message:
      `The request to ${provider.label} was cut, and it cannot be asked whether it was taken. ` +
      `Look at your usage at ${provider.homepage}, then choose: send again, or give up.`,
    ...(cause === undefined ? {} : { detail: [cause.message, cause.detail].filter(Boolean).join('\n') }),
  };
}

export const unreadableRecord: Failure = {
  code: 'unreadable-record',
  act: 'user',
  charge: 'none',
  message:
    'An earlier request for this picture is on record, and the record cannot be read. Nothing was sent: it may be paid for ' +
    'already. Look at your usage there; a new take of the node is made and paid for anew.',
};

/** Thrown through a provider's `submit` when the engine has decided not to send. */
export const notSent: Failure = {
  code: 'not-sent',
  act: 'us',
  charge: 'none',
  message: 'The request was not sent.',
};

/** A request that may have been taken is not sent again under its id just now. */
export const notSentAgain: Failure = {
  code: 'not-sent-again',
  act: 'wait',
  charge: 'possible',
  message: 'Whether it was taken is not known yet.',
};

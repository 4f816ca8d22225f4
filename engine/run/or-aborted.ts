/** What `work` comes to, or `undefined` as soon as `signal` aborts; the work itself goes on for whoever else waits for it. */
export function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const stopWaiting = () => resolve(undefined);
    signal.addEventListener('abort', stopWaiting);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stopWaiting));
    if (signal.aborted) stopWaiting();
  });
}

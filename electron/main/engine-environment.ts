type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Pictures drawn by the sandbox (4), previews (2), and file and database work that must not wait behind any of them (4). What a
 * machine with `cores` makes beside them comes on top.
 */
const threadsBeside = 10;

/**
 * What the engine host sees of our environment. Keys reach it over its port, also those from the environment: a process's
 * environment can be read by others.
 *
 * Each picture sharp works on holds a thread of Node's pool until it is done, and so does every file that is looked at. The
 * usual four threads are full with four pictures, and a plan then waits for pictures of another workflow.
 */
export function engineEnvironment(environment: Environment, cores: number): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      (!entry[0].startsWith('SEEDLOOM_') || /^SEEDLOOM_(HOME|.+_URL)$/.test(entry[0])),
  );
  return { UV_THREADPOOL_SIZE: String(cores + threadsBeside), ...Object.fromEntries(kept) };
}

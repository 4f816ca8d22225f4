import { quietWhenClosed } from './print';
import { seedloom } from './program';

/** For whoever needs no process for each command. */
export { seedloom };

/** Is the process's program: takes its arguments, and ends it. */
export async function main(): Promise<void> {
  const { stdout, stderr } = process;
  quietWhenClosed(stdout);
  quietWhenClosed(stderr);
  process.exitCode = await seedloom(process.argv.slice(2), {
    environment: process.env,
    directory: process.cwd(),
    out: stdout,
    errors: stderr,
  });
  // A socket that is kept open for another request must not keep the process.
  stdout.write('', () => process.exit());
}

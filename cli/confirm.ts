import { createInterface } from 'node:readline/promises';

/** Asks a yes or no in the terminal; `undefined` where nobody can be asked. Nothing typed means `usual`. */
export async function confirm(question: string, usual: boolean): Promise<boolean | undefined> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY) return undefined;
  const lines = createInterface({ input: stdin, output: stderr });
  try {
    const said = (await lines.question(`${question} ${usual ? '[Y/n]' : '[y/N]'} `)).trim().toLowerCase();
    return said === '' ? usual : said === 'y' || said === 'yes';
  } finally {
    lines.close();
  }
}

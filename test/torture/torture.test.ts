import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const command = fileURLToPath(new URL('../../scripts/torture.mjs', import.meta.url));

function torture(...given: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...given], { stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out }));
  });
}

/** The cells of one row of the table it prints. */
function row(out: string, name: string): string[] {
  const line = out.split('\n').find((each) => each.startsWith(name));
  return (line ?? '').slice(name.length).trim().split(/ {2,}/);
}

describe('engines killed at every moment', () => {
  it('pay once and lose nothing, where a job can be asked for and where it cannot', async () => {
    const { code, out } = await torture(
      '--short',
      '--seed',
      '3',
      '--recovery',
      'own-id',
      '--recovery',
      'none',
    );
    console.log(out);
    expect(out).not.toContain('✗');
    expect(row(out, 'charges per intended step, most (≤ 1)')).toEqual(['1', '1']);
    expect(row(out, 'unreadable files and rows (0)')).toEqual(['0', '0']);
    expect(row(out, 'lost rows (0)')).toEqual(['0', '0']);
    // Of a route that can be asked nothing may be left in doubt; of one that cannot, some must be, or nothing was cut.
    const [asked, unasked] = row(out, 'in doubt (legal for ticket, none)').map(Number);
    expect(asked).toBe(0);
    expect(unasked).toBeGreaterThan(0);
    expect(code).toBe(0);
  }, 240_000);
});

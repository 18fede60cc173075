import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { withoutCodes } from './terminal.js';

const RED = '\u001b[31mred\u001b[39m';
const CODE = '\u001b[';
const AFTERCARE = join(import.meta.dirname, '../launcher/aftercare.mjs');

describe('colours', () => {
  it('are taken out for a terminal that does not say it takes them', () => {
    const [out, err]: [string[], string[]] = [[], []];
    const given = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), live: false };
    for (const terminal of [withoutCodes(given), withoutCodes({ ...given, colours: true })]) {
      terminal.out(RED);
      terminal.err(RED);
    }
    expect([out, err]).toEqual([['red', RED], ['red', RED]]);
  });

  it.each([
    { environment: 'a build server', variables: { CI: 'true' }, coloured: false },
    { environment: 'somebody who asks for them', variables: { FORCE_COLOR: '1' }, coloured: true },
    { environment: 'somebody who asks for none', variables: { CI: 'true', NO_COLOR: '1' }, coloured: false },
  ])('are in a pipe for $environment: $coloured', ({ variables, coloured }) => {
    const { CI: _ci, FORCE_COLOR: _force, NO_COLOR: _no, ...environment } = process.env;
    const { stdout, status } = spawnSync(process.execPath, [AFTERCARE, 'policy', 'list'], { env: { ...environment, ...variables }, encoding: 'utf8' });
    expect({ status, coloured: stdout.includes(CODE) }).toEqual({ status: 0, coloured });
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';
import { projectRoot } from './project-root.js';

it('a service ends when its launcher is killed without a chance to stop it', async () => {
  const guard = join(projectRoot(), 'infra/launcher/die-with-parent.mjs');
  const service = 'setInterval(() => {}, 1000)';
  const launcher = spawn(process.execPath, ['-e', `
    const child = require('node:child_process').spawn(process.execPath, ['--import', ${JSON.stringify(guard)}, '-e', ${JSON.stringify(service)}],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
    setTimeout(() => console.log(child.pid), 300);
    setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(launcher.stdout, 'data') as [Buffer];
  const pid = Number(line.toString());
  expect(processIdentity(pid)).not.toBeNull();

  launcher.kill('SIGKILL');

  for (let waited = 0; processIdentity(pid) !== null && waited < 5_000; waited += 20) await pause(20);
  expect(processIdentity(pid)).toBeNull();
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { processIdentity } from './process-identity.js';
import { projectRoot } from './project-root.js';

it.each([['while the service is still loading', 0], ['when the service has long been up', 500]])('a service ends when its launcher is killed %s', async (_when, afterMs) => {
  const guard = join(projectRoot(), 'infra/launcher/die-with-parent.mjs');
  const service = 'setInterval(() => {}, 1000)';
  const launcher = spawn(process.execPath, ['-e', `
    const child = require('node:child_process').spawn(process.execPath, ['--import', ${JSON.stringify(guard)}, '-e', ${JSON.stringify(service)}],
      { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true });
    setTimeout(() => process.stdout.write(String(child.pid)), ${afterMs});
    setInterval(() => {}, 1000);`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(launcher.stdout, 'data') as [Buffer];
  const pid = Number(line.toString());
  const before = processIdentity(pid);

  // Before anything is expected: a launcher that stayed would keep the whole run from ending.
  launcher.kill('SIGKILL');

  expect(before).not.toBeNull();

  for (let waited = 0; processIdentity(pid) !== null && waited < 15_000; waited += 20) await pause(20);
  expect(processIdentity(pid)).toBeNull();
}, 30_000);

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './say.mjs';

// ES modules in Jest need the flag in every worker too; Jest hands the flags of its own process on.
const jest = (...args) => ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--ci', ...args];
const IGNORED = ['/node_modules/', '/dist/'];
// Jest takes every word after a list for another member of it; the option behind the list keeps paths given by people apart.
const ignoring = (...patterns) => ['--testPathIgnorePatterns', ...IGNORED, ...patterns, '--silent=false'];

const NATS = ['dist/infra/nats/ensure.js'];
const POSTGRES = ['dist/infra/postgres/ensure.js'];

/** What `npm run <name>` does once everything is in place: the Node arguments of each step, one after the other. */
export const TASKS = {
  build: { build: true, steps: [] },
  test: { build: true, before: [NATS, POSTGRES], steps: [jest()] },
  'test:unit': { build: false, steps: [jest(...ignoring('\\.(store|journey)\\.spec\\.ts$'))] },
  'test:all': { build: true, before: [NATS, POSTGRES], steps: [jest(), jest('--testMatch', '<rootDir>/{libs,services,infra}/**/*.chaos.ts', '--passWithNoTests')] },
  check: { build: false, steps: [['infra/tooling/check.mjs']] },
  demo: { build: true, steps: [['dist/infra/journeys/demo.js']] },
  bench: { build: true, steps: [['dist/infra/bench/main.js']] },
  chaos: { build: true, before: [NATS, POSTGRES], steps: [['dist/infra/chaos/main.js']] },
  scale: { build: true, steps: [['dist/infra/scale/main.js']] },
  'scale:simulate': { build: true, steps: [['dist/infra/scale/simulate.js']] },
  policy: { build: true, steps: [['dist/infra/tooling/policy/main.js']] },
  contracts: { build: true, steps: [['dist/infra/tooling/contracts/main.js']] },
  coverage: { build: false, steps: [['infra/tooling/coverage.mjs']] },
};

function runStep(args) {
  const script = args.find((arg) => !arg.startsWith('-'));
  if (!existsSync(join(ROOT, script))) {
    process.stderr.write(`aftercare: ${script} is not part of this clone: update it with git pull and repeat.\n`);
    return Promise.resolve(1);
  }
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  // A Ctrl-C reaches the child through the terminal; this process must outlive it to report its exit code.
  const pass = (signal) => child.kill(signal);
  const stay = () => {};
  process.on('SIGINT', stay);
  process.on('SIGTERM', pass);
  return new Promise((done) => child.once('exit', (code, signal) => {
    process.removeListener('SIGINT', stay);
    process.removeListener('SIGTERM', pass);
    done(code ?? 128 + constants.signals[signal]);
  }));
}

/** Runs the steps until one fails; `rest` goes to the first of `steps`. @returns its exit code */
export async function runTask(task, rest) {
  for (const step of task.before ?? []) {
    const code = await runStep(step);
    if (code !== 0) return code;
  }
  for (const [place, step] of task.steps.entries()) {
    const code = await runStep(place === 0 ? [...step, ...rest] : step);
    if (code !== 0) return code;
  }
  return 0;
}

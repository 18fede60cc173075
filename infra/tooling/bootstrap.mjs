#!/usr/bin/env node
/**
 * What lets a fresh clone answer to `npm start`, `npm test` and `npm run demo` with nothing but Node installed.
 * Everything it says goes to stderr, because programs read the stdout of the command that follows.
 * No static imports: an old Node has to reach the version check before it meets syntax it cannot read.
 */
export const OLDEST_NODE = [20, 19];

/** One line for people when this Node is too old, else null. `version` as in `process.versions.node`. */
export function nodeRefusal(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return null;
  return `Aftercare needs Node ${OLDEST_NODE.join('.')} or newer and this is ${version}: install it from https://nodejs.org and repeat.`;
}

function refuse(line) {
  process.stderr.write(`aftercare: ${line}\n`);
  process.exit(1);
}

/**
 * Installs packages and builds dist/ where that is due; ends the process with one line and code 1 when it cannot.
 * @param {{ build: boolean }} wanted
 */
export async function prepare(wanted) {
  const refusal = nodeRefusal(process.versions.node);
  if (refusal) refuse(refusal);
  const { installWhenDue } = await import('./bootstrap/install.mjs');
  const { buildWhenDue } = await import('./bootstrap/build.mjs');
  const { CannotPrepare } = await import('./bootstrap/say.mjs');
  const { alone } = await import('./bootstrap/alone.mjs');
  try {
    await alone(async () => {
      await installWhenDue();
      if (wanted.build) await buildWhenDue();
    });
  } catch (error) {
    if (!(error instanceof CannotPrepare)) throw error;
    refuse(error.message);
  }
}

async function main([name, ...rest]) {
  const refusal = nodeRefusal(process.versions.node);
  if (refusal) refuse(refusal);
  const { runTask, TASKS } = await import('./bootstrap/tasks.mjs');
  const task = TASKS[name];
  if (!task) refuse(`"${name ?? ''}" is not a task; there are: ${Object.keys(TASKS).join(', ')}.`);
  await prepare(task);
  process.exitCode = await runTask(task, rest);
}

const { pathToFileURL } = await import('url');
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(process.argv.slice(2));

import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CannotPrepare, ROOT, working } from './say.mjs';

const LOCKFILE = join(ROOT, 'package-lock.json');
const STAMP = join(ROOT, 'node_modules', '.aftercare-installed');
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json');
const NPM_LOG = join(ROOT, '.data', 'npm-install.log');

/** Changes with the lockfile and with the Node generation, for which native modules are compiled. */
function wantedStamp() {
  return `${createHash('sha256').update(readFileSync(LOCKFILE)).digest('hex')} abi-${process.versions.modules} ${process.platform}-${process.arch}`;
}

/** True when every package the lockfile insists on is installed in that version; optional ones depend on the platform. */
export function holdsAll(wanted, installed) {
  return Object.entries(wanted.packages).every(([path, entry]) =>
    path === '' || entry.optional || entry.devOptional || installed.packages[path]?.version === entry.version);
}

/**
 * A lockfile written behind a registry that lacks other platforms' binaries leaves them out, and `npm ci` then refuses
 * to work anywhere. Their exact versions stand in the packages that want them, so `npm install` gets the same ones.
 */
export function lacksPlatformPackages(lock) {
  return Object.entries(lock.packages).some(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies)
    .some((name) => !(`node_modules/${name}` in lock.packages) && !(`${path}/node_modules/${name}` in lock.packages)));
}

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Somebody ran npm by hand: believe it when the versions agree and the native store loads in this Node. */
function installedByHand() {
  if (!existsSync(INSTALLED)) return false;
  if (!holdsAll(read(LOCKFILE), read(INSTALLED))) return false;
  const probe = "new (require('better-sqlite3'))(':memory:').close()";
  return spawnSync(process.execPath, ['-e', probe], { cwd: ROOT, stdio: 'ignore' }).status === 0;
}

/** The line a person needs, from what npm printed. */
export function explainNpm(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network request/i.test(output)) {
    return 'the npm registry cannot be reached: connect to the network, or name a mirror with `npm config set registry URL`, and repeat.';
  }
  if (/gyp ERR|node-gyp|prebuild-install/.test(output)) {
    return 'better-sqlite3 could not be compiled: install a C++ compiler, make and python3 (Debian: `apt-get install build-essential python3`) and repeat.';
  }
  if (/ENOSPC/.test(output)) return 'the disk is full: free about 600 MB and repeat.';
  if (/EUSAGE/.test(output)) return 'package-lock.json does not fit package.json: run `npm install`, commit the lockfile and repeat.';
  if (/E401|E403/.test(output)) return 'the npm registry refuses this account: check `npm config get registry` and your sign-in, and repeat.';
  return `npm failed; what it said is in ${NPM_LOG}.`;
}

function npmCommand() {
  const running = process.env.npm_execpath;
  return running && basename(running) === 'npm-cli.js' ? [process.execPath, [running]] : ['npm', []];
}

function npmEnvironment() {
  // `npx` hands these down, and a nested npm would obey them instead of its own arguments.
  const { npm_config_package: _package, npm_config_call: _call, npm_config_prefix: _prefix, ...rest } = process.env;
  return rest;
}

function npmVerb() {
  if (!lacksPlatformPackages(read(LOCKFILE))) return ['ci'];
  // `npm ci` starts from nothing; so does this, or modules compiled for another Node would stay.
  rmSync(join(ROOT, 'node_modules'), { recursive: true, force: true });
  return ['install', '--no-save'];
}

/** The level is set because `npm run --silent` hands its silence down and the reason of a failure would be lost. */
async function runNpm(verb) {
  const [command, before] = npmCommand();
  const args = [...before, ...verb, '--include=dev', '--no-audit', '--no-fund', '--no-progress', '--loglevel=warn'];
  const log = createWriteStream(NPM_LOG);
  const child = spawn(command, args, { cwd: ROOT, env: npmEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => { output += chunk; log.write(chunk); });
  }
  const code = await new Promise((done) => {
    child.once('error', (error) => { output += error.message; done(error.code === 'ENOENT' ? 'missing' : 1); });
    child.once('close', done);
  });
  log.end();
  return { code, output };
}

/** @throws {CannotPrepare} */
export async function installWhenDue() {
  const wanted = wantedStamp();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  if (!existsSync(STAMP) && installedByHand()) {
    writeFileSync(STAMP, wanted);
    return;
  }
  const why = existsSync(INSTALLED) ? 'the package list or Node changed' : 'first time here';
  const verb = npmVerb();
  const done = working(`installing packages with npm ${verb[0]}, ${why}; one to three minutes`);
  const { code, output } = await runNpm(verb);
  const complete = code === 0 && holdsAll(read(LOCKFILE), read(INSTALLED));
  done(complete ? 'done' : 'failed');
  if (code === 'missing') throw new CannotPrepare('npm is not on the PATH: reinstall Node with npm from https://nodejs.org and repeat.');
  if (code !== 0) throw new CannotPrepare(explainNpm(output));
  if (!complete) throw new CannotPrepare('package-lock.json does not fit package.json: run `npm install`, commit the lockfile and repeat.');
  writeFileSync(STAMP, wanted);
}

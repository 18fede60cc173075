#!/usr/bin/env node
import { prepare } from '../tooling/bootstrap.mjs';

await prepare({ build: true });
const { main } = await import('../../dist/infra/cli/main.js');
process.exitCode = await main(process.argv.slice(2));

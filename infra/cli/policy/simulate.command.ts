import type { RegisterCommand } from '../register-command.js';
import { withDataFolder } from '../data-folder.js';
import { policyCommand } from './policy-group.js';
import type { SimulateOptions } from './simulate/simulate.js';

export const policySimulateCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(policyCommand(program).command('simulate'))
    .description('what recorded cases would have come to under a draft; changes nothing, with the system running or stopped')
    .requiredOption('--draft <file>', 'company file that nobody has adopted')
    .option('--packs <dir>', 'folder of your own packs, beside the shipped ones')
    .requiredOption('--from <date>', 'cases opened on this day or later, in the zone of the draft')
    .requiredOption('--to <date>', 'cases opened on this day or earlier, followed to its end')
    .option('--department <name>', 'only this department')
    .option('--case <case>', 'only this case, by its id or number, whenever it was opened')
    .option('--json', 'one difference per line as JSON, for programs')
    .option('--csv <file>', 'every difference as a row of a CSV file')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare policy simulate --draft our-policy.yaml --from 2026-01-01 --to 2026-06-30',
      '  aftercare policy simulate --draft our-policy.yaml --packs ./packs --from 2026-01-01 --to 2026-06-30 --csv differences.csv', '',
      'What people did stays as recorded; clocks and decision tables are asked again. Breaches are compared with the recorded ones.',
      'The last line is JSON: {"cases","affected","breaches","clocks","decisions","undated",…}. Exit code 0, whatever the draft changes.',
    ].join('\n'))
    .action(async (options: SimulateOptions) => {
      // It needs every department, which no other command should have to load.
      const { simulate } = await import('./simulate/simulate.js');
      await simulate(options, terminal);
    });
};

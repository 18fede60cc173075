import type { Role } from 'aftercare/access';
import { access } from '../launcher/issuer.js';
import type { RegisterCommand } from './register-command.js';
import { signingKey } from './connection.js';
import { dataFolderOf, withDataFolder } from './data-folder.js';
import { CliFailure, EXIT } from './exit-codes.js';
import { table } from './table.js';
import { parseDuration } from './time.js';

interface TokenOptions {
  readonly data?: string;
  readonly role: readonly string[];
  readonly name: string;
  readonly ttl: string;
  readonly roles?: boolean;
}

const LONGEST_SECONDS = 86_400;
const together = (role: string, before: readonly string[]): readonly string[] => [...before, ...role.split(',')];

export const tokenCommand: RegisterCommand = (program, terminal) => {
  withDataFolder(program.command('token'))
    .description('make a signed sign-in for a role, for trying the API')
    .option('--role <role>', 'may be given several times', together, [])
    .option('--name <account>', 'account that the records will name', 'u-1')
    .option('--ttl <duration>', 'how long it is good, at most 24h', '8h')
    .option('--roles', 'list the roles')
    .addHelpText('after', [
      '', 'Examples:', '  aftercare token --role intake.clerk --name u-17 --ttl 8h', '  aftercare token --roles',
      '  curl -H "Authorization: Bearer $(aftercare token --role auditor)" http://127.0.0.1:4300/intake/complaints',
    ].join('\n'))
    .action(async (options: TokenOptions) => {
      const { ROLES, isRole, issueToken } = await access();
      if (options.roles) {
        terminal.out(table(['Role', 'Duty'], Object.entries(ROLES).map(([name, { zh, en }]) => [name, `${zh} ${en}`])));
        return;
      }
      const roles = knownRoles(options.role, isRole);
      const ttlSeconds = allowedTtl(options.ttl);
      const privateKeyFile = signingKey(dataFolderOf(options));
      terminal.out(await issueToken({ privateKeyFile, subject: accountName(options.name), roles, ttlSeconds }));
    });
};

export function knownRoles(roles: readonly string[], isRole: (name: unknown) => name is Role): readonly Role[] {
  if (roles.length === 0) throw new CliFailure(EXIT.usage, 'name a role with --role; `aftercare token --roles` lists them.');
  const unknown = roles.filter((role) => !isRole(role));
  if (unknown.length > 0) throw new CliFailure(EXIT.usage, `there is no role ${unknown.join(', ')}; \`aftercare token --roles\` lists them.`);
  return roles.filter(isRole);
}

export function allowedTtl(text: string): number {
  const seconds = parseDuration(text);
  if (seconds > LONGEST_SECONDS) throw new CliFailure(EXIT.usage, `a token is good for at most 24h, not ${text}.`);
  return seconds;
}

export function accountName(name: string): string {
  if (/^[\x21-\x7e]{1,100}$/.test(name)) return name;
  throw new CliFailure(EXIT.usage, '--name is 1 to 100 visible ASCII characters without spaces, for example u-17.');
}

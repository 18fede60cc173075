import { ConsoleLogger } from '@nestjs/common';

const FRAMEWORK: ReadonlySet<unknown> = new Set([
  'NestFactory', 'InstanceLoader', 'RoutesResolver', 'RouterExplorer', 'NestApplication', 'NestMicroservice',
]);

/** Everything a service says, without the hundred lines in which the framework names its routes at start. */
export class QuietStart extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    if (!FRAMEWORK.has(rest.at(-1))) super.log(message, ...rest);
  }
}

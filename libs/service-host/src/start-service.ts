import 'reflect-metadata';
import { Logger } from '@nestjs/common';
import { connectReactions } from 'aftercare/messaging';
import { configFrom } from './department/config.js';
import { DepartmentModule } from './department/department.module.js';
import type { DepartmentDefinition } from './department/definition.js';
import { Department } from './department/department.js';
import { createHttpApp } from './http/index.js';

/**
 * Turns a department into a process: opens its store and models, connects the bus in the background, serves HTTP,
 * and on SIGTERM or SIGINT finishes what it has begun before it closes the log.
 */
export async function startService(definition: DepartmentDefinition): Promise<void> {
  const logger = new Logger(definition.name);
  try {
    const config = configFrom(process.env, definition.name);
    const department = await Department.open(definition, config);
    const app = await createHttpApp(DepartmentModule.around(department), { name: definition.name });
    connectReactions(app, department.parts.strategy);
    department.start();
    await app.startAllMicroservices();
    await app.listen(config.port, config.host);
    logger.log(`ready on ${await app.getUrl()}`);
    onceAskedToStop(async () => {
      await app.close();
      await department.close();
    });
  } catch (error) {
    logger.error(`cannot start: ${(error as Error).message}`);
    process.exitCode = 1;
    throw error;
  }
}

function onceAskedToStop(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(() => process.exit(0), () => process.exit(1));
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
}

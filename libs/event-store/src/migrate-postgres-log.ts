import type { PostgresMigration } from './postgres/migrate.js';

/** As `postgres/migrate.ts`, whose driver is loaded only by who needs it. @returns the role that holds the department's rights. */
export async function migratePostgresLog(migration: PostgresMigration): Promise<string> {
  const { migratePostgresLog: migrate } = await import('./postgres/migrate.js');
  return migrate(migration);
}

/** JSON Schemas under the names that the first line of a policy file gives, for editors that complete and check while typing. */
export async function editorSchemas(): Promise<Readonly<Record<string, object>>> {
  // Loaded only here: a running service reads its policies from the log and needs no builder of schemas.
  const { packSchema } = await import('../pack/pack.schema.js');
  const { adoptionSchema } = await import('../adoption/adoption.schema.js');
  const { calendarYearSchema } = await import('../calendars/calendar-year.schema.js');
  return {
    'pack.schema.json': described('Policy pack of Aftercare', packSchema),
    'company.schema.json': described('Company file of Aftercare: own values and adopted packs', adoptionSchema),
    'calendar-year.schema.json': described('One published year of working days', calendarYearSchema),
  };
}

const described = (title: string, schema: object): object => ({ $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema });

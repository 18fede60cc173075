import 'reflect-metadata';
import { PATTERN_HANDLER_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { PatternHandler } from '@nestjs/microservices/enums/pattern-handler.enum.js';
import type { DepartmentDefinition } from 'aftercare/service-host';
import { DEPARTMENTS } from '../launcher/departments.js';
import { NEIGHBOURS, type Department } from './neighbours.js';

type Handlers = Pick<DepartmentDefinition, 'controllers' | 'reactions'>;

/** What Nest will find: the patterns of all handlers of one kind. */
function patternsIn({ controllers, reactions }: Handlers, kind: PatternHandler): string[] {
  return [...controllers, ...reactions].flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype)
    .map((name) => Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown)
    .filter((method): method is () => void => typeof method === 'function')
    .filter((method) => Reflect.getMetadata(PATTERN_HANDLER_METADATA, method) === kind)
    .flatMap((method) => Reflect.getMetadata(PATTERN_METADATA, method) as string[]));
}

async function definitionOf(department: Department): Promise<DepartmentDefinition> {
  const module = await import(`../../services/${department}/src/${department}.module.js`) as Record<string, DepartmentDefinition>;
  return module[department] as DepartmentDefinition;
}

/** In words, what the table of neighbours has to say differently; empty when it says what the handlers do. */
function differences(department: Department, handlers: Handlers): string[] {
  const { listensTo, answers } = NEIGHBOURS[department];
  const heard = patternsIn(handlers, PatternHandler.EVENT);
  const sources = new Set(heard.map((pattern) => pattern.split('.')[0] as string));
  const asked = patternsIn(handlers, PatternHandler.MESSAGE);
  const place = `NEIGHBOURS.${department} in infra/nats/neighbours.ts`;
  return [
    ...[...sources].filter((source) => !(listensTo as readonly string[]).includes(source)).map((source) =>
      `${department} reacts to ${heard.filter((pattern) => pattern.startsWith(`${source}.`)).join(', ')}, which the bus would not give it: add '${source}' to listensTo of ${place}`),
    ...listensTo.filter((source) => !sources.has(source)).map((source) => `${department} may hear ${source} and has no reaction to it: take '${source}' out of listensTo of ${place}`),
    ...asked.filter((subject) => !answers.includes(subject)).map((subject) => `${department} answers '${subject}', which the bus would not let it hear: add it to answers of ${place}`),
    ...answers.filter((subject) => !asked.includes(subject)).map((subject) => `${department} answers no '${subject}': take it out of answers of ${place}`),
  ];
}

describe('the table of who listens to whom', () => {
  it.each(DEPARTMENTS)('says of %s what its reactions say', async (department) => {
    const definition = await definitionOf(department);
    expect(patternsIn(definition, PatternHandler.EVENT)).not.toEqual([]);
    expect(differences(department, definition)).toEqual([]);
  });

  it('is found wrong, in words, by a reaction that it does not know', async () => {
    class WhenCallbackEndedTellTheRegistry { react(): void { /* Only its pattern counts. */ } }
    const { value } = Object.getOwnPropertyDescriptor(WhenCallbackEndedTellTheRegistry.prototype, 'react') as { value: object };
    Reflect.defineMetadata(PATTERN_METADATA, ['surveys.SatisfactionRecorded'], value);
    Reflect.defineMetadata(PATTERN_HANDLER_METADATA, PatternHandler.EVENT, value);
    const { controllers, reactions } = await definitionOf('registry');
    expect(differences('registry', { controllers, reactions: [...reactions, WhenCallbackEndedTellTheRegistry] })).toEqual([
      "registry reacts to surveys.SatisfactionRecorded, which the bus would not give it: add 'surveys' to listensTo of NEIGHBOURS.registry in infra/nats/neighbours.ts",
    ]);
  });

  it('is found wrong by a reaction that is no more', () => {
    expect(differences('surveys', { controllers: [], reactions: [] })).toEqual([expect.stringContaining("take 'intake' out"), expect.stringContaining("take 'registry' out")]);
  });
});

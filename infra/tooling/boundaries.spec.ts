import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf, LIBRARIES, violationsIn } from './boundaries.mjs';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'boundaries');
const rules = readdirSync(FIXTURES).filter((name) => name !== 'no-rule-broken');

describe('the boundaries check', () => {
  it.each(rules)('catches the fixture that breaks %s', (rule) => {
    expect([...new Set(violationsIn(join(FIXTURES, rule)).map((violation) => violation.rule))]).toEqual([rule]);
  });

  it('finds nothing where nothing is broken', () => {
    expect(violationsIn(join(FIXTURES, 'no-rule-broken'))).toEqual([]);
  });

  it('fails where there is no repository to look at', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'boundaries.mjs'), FIXTURES], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('only 0 files')]);
  });

  it('looks at scripts too', () => {
    expect(violationsIn(join(FIXTURES, 'only-infra-knows-infra')).map(({ file }) => file)).toContain('libs/event-store/src/worker.mjs');
  });

  it('sees every way to import', () => {
    const text = "import a from 'a';\nimport 'b';\nexport * from \"c\";\nconst d = await import('d');\nimport {\n  e,\n} from 'e';";
    expect(importsOf(text)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('holds for this repository', () => {
    expect(violationsIn(join(import.meta.dirname, '..', '..'))).toEqual([]);
  });

  it.each(Object.entries(LIBRARIES))('the project file of %s names the same arrows, so that affected runs miss nothing', (library, known) => {
    const project = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'libs', library, 'project.json'), 'utf8')) as object;
    expect(project).toMatchObject({ name: library, implicitDependencies: known });
  });
});

import 'reflect-metadata';
import { FixHandlingPlan, RegisterComplaint } from 'aftercare/contracts';
import { plainToInstance } from 'class-transformer';
import { IsOptional, IsString, ValidateIf, validateSync } from 'class-validator';
import fc from 'fast-check';
import type { Dto } from './dto-members.js';
import { passesEveryCheck } from './passes-checks.js';

const asAsked = (dto: Dto, value: object) =>
  validateSync(plainToInstance(dto, value), { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false }).length === 0;

const complaint = {
  channel: 'register', awareAt: '2026-03-02T01:30:00.000Z', locality: 'local', complainant: '何予安', subject: '漏液', demand: '更换', phone: null,
  classification: { class: 'product-quality', goods: { lot: 'L-7', quantity: 3, expiresOn: '2027-02-28', notKnown: ['manufacturedOn'] }, reaction: { notKnown: [] } },
  source: { register: 'r', row: '1' },
};
const plan = { remedies: ['return'], compensation: { minor: 100, currency: 'CNY' }, plan: 'p' };
const odd = fc.constantFrom<unknown>(
  undefined, null, '', ' ', 'x', 'x'.repeat(501), 'a\u0007', 5, -1, 1.5, true, [], ['x'], [5], [null], {}, { a: 1 }, '2026-02-30', '2026-02-28', '2026-03-02T01:30:00Z', 'return', ['return', 'return'], Array(21).fill('x'),
);

function withMember(value: unknown, path: readonly string[], put: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return put;
  const object = typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {};
  return { ...object, [name]: withMember(object[name], rest, put) };
}

function pathsOf(value: unknown, before: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [before];
  return [[...before, 'unheardOf'], ...(before.length > 0 ? [before] : []), ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...before, name]))];
}

describe('the short way through the checks', () => {
  it.each([[RegisterComplaint, complaint], [FixHandlingPlan, plan]] as const)('lets a sound %p pass', (dto, sound) => {
    expect(passesEveryCheck(dto, sound)).toBe(true);
    expect(asAsked(dto, sound)).toBe(true);
  });

  it.each([[RegisterComplaint, complaint], [FixHandlingPlan, plan]] as const)('lets nothing pass that class-validator finds wrong in %p', (dto, sound) => {
    const change = fc.tuple(fc.constantFrom(...pathsOf(sound)), odd);
    let [passed, stopped] = [0, 0];
    fc.assert(fc.property(fc.array(change, { minLength: 1, maxLength: 2 }), (changes) => {
      const value = changes.reduce<unknown>((made, [path, put]) => withMember(made, path, put), sound) as Record<string, unknown>;
      const passes = passesEveryCheck(dto, value);
      if (passes) passed += 1;
      else stopped += 1;
      // Stricter is fine, the long way then decides; a pass must be one that class-validator grants as well.
      if (passes) expect(asAsked(dto, value)).toBe(true);
    }), { numRuns: 3_000 });
    expect(passed).toBeGreaterThan(50);
    expect(stopped).toBeGreaterThan(50);
  });

  it('leaves a DTO with a condition of its own to class-validator', () => {
    class Conditional { @ValidateIf(() => false) @IsString() a?: string; @IsOptional() @IsString() b?: string }
    expect(passesEveryCheck(Conditional, { b: 'x' })).toBe(false);
  });
});

import { AdoptPolicyForm } from 'aftercare/contracts';
import { dtoSchemas } from './dto-schema.js';
import { HttpProblem } from './problems.js';
import { inputValidation } from './validation.js';

const refusal = (why: unknown): HttpProblem | null => {
  try {
    inputValidation().transform({ document: '{}', why }, { type: 'body', metatype: AdoptPolicyForm });
    return null;
  } catch (error) {
    if (error instanceof HttpProblem) return error;
    throw error;
  }
};

describe('a reason that is signed', () => {
  it.each(['x', 'abc', ' decided', 'decided ', 'a\nb c'])('is refused with its rule in both languages: %j', (why) => {
    expect(JSON.stringify(refusal(why))).toMatch(/why must have at least 4 characters, no blank at either end and no line break/);
    expect(JSON.stringify(refusal(why))).toMatch(/why：至少 4 个字符，首尾不能是空格，不能换行/);
  });

  it('is taken from four characters on', () => {
    expect(['董事会议', 'board 12'].map(refusal)).toEqual([null, null]);
  });

  it('has the same rule in the document of the interface', () => {
    const { minLength, maxLength, pattern } = dtoSchemas(AdoptPolicyForm).get('AdoptPolicyForm')?.properties?.['why'] ?? {};
    expect([minLength, maxLength, ['x y z', ' x y', 'x\ny'].map((text) => new RegExp(String(pattern)).test(text))]).toEqual([4, 500, [true, false, false]]);
  });
});

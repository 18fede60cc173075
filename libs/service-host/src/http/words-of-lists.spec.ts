import 'reflect-metadata';
import { ClassifyComplaint, FixHandlingPlan, GOODS_NOT_KNOWN, GoodsPart, ReactionPart, REACTION_NOT_KNOWN } from 'aftercare/contracts';
import type { Dto } from './dto-members.js';
import { inputValidation } from './validation.js';

const told = (metatype: Dto, value: object): unknown => {
  try {
    return inputValidation().transform(value, { type: 'body', metatype });
  } catch (error) {
    return (error as { readonly problem: unknown }).problem;
  }
};
const refusal = (field: string, message: string, message_zh: string) => expect.objectContaining({
  status: 400, code: 'invalid-input', field, errors: [{ field, rule: 'isIn', message: expect.stringContaining(message) as string, message_zh: expect.stringContaining(message_zh) as string }],
}) as unknown;

describe('P003-28 what the customer does not know', () => {
  const classified = (reaction: object, goods: object = {}) => ({ class: 'adverse-reaction', goods, reaction });

  it('is named in a word of the list: a misspelt patient would count as known', () => {
    expect(told(ClassifyComplaint, classified({ notKnown: ['takenOn', 'pateint'] }))).toEqual(refusal(
      'reaction.notKnown', 'has an item 2 that is not known: write patient? Each must be one of: reactionTerm, ', '第 2 项无此用词，应为 patient？各项须为以下之一：reactionTerm, ',
    ));
    expect(told(ClassifyComplaint, classified({}, { notKnown: ['lott'] }))).toEqual(refusal('goods.notKnown', 'item 1 that is not known: write lot? ', '应为 lot？'));
  });

  it('is refused without a proposal where nothing is near, and never repeated', () => {
    const problem = told(ClassifyComplaint, classified({ notKnown: ['王小明'] }));
    expect(problem).toEqual(refusal('reaction.notKnown', 'has an item 1 that is not known. Each must', '第 1 项无此用词；各项'));
    expect(JSON.stringify(problem)).not.toContain('王小明');
  });

  it('takes every member that may be left out, and the four elements', () => {
    const given = classified({ notKnown: [...REACTION_NOT_KNOWN] }, { notKnown: [...GOODS_NOT_KNOWN] });
    expect(told(ClassifyComplaint, given)).toEqual(given);
    expect(REACTION_NOT_KNOWN).toEqual(expect.arrayContaining(['patient', 'reporter', 'product', 'reaction']));
  });

  it.each([[GoodsPart, GOODS_NOT_KNOWN], [ReactionPart, REACTION_NOT_KNOWN]])('%p: no word of another part', (part, words) => {
    const others = [...GOODS_NOT_KNOWN, ...REACTION_NOT_KNOWN].filter((word) => !(words as readonly string[]).includes(word));
    expect(others.length).toBeGreaterThan(5);
    for (const word of others) expect(told(part, { notKnown: [word] })).toMatchObject({ code: 'invalid-input' });
  });
});

describe('a list of words', () => {
  it('tells the wrong item by its place; what is no list is told as before', () => {
    expect(told(FixHandlingPlan, { plan: 'p', remedies: ['return', 'exchagne', 'repiar'] })).toEqual(refusal('remedies', 'item 2 that is not known: write exchange? Each', '第 2 项无此用词，应为 exchange？'));
    expect(told(FixHandlingPlan, { plan: 'p', remedies: ['return', 5] })).toEqual(refusal('remedies', 'item 2 that is not known. Each', '第 2 项'));
    expect(told(ClassifyComplaint, { class: ['service'] })).toEqual(refusal('class', 'must be one of: service, ', '须为以下之一：service'));
  });
});
